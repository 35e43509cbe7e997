package bicep

import (
	"fmt"
	"strconv"

	"github.com/drlint/drlint/analyzers/arm/functions"
	"github.com/drlint/drlint/analyzers/bicep/syntax"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// expansion is the set of instances that a body stands for.
type expansion struct {
	loop bool
	// open is set when nobody can count the instances; one stands for all.
	open   bool
	copies []occurrence
}

// occurrence is one instance.
type occurrence struct {
	key   string // "[0]", or ""
	env   env
	body  syntax.Expr
	maybe string // why the instance may not exist
	off   bool   // the condition is false
}

// expand evaluates the loop and the condition around a body.
func (ev *evaluation) expand(en env, body syntax.Expr, at source.Range) expansion {
	loop, ok := body.(*syntax.For)
	if !ok {
		return expansion{copies: []occurrence{ev.conditioned(occurrence{env: en, body: body})}}
	}
	set := expansion{loop: true}
	over := functions.Certain(ev.eval(en, loop.List))
	if !isList(over) {
		why := over.Why
		if !over.IsUnknown() {
			why = "it loops over what is no array"
		}
		item := carry(resource.UnknownAt(en.at(loop.Item), why), over)
		inner := en.with(loop.Item.Text, item)
		if loop.Index.Text != "" {
			inner = inner.with(loop.Index.Text, resource.UnknownAt(en.at(loop.Index), why))
		}
		one := ev.conditioned(occurrence{env: inner, body: loop.Body, maybe: why})
		return expansion{loop: true, open: true, copies: []occurrence{one}}
	}
	items := over.Items
	if len(items) > instanceLimit {
		ev.report(source.Diagnostic{
			Code: "bicep/budget", Severity: source.Warning, At: at,
			Summary: fmt.Sprintf("the loop has %d instances, of which only %d are read", len(items), instanceLimit),
		})
		items = items[:instanceLimit]
	}
	for i, item := range items {
		next := occurrence{key: "[" + strconv.Itoa(i) + "]", env: ev.iteration(en, loop, i, item), body: loop.Body}
		set.copies = append(set.copies, ev.conditioned(next))
	}
	return set
}

// conditioned evaluates the condition of an instance.
func (ev *evaluation) conditioned(i occurrence) occurrence {
	branch, ok := i.body.(*syntax.If)
	if !ok {
		return i
	}
	i.body = branch.Body
	condition := ev.eval(i.env, branch.Condition)
	truth, known := condition.AsBool()
	switch {
	case known:
		i.off = !truth
	case i.maybe == "":
		i.maybe = unknownFrom(condition.At, condition).Why
	}
	return i
}
