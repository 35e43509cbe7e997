package recoverymap

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/drlint/drlint/internal/model"
)

// Markdown writes the map for a pull request or a wiki: a table a group, the
// reasons below.
func Markdown(w io.Writer, atlas *Atlas, _ Options) error {
	m := &markdownWriter{out: bufio.NewWriter(w), atlas: atlas}
	fmt.Fprintf(m.out, "# What survives what: %s\n", literal(atlas.Platform))
	for _, chart := range atlas.Maps {
		m.draw(chart)
	}
	if len(atlas.Maps) == 0 {
		fmt.Fprint(m.out, "\nNo asset that holds data was found.\n")
	} else {
		fmt.Fprintf(m.out, "\n%s\n", literal(capital(legend)+"."))
	}
	if len(atlas.Unread) > 0 {
		fmt.Fprintf(m.out, "\n%s\n", literal(unread(atlas)))
	}
	return m.out.Flush()
}

type markdownWriter struct {
	out   *bufio.Writer
	atlas *Atlas
	notes *footnotes
}

func (m *markdownWriter) draw(chart *Map) {
	m.notes = newFootnotes(m.atlas.Sources)
	level := "##"
	if len(m.atlas.Maps) > 1 || chart.Environment != "" {
		fmt.Fprintf(m.out, "\n## %s\n", literal(heading(m.atlas, chart)))
		level = "###"
	}
	m.totals(chart)
	for _, g := range chart.Groups {
		fmt.Fprintf(m.out, "\n%s %s\n\n", level, literal(g.Title()))
		m.group(g)
	}
	if len(m.notes.texts) > 0 {
		fmt.Fprintln(m.out)
	}
	for i, text := range m.notes.texts {
		fmt.Fprintf(m.out, "%d. %s\n", i+1, literal(text))
	}
	if len(chart.Unfollowed) > 0 {
		fmt.Fprintf(m.out, "\n%s\n", literal(unfollowed(chart)))
	}
}

func (m *markdownWriter) totals(chart *Map) {
	fmt.Fprintf(m.out, "\n| %s | answered | rebuilt | without an answer | unknown |\n|---|--:|--:|--:|--:|\n", count(chart.counted(), "asset"))
	totals := chart.tallies()
	for _, fault := range model.Faults {
		if t, ok := totals[string(fault)]; ok {
			fmt.Fprintf(m.out, "| %s | %d | %d | %d | %d |\n", fault, t.answered, t.again, t.gaps, t.open)
		}
	}
}

func (m *markdownWriter) group(g Group) {
	faults := faultsOf(g.Rows)
	fmt.Fprint(m.out, "| Asset | Where |")
	for _, fault := range faults {
		fmt.Fprintf(m.out, " %s |", fault)
	}
	objectives, dashes := "", "---|---|---|"
	if declares(g.Rows) {
		objectives, dashes = " objectives |", dashes+"---|"
	}
	fmt.Fprintf(m.out, " worst |%s\n|%s%s\n", objectives, dashes, strings.Repeat("---|", len(faults)))
	for _, b := range fold(g.Rows) {
		row := b.first()
		fmt.Fprintf(m.out, "| %s | %s |", literal(strings.Join(b.names(), ", ")), literal(row.details()))
		for _, fault := range faults {
			fmt.Fprintf(m.out, " %s |", m.cell(row, fault))
		}
		fmt.Fprintf(m.out, " %s |", literal(row.Worst.verdict(len(row.Cells))))
		if objectives != "" {
			fmt.Fprintf(m.out, " %s |", literal(stated(row.Objectives)))
		}
		fmt.Fprintln(m.out)
	}
}

func (m *markdownWriter) cell(row *Row, fault model.Fault) string {
	c, ok := row.cell(fault)
	if !ok {
		return ""
	}
	text := literal(symbols[c.Answer] + phrase(c))
	if c.Answer == Gap {
		text = "**" + text + "**"
	}
	if mark := m.notes.mark(c); mark > 0 {
		text += fmt.Sprintf(" \\[%d\\]", mark)
	}
	return text
}

// literal writes text so that Markdown shows it as it is.
func literal(text string) string {
	var b strings.Builder
	for _, r := range clean(text) {
		switch {
		case r == '<':
			b.WriteString("&lt;")
		case r == '&':
			b.WriteString("&amp;")
		case strings.ContainsRune("\\`*_[]|#~!>$", r):
			b.WriteByte('\\')
			b.WriteRune(r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
