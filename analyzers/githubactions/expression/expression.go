// Package expression evaluates the ${{ … }} expressions of GitHub workflows as
// far as they rest on what is written down. The language is that of the GitHub
// documentation, "Evaluate expressions in workflows and actions".
package expression

import (
	"strings"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// Limits of one expression. GitHub allows 21,000 characters and a nesting of 50.
const (
	maxLength = 21_000
	maxDepth  = 50
	maxTokens = 5_000
	maxText   = 64 << 10
)

// Lookup returns the value of a context path, such as ["github", "ref"]. The
// last names may be indices of a list or "*".
type Lookup func(path []string) resource.Value

// Evaluate returns the value of an expression without its ${{ }}. What cannot
// be decided is unknown with its reason; an error is about the syntax.
func Evaluate(text string, at source.Range, lookup Lookup) (resource.Value, error) {
	if len(text) > maxLength {
		return resource.Value{}, errorf("it is longer than %d characters", maxLength)
	}
	tokens, err := lex(text)
	if err != nil {
		return resource.Value{}, err
	}
	p := &parser{tokens: tokens, at: at, lookup: lookup}
	v, err := p.or(0)
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

// Part is a stretch of a text: literal, or an expression without its ${{ }}.
type Part struct {
	Start, End int // of the stretch in the text, braces included
	Expression bool
	Text       string
}

// Split takes a text with ${{ … }} apart. An expression that is not closed is
// literal text, as it is for GitHub.
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

// Truth converts to a boolean as GitHub does: false, 0, "" and null are false.
func Truth(v resource.Value) (truth, known bool) {
	switch {
	case v.IsUnknown():
		return false, false
	case v.IsAbsent():
		return false, true
	}
	switch v.Kind {
	case resource.Bool:
		return v.Truth, true
	case resource.Number:
		return v.Num != 0 && v.Num == v.Num, true
	case resource.String:
		return v.Text != "", true
	default:
		return true, true
	}
}
