package report

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/source"
)

// detail is a finding, folded: the text that decides, how it gets there, why it
// matters and what to write instead.
func (m *markdownWriter) detail(f *finding.Finding) string {
	var b strings.Builder
	place := m.options.place(m.report, f.At)
	fmt.Fprintf(&b, "\n<details><summary><b>%s</b> %s, <code>%s</code></summary>\n\n", f.Severity, inertHTML(f.Message), inertHTML(spot(place)))
	b.WriteString(m.snippet(f.At))
	notes := m.notes(f)
	for _, note := range notes {
		fmt.Fprintf(&b, "- %s\n", note)
	}
	if len(notes) > 0 {
		b.WriteByte('\n')
	}
	fmt.Fprintf(&b, "**Why:** %s\n\n**Fix:** %s\n\n", inert(joined(f.Rule.Description)), inert(joined(f.Advice())))
	for _, fix := range f.Fixes {
		b.WriteString(m.fix(f, fix))
	}
	fmt.Fprintf(&b, "Rule %s\n\n</details>\n", rulePage(f.Rule))
	return b.String()
}

func (m *markdownWriter) notes(f *finding.Finding) (notes []string) {
	const most = 10
	if where := f.Where(); where != "" {
		notes = append(notes, "in "+inert(where))
	}
	for _, call := range f.Via {
		notes = append(notes, "through "+inert(call.Name)+" at "+m.link(call.At))
	}
	for _, related := range f.Related {
		notes = append(notes, inert(related.Message)+", "+m.link(related.At))
	}
	for _, instance := range f.Instances {
		notes = append(notes, "also "+inert(instance.Subject.Address))
	}
	if len(notes) > most {
		notes = append(notes[:most], fmt.Sprintf("and %d more", len(notes)-most))
	}
	return notes
}

// fix shows the lines of a fix: as a suggestion where they are one run in the
// file of the finding, as a difference otherwise.
func (m *markdownWriter) fix(f *finding.Finding, fix finding.Fix) string {
	list, ok := patches(m.report.Sources, fix)
	if !ok {
		return ""
	}
	title := inert(fix.Title)
	if !fix.Safe {
		title += " (costs money or changes what runs)"
	}
	if p := list[0]; len(list) == 1 && p.file == f.At.File && plain(p.after) && len(p.after) > 0 {
		lines := fmt.Sprintf("line %d", p.first)
		if n := len(p.before); n > 1 {
			lines = fmt.Sprintf("lines %d to %d", p.first, p.first+n-1)
		}
		return fmt.Sprintf("%s, instead of %s:\n\n%s\n", title, lines, fenced("suggestion", p.after))
	}
	var lines []string
	for _, p := range list {
		p = p.narrow()
		lines = append(lines, fmt.Sprintf("@@ %s:%d @@", printable(m.options.path(p.file)), p.first))
		for _, line := range p.before {
			lines = append(lines, "-"+printable(line))
		}
		for _, line := range p.after {
			lines = append(lines, "+"+printable(line))
		}
	}
	return fmt.Sprintf("%s:\n\n%s\n", title, fenced("diff", lines))
}

// plain reports whether lines can be suggested as they are: whoever accepts a
// suggestion has to see what it writes.
func plain(lines []string) bool {
	return !slices.ContainsFunc(lines, func(line string) bool {
		return strings.ContainsFunc(line, func(r rune) bool { return r != '\t' && unsafe(r) })
	})
}

// snippet shows the lines of a place, the first few of a long one.
func (m *markdownWriter) snippet(at source.Range) string {
	const most = 6
	lines := m.report.Sources.Lines(at.File)
	if lines == nil {
		return ""
	}
	var texts []string
	for n, last := lines.Pos(at.Start).Line, lines.Pos(at.End).Line; n <= last && len(texts) < most; n++ {
		text := lines.Text(n)
		if strings.ContainsRune(text, 0) {
			return ""
		}
		texts = append(texts, printable(text))
	}
	return fenced(languages[path.Ext(at.File)], texts) + "\n"
}

// languages name the formats as highlighters know them.
var languages = map[string]string{
	".tf": "hcl", ".tofu": "hcl", ".hcl": "hcl", ".tfvars": "hcl", ".bicep": "bicep", ".bicepparam": "bicep",
	".yml": "yaml", ".yaml": "yaml", ".json": "json", ".sql": "sql", ".py": "python", ".sh": "sh",
}

// fenced is a block of code whose fence is longer than every one in it.
func fenced(language string, lines []string) string {
	fence := "```"
	for _, line := range lines {
		for strings.Contains(line, fence) {
			fence += "`"
		}
	}
	return fence + language + "\n" + strings.Join(lines, "\n") + "\n" + fence + "\n"
}

// link leads to the lines of a place: to the service that hosts the repository
// where that is known, else relative to its top.
func (m *markdownWriter) link(at source.Range) string {
	place := m.options.place(m.report, at)
	target := uri(place.File)
	if m.options.Blob != "" {
		target = strings.TrimSuffix(m.options.Blob, "/") + "/" + target
	}
	if place.Start.Line > 0 {
		target += fmt.Sprintf("#L%d", place.Start.Line)
	}
	text := printable(place.File)
	if place.Start.Line > 0 {
		text += fmt.Sprintf(":%d", place.Start.Line)
	}
	target = strings.NewReplacer("(", "%28", ")", "%29", "*", "%2A", "_", "%5F", "&", "%26", "@", "%40").Replace(target)
	return "[" + inert(text) + "](" + target + ")"
}

func rulePage(rule *finding.Rule) string {
	if rule.Custom {
		return inert(rule.ID)
	}
	return "[" + inert(rule.ID) + "](" + RulePage(rule.ID) + ")"
}
