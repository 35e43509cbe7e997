package report

import "fmt"

// recovery shows what the change makes of the map: which data survives less than
// before, and which survives more.
func (m *markdownWriter) recovery() {
	shifts, compared := shiftsOf(m.report)
	if !compared {
		return
	}
	if len(shifts) == 0 {
		m.text.WriteString("\n" + unshifted + "\n")
		return
	}
	fmt.Fprintf(&m.text, "\n#### What survives: %s\n\n| | Data | Fault | Before | After |\n|---|---|---|---|---|\n", shiftTotals(shifts))
	for i, s := range shifts {
		row := fmt.Sprintf("| **%s** | %s | %s | %s | %s |\n", s.Direction, inert(s.Name), s.Fault, inert(s.Before), inert(s.After))
		if !m.fits(row, commentLimit*2/3) {
			m.leave(len(shifts)-i, fmt.Sprintf("of %d changed answers", len(shifts)))
			return
		}
	}
}
