package recoverymap

import (
	"bufio"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/fatih/color"
)

// Teller writes a night in one format.
type Teller func(io.Writer, *Night, Options) error

var tellers = map[string]Teller{
	"text":     NightText,
	"markdown": NightMarkdown,
	"json":     NightJSON,
}

// NightFormat returns the writer of a format of nights.
func NightFormat(name string) (Teller, bool) {
	teller, ok := tellers[name]
	return teller, ok
}

// NightFormats lists the names of the formats of nights.
func NightFormats() []string { return slices.Sorted(maps.Keys(tellers)) }

// NightText tells the story for a terminal.
func NightText(w io.Writer, n *Night, options Options) error {
	paint := painter(options.Color)
	t := &nightWriter{out: bufio.NewWriter(w), bold: paint(color.Bold), dim: paint(color.Faint), leads: map[Happening]*color.Color{
		Keeps: paint(color.FgGreen, color.Bold), Restored: paint(color.FgGreen, color.Bold), Rebuilt: paint(color.FgGreen, color.Bold),
		Lost: paint(color.FgRed, color.Bold), Unsure: paint(color.FgYellow, color.Bold), CopyHit: paint(color.Bold),
	}}
	story := nights[n.Fault]
	fmt.Fprintln(t.out, t.bold.Sprintf("%s: the night %s", clean(n.Platform), story.title))
	t.lines("", story.meaning)
	for _, c := range n.Chapters {
		t.chapter(n, c)
	}
	if len(n.Chapters) == 0 {
		t.lines("", "No asset that was found can be hit.")
	}
	if len(n.Unread) > 0 {
		fmt.Fprintln(t.out)
		t.lines("", unread(n.Atlas))
	}
	return t.out.Flush()
}

type nightWriter struct {
	out       *bufio.Writer
	bold, dim *color.Color
	leads     map[Happening]*color.Color
}

func (t *nightWriter) chapter(n *Night, c Chapter) {
	fmt.Fprintf(t.out, "\n%s\n", t.bold.Sprint(n.title(c)))
	t.lines("  ", c.summary())
	step := 0
	part := Happening("")
	for _, e := range c.Events {
		if e.Happening != part {
			part = e.Happening
			fmt.Fprintf(t.out, "\n  %s\n", t.leads[part].Sprint(leads[part]))
		}
		label := "  - "
		if part == Restored || part == Rebuilt {
			step++
			label = fmt.Sprintf("%3d. ", step)
		}
		t.lines("  "+label, e.sentence())
	}
	if len(c.Map.Unfollowed) > 0 {
		fmt.Fprintln(t.out)
		t.lines("  ", unfollowed(c.Map))
	}
}

// sentence is the whole sentence of an event.
func (e Event) sentence() string {
	var names []string
	for _, row := range e.Rows {
		names = append(names, row.Name)
	}
	const most = 12
	told := e.Text
	if len(e.Places) > 0 {
		const places = 3
		told += " (" + shortlist(e.Places, places) + ")"
	}
	text := fmt.Sprintf("%s: %s %s.", e.Group.Title(), shortlist(names, most), told)
	if len(e.Rows) > 1 {
		text = fmt.Sprintf("%s: each of %s %s.", e.Group.Title(), shortlist(names, most), told)
	}
	if e.Settle != "" {
		text += " Settled by " + e.Settle + "."
	}
	return text
}

// lines writes text that hangs below its label.
func (t *nightWriter) lines(label, text string) {
	for i, line := range wrapped(text, tableWidth-width(label)) {
		if i > 0 {
			label = strings.Repeat(" ", width(label))
		}
		fmt.Fprintln(t.out, label+line)
	}
}

// NightMarkdown tells the story for a document.
func NightMarkdown(w io.Writer, n *Night, _ Options) error {
	out := bufio.NewWriter(w)
	story := nights[n.Fault]
	fmt.Fprintf(out, "# %s: the night %s\n\n%s\n", literal(n.Platform), story.title, story.meaning)
	for _, c := range n.Chapters {
		fmt.Fprintf(out, "\n## %s\n\n%s\n", literal(n.title(c)), literal(c.summary()))
		part, step := Happening(""), 0
		for _, e := range c.Events {
			if e.Happening != part {
				part = e.Happening
				fmt.Fprintf(out, "\n### %s\n\n", leads[part])
			}
			label := "-"
			if part == Restored || part == Rebuilt {
				step++
				label = fmt.Sprintf("%d.", step)
			}
			fmt.Fprintf(out, "%s %s\n", label, literal(e.sentence()))
		}
		if len(c.Map.Unfollowed) > 0 {
			fmt.Fprintf(out, "\n%s\n", literal(unfollowed(c.Map)))
		}
	}
	if len(n.Chapters) == 0 {
		fmt.Fprint(out, "\nNo asset that was found can be hit.\n")
	}
	if len(n.Unread) > 0 {
		fmt.Fprintf(out, "\n%s\n", literal(unread(n.Atlas)))
	}
	return out.Flush()
}
