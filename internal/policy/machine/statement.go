package machine

import (
	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/drlint/drlint/internal/policy/value"
)

// signal is how a statement ends: with the next one, or by leaving blocks.
type signal int

const (
	// next continues with the following statement.
	next signal = iota
	// leave ends the innermost block, because something is undefined; every
	// number above it ends one more.
	leave
	// finish ends the function, or everything after a fault.
	finish signal = 1 << 30
)

// statement is one step of a function.
type statement interface {
	do(f *frame) signal
}

// block is a sequence of statements.
type block []statement

func (b block) do(f *frame) signal {
	for _, s := range b {
		if end := s.do(f); end != next {
			return end
		}
	}
	return next
}

// outer is what the end of a block means for the statement that holds it.
func (s signal) outer() signal {
	if s <= leave {
		return next
	}
	if s == finish {
		return finish
	}
	return s - 1
}

// operand is a value that is known beforehand, or a local.
type operand struct {
	constant *ast.Term
	local    int
}

func (o operand) of(f *frame) *ast.Term {
	if o.constant != nil {
		return o.constant
	}
	return f.locals[o.local]
}

// blocks runs one block after the other.
type blocks struct{ inner []block }

func (s *blocks) do(f *frame) signal {
	for _, b := range s.inner {
		if end := b.do(f).outer(); end != next {
			return end
		}
	}
	return next
}

// jump leaves blocks.
type jump struct{ to signal }

func (s *jump) do(*frame) signal { return s.to }

// result ends a function.
type result struct{ source int }

func (s *result) do(f *frame) signal {
	f.result = f.locals[s.source]
	return finish
}

// negation holds where its block does not.
type negation struct{ inner block }

func (s *negation) do(f *frame) signal {
	end := s.inner.do(f)
	if end == next {
		return leave
	}
	return end.outer()
}

// scan runs its block for each element, in order.
type scan struct {
	source, key, value int
	keyless            bool // nothing asks for the keys
	inner              block
}

func (s *scan) do(f *frame) (end signal) {
	if list, ok := f.locals[s.source].Value.(*value.List); ok && s.keyless {
		for _, item := range list.Items() {
			if end = s.step(f, nil, item); end != next {
				break
			}
		}
		return end
	}
	if !value.Until(f.locals[s.source], func(key, value *ast.Term) bool {
		end = s.step(f, key, value)
		return end != next
	}) {
		return leave
	}
	return end
}

func (s *scan) step(f *frame, key, value *ast.Term) signal {
	if f.run.stopped() {
		return finish
	}
	f.locals[s.key], f.locals[s.value] = key, value
	return s.inner.do(f).outer()
}

// field looks a key up that is known beforehand, by its number in records.
type field struct {
	source operand
	key    *ast.Term
	number int
	target int
}

func (s *field) do(f *frame) signal {
	var found *ast.Term
	source := s.source.of(f)
	if record, ok := source.Value.(*value.Record); ok {
		found = record.At(s.number)
	} else {
		found = value.Get(source, s.key)
	}
	if found == nil {
		return leave
	}
	f.locals[s.target] = found
	return next
}

// dot looks a key up.
type dot struct {
	source, key operand
	target      int
}

func (s *dot) do(f *frame) signal {
	found := value.Get(s.source.of(f), s.key.of(f))
	if found == nil {
		return leave
	}
	f.locals[s.target] = found
	return next
}

// length counts the elements of a collection.
type length struct {
	source operand
	target int
}

func (s *length) do(f *frame) signal {
	size, ok := value.Len(s.source.of(f))
	if !ok {
		return leave
	}
	f.locals[s.target] = ast.InternedTerm(size)
	return next
}

// comparison asks whether two values are equal, or different.
type comparison struct {
	a, b  operand
	equal bool
}

func (s *comparison) do(f *frame) signal {
	if value.Equal(s.a.of(f), s.b.of(f)) == s.equal {
		return next
	}
	return leave
}

// defined asks whether a local has a value, or has none.
type defined struct {
	source int
	yes    bool
}

func (s *defined) do(f *frame) signal {
	if (f.locals[s.source] != nil) == s.yes {
		return next
	}
	return leave
}

// collection asks for the kind of a value.
type collection struct {
	source operand
	is     func(ast.Value) bool
}

func (s *collection) do(f *frame) signal {
	if s.is(s.source.of(f).Value) {
		return next
	}
	return leave
}

// assign gives a local a value; once forbids a second, different one.
type assign struct {
	source operand
	target int
	once   bool
	at     *ast.Location
}

func (s *assign) do(f *frame) signal {
	given := s.source.of(f)
	if s.once && f.locals[s.target] != nil && !value.Equal(f.locals[s.target], given) {
		return f.run.conflict(s.at)
	}
	f.locals[s.target] = given
	return next
}

// reset takes the value of a local.
type reset struct{ target int }

func (s *reset) do(f *frame) signal {
	f.locals[s.target] = nil
	return next
}
