package machine

import (
	"errors"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/topdown"

	"github.com/drlint/drlint/internal/policy/value"
)

// function is a planned rule: a document, if it takes no arguments, or a
// function of the rule language.
type function struct {
	name   string
	index  int
	params []int // the locals that take the arguments
	size   int   // how many locals it has
	body   []block
	// scoped holds for what depends on more than the model: the
	// assets in the scope of a rule, or its settings.
	scoped bool
}

// frame is one call of a function. The first two locals are the input and the
// empty base document.
type frame struct {
	run    *run
	locals []*ast.Term
	result *ast.Term
}

// empty is the base document.
var empty = value.NewObject().Term()

// undefined stands for the lack of an answer where answers are kept.
var undefined = &ast.Term{Value: ast.Null{}}

// eval calls a function without asking whether the answer is known.
func (fn *function) eval(r *run, args []operand, caller *frame) *ast.Term {
	f := r.enter(fn.size)
	f.locals[0], f.locals[1] = r.input, empty
	for i, arg := range args {
		f.locals[fn.params[i]] = arg.of(caller)
	}
	for _, b := range fn.body {
		if b.do(f).outer() == finish {
			break
		}
	}
	r.depth--
	if r.err != nil {
		return nil
	}
	return f.result
}

// call calls a function, unless the answer is known.
type call struct {
	fn     *function
	args   []operand
	target int
}

func (s *call) do(f *frame) signal {
	if f.run.stopped() {
		return finish
	}
	answer := f.run.answer(s.fn, s.args, f)
	if f.run.err != nil {
		return finish
	}
	if answer == nil {
		return leave
	}
	f.locals[s.target] = answer
	return next
}

// builtin calls a function of the library, unless a native one answers. What the
// library complains about is kept and leaves its answer undefined.
type builtin struct {
	fn     topdown.BuiltinFunc
	native func([]*ast.Term) *ast.Term // may be nil
	args   []operand
	target int
	at     *ast.Location
}

func (s *builtin) do(f *frame) signal {
	if f.run.stopped() {
		return finish
	}
	args := make([]*ast.Term, len(s.args))
	for i, arg := range s.args {
		args[i] = arg.of(f)
	}
	if s.native != nil {
		if answer := s.native(args); answer != nil {
			f.locals[s.target] = answer
			return next
		}
	}
	return s.library(f, args)
}

func (s *builtin) library(f *frame, args []*ast.Term) signal {
	for i, arg := range args {
		args[i] = value.Library(arg)
	}
	f.run.builtins.Location = s.at
	f.run.output = nil
	if err := s.fn(f.run.builtins, args, f.run.keep); err != nil {
		return f.run.complain(err)
	}
	if f.run.output == nil {
		return leave
	}
	f.locals[s.target] = value.Own(f.run.output)
	return next
}

func (r *run) complain(err error) signal {
	var halt topdown.Halt
	if errors.As(err, &halt) {
		r.err = halt.Err
		return finish
	}
	var failed *topdown.Error
	if errors.As(err, &failed) {
		r.failures = append(r.failures, *failed)
	} else {
		r.failures = append(r.failures, topdown.Error{Code: topdown.BuiltinErr, Message: err.Error(), Location: r.builtins.Location})
	}
	return leave
}

func (r *run) conflict(at *ast.Location) signal {
	r.err = &topdown.Error{Code: topdown.ConflictErr, Message: "functions, complete rules and keys of objects must not have several values", Location: at}
	return finish
}

// relation is a built-in function that answers yes or no, done without a detour.
type relation struct {
	is     func(a, b *ast.Term) bool
	a, b   operand
	target int
}

func (s *relation) do(f *frame) signal {
	f.locals[s.target] = ast.InternedTerm(s.is(s.a.of(f), s.b.of(f)))
	return next
}

var relations = map[string]func(a, b *ast.Term) bool{
	ast.Equal.Name:         value.Equal,
	ast.NotEqual.Name:      func(a, b *ast.Term) bool { return !value.Equal(a, b) },
	ast.LessThan.Name:      func(a, b *ast.Term) bool { return value.Compare(a, b) < 0 },
	ast.LessThanEq.Name:    func(a, b *ast.Term) bool { return value.Compare(a, b) <= 0 },
	ast.GreaterThan.Name:   func(a, b *ast.Term) bool { return value.Compare(a, b) > 0 },
	ast.GreaterThanEq.Name: func(a, b *ast.Term) bool { return value.Compare(a, b) >= 0 },
	ast.Member.Name:        func(a, b *ast.Term) bool { return value.Has(b, a) },
}
