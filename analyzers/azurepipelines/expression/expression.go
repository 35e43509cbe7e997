// Package expression evaluates the expressions of Azure Pipelines, those of
// templates (${{ … }}), of runtime ($[ … ]) and of conditions, as far as they
// rest on what is written down. The language is that of the Azure Pipelines
// documentation, "Expressions".
package expression

import (
	"fmt"
	"strings"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// Limits of one expression.
const (
	maxLength = 21_000
	maxDepth  = 50
	maxTokens = 5_000
	maxText   = 64 << 10
	maxItems  = 10_000 // of a list that a function makes
)

// Lookup returns the value of a context path, such as ["parameters", "env"].
// The last names may be indices of a list or "*".
type Lookup func(path []string) resource.Value

func errorf(format string, args ...any) error { return fmt.Errorf(format, args...) }

// Evaluate returns the value of an expression without its brackets. What cannot
// be decided is unknown with its reason; an error is about the syntax.
func Evaluate(text string, at source.Range, lookup Lookup) (resource.Value, error) {
	if len(text) > maxLength {
		return resource.Value{}, errorf("it is longer than %d characters", maxLength)
	}
	tokens, err := lex(text)
	if err != nil {
		return resource.Value{}, err
	}
	p := &parser{tokens: tokens, lookup: lookup}
	v, err := p.value(0)
	if err != nil {
		return resource.Value{}, err
	}
	if p.peek().kind != end {
		return resource.Value{}, errorf("%q is not expected here", p.peek().text)
	}
	v.At = at
	if v.IsUnknown() {
		v.Kind = resource.Null
	}
	return v, nil
}

// Path returns the context path that an expression consists of, or nil when it
// is anything else.
func Path(text string) []string {
	if len(text) > maxLength {
		return nil
	}
	tokens, err := lex(text)
	if err != nil {
		return nil
	}
	var path []string
	p := &parser{tokens: tokens, lookup: func(names []string) resource.Value {
		path = names
		return resource.Value{}
	}}
	if tokens[0].kind != name || isLiteral(tokens[0].text) {
		return nil
	}
	if _, err := p.value(0); err != nil || p.peek().kind != end || p.called {
		return nil
	}
	return path
}

// Part is a stretch of a text: literal, or an expression without its ${{ }}.
type Part struct {
	Start, End int // of the stretch in the text, braces included
	Expression bool
	Text       string
}

// Split takes a text with ${{ … }} apart. An expression that is not closed is
// literal text.
func Split(text string) []Part {
	var parts []Part
	literal := 0
	for at := 0; ; {
		open := strings.Index(text[at:], "${{")
		if open < 0 {
			break
		}
		open += at
		length := closing(text[open+3:])
		if length < 0 {
			break
		}
		if open > literal {
			parts = append(parts, Part{Start: literal, End: open, Text: text[literal:open]})
		}
		stop := open + 3 + length
		parts = append(parts, Part{Start: open, End: stop + 2, Expression: true, Text: text[open+3 : stop]})
		at, literal = stop+2, stop+2
	}
	if literal < len(text) {
		parts = append(parts, Part{Start: literal, End: len(text), Text: text[literal:]})
	}
	return parts
}

// closing returns the offset of the first "}}" outside of quotes, or -1.
func closing(text string) int {
	quoted := false
	for i := range len(text) {
		switch {
		case text[i] == '\'':
			quoted = !quoted
		case !quoted && strings.HasPrefix(text[i:], "}}"):
			return i
		}
	}
	return -1
}
