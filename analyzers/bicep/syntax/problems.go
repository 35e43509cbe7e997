package syntax

import (
	"slices"
	"sort"
	"strings"

	"github.com/drlint/drlint/internal/source"
)

// maxProblems bounds the diagnostics of one file; one more says that there are
// more.
const maxProblems = 20

// problem is one syntax error.
type problem struct {
	Span
	lineEnd int
	summary string
}

// problems collects the errors of one stage in the order of the text, one a
// line: a second one in the same line is nearly always a consequence.
type problems struct {
	text string
	list []problem
}

// add keeps a problem unless its line has one.
func (p *problems) add(start, end int, summary string) {
	if len(p.list) > maxProblems || p.covers(start) {
		return
	}
	lineEnd := len(p.text)
	if length := strings.IndexByte(p.text[start:], '\n'); length >= 0 {
		lineEnd = start + length
	}
	found := problem{Span: Span{start, max(start, end)}, lineEnd: lineEnd, summary: summary}
	next := sort.Search(len(p.list), func(i int) bool { return p.list[i].Start > start })
	p.list = slices.Insert(p.list, next, found)
}

// covers reports whether there is a problem before a place in its line.
func (p *problems) covers(at int) bool {
	next := sort.Search(len(p.list), func(i int) bool { return p.list[i].Start > at })
	return next > 0 && at <= p.list[next-1].lineEnd
}

// within reports whether there is a problem in a span.
func (p *problems) within(span Span) bool {
	next := sort.Search(len(p.list), func(i int) bool { return p.list[i].Start >= span.Start })
	return next < len(p.list) && p.list[next].Start <= span.End
}

// diagnostics merges the problems of the stages.
func diagnostics(path string, stages ...problems) []source.Diagnostic {
	var all []problem
	for _, stage := range stages {
		all = append(all, stage.list...)
	}
	sort.SliceStable(all, func(i, j int) bool { return all[i].Start < all[j].Start })
	var found []source.Diagnostic
	lineEnd := -1
	for _, problem := range all {
		// What was found later may lie earlier, so lines are told apart again.
		if problem.Start <= lineEnd {
			continue
		}
		lineEnd = problem.lineEnd
		diagnostic := source.Diagnostic{
			Code: "bicep/syntax", Severity: source.Error, Summary: problem.summary,
			At: source.Range{File: path, Start: problem.Start, End: problem.End},
		}
		if len(found) == maxProblems {
			diagnostic.Summary = "the file has more syntax errors from here on, which are not listed"
			diagnostic.Detail = "Solve those above first."
			return append(found, diagnostic)
		}
		found = append(found, diagnostic)
	}
	return found
}
