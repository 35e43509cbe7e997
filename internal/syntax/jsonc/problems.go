package jsonc

import "github.com/drlint/drlint/internal/source"

// maxProblems bounds the diagnostics of one file; the last one says that there
// are more.
const maxProblems = 20

// fail reports a syntax error.
func (p *parser) fail(start, end int, summary, detail string) {
	p.add(source.Error, "json/syntax", start, end, summary, detail)
}

func (p *parser) add(severity source.Severity, code string, start, end int, summary, detail string) {
	if len(p.problems) > maxProblems {
		return
	}
	problem := source.Diagnostic{Code: code, Severity: severity, Summary: summary, Detail: detail, At: p.span(start, end)}
	if len(p.problems) == maxProblems {
		problem.Code, problem.Severity = "json/more", source.Warning
		problem.Summary, problem.Detail = "the file has more problems from here on, which are not listed", "Solve those above first."
	}
	p.problems = append(p.problems, problem)
}

// shorten cuts text for a message.
func shorten(text string) string {
	if runes := []rune(text); len(runes) > 60 {
		return string(runes[:60]) + "…"
	}
	return text
}
