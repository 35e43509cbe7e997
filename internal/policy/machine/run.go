package machine

import (
	"context"
	"maps"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/topdown"

	"github.com/drlint/drlint/internal/policy/value"
)

// Session evaluates functions over one model. What functions say about the model
// is worked out once and kept for all of them.
type Session struct {
	program *Program
	// assets is how many assets the model has.
	assets int
	// documents are the answers of functions without arguments, about those of
	// functions with one, by asset.
	documents []document
	about     []about
}

type document struct {
	mu     sync.Mutex // held while it is worked out
	answer *ast.Term
}

type about struct {
	once    sync.Once
	answers []atomic.Pointer[ast.Term]
}

// Session prepares the evaluation of a model with so many assets. They are records
// with an ID from 1 on, which functions are mostly asked about.
func (p *Program) Session(assets int) *Session {
	return &Session{program: p, assets: assets, documents: make([]document, len(p.functions)), about: make([]about, len(p.functions))}
}

// run is the evaluation of one document over one input.
type run struct {
	session  *Session
	input    *ast.Term
	cancel   topdown.Cancel
	builtins topdown.BuiltinContext
	output   *ast.Term
	// frames are those of the calls under way and, behind them, used ones.
	frames []*frame
	depth  int
	// scoped are the answers of documents that hold for this input only.
	scoped   map[*function]*ast.Term
	failures []topdown.Error
	err      error
}

// Eval calls functions without arguments over an input and returns an object of
// their answers, without those that are undefined. It returns what functions of
// the library complained about besides, which does not end the evaluation.
func (s *Session) Eval(ctx context.Context, names map[string]string, input *ast.Term) (answers *ast.Term, failures []topdown.Error, err error) {
	cancel := topdown.NewCancel()
	defer context.AfterFunc(ctx, cancel.Cancel)()
	r := &run{session: s, input: input, cancel: cancel, scoped: map[*function]*ast.Term{}}
	r.builtins = topdown.BuiltinContext{Context: ctx, Cancel: cancel, Capabilities: s.program.options.Capabilities}
	said := value.NewObject()
	for _, key := range slices.Sorted(maps.Keys(names)) {
		answer := r.answer(s.program.byName[names[key]], nil, nil)
		if r.err != nil {
			return nil, r.failures, r.err
		}
		if answer != nil {
			said.Put(ast.StringTerm(key), answer)
		}
	}
	return said.Term(), r.failures, nil
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

// enter returns a frame with fresh locals.
func (r *run) enter(size int) *frame {
	if r.depth == len(r.frames) {
		r.frames = append(r.frames, &frame{run: r})
	}
	f := r.frames[r.depth]
	r.depth++
	f.locals, f.result = slices.Grow(f.locals[:0], size)[:size], nil
	clear(f.locals)
	return f
}

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
		if asset, ok := args[0].of(caller).Value.(*value.Record); ok && asset.ID > 0 {
			return r.about(fn, asset.ID-1, args, caller)
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

// about is what a function says about an asset. Two runs may work it out at the
// same time, with the same answer.
func (r *run) about(fn *function, asset int, args []operand, caller *frame) *ast.Term {
	of := &r.session.about[fn.index]
	of.once.Do(func() { of.answers = make([]atomic.Pointer[ast.Term], r.session.assets) })
	if answer := of.answers[asset].Load(); answer != nil {
		return known(answer)
	}
	before := len(r.failures)
	answer := fn.eval(r, args, caller)
	if r.err == nil && len(r.failures) == before {
		of.answers[asset].Store(keepable(answer))
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
