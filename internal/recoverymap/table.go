package recoverymap

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/fatih/color"

	"github.com/drlint/drlint/internal/model"
)

// The layout of the table: six columns of cells after an indent are 100 wide.
const (
	tableWidth = 100
	cellIndent = 4
	cellWidth  = 16
)

// Table writes the map for a terminal: two lines an asset, its name and the
// worst that can happen, then a cell a fault.
func Table(w io.Writer, atlas *Atlas, options Options) error {
	t := newTable(w, atlas, options)
	for i, m := range atlas.Maps {
		if i > 0 {
			fmt.Fprintln(t.out)
		}
		t.draw(m)
	}
	t.closing(atlas)
	return t.out.Flush()
}

type tableWriter struct {
	out       *bufio.Writer
	atlas     *Atlas
	notes     *footnotes
	bold, dim *color.Color
	answers   map[Answer]*color.Color
}

func newTable(w io.Writer, atlas *Atlas, options Options) *tableWriter {
	paint := painter(options.Color)
	return &tableWriter{
		out: bufio.NewWriter(w), atlas: atlas, bold: paint(color.Bold), dim: paint(color.Faint),
		answers: map[Answer]*color.Color{Answered: paint(color.FgGreen), Again: paint(color.FgCyan), Gap: paint(color.FgRed, color.Bold), Open: paint(color.FgYellow)},
	}
}

func painter(on bool) func(...color.Attribute) *color.Color {
	return func(attributes ...color.Attribute) *color.Color {
		c := color.New(attributes...)
		if on {
			c.EnableColor()
		} else {
			c.DisableColor()
		}
		return c
	}
}

func (t *tableWriter) draw(m *Map) {
	t.notes = newFootnotes(t.atlas.Sources)
	fmt.Fprintf(t.out, "%s: %s\n", t.bold.Sprint(heading(t.atlas, m)), count(m.counted(), "asset"))
	for _, g := range m.Groups {
		fmt.Fprintln(t.out)
		t.group(g)
	}
	t.totals(m)
	t.remarks(m)
}

// heading names a map.
func heading(atlas *Atlas, m *Map) string {
	name := clean(atlas.Platform)
	switch {
	case m.Environment != "":
		return name + ", " + clean(m.Environment)
	case len(atlas.Maps) > 1:
		return name + ", shared by its environments"
	default:
		return name
	}
}

// faultsOf lists the columns of a group: the faults that its assets can meet.
func faultsOf(rows []*Row) (faults []model.Fault) {
	met := map[model.Fault]bool{}
	for _, row := range rows {
		for _, c := range row.Cells {
			met[c.Fault] = true
		}
	}
	for _, fault := range model.Faults {
		if met[fault] {
			faults = append(faults, fault)
		}
	}
	return faults
}

func (t *tableWriter) group(g Group) {
	faults := faultsOf(g.Rows)
	fmt.Fprintln(t.out, t.bold.Sprint(strings.ToUpper(g.Title())))
	fmt.Fprint(t.out, strings.Repeat(" ", cellIndent))
	for i, fault := range faults {
		text := string(fault)
		if i < len(faults)-1 {
			text = padded(text, cellWidth)
		}
		fmt.Fprint(t.out, t.dim.Sprint(text))
	}
	fmt.Fprintln(t.out)
	for _, b := range fold(g.Rows) {
		t.band(b, faults)
	}
}

func (t *tableWriter) band(b band, faults []model.Fault) {
	t.title(b)
	lines := 0
	var texts [][]string
	for _, fault := range faults {
		text := wrapped(t.cell(b.first(), fault), cellWidth-1)
		texts = append(texts, text)
		lines = max(lines, len(text))
	}
	for i := range lines {
		var line strings.Builder
		line.WriteString(strings.Repeat(" ", cellIndent))
		for j, fault := range faults {
			text := ""
			if i < len(texts[j]) {
				text = texts[j][i]
			}
			pad := ""
			if j < len(faults)-1 {
				pad = strings.Repeat(" ", cellWidth-width(text))
			}
			line.WriteString(t.painted(b.first(), fault, text) + pad)
		}
		fmt.Fprintln(t.out, strings.TrimRight(line.String(), " "))
	}
	for _, o := range b.first().Objectives {
		t.objective(o)
	}
}

// objective writes a declared objective below its cells.
func (t *tableWriter) objective(o Objective) {
	for i, line := range wrapped(o.sentence(), tableWidth-cellIndent-2) {
		indent := cellIndent
		if i > 0 {
			indent += 2
		}
		fmt.Fprintln(t.out, strings.Repeat(" ", indent)+t.answers[o.answer()].Sprint(line))
	}
}

