package recoverymap

import (
	"fmt"
	"strings"

	"github.com/drlint/drlint/internal/model"
)

// totals counts the answers by fault.
func (t *tableWriter) totals(m *Map) {
	totals := m.tallies()
	fmt.Fprintf(t.out, "\n%s\n", t.bold.Sprint("TOTAL"))
	for _, fault := range model.Faults {
		if n, ok := totals[string(fault)]; ok {
			var line strings.Builder
			for _, part := range n.parts() {
				line.WriteString(t.share(part.n, part.answer))
			}
			fmt.Fprintf(t.out, "    %s%s\n", padded(string(fault), cellWidth), strings.TrimRight(line.String(), " "))
		}
	}
	for _, s := range m.scores() {
		fmt.Fprintf(t.out, "    %s%s\n", padded(s.name+" declared", cellWidth), s.text())
	}
}

// shares are the columns of the totals.
var shares = map[Answer]struct {
	what  string
	width int
}{Answered: {"answered", 16}, Again: {"rebuilt", 15}, Gap: {"without an answer", 24}, Open: {"unknown", 15}}

func (t *tableWriter) share(n int, a Answer) string {
	column := shares[a]
	if n == 0 {
		return strings.Repeat(" ", column.width)
	}
	text := fmt.Sprintf("%d %s", n, column.what)
	return t.answers[a].Sprint(text) + strings.Repeat(" ", max(1, column.width-len(text)))
}
