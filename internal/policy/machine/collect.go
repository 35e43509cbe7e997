package machine

import (
	"github.com/open-policy-agent/opa/v1/ast"
)

// pending is an array that is being filled. Only append and freeze see it.
type pending struct {
	ast.Null
	items []*ast.Term
}

type makeArray struct{ target int }

func (s *makeArray) do(f *frame) signal {
	f.locals[s.target] = &ast.Term{Value: &pending{}}
	return next
}

type push struct {
	value operand
	array int
}

func (s *push) do(f *frame) signal {
	of := f.locals[s.array].Value.(*pending)
	of.items = append(of.items, s.value.of(f))
	return next
}

// freeze ends the filling of an array.
type freeze struct{ array int }

func (s *freeze) do(f *frame) signal {
	of := f.locals[s.array].Value.(*pending)
	if len(of.items) == 0 {
		f.locals[s.array] = ast.InternedEmptyArray
	} else {
		f.locals[s.array] = ast.ArrayTerm(of.items...)
	}
	return next
}

type makeObject struct{ target int }

func (s *makeObject) do(f *frame) signal {
	f.locals[s.target] = ast.ObjectTerm()
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
	of, key, value := f.locals[s.object].Value.(ast.Object), s.key.of(f), s.value.of(f)
	if s.once {
		if known := of.Get(key); known != nil {
			if same(known, value) {
				return next
			}
			return f.run.conflict(s.at)
		}
	}
	of.Insert(key, value)
	return next
}

type makeSet struct{ target int }

func (s *makeSet) do(f *frame) signal {
	f.locals[s.target] = ast.SetTerm()
	return next
}

type add struct {
	value operand
	set   int
}

func (s *add) do(f *frame) signal {
	f.locals[s.set].Value.(ast.Set).Add(s.value.of(f))
	return next
}
