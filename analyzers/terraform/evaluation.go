package terraform

import (
	"context"
	"slices"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"

	"github.com/drlint/drlint/analyzers/terraform/functions"
	"github.com/drlint/drlint/internal/environment"
	"github.com/drlint/drlint/internal/guard"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// evaluation is the evaluation of one root module, by itself or for one
// environment. It runs on one goroutine.
type evaluation struct {
	ctx       context.Context
	loader    *loader
	task      task
	root      string // resource.Resource.Root: the directory, with "@" and the environment
	installed installed
	budget    budget
	functions map[string]function.Function // made when one is first called
	work      *functions.Budget            // of the functions, made with them

	depth int   // of expressions within expressions
	errs  int   // failures since the start, for try and can
	trace []any // marks in the order in which the present value met them

	reported    map[source.Diagnostic]bool
	diagnostics []source.Diagnostic
	resources   []resource.Resource
}

// cell is a value that is computed when it is first asked for.
type cell struct {
	state cellState
	value cty.Value
}

type cellState uint8

const (
	waiting cellState = iota
	running
	done
)

// evaluateRoot evaluates one root module and everything that it reaches.
func evaluateRoot(ctx context.Context, l *loader, t task, share budget) *evaluation {
	ev := &evaluation{
		ctx: ctx, loader: l, task: t, root: environment.Evaluation(t.dir, t.environment), budget: share,
		reported: map[source.Diagnostic]bool{},
	}
	problem := guard.Barrier(t.dir, func() {
		ev.installed = readInstalled(l.tree, t.dir)
		top := newInstance(t.unit.extend(l.module(t.dir)))
		ev.emitModule(top)
		ev.emitSettings(top)
		t.unit.relocateResources(ev.resources)
	})
	if problem != nil {
		problem.At = source.Range{File: l.firstFile(t.dir)}
		ev.report(*problem)
	}
	return ev
}

// report keeps a diagnostic unless it was reported before: the same line is
// often evaluated for many instances.
func (ev *evaluation) report(d source.Diagnostic) {
	d.At = ev.task.unit.written(d.At)
	if !ev.reported[d] {
		ev.reported[d] = true
		ev.diagnostics = append(ev.diagnostics, d)
	}
}

// fail records an error of the configuration and returns the unknown value that
// stands for the result. Terraform would stop here; drlint reads on.
func (ev *evaluation) fail(why string) cty.Value {
	ev.errs++
	return unknown(why)
}

// undeclared reports a name that nothing declares.
func (ev *evaluation) undeclared(name string, at source.Range) cty.Value {
	ev.report(source.Diagnostic{
		Code: "terraform/undeclared", Severity: source.Warning, At: at,
		Summary: name + " is not declared in this module",
		Detail:  "Terraform rejects a reference to something that does not exist.",
	})
	return unknown(name + " is not declared")
}

// force computes a cell once. What asks for it while it is being computed
// depends on itself. The failures and the trace of the computation are its own:
// neither try nor the order of references sees into another expression.
func (ev *evaluation) force(c *cell, name string, at source.Range, compute func() cty.Value) cty.Value {
	switch c.state {
	case done:
		return c.value
	case running:
		ev.report(source.Diagnostic{
			Code: "terraform/cycle", Severity: source.Error, At: at,
			Summary: name + " depends on itself",
			Detail:  "Terraform cannot order such a configuration; the value stays unknown.",
		})
		return unknown(name + " depends on itself")
	}
	errs, trace, depth := ev.errs, ev.trace, ev.depth
	c.state, ev.trace = running, nil
	ev.guarded(at, func() { c.value = ev.admit(compute(), at) })
	if c.value == cty.NilVal {
		c.value = unknown(defect)
	}
	c.state, ev.errs, ev.trace, ev.depth = done, errs, trace, depth
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

// traceLimit bounds the trace of one value.
const traceLimit = 512

// note appends to the trace.
func (ev *evaluation) note(marks ...any) {
	if len(ev.trace) < traceLimit {
		ev.trace = append(ev.trace, marks...)
	}
}

// noteValue appends what a value carries, in a stable order.
func (ev *evaluation) noteValue(val cty.Value) cty.Value {
	if val.IsMarked() && len(ev.trace) < traceLimit {
		ev.note(ordered(val.Marks(), nil)...)
	}
	return val
}

// admit replaces a value that has grown beyond what the rest of the evaluation
// can handle. Values share structure, so a short chain of locals may stand for
// billions of members.
func (ev *evaluation) admit(val cty.Value, at source.Range) cty.Value {
	if val == cty.NilVal {
		return unknown("it has no value")
	}
	if size := measure(val, sizeLimit); size > 1 {
		if size > sizeLimit || !ev.spend(&ev.budget.steps, size, at) {
			ev.overspend(at)
			return unknown(overBudget)
		}
	}
	return val
}

// measure counts the members of a value, itself included, up to a limit.
func measure(val cty.Value, limit int) int {
	if ty := val.Type(); limit <= 0 || ty.IsPrimitiveType() || ty.IsCapsuleType() {
		return 1
	}
	plain, _ := val.Unmark()
	if !plain.IsKnown() || plain.IsNull() || !plain.CanIterateElements() {
		return 1
	}
	if isFlat(plain.Type()) {
		return 1 + plain.LengthInt()
	}
	size := 1
	for it := plain.ElementIterator(); it.Next() && size <= limit; {
		_, member := it.Element()
		size += measure(member, limit-size)
	}
	return size
}

// isFlat reports whether the members of a collection have none themselves, so
// that it need not be walked to be measured.
func isFlat(ty cty.Type) bool {
	switch {
	case ty.IsCollectionType():
		return ty.ElementType().IsPrimitiveType()
	case ty.IsTupleType():
		return !slices.ContainsFunc(ty.TupleElementTypes(), func(member cty.Type) bool { return !member.IsPrimitiveType() })
	case ty.IsObjectType():
		for _, member := range ty.AttributeTypes() {
			if !member.IsPrimitiveType() {
				return false
			}
		}
		return true
	default:
		return false
	}
}
