package policy

import (
	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/drlint/drlint/internal/model"
)

// factShape has no value unless it is known: a rule that forgets to ask for the
// state gets no answer rather than a wrong one.
var factShape = newShape(
	key("state", textType, func(b *builder, f model.Fact) *ast.Term { return b.word(string(f.State)) }),
	key("value", anyType, func(b *builder, f model.Fact) *ast.Term {
		if f.State != model.Known {
			return nil
		}
		return b.scalar(f.Value)
	}),
	key("why", textType, func(b *builder, f model.Fact) *ast.Term { return b.word(f.Why) }),
	key("defaulted", booleanType, func(_ *builder, f model.Fact) *ast.Term { return boolean(f.Defaulted) }),
)

// factType is the schema of a fact whose value has a type.
func factType(value schema) schema {
	of := factShape.schema()
	of["properties"].(schema)["value"] = value
	return of
}

type factKey struct {
	state     model.State
	value     any
	why       string
	defaulted bool
}

func (b *builder) fact(f model.Fact) *ast.Term {
	if f.State == "" {
		f.State = model.Absent
	}
	id := factKey{state: f.State, why: f.Why, defaulted: f.Defaulted}
	switch f.Value.(type) {
	case string, float64, bool:
		id.value = f.Value
	}
	term, ok := b.facts[id]
	if !ok {
		term = factShape.term(b, f)
		b.facts[id] = term
	}
	return term
}
