// Package machine evaluates planned rules: the sequence of simple steps that the
// compiler of the rule language makes of them.
//
// A Plan holds the functions of a file, encoded (codec.go, decode.go). Link
// translates those that a rule needs into a Program (translate.go): every step
// becomes a statement, a value with one method, and every variable a local, a
// slot of the frame of a call (statement.go, collect.go, call.go). A Session is
// the evaluation of a program over one model. It keeps what functions say about
// the model and about each asset, for all rules (run.go). Functions of the library
// are called as they are, but for a few that would have to translate collections
// first (native.go); what values are made of is said in package value.
package machine

import (
	"fmt"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/drlint/drlint/internal/policy/value"
)

// Program is a set of functions that can be evaluated over any number of models,
// also at the same time.
type Program struct {
	options   Options
	functions []*function
	byName    map[string]*function
}

// Options are the same for all programs of one purpose.
type Options struct {
	// Capabilities limit what functions of the library may do.
	Capabilities *ast.Capabilities
	// Common are the keys of the input that are the same for every evaluation of
	// a session.
	Common []string
	// Vocabulary numbers the keys of the records in the input.
	Vocabulary *value.Vocabulary
}

// Link makes a program of the functions of these names and all that they call,
// which the plans hold. It refuses what the rules of drlint do not need.
func Link(plans []*Plan, names []string, options Options) (*Program, error) {
	l := &linker{
		options: options,
		program: &Program{options: options, byName: map[string]*function{}},
		planned: map[string]*Plan{}, texts: map[string]*ast.Term{},
	}
	for _, plan := range plans {
		for name := range plan.functions {
			l.planned[name] = plan
		}
	}
	for _, name := range names {
		if _, known := l.planned[name]; !known {
			return nil, fmt.Errorf("no plan holds %s", name)
		}
		if _, err := l.link(name); err != nil {
			return nil, err
		}
	}
	return l.program, nil
}

// linker translates functions when they are first called.
type linker struct {
	options Options
	program *Program
	planned map[string]*Plan
	texts   map[string]*ast.Term
}

// link returns the function of a name; nil if no plan holds it. Functions never
// call themselves, so a called one is complete when the caller goes on.
func (l *linker) link(name string) (*function, error) {
	plan := l.planned[name]
	if fn := l.program.byName[name]; fn != nil || plan == nil {
		return fn, nil
	}
	planned, named, err := plan.function(name)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	fn := &function{name: name}
	t := &translator{linker: l, static: plan.static, fn: fn, named: named}
	for _, param := range planned.Params[2:] { // without input and data
		fn.params = append(fn.params, t.local(param))
	}
	t.local(planned.Return)
	if fn.body, err = t.blocks(planned.Blocks); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	fn.index = len(l.program.functions)
	l.program.functions = append(l.program.functions, fn)
	l.program.byName[name] = fn
	return fn, nil
}

func (l *linker) text(value string) *ast.Term {
	term := l.texts[value]
	if term == nil {
		term = ast.StringTerm(value)
		l.texts[value] = term
	}
	return term
}
