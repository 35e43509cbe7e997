package adf

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// quoted reads a text in single quotes; two of them stand for one.
func (p *parser) quoted() (*Node, error) {
	var b strings.Builder
	for p.at++; p.at < len(p.text); p.at++ {
		if p.text[p.at] != '\'' {
			b.WriteByte(p.text[p.at])
			continue
		}
		if p.at+1 == len(p.text) || p.text[p.at+1] != '\'' {
			p.at++
			return &Node{Kind: Literal, Value: resource.StringAt(source.Range{}, b.String())}, nil
		}
		b.WriteByte('\'')
		p.at++
	}
	return nil, errors.New("a quote is never closed")
}

func (p *parser) number() (*Node, error) {
	start := p.at
	if char := p.peek(); char == '-' || char == '+' {
		p.at++
	}
	for isDigit(p.peek()) || p.peek() == '.' || p.isExponent() {
		p.at++
	}
	number, err := strconv.ParseFloat(p.text[start:p.at], 64)
	if err != nil {
		return nil, fmt.Errorf("%q is not a number", clip(p.text[start:p.at]))
	}
	return &Node{Kind: Literal, Value: resource.NumberAt(source.Range{}, number)}, nil
}

// isExponent reports whether an exponent or its sign comes next.
func (p *parser) isExponent() bool {
	switch p.peek() {
	case 'e', 'E':
		return true
	case '-', '+':
		last := p.text[p.at-1]
		return last == 'e' || last == 'E'
	default:
		return false
	}
}
