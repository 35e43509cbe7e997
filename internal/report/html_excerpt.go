package report

import (
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/source"
)

// htmlLine is a source line: what decides stands in Marked. A line without a
// number says what is left out.
type htmlLine struct {
	Number                int
	Before, Marked, After string
	// Sign is "+" or "-" in a diff.
	Sign string
}

const (
	excerptAround = 3   // lines before and after what decides
	excerptMarked = 12  // lines of it that are shown
	excerptWidth  = 160 // letters to each side of a span in a very long line
)

// excerpt quotes a place with some lines around it; nothing of a binary file.
func (v *htmlView) excerpt(at source.Range, around int) (list []htmlLine) {
	lines := v.report.Sources.Lines(at.File)
	if lines == nil {
		return nil
	}
	start, end := lines.Pos(at.Start), lines.Pos(at.End)
	if end.Line > start.Line && end.Column == 1 {
		end = source.Pos{Line: end.Line - 1, Column: len([]rune(lines.Text(end.Line-1))) + 1}
	}
	for number := max(1, start.Line-around); number <= min(lines.Count(), end.Line+around); number++ {
		if last := start.Line + excerptMarked - 1; number == last && end.Line > last {
			list = append(list, htmlLine{Before: "… " + count(end.Line-last, "further line")})
			number = end.Line
		}
		text := []rune(lines.Text(number))
		if slices.Contains(text, 0) {
			return nil
		}
		list = append(list, splitLine(number, text, start, end))
	}
	return list
}

// splitLine parts a line at the span that decides.
func splitLine(number int, text []rune, start, end source.Pos) htmlLine {
	first, last := len(text), len(text)
	if number >= start.Line && number <= end.Line {
		if number == start.Line {
			first = min(start.Column-1, len(text))
		} else {
			first = len(text) - len([]rune(strings.TrimLeft(string(text), " \t")))
		}
		if number == end.Line {
			last = min(max(end.Column-1, first), len(text))
		}
	}
	before, marked, after := text[:first], text[first:last], text[last:]
	line := htmlLine{Number: number, Before: code(before), Marked: code(marked), After: code(after)}
	if len(text) <= 3*excerptWidth {
		return line
	}
	if len(before) > excerptWidth {
		line.Before = "…" + code(before[len(before)-excerptWidth:])
	}
	if len(marked) > excerptWidth {
		line.Marked = code(marked[:excerptWidth]) + "…"
	}
	if len(after) > excerptWidth {
		line.After = code(after[:excerptWidth]) + "…"
	}
	return line
}

// code keeps the tabs of a source line and makes the rest safe to look at.
func code(text []rune) string {
	parts := strings.Split(string(text), "\t")
	for i, part := range parts {
		parts[i] = shown(part)
	}
	return strings.Join(parts, "\t")
}
