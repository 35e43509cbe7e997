package machine

import (
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/drlint/drlint/internal/policy/value"
)

// natives are functions of the library that rules mostly give collections to. Done
// here, nothing needs to be translated for the library. What they return nil for
// is left to the library.
var natives = map[string]func(args []*ast.Term) *ast.Term{
	ast.Count.Name:       count,
	ast.ObjectGet.Name:   objectGet,
	ast.ArrayConcat.Name: concat,
	ast.Or.Name: func(args []*ast.Term) *ast.Term {
		return combined(args, func(union, a, b *ast.Term) {
			members(union, a, nil)
			members(union, b, nil)
		})
	},
	ast.And.Name: func(args []*ast.Term) *ast.Term {
		return combined(args, func(both, a, b *ast.Term) { members(both, a, func(m *ast.Term) bool { return value.Has(b, m) }) })
	},
	ast.Minus.Name: func(args []*ast.Term) *ast.Term {
		return combined(args, func(rest, a, b *ast.Term) { members(rest, a, func(m *ast.Term) bool { return !value.Has(b, m) }) })
	},
}

func count(args []*ast.Term) *ast.Term {
	if size, ok := value.Len(args[0]); ok {
		return ast.InternedTerm(size)
	}
	return nil
}

// objectGet looks a key up, or the keys of a list one after the other.
func objectGet(args []*ast.Term) *ast.Term {
	found, key, otherwise := args[0], args[1], args[2]
	if !value.IsObject(found.Value) {
		return nil
	}
	path := []*ast.Term{key}
	if list, ok := key.Value.(*value.List); ok {
		path = list.Items()
	}
	for _, key := range path {
		if found = value.Get(found, key); found == nil {
			return otherwise
		}
	}
	return found
}

func concat(args []*ast.Term) *ast.Term {
	a, isList := args[0].Value.(*value.List)
	b, areLists := args[1].Value.(*value.List)
	if !isList || !areLists {
		return nil
	}
	return value.NewList(slices.Concat(a.Items(), b.Items())...).Term()
}

// combined makes a set of two sets.
func combined(args []*ast.Term, fill func(into, a, b *ast.Term)) *ast.Term {
	if !value.IsSet(args[0].Value) || !value.IsSet(args[1].Value) {
		return nil
	}
	made := value.NewSet().Term()
	fill(made, args[0], args[1])
	return made
}

// members adds the members of a set that are kept, nil meaning all, to another.
func members(into, of *ast.Term, kept func(*ast.Term) bool) {
	value.Until(of, func(member, _ *ast.Term) bool {
		if kept == nil || kept(member) {
			into.Value.(*value.Set).Add(member)
		}
		return false
	})
}