// title writes the names of a band, the product and region, and the worst that
// can happen at the right end.
func (t *tableWriter) title(b band) {
	row := b.first()
	details := row.details()
	worst := row.Worst.verdict(len(row.Cells))
	lines := wrapped(strings.Join(b.names(), ", "), tableWidth-2)
	last := lines[len(lines)-1]
	for _, line := range lines[:len(lines)-1] {
		fmt.Fprintf(t.out, "  %s\n", t.bold.Sprint(line))
	}
	room := tableWidth - 2 - width(last) - 2 - width(details) - 2 - width(worst)
	if room < 0 {
		fmt.Fprintf(t.out, "  %s\n", t.bold.Sprint(last))
		last = ""
		details = shortened(details, tableWidth-6-width(worst))
		room = tableWidth - 6 - width(details) - width(worst)
	}
	fmt.Fprintf(t.out, "  %s  %s%s%s\n", t.bold.Sprint(last), t.dim.Sprint(details), strings.Repeat(" ", room+2), t.verdict(row.Worst, worst))
}

func (t *tableWriter) verdict(w Worst, text string) string {
	switch {
	case w.Lost > 0:
		return t.answers[Gap].Sprint(text)
	case w.Open > 0:
		return t.answers[Open].Sprint(text)
	default:
		return t.answers[Answered].Sprint(text)
	}
}

// cell is the text of a cell; its figures stay together when it wraps.
func (t *tableWriter) cell(row *Row, fault model.Fault) string {
	c, ok := row.cell(fault)
	if !ok {
		return ""
	}
	name, figures := c.words()
	text := joined(" ", glued(symbols[c.Answer]+name), glued(figures))
	if mark := t.notes.mark(c); mark > 0 {
		text += fmt.Sprintf(" [%d]", mark)
	}
	return text
}

// symbols tell the answers apart without colour; the phrase of an open cell
// brings its own.
var symbols = map[Answer]string{Answered: "", Again: "↻ ", Gap: "✗ ", Open: ""}

func (row *Row) cell(fault model.Fault) (Cell, bool) {
	for _, c := range row.Cells {
		if c.Fault == fault {
			return c, true
		}
	}
	return Cell{}, false
}

func (t *tableWriter) painted(row *Row, fault model.Fault, text string) string {
	if c, ok := row.cell(fault); ok && text != "" {
		return t.answers[c.Answer].Sprint(text)
	}
	return text
}

// remarks are the footnotes and what the map may lack.
func (t *tableWriter) remarks(m *Map) {
	if len(t.notes.texts) > 0 {
		fmt.Fprintln(t.out)
	}
	for i, text := range t.notes.texts {
		label := fmt.Sprintf("[%d]", i+1)
		for j, line := range wrapped(text, tableWidth-6) {
			if j > 0 {
				label = ""
			}
			fmt.Fprintf(t.out, "%s %s\n", t.dim.Sprint(padded(label, 5)), line)
		}
	}
	if len(m.Unfollowed) > 0 {
		fmt.Fprintln(t.out)
		t.prose(unfollowed(m))
	}
}

// unfollowed names the modules that may hold more than the map shows.
func unfollowed(m *Map) string {
	var names []string
	for _, a := range m.Unfollowed {
		names = append(names, clean(a.Address))
	}
	const most = 5
	return "Not read, so stores may be missing here: " + shortlist(names, most) + "."
}

// legend explains the figures.
const legend = "24 h/30 d: at most 24 hours old, 30 days back; ~ usual, not promised; ∞ until somebody deletes it; rebuild: no copy, loaded again through the flows"

func (t *tableWriter) closing(atlas *Atlas) {
	if len(atlas.Maps) > 0 {
		fmt.Fprintln(t.out)
		for _, line := range wrapped(legend, tableWidth) {
			fmt.Fprintln(t.out, t.dim.Sprint(line))
		}
	}
	if len(atlas.Maps) == 0 {
		fmt.Fprintf(t.out, "%s: no asset that holds data was found.\n", t.bold.Sprint(clean(atlas.Platform)))
	}
	if len(atlas.Unread) > 0 {
		fmt.Fprintln(t.out)
		t.prose(unread(atlas))
	}
}

// unread says that the map may lack what could not be read.
func unread(atlas *Atlas) string {
	var files []string
	for _, d := range atlas.Unread {
		if name := clean(d.At.File); name != "" && (len(files) == 0 || files[len(files)-1] != name) {
			files = append(files, name)
		}
	}
	if len(files) == 0 {
		return "Not everything could be read, so the map may lack something; drlint check says why."
	}
	const most = 5
	return fmt.Sprintf("%s could not be read in full, so the map may lack something; drlint check says why: %s.", count(len(files), "file"), shortlist(files, most))
}

func (t *tableWriter) prose(text string) {
	for _, line := range wrapped(text, tableWidth) {
		fmt.Fprintln(t.out, line)
	}
}
