// Package screenshot draws what a program wrote to a terminal as an SVG image,
// light or dark as the reader's system is. The same text gives the same bytes.
package screenshot

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Sizes in pixels. Runs are stretched to their cells, so that columns line up
// in whatever font there is.
const (
	cell   = 7.8
	line   = 18
	size   = 13
	margin = 16
)

// style are the classes of the image that the colours of a terminal become.
const style = `
.terminal { font: 13px ui-monospace, "SFMono-Regular", Menlo, Consolas, "DejaVu Sans Mono", monospace; fill: #1f2328; white-space: pre }
.ground { fill: #f6f8fa; stroke: #d1d9e0 }
.bold { font-weight: bold } .dim { fill: #59636e }
.red { fill: #cf222e } .yellow { fill: #8a4600 } .green { fill: #116329 } .cyan { fill: #1b7c83 } .blue { fill: #0969da } .magenta { fill: #8250df }
@media (prefers-color-scheme: dark) {
.terminal { fill: #f0f6fc } .ground { fill: #0d1117; stroke: #3d444d } .dim { fill: #9198a1 }
.red { fill: #ff7b72 } .yellow { fill: #e3b341 } .green { fill: #56d364 } .cyan { fill: #39c5cf } .blue { fill: #79c0ff } .magenta { fill: #d2a8ff }
}`

// run is text in one style.
type run struct {
	text    string
	classes []string // sorted
}

// SVG draws text with ANSI colours in a terminal of so many columns; longer
// lines go on in the next one. title says what is seen for those who do not see.
func SVG(title, text string, columns int) []byte {
	var lines [][]run
	var active []string
	for written := range strings.SplitSeq(strings.TrimSuffix(text, "\n"), "\n") {
		var runs []run
		runs, active = parse(written, active)
		lines = append(lines, fold(runs, columns)...)
	}
	width, height := 2*margin+float64(columns)*cell, 2*margin+len(lines)*line
	var b bytes.Buffer
	fmt.Fprintf(&b, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" height=\"%d\" viewBox=\"0 0 %.0f %d\" role=\"img\" aria-label=\"%s\">\n", width, height, width, height, escape(title))
	fmt.Fprintf(&b, "<title>%s</title>\n<style>%s\n</style>\n<rect class=\"ground\" x=\"0.5\" y=\"0.5\" width=\"%.0f\" height=\"%d\" rx=\"6\"/>\n", escape(title), style, width-1, height-1)
	for i, runs := range lines {
		draw(&b, runs, margin+i*line+size)
	}
	fmt.Fprintln(&b, "</svg>")
	return b.Bytes()
}

// draw writes the runs of one line, leaving out spaces at their ends.
func draw(b *bytes.Buffer, runs []run, y int) {
	column := 0
	for _, r := range runs {
		start := column
		column += utf8.RuneCountInString(r.text)
		shown := strings.TrimLeft(r.text, " ")
		start += len(r.text) - len(shown)
		shown = strings.TrimRight(shown, " ")
		if shown == "" {
			continue
		}
		classes := strings.Join(append([]string{"terminal"}, r.classes...), " ")
		fmt.Fprintf(b, "<text class=\"%s\" x=\"%.1f\" y=\"%d\" textLength=\"%.1f\" lengthAdjust=\"spacingAndGlyphs\">%s</text>\n",
			classes, margin+float64(start)*cell, y, float64(utf8.RuneCountInString(shown))*cell, escape(shown))
	}
}

func escape(text string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(text)) // a buffer takes everything
	return b.String()
}

// colours maps the codes of a terminal to classes.
var colours = map[string]string{"1": "bold", "2": "dim", "31": "red", "32": "green", "33": "yellow", "34": "blue", "35": "magenta", "36": "cyan"}

// parse splits a line at the codes that change its style, and returns the style
// that the next line begins with.
func parse(text string, active []string) (runs []run, _ []string) {
	for i, part := range strings.Split(text, "\x1b[") {
		if i > 0 {
			codes, rest, _ := strings.Cut(part, "m")
			active, part = apply(active, codes), rest
		}
		if part != "" {
			runs = append(runs, run{part, slices.Clone(active)})
		}
	}
	return runs, active
}

// apply changes a style by codes such as "31;1".
func apply(active []string, codes string) []string {
	active = slices.Clone(active)
	for code := range strings.SplitSeq(codes, ";") {
		switch class, known := colours[code]; {
		case code == "0" || code == "":
			active = nil
		case code == "22":
			active = slices.DeleteFunc(active, func(c string) bool { return c == "bold" || c == "dim" })
		case known && !slices.Contains(active, class):
			active = append(active, class)
		}
	}
	slices.Sort(active)
	return active
}

// fold breaks a line where the terminal ends.
func fold(runs []run, columns int) [][]run {
	lines := [][]run{nil}
	left := columns
	for _, r := range runs {
		for text := []rune(r.text); len(text) > 0; {
			if left == 0 {
				lines, left = append(lines, nil), columns
			}
			n := min(left, len(text))
			last := len(lines) - 1
			lines[last] = append(lines[last], run{string(text[:n]), r.classes})
			text, left = text[n:], left-n
		}
	}
	return lines
}
