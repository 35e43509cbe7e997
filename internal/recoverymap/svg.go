package recoverymap

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// SVG draws the map as a picture for a wall or a browser: lanes in the order
// data flows, a box an asset with a cell a fault, flows and copies as arrows. It
// follows the light or dark scheme of the reader; it has no scripts and loads
// nothing.
func SVG(w io.Writer, atlas *Atlas, _ Options) error {
	d := &drawing{out: bufio.NewWriter(w), atlas: atlas}
	type part struct {
		m *Map
		s *scenery
	}
	var parts []part
	width, height := legendWidth()+2*margin, margin
	for _, m := range atlas.Maps {
		s := lay(m)
		parts = append(parts, part{m, s})
		width = max(width, s.width+2*margin)
		height += headHeight + s.height + margin
	}
	notes := d.footer(width)
	height += legendHeight + len(notes)*20 + margin
	d.open(width, height)
	y := margin
	for _, p := range parts {
		d.head(p.m, y)
		y += headHeight
		d.scene(p.s, margin, y)
		y += p.s.height + margin
	}
	d.legend(margin, y)
	for i, note := range notes {
		d.text(margin, y+legendHeight+14+i*20, "note", note)
	}
	fmt.Fprint(d.out, "</svg>\n")
	return d.out.Flush()
}

const (
	headHeight   = 134
	legendHeight = 44
)

type drawing struct {
	out   *bufio.Writer
	atlas *Atlas
}

