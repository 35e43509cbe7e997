package report

import (
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/source"
)

// htmlFix is one way to remedy a finding, as a difference of lines.
type htmlFix struct {
	Title string
	Safe  bool
	Hunks []htmlHunk
}

// htmlHunk is one changed passage of a file.
type htmlHunk struct {
	Place string
	Lines []htmlLine
}

func (v *htmlView) fixes(f *finding.Finding) (list []htmlFix) {
	for _, fix := range f.Fixes {
		shownFix := htmlFix{Title: shown(fix.Title), Safe: fix.Safe}
		for _, edits := range v.passages(fix.Edits) {
			if hunk, ok := v.hunk(edits); ok {
				shownFix.Hunks = append(shownFix.Hunks, hunk)
			}
		}
		if len(shownFix.Hunks) > 0 {
			list = append(list, shownFix)
		}
	}
	return list
}

// passages puts the edits together that touch the same or neighbouring lines.
func (v *htmlView) passages(edits []finding.Edit) (list [][]finding.Edit) {
	last := source.Place{}
	for _, edit := range edits {
		place := v.report.Sources.Place(edit.At)
		if len(list) > 0 && place.File == last.File && place.Start.Line <= last.End.Line+1 {
			list[len(list)-1] = append(list[len(list)-1], edit)
		} else {
			list = append(list, []finding.Edit{edit})
		}
		last = place
	}
	return list
}

// hunk shows the lines that edits replace and the lines that they write, with
// what stands around them.
func (v *htmlView) hunk(edits []finding.Edit) (htmlHunk, bool) {
	at := source.Range{File: edits[0].At.File, Start: edits[0].At.Start, End: edits[len(edits)-1].At.End}
	lines := v.report.Sources.Lines(at.File)
	if lines == nil {
		return htmlHunk{}, false
	}
	first, last := lines.Pos(at.Start).Line, lines.Pos(at.End).Line
	old, changed := v.rewritten(lines, first, last, edits)
	for len(old) > 0 && len(changed) > 0 && old[0] == changed[0] {
		old, changed, first = old[1:], changed[1:], first+1
	}
	for len(old) > 0 && len(changed) > 0 && old[len(old)-1] == changed[len(changed)-1] {
		old, changed, last = old[:len(old)-1], changed[:len(changed)-1], last-1
	}
	const around = 2
	hunk := htmlHunk{Place: v.place(at)}
	context := func(from, to int) {
		for number := max(1, from); number <= min(to, lines.Count()); number++ {
			hunk.Lines = append(hunk.Lines, htmlLine{Number: number, Before: code([]rune(lines.Text(number)))})
		}
	}
	context(first-around, first-1)
	for i, text := range old {
		hunk.Lines = append(hunk.Lines, htmlLine{Number: first + i, Sign: "-", Before: code([]rune(text))})
	}
	for _, text := range changed {
		hunk.Lines = append(hunk.Lines, htmlLine{Sign: "+", Before: code([]rune(text))})
	}
	context(last+1, last+around)
	return hunk, !slices.Equal(old, changed)
}

// rewritten returns the lines first to last before and after the edits.
func (v *htmlView) rewritten(lines *source.Lines, first, last int, edits []finding.Edit) (old, changed []string) {
	for number := first; number <= last; number++ {
		old = append(old, lines.Text(number))
	}
	var text strings.Builder
	at := source.Pos{Line: first, Column: 1}
	until := func(to source.Pos) {
		for at.Line < to.Line {
			line := []rune(lines.Text(at.Line))
			text.WriteString(string(line[min(at.Column-1, len(line)):]) + "\n")
			at = source.Pos{Line: at.Line + 1, Column: 1}
		}
		line := []rune(lines.Text(at.Line))
		from := min(at.Column-1, len(line))
		text.WriteString(string(line[from:max(from, min(to.Column-1, len(line)))]))
		at = to
	}
	for _, edit := range edits {
		until(lines.Pos(edit.At.Start))
		text.WriteString(edit.New)
		at = lines.Pos(edit.At.End)
	}
	until(source.Pos{Line: last, Column: len([]rune(lines.Text(last))) + 1})
	changed = strings.Split(strings.ReplaceAll(text.String(), "\r\n", "\n"), "\n")
	return old, changed
}
