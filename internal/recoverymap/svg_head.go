package recoverymap

import (
	"fmt"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/model"
)

// head writes the name of a map and its score: a tile a fault.
func (d *drawing) head(m *Map, y int) {
	d.text(margin, y+26, "title", heading(d.atlas, m))
	d.text(margin, y+49, "lead", "What survives which fault, of "+count(m.counted(), "asset")+m.leastCovered()+m.kept())
	totals := m.tallies()
	x := margin
	for _, fault := range model.Faults {
		if t, ok := totals[string(fault)]; ok {
			d.tile(x, y+66, fault, t)
			x += tileWidth + 12
		}
	}
}

// leastCovered names the two faults that fewest assets survive.
func (m *Map) leastCovered() string {
	totals := m.tallies()
	faults := slices.DeleteFunc(slices.Clone(model.Faults), func(f model.Fault) bool { return totals[string(f)].gaps == 0 })
	slices.SortStableFunc(faults, func(a, b model.Fault) int { return totals[string(b)].gaps - totals[string(a)].gaps })
	var parts []string
	for _, fault := range faults[:min(2, len(faults))] {
		t := totals[string(fault)]
		parts = append(parts, fmt.Sprintf("%s %d of %d", fault, t.gaps, t.all()))
	}
	if len(parts) == 0 {
		return ""
	}
	return ". Without an answer: " + strings.Join(parts, ", ") + "."
}

const tileWidth = 132

func (d *drawing) tile(x, y int, fault model.Fault, t tally) {
	d.text(x, y+12, "fault", string(fault))
	left, all := x, t.all()
	for _, part := range t.parts() {
		if part.n == 0 {
			continue
		}
		w := tileWidth * part.n / all
		if left+w > x+tileWidth-4 {
			w = x + tileWidth - left
		}
		fmt.Fprintf(d.out, `<rect class="bar %s" x="%d" y="%d" width="%d" height="10"/>`+"\n", part.answer, left, y+19, w)
		left += w
	}
	at := x
	for _, part := range t.parts() {
		if part.n > 0 {
			d.symbol(at+5, y+40, part.answer)
			d.text(at+14, y+44, "count", number(part.n))
			at += 33
		}
	}
}

// parts are the counts in the order in which they are shown.
func (t tally) parts() []struct {
	answer Answer
	n      int
} {
	return []struct {
		answer Answer
		n      int
	}{{Answered, t.answered}, {Again, t.again}, {Gap, t.gaps}, {Open, t.open}}
}

// The entries of the legend.
var (
	legendAnswers = []struct {
		answer Answer
		text   string
	}{{Answered, "answered: what, how old at most (~ usually), how far back"}, {Again, "loaded again through the flows"}, {Gap, "no answer: lost"}, {Open, "unknown"}}
	legendLinks = []struct{ kind, text string }{{flows, "data flows"}, {replicates, "replicated to"}, {backedUp, "backed up in"}}
)

const (
	legendCell = 27 // from an entry to its text
	legendLink = 42
	legendGap  = 18
	legendSize = 12
)

// legendWidth is how much room the legend takes.
func legendWidth() (width int) {
	for _, item := range legendAnswers {
		width += legendCell + measure(item.text, legendSize) + legendGap
	}
	for _, item := range legendLinks {
		width += legendLink + measure(item.text, legendSize) + legendGap
	}
	return width - legendGap
}

func (d *drawing) legend(x, y int) {
	for _, item := range legendAnswers {
		fmt.Fprintf(d.out, `<g class="cell %s"><rect x="%d" y="%d" width="20" height="20" rx="3"/>`+"\n", item.answer, x, y+8)
		d.symbol(x+10, y+18, item.answer)
		fmt.Fprint(d.out, "</g>\n")
		d.text(x+legendCell, y+22, "note", item.text)
		x += legendCell + measure(item.text, legendSize) + legendGap
	}
	for _, item := range legendLinks {
		fmt.Fprintf(d.out, `<path class="arrow %s" d="M%d %dh34" marker-end="url(#%s)"/>`+"\n", item.kind, x, y+18, item.kind)
		d.text(x+legendLink, y+22, "note", item.text)
		x += legendLink + measure(item.text, legendSize) + legendGap
	}
}
