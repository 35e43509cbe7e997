package remedy

import (
	"strings"

	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/layout"
	"github.com/drlint/drlint/internal/resource"
)

// wanting is an attribute that has to be written.
type wanting struct {
	path  []string
	value any
}

// node is a member to write: a value, or an object or block of further nodes.
type node struct {
	name  string
	value any
	inner []*node
}

// tree joins paths by what they have in common.
func tree(wants []wanting) (roots []*node) {
	for _, w := range wants {
		level := &roots
		for i, name := range w.path {
			n := named(*level, name)
			if n == nil {
				n = &node{name: name}
				*level = append(*level, n)
			}
			if i == len(w.path)-1 {
				n.value = w.value
			}
			level = &n.inner
		}
	}
	return roots
}

func named(nodes []*node, name string) *node {
	for _, n := range nodes {
		if n.name == name {
			return n
		}
	}
	return nil
}

// insert writes what a resource lacks into its block, and a further block after it.
func (d *document) insert(r *resource.Resource, missing []wanting, add *Addition, p *planner) (edits []finding.Edit, ok bool) {
	body := d.body.At(spanOf(r.Body))
	if body == nil {
		return nil, false
	}
	if len(missing) > 0 {
		if edits, ok = d.put(body, tree(missing)); !ok {
			return nil, false
		}
	}
	if add != nil {
		added, ok := d.add(r, body, add, p)
		if !ok {
			return nil, false
		}
		edits = append(edits, added)
	}
	return edits, true
}

// put writes nodes into a body: below members that exist, else as new ones. It
// fails where a member is not written as an object or block, or more than once.
func (d *document) put(body *layout.Body, nodes []*node) (edits []finding.Edit, ok bool) {
	var fresh []*node
	for _, n := range nodes {
		switch found := body.Find(n.name, d.equal); {
		case body.Open || len(found) > 1:
			return nil, false
		case len(found) == 0:
			fresh = append(fresh, n)
		case len(n.inner) > 0 && found[0].Body != nil:
			below, ok := d.put(found[0].Body, n.inner)
			if !ok {
				return nil, false
			}
			edits = append(edits, below...)
		case len(n.inner) == 0 && !found[0].IsBlock() && d.spanText(found[0].Value) == "null":
			edits = append(edits, d.replace(found[0].Value.Start, found[0].Value.End, d.dialect.scalar(n.value)))
		default:
			return nil, false
		}
	}
	if len(fresh) == 0 {
		return edits, true
	}
	inserted, ok := d.write(body, fresh)
	return append(edits, inserted...), ok
}

// equal compares names: Azure reads them without regard to case.
func (d *document) equal(a, b string) bool {
	if d.dialect.colon {
		return strings.EqualFold(a, b)
	}
	return a == b
}

func (d *document) spanText(s layout.Span) string { return string(d.data[s.Start:s.End]) }

// write adds new members to a body.
func (d *document) write(body *layout.Body, fresh []*node) ([]finding.Edit, bool) {
	switch {
	case d.oneLine(body.Braces) && (len(body.Entries) == 0 || !d.dialect.colon):
		return d.unfold(body, fresh)
	case d.oneLine(body.Braces):
		last := body.Entries[len(body.Entries)-1]
		return []finding.Edit{d.replace(last.Whole.End, last.Whole.End, ", "+d.inline(fresh))}, d.isSpace(last.Whole.End, body.Braces.End-1)
	case d.dialect.colon:
		return d.append(body, fresh)
	default:
		return d.writeBlock(body, fresh)
	}
}

// isSpace reports whether nothing but white space is written in a span.
func (d *document) isSpace(start, end int) bool {
	return start <= end && strings.TrimSpace(string(d.data[start:end])) == ""
}

// step returns the indentation of the members of a body.
func (d *document) step(body *layout.Body) string {
	for _, e := range body.Entries {
		if d.ownLine(e.Whole.Start) {
			return d.indent(e.Whole.Start)
		}
	}
	return d.indent(body.Braces.End-1) + d.unit()
}

// unit is one step of indentation: that of the file's first indented line, if it
// is a plausible one.
func (d *document) unit() string {
	for line := range strings.Lines(string(d.data)) {
		text := strings.TrimLeft(line, " \t")
		step := line[:len(line)-len(text)]
		if step != "" && strings.TrimSpace(text) != "" && !strings.HasPrefix(text, "*") {
			if step[0] == '\t' {
				return "\t"
			}
			if len(step) == 2 || len(step) == 4 {
				return step
			}
			break
		}
	}
	return "  "
}

// unfold writes a body of one line on several ones. A body that holds a comment
// is left alone.
func (d *document) unfold(body *layout.Body, fresh []*node) ([]finding.Edit, bool) {
	outer := d.indent(body.Braces.Start)
	inner := outer + d.unit()
	start, end := body.Braces.Start+1, body.Braces.End-1
	var lines []assignment
	for _, e := range body.Entries {
		if e.IsBlock() || !d.isSpace(start, e.Whole.Start) {
			return nil, false
		}
		lines = append(lines, assignment{e.Name, d.spanText(e.Value)})
		start = e.Whole.End
	}
	if !d.isSpace(start, end) {
		return nil, false
	}
	text := "\n" + d.members(lines, fresh, inner) + outer
	return []finding.Edit{d.replace(body.Braces.Start+1, end, text)}, true
}

// assignment is a member as it is written.
type assignment struct{ name, value string }
