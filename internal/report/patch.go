package report

import (
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/edit"
	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/source"
)

// patch is a run of whole lines that a fix replaces.
type patch struct {
	file string
	// first is the line that before begins with, counted from 1. Neither list
	// holds line ends; before has at least one line.
	first         int
	before, after []string
}

// patches turns the edits of a fix into the lines that they replace, ordered by
// file and line. It fails when an edit does not lie in its file.
func patches(sources *source.Store, fix finding.Fix) (list []patch, ok bool) {
	edits := slices.Clone(fix.Edits)
	slices.SortStableFunc(edits, func(a, b finding.Edit) int { return a.At.Compare(b.At) })
	for len(edits) > 0 {
		lines := sources.Lines(edits[0].At.File)
		if lines == nil {
			return nil, false
		}
		n := 1
		for last := lines.Pos(edits[0].At.End).Line; n < len(edits); n++ {
			if edits[n].At.File != edits[0].At.File || lines.Pos(edits[n].At.Start).Line > last {
				break
			}
			last = max(last, lines.Pos(edits[n].At.End).Line)
		}
		p, ok := patchOf(lines, edits[:n])
		if !ok {
			return nil, false
		}
		list, edits = append(list, p), edits[n:]
	}
	return list, len(list) > 0
}

// patchOf makes the edits of one run of lines.
func patchOf(lines *source.Lines, edits []finding.Edit) (patch, bool) {
	p := patch{file: edits[0].At.File, first: lines.Pos(edits[0].At.Start).Line}
	last := p.first
	for _, e := range edits {
		last = max(last, lines.Pos(e.At.End).Line)
	}
	start, end := lines.Offset(source.Pos{Line: p.first, Column: 1}), lines.Offset(source.Pos{Line: last + 1, Column: 1})
	shifted := slices.Clone(edits)
	for i := range shifted {
		shifted[i].At.Start -= start
		shifted[i].At.End -= start
	}
	text := lines.Slice(start, end)
	after, err := edit.Apply([]byte(text), shifted)
	if err != nil {
		return patch{}, false
	}
	p.before, p.after = split(text), split(string(after))
	return p, true
}

func split(text string) []string {
	if text == "" {
		return nil
	}
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	for i := range lines {
		lines[i] = strings.TrimSuffix(lines[i], "\r")
	}
	return lines
}

// narrow leaves out the lines at both ends that stay as they are.
func (p patch) narrow() patch {
	for len(p.before) > 0 && len(p.after) > 0 && p.before[0] == p.after[0] {
		p.first, p.before, p.after = p.first+1, p.before[1:], p.after[1:]
	}
	for len(p.before) > 0 && len(p.after) > 0 && p.before[len(p.before)-1] == p.after[len(p.after)-1] {
		p.before, p.after = p.before[:len(p.before)-1], p.after[:len(p.after)-1]
	}
	return p
}
