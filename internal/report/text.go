package report

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/fatih/color"

	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/source"
)

// textWidth is where prose wraps; file names, messages and source lines never do.
const textWidth = 96

// Text writes the report for people: one paragraph a finding with the deciding
// line, the reasons once a rule, then what could not be read and the counts.
func Text(w io.Writer, r *Report, options Options) error {
	t := newTextWriter(w, r, options)
	for i := range r.Findings {
		if options.shows(&r.Findings[i]) {
			t.finding(&r.Findings[i])
		}
	}
	for _, d := range r.Diagnostics {
		t.diagnostic(d)
	}
	t.summary()
	return t.out.Flush()
}

type textWriter struct {
	out     *bufio.Writer
	report  *Report
	options Options
	advised map[string][]string // what was said already, by rule
	bold    *color.Color
	dim     *color.Color
	caret   *color.Color
	added   *color.Color
	grades  map[string]*color.Color
}

func newTextWriter(w io.Writer, r *Report, options Options) *textWriter {
	paint := func(attributes ...color.Attribute) *color.Color {
		c := color.New(attributes...)
		if options.Color {
			c.EnableColor()
		} else {
			c.DisableColor()
		}
		return c
	}
	return &textWriter{
		out: bufio.NewWriter(w), report: r, options: options, advised: map[string][]string{},
		bold: paint(color.Bold), dim: paint(color.Faint), caret: paint(color.FgRed, color.Bold), added: paint(color.FgGreen),
		grades: map[string]*color.Color{
			"high": paint(color.FgRed, color.Bold), "medium": paint(color.FgYellow, color.Bold),
			"low": paint(color.FgCyan, color.Bold), "info": paint(color.FgBlue),
			"unknown": paint(color.FgMagenta, color.Bold), "error": paint(color.FgRed), "warning": paint(color.FgYellow),
			"note": paint(color.Faint),
		},
	}
}

func (t *textWriter) finding(f *finding.Finding) {
	grade := string(f.Severity)
	if f.Verdict == finding.Unknown {
		grade = "unknown"
	}
	mark := f.Rule.ID
	if f.Change != "" {
		mark += ", " + string(f.Change)
	}
	t.headline(f.At, grade, f.Message, mark)
	t.snippet(f.At)
	t.note("in", f.Where())
	for _, call := range f.Via {
		t.note("via", fmt.Sprintf("%s at %s", call.Name, t.where(call.At)))
	}
	for _, related := range f.Related {
		text := related.Message + " at " + t.where(related.At)
		if related.Quote {
			text += t.excerpt(related.At)
		}
		t.note("see", text)
	}
	t.instances(f)
	if f.Lowered != "" && f.Verdict == finding.Fail {
		t.note(string(f.Severity), fmt.Sprintf("because it concerns a rehearsal of production, where it is %s", f.Lowered))
	}
	t.explain(f)
	t.fixes(f)
	fmt.Fprintln(t.out)
}

// explain says once why a rule matters, and once what to write for each provider.
func (t *textWriter) explain(f *finding.Finding) {
	advice := f.Advice()
	if said := t.advised[f.Rule.ID]; said == nil {
		t.note("why", joined(f.Rule.Description))
	} else if slices.Contains(said, advice) {
		return
	}
	t.advised[f.Rule.ID] = append(t.advised[f.Rule.ID], advice)
	t.note("fix", joined(advice))
}

// instances names the further subjects of one cause; a long list is cut.
func (t *textWriter) instances(f *finding.Finding) {
	const most = 4
	for i, instance := range f.Instances {
		if i == most {
			t.note("and", fmt.Sprintf("%d more", len(f.Instances)-most))
			return
		}
		text := instance.Subject.Address
		if len(instance.Via) > 0 {
			text += " via " + t.where(telling(f.Via, instance.Via).At)
		} else if instance.Subject.Root != f.Subject.Root {
			text += " of " + instance.Subject.Root
		}
		if !slices.Equal(instance.Environments, f.Environments) {
			text += " in " + strings.Join(instance.Environments, ", ")
		}
		t.note("also", text)
	}
}

// telling is the first call of a chain that another chain has not, which tells
// the two apart, and the nearest one where both are the same.
func telling(first, chain []finding.Call) finding.Call {
	for i, call := range chain {
		if i >= len(first) || first[i].At != call.At {
			return call
		}
	}
	return chain[len(chain)-1]
}

// excerpt quotes a short place of one line, such as the argument that sets a value.
func (t *textWriter) excerpt(at source.Range) string {
	const longest = 40
	lines := t.report.Sources.Lines(at.File)
	if lines == nil || at.End-at.Start > longest {
		return ""
	}
	start, end := lines.Pos(at.Start), lines.Pos(at.End)
	if start.Line != end.Line {
		return ""
	}
	return ": " + string([]rune(lines.Text(start.Line))[start.Column-1:end.Column-1])
}

func (t *textWriter) headline(at source.Range, grade, message, mark string) {
	fmt.Fprintf(t.out, "%s: %s: %s %s\n", t.bold.Sprint(cmp.Or(opening(t.where(at)), "drlint")), t.grades[grade].Sprint(grade), printable(message), t.dim.Sprint("["+mark+"]"))
}

// snippet shows the deciding line with a caret under the deciding span. A span
// of several lines is underlined to the end of its first one.
func (t *textWriter) snippet(at source.Range) {
	lines := t.report.Sources.Lines(at.File)
	if lines == nil {
		return
	}
	start, end := lines.Pos(at.Start), lines.Pos(at.End)
	text := []rune(lines.Text(start.Line))
	if slices.Contains(text, 0) {
		return // the start of a binary file says nothing
	}
	last := len(text) + 1
	if end.Line == start.Line {
		last = end.Column
	}
	first := min(start.Column, len(text)+1)
	number := fmt.Sprintf("%5d", start.Line)
	line, before := printable(string(text)), printable(string(text[:first-1]))
	span := printable(string(text[first-1 : max(first-1, min(last-1, len(text)))]))
	fmt.Fprintf(t.out, "%s %s\n", t.dim.Sprint(number+" |"), line)
	fmt.Fprintf(t.out, "%s %s%s\n", t.dim.Sprint("      |"), strings.Repeat(" ", columns(before)), t.caret.Sprint(strings.Repeat("^", max(1, columns(span)))))
}

func columns(text string) int { return len([]rune(text)) }

func (t *textWriter) note(label, text string) {
	if text == "" {
		return
	}
	for i, line := range wrap(printable(text), textWidth-13) {
		if i > 0 {
			label = ""
		}
		fmt.Fprintf(t.out, "      %s %s\n", t.dim.Sprintf("= %-5s", label), line)
	}
}

func (t *textWriter) where(at source.Range) string {
	return spot(t.report.Sources.Place(at))
}

// spot writes a place as people and editors read it.
func spot(place source.Place) string {
	if place.Start.Line == 0 {
		return printable(place.File)
	}
	return fmt.Sprintf("%s:%d:%d", printable(place.File), place.Start.Line, place.Start.Column)
}

func (t *textWriter) diagnostic(d source.Diagnostic) {
	t.headline(d.At, string(d.Severity), d.Summary, d.Code)
	t.note("help", joined(d.Detail))
}
