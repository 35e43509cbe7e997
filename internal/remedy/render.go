package remedy

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/layout"
)

// members writes members one a line: assignments first, aligned as terraform
// fmt aligns them, then blocks.
func (d *document) members(lines []assignment, nodes []*node, indent string) string {
	var blocks []*node
	for _, n := range nodes {
		if len(n.inner) > 0 && !d.dialect.quoted {
			blocks = append(blocks, n)
			continue
		}
		lines = append(lines, assignment{d.dialect.name(n.name), d.value(n, indent)})
	}
	var b strings.Builder
	width := 0
	for _, line := range lines {
		width = max(width, utf8.RuneCountInString(line.name))
	}
	for i, line := range lines {
		b.WriteString(indent + d.assign(line, width))
		if d.dialect.quoted && i < len(lines)-1 {
			b.WriteByte(',')
		}
		b.WriteByte('\n')
	}
	for i, n := range blocks {
		if !d.dialect.colon && (i > 0 || len(lines) > 0) {
			b.WriteByte('\n')
		}
		b.WriteString(indent + d.open(n.name) + "\n" + d.members(nil, n.inner, indent+d.unit()) + indent + "}\n")
	}
	return b.String()
}

// open begins a block or an object.
func (d *document) open(name string) string {
	if d.dialect.colon {
		return d.dialect.name(name) + ": {"
	}
	return name + " {"
}

// assign writes an assignment; names of HCL are padded to a width.
func (d *document) assign(a assignment, width int) string {
	if d.dialect.colon {
		return a.name + ": " + a.value
	}
	return a.name + strings.Repeat(" ", max(0, width-utf8.RuneCountInString(a.name))) + " = " + a.value
}

// value writes what is assigned to a member of an object.
func (d *document) value(n *node, indent string) string {
	if len(n.inner) == 0 {
		return d.dialect.scalar(n.value)
	}
	return "{\n" + d.members(nil, n.inner, indent+d.unit()) + indent + "}"
}

// inline writes members on one line.
func (d *document) inline(nodes []*node) string {
	parts := make([]string, len(nodes))
	for i, n := range nodes {
		parts[i] = d.dialect.name(n.name) + ": "
		if len(n.inner) > 0 {
			parts[i] += "{ " + d.inline(n.inner) + " }"
		} else {
			parts[i] += d.dialect.scalar(n.value)
		}
	}
	return strings.Join(parts, ", ")
}

// append adds members to the end of an object that is written on several lines.
func (d *document) append(body *layout.Body, fresh []*node) ([]finding.Edit, bool) {
	inner := d.step(body)
	text := "\n" + strings.TrimSuffix(d.members(nil, fresh, inner), "\n")
	if len(body.Entries) == 0 {
		stop := d.lineStop(body.Braces.Start)
		return []finding.Edit{d.replace(stop, stop, text)}, d.closes(body.Braces.Start+1, stop)
	}
	end := body.Entries[len(body.Entries)-1].Whole.End
	stop := d.lineStop(end)
	switch {
	case stop >= body.Braces.End || !d.closes(end, stop):
		return nil, false
	case !d.dialect.quoted:
		return []finding.Edit{d.replace(stop, stop, text)}, true
	case stop == end:
		return []finding.Edit{d.replace(end, end, ","+text)}, true
	default:
		return []finding.Edit{d.replace(end, end, ","), d.replace(stop, stop, text)}, true
	}
}

// closes reports whether the rest of a line is empty or a comment that ends with it.
func (d *document) closes(start, stop int) bool {
	rest := strings.TrimSpace(string(d.data[start:stop]))
	switch {
	case rest == "", strings.HasPrefix(rest, "//"), strings.HasPrefix(rest, "#") && !d.dialect.colon:
		return true
	default:
		return strings.HasPrefix(rest, "/*") && strings.Index(rest, "*/") == len(rest)-2
	}
}

// writeBlock adds members to an HCL block of several lines: assignments after
// the last one that no block precedes, blocks at the end.
func (d *document) writeBlock(body *layout.Body, fresh []*node) (edits []finding.Edit, ok bool) {
	inner := d.step(body)
	var values, blocks []*node
	for _, n := range fresh {
		if len(n.inner) > 0 {
			blocks = append(blocks, n)
		} else {
			values = append(values, n)
		}
	}
	attributes := slices.IndexFunc(body.Entries, func(e layout.Entry) bool { return e.IsBlock() })
	if attributes < 0 {
		attributes = len(body.Entries)
	}
	first, last := d.endOf(body, attributes), d.endOf(body, len(body.Entries))
	if first < 0 || last < 0 {
		return nil, false
	}
	text, rest := "", ""
	if len(values) > 0 {
		text = d.assignments(body.Entries[:attributes], values, inner)
		if strings.HasPrefix(text, "\n\n") && d.crowded(first) {
			text += "\n"
		}
	}
	if len(blocks) > 0 {
		rest = "\n" + strings.TrimSuffix(d.members(nil, blocks, inner), "\n")
		if len(body.Entries) > 0 || text != "" {
			rest = "\n" + rest
		}
	}
	if first == last {
		return []finding.Edit{d.replace(first, first, text+rest)}, true
	}
	if text != "" {
		edits = append(edits, d.replace(first, first, text))
	}
	if rest != "" {
		edits = append(edits, d.replace(last, last, rest))
	}
	return edits, true
}

// crowded reports whether something is written on the next line, other than the
// end of a block.
func (d *document) crowded(stop int) bool {
	_, rest, _ := strings.Cut(string(d.data[stop:]), "\n")
	next, _, _ := strings.Cut(rest, "\n")
	next = strings.TrimSpace(next)
	return next != "" && next != "}"
}

// endOf is the end of the line on which the first entries end, -1 where
// something follows them there.
func (d *document) endOf(body *layout.Body, count int) int {
	end := body.Braces.Start + 1
	if count > 0 {
		end = body.Entries[count-1].Whole.End
		if d.data[end-1] == '\n' { // a heredoc ends with its line
			end = d.lineStop(d.lineStart(end - 1))
			return end
		}
	}
	stop := d.lineStop(end)
	if stop >= body.Braces.End || !d.closes(end, stop) {
		return -1
	}
	return stop
}

// assignments writes new assignments after existing ones, in their columns where
// the names fit into them, else apart from them.
func (d *document) assignments(before []layout.Entry, values []*node, indent string) string {
	width := 0
	for _, n := range values {
		width = max(width, utf8.RuneCountInString(n.name))
	}
	gap := "\n"
	if column := d.column(before); column >= width {
		width = column
	} else if column > 0 {
		gap = "\n\n"
	}
	var b strings.Builder
	for _, n := range values {
		b.WriteString(gap + indent + d.assign(assignment{n.name, d.dialect.scalar(n.value)}, width))
		gap = "\n"
	}
	return b.String()
}

// column is the width to which the names of the last group of assignments are
// padded; 0 when the last assignment is written on several lines.
func (d *document) column(before []layout.Entry) int {
	if len(before) == 0 {
		return 0
	}
	last := before[len(before)-1]
	// terraform fmt takes a heredoc for one line.
	if heredoc := strings.HasPrefix(d.spanText(last.Value), "<<"); !heredoc && !d.oneLine(last.Whole) {
		return 0
	}
	text := string(d.data[last.Whole.Start:last.Value.Start])
	name, _, _ := strings.Cut(text, "=")
	return utf8.RuneCountInString(strings.TrimSuffix(name, " "))
}