func (d *drawing) open(width, height int) {
	title := "What survives what: " + d.atlas.Platform
	fmt.Fprintf(d.out, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img" aria-labelledby="title">`+"\n", width, height, width, height)
	fmt.Fprintf(d.out, "<title id=\"title\">%s</title>\n<style>\n%s</style>\n<defs>\n", escape(title), svgStyle)
	for _, kind := range []string{flows, replicates, backedUp} {
		fmt.Fprintf(d.out, `<marker id="%s" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="9" markerHeight="9" markerUnits="userSpaceOnUse" orient="auto"><path class="head %s" d="M0 0L10 5L0 10z"/></marker>`+"\n", kind, kind)
	}
	fmt.Fprint(d.out, "</defs>\n<rect class=\"page\" width=\"100%\" height=\"100%\"/>\n")
}

// footer says what the picture may lack.
func (d *drawing) footer(width int) (notes []string) {
	if len(d.atlas.Maps) == 0 {
		notes = append(notes, clean(d.atlas.Platform)+": no asset that holds data was found.")
	}
	for _, m := range d.atlas.Maps {
		if len(m.Unfollowed) > 0 {
			notes = append(notes, unfollowed(m))
		}
	}
	if len(d.atlas.Unread) > 0 {
		notes = append(notes, unread(d.atlas))
	}
	const size = 12
	for i := range notes {
		notes[i] = fit(notes[i], size, width-2*margin)
	}
	return notes
}

func (d *drawing) text(x, y int, class, text string) {
	if text == "" {
		return
	}
	fmt.Fprintf(d.out, `<text class="%s" x="%d" y="%d">%s</text>`+"\n", class, x, y, escape(text))
}

// symbol draws a check, a cross or a question mark: shapes, so that the answer
// needs no colour and no font.
func (d *drawing) symbol(x, y int, answer Answer) {
	shape := map[Answer]string{
		Answered: "M%[1]d %[2]dm-4 0l3 4l6 -8",
		Again:    "M%[1]d %[2]dm3.4 -2.4a4.2 4.2 0 1 0 .8 3.4m-.6 -6.2v3h-3",
		Gap:      "M%[1]d %[2]dm-4 -4l8 8m0 -8l-8 8",
		Open:     "M%[1]d %[2]dm-3 -2.5a3 3 0 1 1 4.2 2.7q-1.2 .6 -1.2 2m0 2.6v.6",
	}[answer]
	fmt.Fprintf(d.out, `<path class="symbol %s" d="%s"/>`+"\n", answer, fmt.Sprintf(shape, x, y))
}

// scene draws the lanes, then the boxes, then the arrows, which cross none.
func (d *drawing) scene(s *scenery, x, y int) {
	fmt.Fprintf(d.out, `<g transform="translate(%d %d)">`+"\n", x, y)
	for _, l := range s.lanes {
		class := "lane"
		if l.outside {
			class = "lane outside"
		}
		fmt.Fprintf(d.out, `<rect class="%s" x="%d" y="%d" width="%d" height="%d" rx="8"/>`+"\n", class, l.x, l.y, l.w, l.h)
		d.text(l.x+14, l.y+27, "lanetitle", l.title)
	}
	for _, column := range s.columns {
		for _, st := range column {
			d.stack(st)
		}
	}
	for _, r := range s.routes {
		d.arrow(s, r)
	}
	fmt.Fprint(d.out, "</g>\n")
}

func (d *drawing) stack(st *stack) {
	if st.block.outer != nil {
		fmt.Fprintf(d.out, `<rect class="frame" x="%d" y="%d" width="%d" height="%d" rx="8"/>`+"\n", st.x, st.y, columnWidth, st.h)
		d.text(st.x+framePadding, st.y+18, "account", fit(st.block.title, 14, columnWidth-2*framePadding))
	}
	for _, n := range st.nodes {
		d.node(n)
	}
}

func (d *drawing) node(n *node) {
	class := "box"
	if n.outside != "" {
		class = "box outside"
	}
	fmt.Fprint(d.out, "<g>\n")
	for i := min(3, len(n.band.rows)) - 1; i > 0; i-- { // a pile stands for several
		fmt.Fprintf(d.out, `<rect class="%s" x="%d" y="%d" width="%d" height="%d" rx="6"/>`+"\n", class, n.x+3*i, n.y+3*i, boxWidth, n.h)
	}
	fmt.Fprintf(d.out, `<rect class="%s" x="%d" y="%d" width="%d" height="%d" rx="6"/>`+"\n", class, n.x, n.y, boxWidth, n.h)
	if n.outside != "" {
		fmt.Fprintf(d.out, "<title>%s</title>\n", escape(n.outside))
		d.text(n.x+framePadding, n.y+27, "name", n.names[0])
		fmt.Fprint(d.out, "</g>\n")
		return
	}
	row := n.band.first()
	fmt.Fprintf(d.out, "<title>%s</title>\n", escape(tooltip(n.band)))
	y := n.y + framePadding
	for _, line := range n.names {
		y += nameLine
		d.text(n.x+framePadding, y-4, "name", line)
	}
	details := row.details()
	if len(n.band.rows) > 1 {
		details = number(len(n.band.rows)) + " × " + details
	}
	d.text(n.x+framePadding, y+13, "muted", fit(details, 12, boxWidth-2*framePadding))
	y += 24
	if len(row.Objectives) > 0 {
		d.objectives(n.x+framePadding, y, row.Objectives)
		y += objectiveLine
	}
	for i, c := range row.Cells {
		d.cell(n.x+framePadding+i%cellColumns*(cellWide+cellGap), y+i/cellColumns*(cellHeight+cellGap), c)
	}
	fmt.Fprint(d.out, "</g>\n")
}

// objectives writes what is declared side by side; the tooltip says why.
func (d *drawing) objectives(x, y int, list []Objective) {
	const half, size = (boxWidth - 2*framePadding) / 2, 11
	for _, o := range list {
		text := fit(o.figure()+" "+string(o.Result), size, half-14)
		d.symbol(x+5, y+6, o.answer())
		d.text(x+14, y+10, "objective "+string(o.answer()), text)
		x += max(half, 22+measure(text, size))
	}
}

// tooltip tells everything about a box.
func tooltip(b band) string {
	row := b.first()
	lines := []string{strings.Join(b.names(), ", "), row.details()}
	for _, c := range row.Cells {
		line := string(c.Fault) + ": " + phrase(c)
		if c.Why != "" && c.Answer != Answered {
			line += " (" + c.Why + ")"
		}
		lines = append(lines, line)
	}
	for _, o := range row.Objectives {
		lines = append(lines, o.sentence())
	}
	return strings.Join(lines, " | ")
}

func (d *drawing) cell(x, y int, c Cell) {
	fmt.Fprintf(d.out, `<g class="cell %s"><rect x="%d" y="%d" width="%d" height="%d" rx="3"/>`+"\n", c.Answer, x, y, cellWide, cellHeight)
	d.text(x+6, y+13, "label", string(c.Fault))
	d.symbol(x+cellWide-9, y+10, c.Answer)
	name, figures := c.words()
	if c.Answer == Open {
		name = strings.TrimPrefix(strings.TrimPrefix(name, "?"), " ")
	}
	const size = 10
	d.text(x+6, y+28, "word", fit(strings.TrimSuffix(name, ","), size, cellWide-8))
	d.text(x+6, y+41, "word", fit(tight(figures), size, cellWide-8))
	fmt.Fprint(d.out, "</g>\n")
}

// tight writes figures without spaces: "24h/30d".
func tight(figures string) string { return units.Replace(figures) }

var units = strings.NewReplacer(" min", "m", " h", "h", " d", "d", " s", "s")

// arrow draws a way from its box to where it joins one that leads to the same
// place, so that dashes never lie on dashes; the first one has the head.
func (d *drawing) arrow(s *scenery, r *route) {
	points, joins := r.trunk.join(s.corners(r))
	head := ` marker-end="url(#` + r.link.Kind + `)"`
	if joins {
		head = ""
	}
	fmt.Fprintf(d.out, `<g><title>%s</title><path class="arrow %s" d="%s"%s/></g>`+"\n", escape(r.title()), r.link.Kind, outline(points), head)
}

// verbs say what an arrow means.
var verbs = map[string]string{flows: "flows to", replicates: "is replicated to", backedUp: "is backed up in"}

func (r *route) title() string {
	name := func(n *node) string {
		if n.outside != "" {
			return n.outside
		}
		const most = 5
		return shortlist(n.band.names(), most)
	}
	text := name(r.from) + " " + verbs[r.link.Kind] + " " + name(r.to)
	var by []string
	for _, f := range r.link.Flows {
		by = append(by, shortAddress(f.Address))
	}
	if len(by) > 0 {
		const most = 5
		text += " by " + shortlist(by, most)
	}
	return text
}
