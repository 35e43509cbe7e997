package report

import (
	"fmt"

	"github.com/fatih/color"

	"github.com/drlint/drlint/internal/finding"
)

// fixes shows the edits that would remedy a finding and the command that makes
// them: the lines that go and those that come.
func (t *textWriter) fixes(f *finding.Finding) {
	for _, fix := range f.Fixes {
		list, ok := patches(t.report.Sources, fix)
		if !ok {
			continue
		}
		command := "drlint fix"
		if !fix.Safe {
			command += " --unsafe"
		}
		t.note("edit", fix.Title+" ("+command+")")
		file := f.At.File
		for _, p := range list {
			p = p.narrow()
			if p.file != file {
				file = p.file
				t.note("of", file)
			}
			t.replaced(p.first, "-", t.caret, p.before)
			t.replaced(p.first, "+", t.added, p.after)
		}
	}
}

// replaced shows one side of a patch; a long one is cut.
func (t *textWriter) replaced(first int, sign string, paint *color.Color, lines []string) {
	const most = 12
	for i, line := range lines {
		if i == most {
			fmt.Fprintf(t.out, "%s %s\n", t.dim.Sprint("      |"), paint.Sprintf("%s … and %d more lines", sign, len(lines)-most))
			return
		}
		fmt.Fprintf(t.out, "%s %s\n", t.dim.Sprintf("%5d |", first+i), paint.Sprint(sign+" "+printable(line)))
	}
}
