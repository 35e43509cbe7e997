package adf

import (
	"fmt"
	"strings"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

const (
	// maxLength bounds a text with expressions, in bytes.
	maxLength = 1 << 16
	// maxDepth bounds the nesting of calls and brackets.
	maxDepth = 64
)

// IsExpression reports whether a text holds anything that is evaluated.
func IsExpression(text string) bool {
	return strings.HasPrefix(text, "@") || strings.Contains(text, "@{")
}

// Parse reads the value of a property: an expression, a text with
// interpolations, or a plain text. An error completes "it cannot be read: …".
func Parse(text string) (*Node, error) {
	if len(text) > maxLength && IsExpression(text) {
		return nil, fmt.Errorf("it is longer than %d bytes", maxLength)
	}
	switch {
	case strings.HasPrefix(text, "@@") && !strings.HasPrefix(text, "@@{"):
		return literal(text[1:], text), nil
	case strings.HasPrefix(text, "@") && !strings.HasPrefix(text, "@{") && !strings.HasPrefix(text, "@@"):
		p := &parser{text: text, at: 1}
		node, err := p.expression(0)
		if err != nil {
			return nil, err
		}
		if p.space(); p.at < len(text) {
			return nil, fmt.Errorf("there is text after its end: %q", clip(text[p.at:]))
		}
		return node, nil
	case !strings.Contains(text, "@{"):
		return literal(text, text), nil
	default:
		return interpolated(text)
	}
}

func literal(text, written string) *Node {
	return &Node{Kind: Literal, Value: resource.StringAt(source.Range{}, text), Source: written}
}

// interpolated reads a text with "@{…}" in it; "@@{" stands for "@{".
func interpolated(text string) (*Node, error) {
	node := &Node{Kind: Text, Source: text}
	var plain strings.Builder
	flush := func() {
		if plain.Len() > 0 {
			node.Args = append(node.Args, literal(plain.String(), plain.String()))
			plain.Reset()
		}
	}
	for at := 0; at < len(text); {
		switch {
		case strings.HasPrefix(text[at:], "@@{"):
			plain.WriteString("@{")
			at += 3
		case strings.HasPrefix(text[at:], "@{"):
			flush()
			p := &parser{text: text, at: at + 2}
			part, err := p.expression(0)
			if err != nil {
				return nil, err
			}
			if err := p.expect('}'); err != nil {
				return nil, err
			}
			node.Args = append(node.Args, part)
			at = p.at
		default:
			plain.WriteByte(text[at])
			at++
		}
	}
	flush()
	return node, nil
}

// parser reads text from at on.
type parser struct {
	text string
	at   int
}

func (p *parser) space() {
	for p.at < len(p.text) && strings.IndexByte(" \t\r\n", p.text[p.at]) >= 0 {
		p.at++
	}
}

func (p *parser) peek() byte {
	if p.at < len(p.text) {
		return p.text[p.at]
	}
	return 0
}

func (p *parser) expect(char byte) error {
	if p.space(); p.peek() != char {
		return fmt.Errorf("%q is expected%s", string(char), p.before())
	}
	p.at++
	return nil
}

// before says where the parser stands.
func (p *parser) before() string {
	if p.at >= len(p.text) {
		return " at its end"
	}
	return fmt.Sprintf(" before %q", clip(p.text[p.at:]))
}

// expression reads a primary and the members and indexes after it.
func (p *parser) expression(depth int) (*Node, error) {
	if depth > maxDepth {
		return nil, fmt.Errorf("it nests deeper than %d levels", maxDepth)
	}
	p.space()
	start := p.at
	node, err := p.primary(depth)
	for err == nil {
		end := p.at
		node.Source = p.text[start:end]
		p.space()
		if p.peek() == '?' {
			p.at++
		}
		switch p.peek() {
		case '.':
			node, err = p.member(node)
		case '[':
			node, err = p.index(node, depth)
		default:
			p.at = end
			return node, nil
		}
	}
	return nil, err
}

func (p *parser) member(on *Node) (*Node, error) {
	p.at++
	p.space()
	start := p.at
	for isNamePart(p.peek()) || p.at > start && p.peek() == '-' {
		p.at++
	}
	if p.at == start {
		return nil, fmt.Errorf("a name is expected after the dot%s", p.before())
	}
	return &Node{Kind: Member, Name: p.text[start:p.at], On: on}, nil
}

func (p *parser) index(on *Node, depth int) (*Node, error) {
	p.at++
	key, err := p.expression(depth + 1)
	if err != nil {
		return nil, err
	}
	if err := p.expect(']'); err != nil {
		return nil, err
	}
	return &Node{Kind: Index, On: on, Args: []*Node{key}}, nil
}

func (p *parser) primary(depth int) (*Node, error) {
	switch char := p.peek(); {
	case char == '\'':
		return p.quoted()
	case char == '-' || char == '+' || isDigit(char):
		return p.number()
	case isNamePart(char):
		return p.word(depth)
	case char == '@':
		// People write "@" before inner calls too; the service accepts it
		// only at the start, but what is meant is clear.
		p.at++
		return p.expression(depth + 1)
	default:
		return nil, fmt.Errorf("a value is expected%s", p.before())
	}
}

// word reads true, false, null or a call.
func (p *parser) word(depth int) (*Node, error) {
	start := p.at
	for isNamePart(p.peek()) {
		p.at++
	}
	name := p.text[start:p.at]
	if p.space(); p.peek() == '(' {
		return p.call(name, depth)
	}
	switch strings.ToLower(name) {
	case "true", "false":
		return &Node{Kind: Literal, Value: resource.BoolAt(source.Range{}, strings.EqualFold(name, "true"))}, nil
	case "null":
		return &Node{Kind: Literal, Value: resource.NullAt(source.Range{})}, nil
	default:
		return nil, fmt.Errorf("%q is neither a function call nor a value", clip(name))
	}
}

func (p *parser) call(name string, depth int) (*Node, error) {
	p.at++
	node := &Node{Kind: Call, Name: name}
	if p.space(); p.peek() == ')' {
		p.at++
		return node, nil
	}
	for {
		arg, err := p.expression(depth + 1)
		if err != nil {
			return nil, err
		}
		node.Args = append(node.Args, arg)
		if p.space(); p.peek() == ',' {
			p.at++
			continue
		}
		return node, p.expect(')')
	}
}

func isDigit(char byte) bool { return char >= '0' && char <= '9' }

func isNamePart(char byte) bool {
	return char == '_' || isDigit(char) || char >= 'a' && char <= 'z' || char >= 'A' && char <= 'Z'
}

// clip cuts a text for a message.
func clip(text string) string { return shorten(text, 30) }

func shorten(text string, length int) string {
	if runes := []rune(text); len(runes) > length {
		return string(runes[:length]) + "…"
	}
	return text
}
