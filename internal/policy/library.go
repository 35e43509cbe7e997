package policy

import (
	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/policy/value"
)

// library is the input as the library of the rule language has it. It evaluates
// the rules that have no plan: those of users, and those that are being written.
type library struct {
	in     *inputs
	assets []*ast.Term
	common [][2]*ast.Term
}

// translate makes the library's form of what all rules share.
func (in *inputs) translate() {
	l := &library{in: in, assets: make([]*ast.Term, len(in.assets))}
	inChunks(len(l.assets), func(from, to int) {
		known := value.Known{}
		for i := from; i < to; i++ {
			l.assets[i] = known.Library(in.assets[i])
		}
	})
	known := value.Known{}
	for i, a := range in.assets {
		known[a] = l.assets[i]
	}
	shared := known.Library(inputShape.own(nil, input{common: in.common}).Term())
	for _, name := range commonKeys {
		key := ast.InternedTerm(name)
		l.common = append(l.common, [2]*ast.Term{key, shared.Get(key)})
	}
	in.library = l
}

// of returns the input of one rule.
func (l *library) of(scope []*model.Asset, settings *ast.Term) ast.Value {
	assets := ast.ArrayTerm(l.in.choose(l.assets, scope)...)
	items := [][2]*ast.Term{{ast.InternedTerm("assets"), assets}, {ast.InternedTerm("settings"), settings}}
	return ast.NewObject(append(items, l.common...)...)
}
