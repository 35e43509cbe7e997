package report

import "github.com/drlint/drlint/internal/finding"

// htmlFix is one way to remedy a finding, as a difference of lines.
type htmlFix struct {
	Title, Command string
	Safe           bool
	Hunks          []htmlHunk
}

// htmlHunk is one changed passage of a file.
type htmlHunk struct {
	File  string
	Lines []htmlLine
}

func (v *htmlView) fixes(f *finding.Finding) (list []htmlFix) {
	for _, fix := range f.Fixes {
		found, ok := patches(v.report.Sources, fix)
		if !ok {
			continue
		}
		h := htmlFix{Title: shown(fix.Title), Command: "drlint fix", Safe: fix.Safe}
		if !fix.Safe {
			h.Command += " --unsafe"
		}
		for _, p := range found {
			h.Hunks = append(h.Hunks, v.hunk(p.narrow()))
		}
		list = append(list, h)
	}
	return list
}

// hunk shows the lines that go and those that come, with what stands around them.
func (v *htmlView) hunk(p patch) htmlHunk {
	const around = 2
	lines := v.report.Sources.Lines(p.file)
	h := htmlHunk{File: shown(p.file)}
	stays := func(from, to int) {
		for number := max(1, from); number <= min(to, lines.Count()); number++ {
			h.Lines = append(h.Lines, htmlLine{Number: number, Before: code([]rune(lines.Text(number)))})
		}
	}
	next := p.first + len(p.before)
	stays(p.first-around, p.first-1)
	for i, text := range p.before {
		h.Lines = append(h.Lines, htmlLine{Number: p.first + i, Sign: "-", Before: code([]rune(text))})
	}
	for _, text := range p.after {
		h.Lines = append(h.Lines, htmlLine{Sign: "+", Before: code([]rune(text))})
	}
	stays(next, next+around-1)
	return h
}
