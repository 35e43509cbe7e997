package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/recoverymap"
)

// recovery shows what the change makes of the map: which data survives less than
// before, and which survives more.
func (m *markdownWriter) recovery() {
	if m.report.Before == nil || m.report.Model == nil {
		return
	}
	shifts := recoverymap.Compare(m.atlas(m.report.Before), m.atlas(m.report.Model))
	if len(shifts) == 0 {
		m.text.WriteString("\nWhat survives which fault stays as it was.\n")
		return
	}
	slices.SortStableFunc(shifts, func(a, b recoverymap.Shift) int { return order(a.Better) - order(b.Better) })
	worse := slices.IndexFunc(shifts, func(s recoverymap.Shift) bool { return s.Better })
	if worse < 0 {
		worse = len(shifts)
	}
	var parts []string
	if worse > 0 {
		parts = append(parts, count(worse, "answer")+" worse")
	}
	if better := len(shifts) - worse; better > 0 {
		parts = append(parts, count(better, "answer")+" better")
	}
	fmt.Fprintf(&m.text, "\n#### What survives: %s\n\n| | Data | Fault | Before | After |\n|---|---|---|---|---|\n", strings.Join(parts, ", "))
	for i, s := range shifts {
		if !m.fits(shiftRow(s), commentLimit*2/3) {
			m.leave(len(shifts)-i, fmt.Sprintf("of %d changed answers", len(shifts)))
			return
		}
	}
}

func order(better bool) int {
	if better {
		return 1
	}
	return 0
}

func shiftRow(s recoverymap.Shift) string {
	direction, name := "worse", s.Row.Name
	if s.Better {
		direction = "better"
	}
	if s.Environment != "" {
		name += " in " + s.Environment
	}
	return fmt.Sprintf("| **%s** | %s | %s | %s | %s |\n", direction, inert(name), s.Fault, inert(s.Before.Text()), inert(s.After.Text()))
}

func (m *markdownWriter) atlas(of *model.Model) *recoverymap.Atlas {
	shown := m.report.Shown
	if shown == nil {
		shown = func(*model.Asset) bool { return true }
	}
	return recoverymap.Build(recoverymap.Source{Version: m.report.Version, Model: of, Shown: shown, Sources: m.report.Sources})
}
