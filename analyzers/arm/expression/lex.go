package expression

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// tokenKind is the character of a punctuation mark or one of the constants.
type tokenKind rune

const (
	atEnd tokenKind = iota
	quotedText
	figure
	word
)

type token struct {
	kind       tokenKind
	text       string // of texts, unquoted, and names
	number     float64
	start, end int
}

// next reads the next token.
func (p *parser) next() {
	p.last = p.token.end
	if p.failure != nil {
		return
	}
	for p.at < len(p.text) && strings.IndexByte(" \t\r\n", p.text[p.at]) >= 0 {
		p.at++
	}
	start := p.at
	if start == len(p.text) {
		p.token = token{kind: atEnd, start: start, end: start}
		return
	}
	p.token = token{start: start}
	switch char := p.text[start]; {
	case char == '\'':
		p.quoted()
	case isDigit(char) || char == '-' || char == '+':
		p.numeral()
	case isLetter(char):
		p.name()
	case strings.IndexByte("()[],.?", char) >= 0:
		p.token.kind = tokenKind(char)
		p.at++
	default:
		_, size := utf8.DecodeRuneInString(p.text[start:])
		p.fail(start, start+size, "the character %q is not expected here", p.text[start:start+size])
	}
	if p.failure == nil {
		p.token.end = p.at
	}
}

// quoted reads 'text', in which two quotes stand for one.
func (p *parser) quoted() {
	start := p.at
	p.token.kind = quotedText
	var parts strings.Builder
	for at := start + 1; ; {
		length := strings.IndexByte(p.text[at:], '\'')
		if length < 0 {
			p.fail(start, start+1, "the text that starts here has no closing quote")
			return
		}
		stop := at + length
		if !strings.HasPrefix(p.text[stop+1:], "'") {
			p.at = stop + 1
			p.token.text = p.text[at:stop]
			if parts.Len() > 0 {
				parts.WriteString(p.text[at:stop])
				p.token.text = parts.String()
			}
			return
		}
		parts.WriteString(p.text[at : stop+1])
		at = stop + 2
	}
}

func (p *parser) numeral() {
	start := p.at
	for p.at++; p.at < len(p.text) && (isDigit(p.text[p.at]) || isLetter(p.text[p.at]) || p.text[p.at] == '.'); p.at++ {
	}
	number, err := strconv.ParseFloat(p.text[start:p.at], 64)
	if err != nil {
		p.fail(start, p.at, "%s is not a number", p.text[start:p.at])
		return
	}
	p.token.kind, p.token.number = figure, number
}

func (p *parser) name() {
	start := p.at
	for p.at++; p.at < len(p.text) && (isLetter(p.text[p.at]) || isDigit(p.text[p.at])); p.at++ {
	}
	p.token.kind, p.token.text = word, p.text[start:p.at]
}

func isDigit(char byte) bool { return char >= '0' && char <= '9' }

// isLetter reports whether a name may start with the character. Members of
// tags and outputs may hold more than functions' names do.
func isLetter(char byte) bool {
	return char|0x20 >= 'a' && char|0x20 <= 'z' || char == '_' || char == '$' || char >= utf8.RuneSelf
}
