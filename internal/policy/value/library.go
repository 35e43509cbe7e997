package value

import (
	"github.com/open-policy-agent/opa/v1/ast"
)

// Library returns a value as the library of the rule language has it.
func Library(term *ast.Term) *ast.Term { return Known(nil).Library(term) }

// Known keeps what records are in the library, so that it is made once for each;
// nil keeps nothing.
type Known map[*ast.Term]*ast.Term

// Library returns a value as the library of the rule language has it.
func (k Known) Library(term *ast.Term) *ast.Term {
	switch of := term.Value.(type) {
	case *List:
		items := make([]*ast.Term, len(of.items))
		for i, item := range of.items {
			items[i] = k.Library(item)
		}
		return ast.ArrayTerm(items...)
	case *Set:
		members := make([]*ast.Term, len(of.entries))
		for i, e := range of.entries {
			members[i] = k.Library(e.key)
		}
		return ast.SetTerm(members...)
	case *Object:
		return k.object(term)
	case *Record:
		made := k[term]
		if made == nil {
			made = k.object(term)
		}
		if k != nil {
			k[term] = made
		}
		return made
	default:
		return term
	}
}

func (k Known) object(term *ast.Term) *ast.Term {
	size, _ := Len(term)
	items := make([][2]*ast.Term, 0, size)
	Until(term, func(key, value *ast.Term) bool {
		items = append(items, [2]*ast.Term{k.Library(key), k.Library(value)})
		return false
	})
	return ast.ObjectTerm(items...)
}

// Own returns a value of the library as this package has it.
func Own(term *ast.Term) *ast.Term {
	switch of := term.Value.(type) {
	case *ast.Array:
		items := make([]*ast.Term, of.Len())
		for i := range items {
			items[i] = Own(of.Elem(i))
		}
		return NewList(items...).Term()
	case ast.Set:
		s := NewSet()
		of.Foreach(func(member *ast.Term) { s.Add(Own(member)) })
		return s.Term()
	case ast.Object:
		o := NewObject()
		of.Foreach(func(key, value *ast.Term) { o.Put(Own(key), Own(value)) })
		return o.Term()
	default:
		return term
	}
}
