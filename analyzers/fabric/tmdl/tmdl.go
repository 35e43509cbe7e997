// Package tmdl reads the Tabular Model Definition Language: objects, their
// properties and the expressions in them, by indentation ("Tabular Model
// Definition Language (TMDL)", Analysis Services documentation). It knows the
// grammar and no object types: a line is an object, a property or text of an
// expression by its form alone, and a line that fits nothing is left out.
package tmdl

import (
	"bytes"
	"strings"
)

// Node is one object or property.
type Node struct {
	// Kind is the first word: "table", "partition", "mode", "refreshPolicy".
	Kind string
	// Name is an object's name without its quotes; empty for one without.
	Name string
	// Value is what stands behind ":" or "=", as text; several lines keep their
	// line breaks and their indentation.
	Value Text
	// Expression says that Value stands behind "=".
	Expression bool
	Children   []*Node
	// Start and End are byte offsets: from Kind to the end of the line.
	Start, End int
	// Last is the end of everything that belongs to the node.
	Last int
}

// Text is a part of the file.
type Text struct {
	Text       string
	Start, End int
}

// Written reports whether there is a value.
func (t Text) Written() bool { return t.End > t.Start }

// Get returns the first child of a kind, or nil.
func (n *Node) Get(kind string) *Node {
	if n == nil {
		return nil
	}
	for _, child := range n.Children {
		if strings.EqualFold(child.Kind, kind) {
			return child
		}
	}
	return nil
}

// All returns the children of a kind.
func (n *Node) All(kind string) (found []*Node) {
	for _, child := range n.Children {
		if strings.EqualFold(child.Kind, kind) {
			found = append(found, child)
		}
	}
	return found
}

// maxNodes bounds the memory of one file; a line of three bytes makes a node.
const maxNodes = 200_000

// Parse reads a file. complete is false when it has more than 200,000 lines
// that matter; the rest is left out.
func Parse(data []byte) (root *Node, complete bool) {
	p := &parser{data: data, root: &Node{}}
	p.open = []level{{node: p.root, width: -1}}
	if bytes.HasPrefix(data, []byte("\xef\xbb\xbf")) {
		p.at = len("\xef\xbb\xbf")
	}
	for p.at < len(data) && p.count < maxNodes {
		p.line()
	}
	p.close(-1)
	return p.root, p.at >= len(data)
}

type level struct {
	node  *Node
	width int
}

type parser struct {
	data  []byte
	at    int
	root  *Node
	open  []level
	last  int // the end of the last line that is not blank
	count int
}

// cut returns the line that starts at an offset without its break, its width of
// indentation and the offset of the next line.
func (p *parser) cut(at int) (text string, width, next int) {
	end := bytes.IndexByte(p.data[at:], '\n')
	if end < 0 {
		end, next = len(p.data), len(p.data)
	} else {
		end, next = at+end, at+end+1
	}
	line := strings.TrimRight(string(p.data[at:end]), "\r")
	for _, char := range line {
		switch char {
		case '\t':
			width += 4
		case ' ':
			width++
		default:
			return line, width, next
		}
	}
	return "", 0, next
}

func (p *parser) line() {
	text, width, next := p.cut(p.at)
	start := p.at
	p.at = next
	trimmed := strings.TrimLeft(text, " \t")
	if trimmed == "" || strings.HasPrefix(trimmed, "///") || strings.HasPrefix(trimmed, "//") {
		return
	}
	p.close(width)
	offset := start + len(text) - len(trimmed)
	node := &Node{Start: offset, End: start + len(strings.TrimRight(text, " \t"))}
	if !p.head(node, trimmed, offset, width) {
		return
	}
	p.count++
	p.last = max(p.last, node.End, node.Value.End)
	outer := p.open[len(p.open)-1].node
	outer.Children = append(outer.Children, node)
	p.open = append(p.open, level{node, width})
}

// close ends the nodes that are not further out than a width.
func (p *parser) close(width int) {
	for len(p.open) > 1 && p.open[len(p.open)-1].width >= width {
		node := p.open[len(p.open)-1].node
		node.Last = max(p.last, node.End)
		p.open = p.open[:len(p.open)-1]
	}
}

// head reads "kind", "kind name", "kind: value" and "kind name = expression".
func (p *parser) head(node *Node, text string, offset, width int) bool {
	end := strings.IndexFunc(text, func(r rune) bool { return r == ' ' || r == '\t' || r == ':' || r == '=' })
	if end < 0 {
		node.Kind = text
		return isWord(text)
	}
	node.Kind = text[:end]
	if !isWord(node.Kind) {
		return false
	}
	rest := strings.TrimLeft(text[end:], " \t")
	switch {
	case strings.HasPrefix(rest, ":"):
		node.Value = p.rest(offset+len(text)-len(rest)+1, offset+len(text))
		return true
	case strings.HasPrefix(rest, "="):
	default:
		if node.Kind == "ref" {
			return true
		}
		name, after := cutName(rest)
		node.Name = name
		rest = strings.TrimLeft(after, " \t")
	}
	if strings.HasPrefix(rest, "=") {
		node.Expression = true
		p.expression(node, offset+len(text)-len(rest)+1, offset+len(text), width)
	}
	return true
}

// rest is the value between two offsets without the space around it.
func (p *parser) rest(start, end int) Text {
	text := string(p.data[start:end])
	start += len(text) - len(strings.TrimLeft(text, " \t"))
	text = strings.Trim(text, " \t")
	return Text{Text: text, Start: start, End: start + len(text)}
}

// cutName takes a name, in single quotes where it has other signs in it.
func cutName(text string) (name, rest string) {
	if !strings.HasPrefix(text, "'") {
		if equals := strings.Index(text, " ="); equals >= 0 {
			return strings.TrimSpace(text[:equals]), text[equals:]
		}
		if equals := strings.IndexByte(text, '='); equals >= 0 {
			return strings.TrimSpace(text[:equals]), text[equals:]
		}
		return strings.TrimSpace(text), ""
	}
	var b strings.Builder
	for i := 1; i < len(text); i++ {
		if text[i] != '\'' {
			b.WriteByte(text[i])
			continue
		}
		if i+1 < len(text) && text[i+1] == '\'' {
			b.WriteByte('\'')
			i++
			continue
		}
		return b.String(), text[i+1:]
	}
	return b.String(), ""
}

func isWord(text string) bool {
	for i := range len(text) {
		char := text[i]
		if char != '_' && (char|0x20 < 'a' || char|0x20 > 'z') && (char < '0' || char > '9' || i == 0) {
			return false
		}
	}
	return text != ""
}
