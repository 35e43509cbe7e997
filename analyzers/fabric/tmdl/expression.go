package tmdl

import "strings"

// fence encloses an expression whose lines are taken as they are.
const fence = "```"

// expression reads what stands behind "=": the rest of the line, or the lines
// below it that are indented further. The first of them sets how far; a line
// that is less indented belongs to the object again.
func (p *parser) expression(node *Node, start, end, width int) {
	node.Value = p.rest(start, end)
	switch node.Value.Text {
	case "":
		p.indented(node, width)
	case fence:
		p.fenced(node)
	}
}

// indented reads the lines of an expression. Without any, the value is empty.
func (p *parser) indented(node *Node, width int) {
	from, to, inner := -1, -1, 0
	for at := p.at; at < len(p.data); {
		text, indent, next := p.cut(at)
		if text == "" {
			at = next
			continue
		}
		if from < 0 {
			if indent <= width {
				return
			}
			from, inner = at+len(text)-len(strings.TrimLeft(text, " \t")), indent
			if trimmed := strings.TrimSpace(text); trimmed == fence {
				p.at = next
				p.fenced(node)
				return
			}
		} else if indent < inner {
			break
		}
		to = at + len(strings.TrimRight(text, " \t"))
		at, p.at = next, next
	}
	if from >= 0 {
		node.Value = Text{Text: string(p.data[from:to]), Start: from, End: to}
	}
}

// fenced reads the lines up to the closing fence.
func (p *parser) fenced(node *Node) {
	from, to := p.at, p.at
	for p.at < len(p.data) {
		text, _, next := p.cut(p.at)
		start := p.at
		p.at = next
		if strings.TrimSpace(text) == fence {
			break
		}
		to = start + len(text)
	}
	node.Value = Text{Text: string(p.data[from:to]), Start: from, End: to}
}
