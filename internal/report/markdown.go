package report

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/source"
)

// Marker opens every comment, so that whoever posts it finds the last one again.
const Marker = "<!-- drlint report -->"

// A comment of GitHub holds at most 65,536 characters; some are kept for what
// is said about the cut.
const (
	commentLimit = 65_536
	commentSpare = 1_500
)

// Markdown writes a comment for a pull request: what was found in a table, each
// finding folded with its reasons, and what changes for the recovery of the data.
func Markdown(w io.Writer, r *Report, o Options) error {
	m := markdownWriter{report: r, options: o}
	for i := range r.Findings {
		switch f := &r.Findings[i]; {
		case f.Suppressed != nil || f.Verdict == finding.Exempt:
		case f.Verdict == finding.Unknown:
			m.open = append(m.open, f)
		case f.Rule.Saves():
			m.saving = append(m.saving, f)
		default:
			m.failing = append(m.failing, f)
		}
	}
	slices.SortStableFunc(m.failing, func(a, b *finding.Finding) int {
		return cmp.Or(cmp.Compare(a.Severity.Rank(), b.Severity.Rank()), cmp.Compare(age(a), age(b)))
	})
	m.head()
	m.table()
	m.recovery()
	m.unread()
	m.details()
	m.list("could not be decided", "What would settle it is in the message.", m.open, "undecided")
	m.list("would save money", "", m.saving, "that would save money")
	m.foot()
	_, err := io.WriteString(w, m.text.String())
	return err
}

// age puts what is new before what was only touched.
func age(f *finding.Finding) int {
	return map[finding.Change]int{finding.New: 0, finding.Touched: 1}[f.Change]
}

type markdownWriter struct {
	report  *Report
	options Options
	text    strings.Builder
	// failing are ordered by severity, the others by place.
	failing, open, saving []*finding.Finding
	// cut counts what did not fit, by what it is.
	cut []string
}

// fits writes a block unless the comment would be too long.
func (m *markdownWriter) fits(block string, limit int) bool {
	if m.text.Len()+len(block) > limit {
		return false
	}
	m.text.WriteString(block)
	return true
}

// leave notes what did not fit.
func (m *markdownWriter) leave(n int, what string) {
	m.cut = append(m.cut, fmt.Sprintf("%d %s", n, what))
}

func (m *markdownWriter) head() {
	s := summary(m.report).Findings
	title := "nothing to report"
	kind := "finding"
	if m.report.Summary.Files == 0 {
		title = "nothing to scan"
	} else if m.report.Against != "" {
		title, kind = "nothing new", "new or touched finding"
	}
	if n := len(m.failing); n > 0 {
		title = count(n, kind)
	}
	fmt.Fprintf(&m.text, "%s\n### drlint: %s\n", Marker, title)
	var parts []string
	for _, c := range []struct {
		n    int
		what string
	}{
		{s.High, "high"}, {s.Medium, "medium"}, {s.Low, "low"}, {s.Info, "info"},
		{len(m.saving), "that would save money"}, {len(m.open), "undecided"},
	} {
		if c.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", c.n, c.what))
		}
	}
	text := strings.Join(parts, ", ") + setAside(m.report)
	if m.report.Against != "" {
		text += ", compared with " + inert(m.report.Against)
		if strings.HasPrefix(text, ", c") {
			text = "C" + strings.TrimPrefix(text, ", c")
		}
	}
	if text != "" {
		fmt.Fprintf(&m.text, "\n%s.\n", strings.TrimPrefix(text, ", "))
	}
}

// table lists the findings in at most half of the comment.
func (m *markdownWriter) table() {
	if len(m.failing) == 0 {
		return
	}
	m.text.WriteString("\n| Severity | Finding | Place |\n|---|---|---|\n")
	for i, f := range m.failing {
		severity := "**" + string(f.Severity) + "**"
		if f.Change != "" {
			severity += ", " + string(f.Change)
		}
		row := fmt.Sprintf("| %s | %s | %s |\n", severity, inert(statement(f)), m.link(f.At))
		if !m.fits(row, commentLimit/2) {
			m.leave(len(m.failing)-i, fmt.Sprintf("of %d rows", len(m.failing)))
			return
		}
	}
}

func (m *markdownWriter) details() {
	for i, f := range m.failing {
		if !m.fits(m.detail(f), commentLimit-commentSpare) {
			m.leave(len(m.failing)-i, fmt.Sprintf("of %d explanations", len(m.failing)))
			return
		}
	}
}

// list folds findings that nobody has to act on.
func (m *markdownWriter) list(what, hint string, findings []*finding.Finding, each string) {
	if len(findings) == 0 {
		return
	}
	var items []string
	for _, f := range findings {
		items = append(items, fmt.Sprintf("- %s, %s (%s)\n", inert(statement(f)), m.link(f.At), rulePage(f.Rule)))
	}
	m.fold(fmt.Sprintf("%d %s", len(findings), what), hint, items, each)
}

func (m *markdownWriter) unread() {
	var items []string
	for _, d := range m.report.Diagnostics {
		if d.Severity != source.Error {
			continue
		}
		item := "- " + inert(joined(d.Summary))
		if !d.At.IsZero() {
			item += ", " + m.link(d.At)
		}
		items = append(items, item+"\n")
	}
	if len(items) > 0 {
		m.fold(count(len(items), "place")+" could not be read", "Findings may be missing there.", items, "unread")
	}
}

// fold writes a folded list as far as it fits.
func (m *markdownWriter) fold(title, hint string, items []string, what string) {
	const end = "\n</details>\n"
	head := fmt.Sprintf("\n<details><summary>%s</summary>\n\n", title)
	if hint != "" {
		head += hint + "\n\n"
	}
	limit := commentLimit - commentSpare - len(end)
	if m.text.Len()+len(head)+len(items[0]) > limit || !m.fits(head, limit) {
		m.leave(len(items), what)
		return
	}
	for i, item := range items {
		if !m.fits(item, limit) {
			m.leave(len(items)-i, what)
			break
		}
	}
	m.text.WriteString(end)
}

func (m *markdownWriter) foot() {
	if len(m.cut) > 0 {
		fmt.Fprintf(&m.text, "\n**%s left out**: a comment holds no more than %d characters. `drlint check` shows everything.\n",
			strings.Join(m.cut, ", "), commentLimit)
	}
	fmt.Fprintf(&m.text, "\n<sub>%s</sub>\n", inert(Headline(m.report)))
}
