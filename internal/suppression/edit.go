package suppression

import (
	"slices"

	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/source"
)

// deletion is the fix that deletes a comment. It changes nothing that runs.
func (c *comment) deletion() []finding.Fix {
	return []finding.Fix{{Title: "Delete the comment", Safe: true, Edits: []finding.Edit{{At: c.gone}}}}
}

// without is the fix that deletes some of a comment's rules and keeps the others.
func (c *comment) without(indices []int) []finding.Fix {
	var edits []finding.Edit
	for _, i := range indices {
		// Each rule goes with the comma behind it, and the last ones with the
		// comma before them.
		start, end := c.rules[i].start, c.rules[i].end
		if i+1 < len(c.rules) {
			end = c.rules[i+1].start
		}
		if rest := lastOf(indices, len(c.rules)); rest >= 0 && i >= rest {
			start, end = c.rules[i-1].end, c.rules[i].end
		}
		edits = append(edits, finding.Edit{At: source.Range{File: c.At.File, Start: c.rulesAt + start, End: c.rulesAt + end}})
	}
	return []finding.Fix{{Title: "Delete what it ignores in vain", Safe: true, Edits: edits}}
}

// lastOf is the first of the indices from which on all up to a length are listed;
// -1 when the last one is not.
func lastOf(indices []int, length int) int {
	first := -1
	for i := length - 1; slices.Contains(indices, i); i-- {
		first = i
	}
	return first
}
