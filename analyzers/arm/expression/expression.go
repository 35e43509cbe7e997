// Package expression reads the expressions of ARM templates: strings such as
// "[concat(parameters('name'), '-raw')]". The language is that of the Microsoft
// documentation, "Syntax and expressions in ARM templates".
package expression

import (
	"fmt"
	"strings"
)

// Kind says what a node of an expression is.
type Kind uint8

// The kinds of nodes.
const (
	// Text is a literal 'text'; Node.Text holds it without quotes.
	Text Kind = iota
	// Number is a literal number, in Node.Number.
	Number
	// Call is name(args); Node.Text holds the name, with its namespace if it has one.
	Call
	// Member is args[0].name; Node.Text holds the name.
	Member
	// Index is args[0][args[1]].
	Index
)

// Node is a part of an expression. Start and End are byte offsets in the text
// that was parsed, its bracket included.
type Node struct {
	Kind       Kind
	Text       string
	Number     float64
	Args       []*Node
	Safe       bool // of Member and Index: .? and [?…], which yield null where nothing is
	Start, End int
}

// Error is what is wrong with an expression, and where.
type Error struct {
	Message    string // completes "the expression cannot be read: "
	Start, End int
}

func (e *Error) Error() string { return e.Message }

// Limits of one expression. Azure allows 24,576 characters.
const (
	maxLength = 1 << 17
	maxDepth  = 100
	maxNodes  = 20_000
)

// Is reports whether a string is an expression. Other strings stand for
// themselves, see Literal.
func Is(text string) bool {
	return len(text) >= 2 && text[0] == '[' && text[1] != '[' && text[len(text)-1] == ']'
}

// Literal is what a string that is no expression stands for: "[[x]" is the
// text "[x]".
func Literal(text string) string {
	if strings.HasPrefix(text, "[[") && strings.HasSuffix(text, "]") {
		return text[1:]
	}
	return text
}

// Parse reads an expression with its brackets.
func Parse(text string) (*Node, error) {
	if !Is(text) {
		return nil, &Error{Message: "it does not stand in brackets", End: len(text)}
	}
	if len(text) > maxLength {
		return nil, &Error{Message: fmt.Sprintf("it is longer than %d bytes", maxLength), End: len(text)}
	}
	p := &parser{text: text[:len(text)-1], at: 1}
	p.next()
	node := p.expression(0)
	if p.failure == nil && p.token.kind != atEnd {
		p.unexpected()
	}
	if p.failure != nil {
		return nil, p.failure
	}
	return node, nil
}

// parser reads one token ahead. After a failure all tokens are ends.
type parser struct {
	text    string
	at      int
	token   token
	last    int // the end of the token before
	nodes   int
	failure *Error
}

func (p *parser) fail(start, end int, format string, args ...any) {
	if p.failure == nil {
		p.failure = &Error{Message: fmt.Sprintf(format, args...), Start: start, End: end}
	}
	p.token, p.at = token{kind: atEnd, start: len(p.text), end: len(p.text)}, len(p.text)
}

func (p *parser) unexpected() {
	if p.token.kind == atEnd {
		p.fail(len(p.text), len(p.text), "it ends too early")
		return
	}
	p.fail(p.token.start, p.token.end, "%s is not expected here", p.text[p.token.start:p.token.end])
}

// node counts nodes, which bounds memory.
func (p *parser) node(n Node) *Node {
	if p.nodes++; p.nodes > maxNodes {
		p.fail(n.Start, n.End, "it has more than %d parts", maxNodes)
	}
	return &n
}

// expression reads a literal or call and what is taken of it. On failure it
// returns something that is not used.
func (p *parser) expression(depth int) *Node {
	if depth > maxDepth {
		p.fail(p.token.start, p.token.end, "it nests deeper than %d levels", maxDepth)
	}
	start := p.token
	var node *Node
	switch start.kind {
	case quotedText:
		p.next()
		node = p.node(Node{Kind: Text, Text: start.text, Start: start.start, End: start.end})
	case figure:
		p.next()
		return p.node(Node{Kind: Number, Number: start.number, Start: start.start, End: start.end})
	case word:
		node = p.call(depth)
	default:
		p.unexpected()
		return &Node{}
	}
	return p.accesses(node, depth)
}

// call reads name(…) or namespace.name(…).
func (p *parser) call(depth int) *Node {
	start := p.token.start
	words := []string{p.token.text}
	p.next()
	for p.token.kind == '.' {
		p.next()
		if p.token.kind != word {
			p.unexpected()
			break
		}
		words = append(words, p.token.text)
		p.next()
	}
	name := strings.Join(words, ".")
	if p.token.kind != '(' {
		p.fail(start, p.last, "%s is neither in quotes nor followed by parentheses", name)
		return &Node{}
	}
	p.next()
	var args []*Node
	for p.token.kind != ')' && p.failure == nil {
		if len(args) > 0 {
			if p.token.kind != ',' {
				p.unexpected()
				break
			}
			p.next()
		}
		args = append(args, p.expression(depth+1))
	}
	p.next()
	return p.node(Node{Kind: Call, Text: name, Args: args, Start: start, End: p.last})
}

// accesses reads .name and [index] after a value. Each adds a level to the
// tree, so they count as depth.
func (p *parser) accesses(node *Node, depth int) *Node {
	for level := depth; p.failure == nil; level++ {
		if level > maxDepth {
			p.fail(p.token.start, p.token.end, "it nests deeper than %d levels", maxDepth)
			break
		}
		switch p.token.kind {
		case '.':
			p.next()
			safe := p.takes('?')
			if p.token.kind != word {
				p.unexpected()
				break
			}
			name := p.token.text
			p.next()
			node = p.node(Node{Kind: Member, Text: name, Args: []*Node{node}, Safe: safe, Start: node.Start, End: p.last})
		case '[':
			p.next()
			safe := p.takes('?')
			by := p.expression(depth + 1)
			if !p.takes(']') {
				p.unexpected()
				break
			}
			node = p.node(Node{Kind: Index, Args: []*Node{node, by}, Safe: safe, Start: node.Start, End: p.last})
		default:
			return node
		}
	}
	return node
}

// takes consumes a token if it is the next one.
func (p *parser) takes(kind tokenKind) bool {
	if p.token.kind != kind {
		return false
	}
	p.next()
	return true
}
