package machine

import (
	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/drlint/drlint/internal/policy/value"
)

// makeList, makeObject and makeSet begin a collection.
type makeList struct{ target int }

func (s *makeList) do(f *frame) signal {
	f.locals[s.target] = value.NewList().Term()
	return next
}

type makeObject struct{ target int }

func (s *makeObject) do(f *frame) signal {
	f.locals[s.target] = value.NewObject().Term()
	return next
}

type makeSet struct{ target int }

func (s *makeSet) do(f *frame) signal {
	f.locals[s.target] = value.NewSet().Term()
	return next
}

// push adds an item to a list.
type push struct {
	item operand
	list int
}

func (s *push) do(f *frame) signal {
	f.locals[s.list].Value.(*value.List).Push(s.item.of(f))
	return next
}

// insert puts an entry into an object; once forbids another value for a key.
type insert struct {
	key, value operand
	object     int
	once       bool
	at         *ast.Location
}

func (s *insert) do(f *frame) signal {
	object, key, entry := f.locals[s.object], s.key.of(f), s.value.of(f)
	if s.once {
		if known := value.Get(object, key); known != nil {
			if value.Equal(known, entry) {
				return next
			}
			return f.run.conflict(s.at)
		}
	}
	object.Value.(*value.Object).Put(key, entry)
	return next
}

// add adds a member to a set.
type add struct {
	member operand
	set    int
}

func (s *add) do(f *frame) signal {
	f.locals[s.set].Value.(*value.Set).Add(s.member.of(f))
	return next
}
