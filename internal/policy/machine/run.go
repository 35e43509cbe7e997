package machine

import (
	"context"
	"maps"
	"slices"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/topdown"
)

// Session evaluates functions over one model. What functions say about the model
// is worked out once and kept for all of them.
type Session struct {
	program *Program
	// assets number the terms that functions are mostly asked about.
	assets map[*ast.Term]int
	// documents are the answers of functions without arguments.
	documents []document
	mu        sync.Mutex // guards idle
	idle      []*memory
}

type document struct {
	mu     sync.Mutex // held while it is worked out
	answer *ast.Term
}

// memory holds what functions said about assets, for one goroutine at a time.
type memory struct {
	stack []*ast.Term
	about [][]*ast.Term // by function and asset
}

// Session prepares the evaluation of a model whose assets are these terms.
func (p *Program) Session(assets map[string]*ast.Term) *Session {
	s := &Session{program: p, documents: make([]document, len(p.functions)), assets: make(map[*ast.Term]int, len(assets))}
	for _, a := range assets {
		s.assets[a] = len(s.assets)
	}
	return s
}

func (s *Session) memory() *memory {
	s.mu.Lock()
	defer s.mu.Unlock()
	if last := len(s.idle) - 1; last >= 0 {
		m := s.idle[last]
		s.idle = s.idle[:last]
		return m
	}
	return &memory{about: make([][]*ast.Term, len(s.program.functions))}
}

func (s *Session) give(m *memory) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.idle = append(s.idle, m)
}

// run is the evaluation of one document over one input.
type run struct {
	session  *Session
	input    *ast.Term
	cancel   topdown.Cancel
	builtins topdown.BuiltinContext
	output   *ast.Term
	memory   *memory
	// scoped are the answers of documents that hold for this input only.
	scoped   map[*function]*ast.Term
	used     int
	failures []topdown.Error
	err      error
}

// Eval calls functions without arguments over an input and returns an object of
// their answers, without those that are undefined. It returns what functions of
// the library complained about besides, which does not end the evaluation.
func (s *Session) Eval(ctx context.Context, names map[string]string, input ast.Value) (answers *ast.Term, failures []topdown.Error, err error) {
	cancel := topdown.NewCancel()
	defer context.AfterFunc(ctx, cancel.Cancel)()
	m := s.memory()
	defer s.give(m)
	r := &run{session: s, input: ast.NewTerm(input), cancel: cancel, memory: m, scoped: map[*function]*ast.Term{}}
	r.builtins = topdown.BuiltinContext{Context: ctx, Cancel: cancel, Capabilities: s.program.options.Capabilities}
	said := ast.NewObject()
	for _, key := range slices.Sorted(maps.Keys(names)) {
		answer := r.answer(s.program.byName[names[key]], nil, nil)
		if r.err != nil {
			return nil, r.failures, r.err
		}
		if answer != nil {
			said.Insert(ast.StringTerm(key), answer)
		}
	}
	return ast.NewTerm(said), r.failures, nil
}

func (r *run) keep(term *ast.Term) error {
	r.output = term
	return nil
}

func (r *run) stopped() bool {
	if r.err == nil && r.cancel.Cancelled() {
		r.err = &topdown.Error{Code: topdown.CancelErr, Message: "caller cancelled query execution"}
	}
	return r.err != nil
}

// take returns fresh locals.
func (r *run) take(size int) (locals []*ast.Term, mark int) {
	mark = r.used
	if need := mark + size; need > len(r.memory.stack) {
		r.memory.stack = make([]*ast.Term, 2*need) // frames keep what they have
	}
	r.used += size
	locals = r.memory.stack[mark:r.used:r.used]
	clear(locals)
	return locals, mark
}

func (r *run) release(mark int) { r.used = mark }

// answer calls a function unless its answer is known.
func (r *run) answer(fn *function, args []operand, caller *frame) *ast.Term {
	switch {
	case len(args) == 0 && fn.scoped:
		answer, known := r.scoped[fn]
		if !known {
			answer = fn.eval(r, nil, caller)
			r.scoped[fn] = answer
		}
		return answer
	case len(args) == 0:
		return r.document(fn, caller)
	case len(args) == 1 && !fn.scoped:
		if i, ok := r.session.assets[args[0].of(caller)]; ok {
			return r.about(fn, i, args, caller)
		}
	}
	return fn.eval(r, args, caller)
}

// document works out what is the same for every run. An answer that came with
// complaints is not kept: whoever asks for it shall complain.
func (r *run) document(fn *function, caller *frame) *ast.Term {
	d := &r.session.documents[fn.index]
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.answer == nil {
		before := len(r.failures)
		answer := fn.eval(r, nil, caller)
		if r.err != nil || len(r.failures) > before {
			return answer
		}
		d.answer = keepable(answer)
	}
	return known(d.answer)
}

func (r *run) about(fn *function, asset int, args []operand, caller *frame) *ast.Term {
	answers := r.memory.about[fn.index]
	if answers == nil {
		answers = make([]*ast.Term, len(r.session.assets))
		r.memory.about[fn.index] = answers
	}
	if answers[asset] != nil {
		return known(answers[asset])
	}
	before := len(r.failures)
	answer := fn.eval(r, args, caller)
	if r.err == nil && len(r.failures) == before {
		answers[asset] = keepable(answer)
	}
	return answer
}

func keepable(answer *ast.Term) *ast.Term {
	if answer == nil {
		return undefined
	}
	return answer
}

func known(answer *ast.Term) *ast.Term {
	if answer == undefined {
		return nil
	}
	return answer
}
