// Package value holds what rules look at and what they say.
//
// Texts, numbers, truth values and null are terms of the rule language's library.
// Collections are types of this package, as the values of such terms: a key of a
// Record is found without a hash, and nothing is sorted or hashed before somebody
// asks for it. Only Library shows a collection to the library.
package value

import (
	"cmp"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
)

// List is an array.
type List struct {
	ast.Value // nil; see Library
	term      ast.Term
	items     []*ast.Term
}

// NewList makes a list. The items are its own from now on.
func NewList(items ...*ast.Term) *List {
	l := &List{items: items}
	l.term.Value = l
	return l
}

// Term returns the term whose value is the list.
func (l *List) Term() *ast.Term { return &l.term }

// Push adds an item at the end.
func (l *List) Push(item *ast.Term) { l.items = append(l.items, item) }

// Items are the items, in order; they must not be changed.
func (l *List) Items() []*ast.Term { return l.items }

// Get finds what is behind a key, a member of a set or an item of a list; nil
// where nothing is.
func Get(of, key *ast.Term) *ast.Term {
	switch of := of.Value.(type) {
	case *Record:
		return of.get(key)
	case *Object:
		return of.get(key)
	case *Set:
		return of.get(key)
	case *List:
		number, _ := key.Value.(ast.Number)
		if i, ok := number.Int(); ok && i >= 0 && i < len(of.items) {
			return of.items[i]
		}
	}
	return nil
}

// Len counts the entries of a collection.
func Len(of *ast.Term) (size int, ok bool) {
	switch of := of.Value.(type) {
	case *Record:
		return of.len(), true
	case *Object:
		return len(of.entries), true
	case *Set:
		return len(of.entries), true
	case *List:
		return len(of.items), true
	}
	return 0, false
}

// Until calls a function for the keys and values of a collection, in order, until
// it returns true. The key of a member of a set is the member.
func Until(of *ast.Term, stop func(key, value *ast.Term) bool) (isCollection bool) {
	switch of := of.Value.(type) {
	case *Record:
		of.until(stop)
	case *Object:
		of.until(stop)
	case *Set:
		of.until(stop)
	case *List:
		for i, item := range of.items {
			if stop(ast.InternedTerm(i), item) {
				break
			}
		}
	default:
		return false
	}
	return true
}

// Has answers whether a collection holds a value.
func Has(of, wanted *ast.Term) (found bool) {
	switch of := of.Value.(type) {
	case *Set:
		return of.get(wanted) != nil
	case *List:
		return slices.ContainsFunc(of.items, func(item *ast.Term) bool { return Equal(item, wanted) })
	}
	Until(of, func(_, value *ast.Term) bool {
		found = Equal(value, wanted)
		return found
	})
	return found
}

// Equal answers whether two values are the same.
func Equal(a, b *ast.Term) bool {
	if a == b {
		return true
	}
	if text, ok := a.Value.(ast.String); ok {
		other, ok := b.Value.(ast.String)
		return ok && text == other
	}
	return Compare(a, b) == 0
}

// Compare orders values as the rule language does.
func Compare(a, b *ast.Term) int {
	if a == b {
		return 0
	}
	if order := cmp.Compare(rank(a.Value), rank(b.Value)); order != 0 {
		return order
	}
	switch of := a.Value.(type) {
	case *List:
		return slices.CompareFunc(of.items, b.Value.(*List).items, Compare)
	case *Set, *Object, *Record:
		return slices.CompareFunc(entriesOf(of), entriesOf(b.Value), func(a, b entry) int {
			return cmp.Or(Compare(a.key, b.key), Compare(a.value, b.value))
		})
	default:
		return of.Compare(b.Value)
	}
}

// rank is the order of the kinds of values.
func rank(v ast.Value) int {
	switch v.(type) {
	case ast.Null:
		return 0
	case ast.Boolean:
		return 1
	case ast.Number:
		return 2
	case ast.String:
		return 3
	case *List:
		return 4
	case *Object, *Record:
		return 5
	default:
		return 6
	}
}

// IsList answers whether a value is a list.
func IsList(v ast.Value) bool { _, ok := v.(*List); return ok }

// IsObject answers whether a value has keys that are texts, or others.
func IsObject(v ast.Value) bool { return rank(v) == rank((*Object)(nil)) }

// IsSet answers whether a value is a set.
func IsSet(v ast.Value) bool { _, ok := v.(*Set); return ok }
