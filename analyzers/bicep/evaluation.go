package bicep

import (
	"context"

	"github.com/drlint/drlint/analyzers/bicep/syntax"
	"github.com/drlint/drlint/internal/guard"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// evaluation is the evaluation of one root for one environment. It runs on one
// goroutine.
type evaluation struct {
	ctx         context.Context
	loader      *loader
	root        string // "main.bicep@prod"
	environment string
	budget      budget
	depth       int // of expressions within expressions

	// libraries are the files whose exports are imported, by path.
	libraries map[string]*instance
	// handles are the resources and modules that were named as a whole.
	handles map[resource.Ref]handle

	reported    map[source.Diagnostic]bool
	diagnostics []source.Diagnostic
	resources   []*resource.Resource
}

// cell is a value that is computed when it is first asked for.
type cell struct {
	state cellState
	value resource.Value
}

type cellState uint8

const (
	waiting cellState = iota
	running
	done
)

// force computes a cell once. What asks for it while it is being computed
// depends on itself.
func (ev *evaluation) force(c *cell, name string, at source.Range, compute func() resource.Value) resource.Value {
	switch c.state {
	case done:
		return c.value
	case running:
		ev.report(source.Diagnostic{
			Code: "bicep/cycle", Severity: source.Error, At: at,
			Summary: name + " depends on itself",
			Detail:  "Bicep rejects such a file; the value stays unknown.",
		})
		return resource.UnknownAt(at, name+" depends on itself")
	}
	depth := ev.depth
	c.state, c.value = running, resource.UnknownAt(at, defect)
	ev.guarded(at, func() { c.value = compute() })
	c.state, ev.depth = done, depth
	return c.value
}

const defect = "drlint failed to evaluate it"

// guarded reports a defect of drlint at the expression that shows it.
func (ev *evaluation) guarded(at source.Range, evaluate func()) {
	if problem := guard.Barrier(at.File, evaluate); problem != nil {
		problem.At = at
		ev.report(*problem)
	}
}

// report keeps a diagnostic unless it was reported before: the same line is
// often evaluated for many instances.
func (ev *evaluation) report(d source.Diagnostic) {
	if !ev.reported[d] {
		ev.reported[d] = true
		ev.diagnostics = append(ev.diagnostics, d)
	}
}

// undeclared reports a name that nothing declares.
func (ev *evaluation) undeclared(name string, at source.Range) resource.Value {
	ev.report(source.Diagnostic{
		Code: "bicep/undeclared", Severity: source.Warning, At: at,
		Summary: name + " is not declared in this file",
		Detail:  "Bicep rejects a reference to something that does not exist.",
	})
	return resource.UnknownAt(at, name+" is not declared")
}

// env is what an expression can name: the declarations of its file, the nested
// resources around it, and the variables of loops and lambdas.
type env struct {
	inst   *instance
	within *resourceInstance
	locals *local
}

// local is a variable of a loop, a lambda or a function.
type local struct {
	name  string
	value resource.Value
	next  *local
}

func (en env) with(name string, value resource.Value) env {
	if name != "" {
		en.locals = &local{name: name, value: value, next: en.locals}
	}
	return en
}

func (en env) local(name string) (resource.Value, bool) {
	for l := en.locals; l != nil; l = l.next {
		if l.name == name {
			return l.value, true
		}
	}
	return resource.Value{}, false
}

func (en env) at(node syntax.Node) source.Range { return en.inst.doc.at(node) }
