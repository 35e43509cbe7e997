package azurepipelines

import (
	"strings"

	"github.com/drlint/drlint/analyzers/azurepipelines/expression"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// directive is a key such as ${{ if eq(…) }}.
type directive struct {
	word string // "if", "elseif", "else", "each", "insert", or "" for a computed name
	name string // the variable of each
	text string // the expression
	at   source.Range
}

// directiveOf reads a key that is one expression.
func (a *analysis) directiveOf(name string, at source.Range) (directive, bool) {
	if !strings.HasPrefix(name, "${{") {
		return directive{}, false
	}
	parts := expression.Split(name)
	if len(parts) != 1 || !parts[0].Expression {
		return directive{}, false
	}
	text := strings.TrimSpace(parts[0].Text)
	word, rest := text, ""
	if end := strings.IndexAny(text, " (\t\n"); end > 0 {
		word, rest = text[:end], strings.TrimSpace(text[end:])
	}
	d := directive{word: strings.ToLower(word), text: rest, at: at}
	switch d.word {
	case "if", "elseif":
		return d, rest != ""
	case "else", "insert":
		return d, rest == ""
	case "each":
		fields := strings.Fields(rest)
		if len(fields) < 3 || !strings.EqualFold(fields[1], "in") {
			return directive{}, false
		}
		d.name = fields[0]
		_, after, _ := strings.Cut(rest, fields[0])
		d.text = strings.TrimSpace(strings.TrimSpace(after)[len("in"):])
		return d, true
	}
	return directive{text: text, at: at}, true
}

// chain is the state of ${{ if }}, ${{ elseif }} and ${{ else }} in a row.
type chain struct {
	started, taken bool
	open           resource.Value // the first condition that could not be decided
}

// branch decides whether a branch is there. The scope carries a condition that
// cannot be decided.
func (a *analysis) branch(c *chain, d directive, s *scope) (*scope, bool) {
	if d.word == "if" {
		*c = chain{started: true}
	}
	if !c.started || c.taken {
		return nil, false
	}
	if d.word != "else" {
		v := a.evaluate(d.text, d.at, s)
		truth, known := expression.Truth(v)
		if known && !truth {
			return nil, false
		}
		if !known {
			if c.open.State != resource.Unknown {
				c.open = resource.UnknownAt(d.at, v.Why)
			}
			return s.when(resource.UnknownAt(d.at, v.Why)), true
		}
	}
	c.taken = true
	return s.when(c.open), true
}

// eachOf runs visit for every round of an each.
func (a *analysis) eachOf(d directive, s *scope, visit func(*scope)) {
	v := a.evaluate(d.text, d.at, s)
	switch {
	case v.IsUnknown():
		why := resource.UnknownAt(d.at, v.Why)
		visit(s.with(d.name, why).when(why))
	case v.Kind == resource.List && v.IsKnown():
		for _, item := range v.Items {
			if a.afford(d.at) {
				visit(s.with(d.name, item))
			}
		}
	case v.Kind == resource.Object && v.IsKnown():
		for _, f := range v.Fields {
			if !a.afford(d.at) {
				return
			}
			keyAt := f.At
			if keyAt.IsZero() {
				keyAt = d.at
			}
			pair := resource.ObjectAt(d.at,
				resource.Field{Name: "key", At: keyAt, Value: resource.StringAt(keyAt, f.Name)},
				resource.Field{Name: "value", At: keyAt, Value: f.Value})
			visit(s.with(d.name, pair))
		}
	}
}
