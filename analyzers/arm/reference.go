package arm

import (
	"strings"

	"github.com/drlint/drlint/analyzers/arm/deployment"
	"github.com/drlint/drlint/analyzers/arm/expression"
	"github.com/drlint/drlint/analyzers/arm/functions"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// whyAfter is the reason of what Azure makes up when it deploys.
const whyAfter = "it is known only after deployment"

// referred adds a reference to a resource. A deployment that is followed is no
// resource: what it deploys stands for it.
func (e *entry) referred(v resource.Value, attribute string) resource.Value {
	if e.child != nil {
		return v
	}
	return deployment.RefersTo(v, e.resourceID, attribute)
}

// reference evaluates reference(resource).a.b: an output of a nested
// deployment, what a resource of the template is given, or what only Azure
// knows.
func (ev *evaluation) reference(en env, n *expression.Node, steps []step, at source.Range) resource.Value {
	found := ev.referenced(en, n, at)
	if len(found) == 0 {
		v := ev.table(en, n, at)
		v.At = at
		return v
	}
	e := found[0]
	if e.child != nil {
		return ev.ofDeployment(e, steps, at)
	}
	if len(steps) == 0 {
		return e.referred(resource.UnknownAt(at, whyAfter), "")
	}
	if len(n.Args) < 3 {
		steps = append([]step{{by: resource.StringAt(at, "properties")}}, steps...)
	}
	return ev.ofResource(e, steps, at)
}

// referenced returns the resources that the argument of reference() names.
func (ev *evaluation) referenced(en env, n *expression.Node, at source.Range) []*entry {
	if len(n.Args) == 0 {
		return nil
	}
	arg := n.Args[0]
	if arg.Kind == expression.Call && strings.HasSuffix(strings.ToLower(arg.Text), "resourceid") {
		return ev.targets(en, arg)
	}
	return ev.meant(en, (&renderer{ev: ev, left: renderLimit}).node(en, arg, at))
}

// outputOf returns the output of a nested deployment that an access asks for.
func (ev *evaluation) outputOf(en env, n *expression.Node, steps []step) *lazy {
	found := ev.referenced(en, n, source.Range{})
	if len(found) == 0 || found[0].child == nil || len(steps) != 3 || !isName(steps[0], "outputs") || !isName(steps[2], "value") {
		return nil
	}
	name, _ := steps[1].by.AsString()
	l, _ := ev.output(found[0].child, name)
	return l
}

func isName(s step, name string) bool {
	text, ok := s.by.AsString()
	return ok && strings.EqualFold(text, name)
}

// ofDeployment evaluates reference(deployment).outputs.name.value.
func (ev *evaluation) ofDeployment(e *entry, steps []step, at source.Range) resource.Value {
	if len(steps) < 2 || !isName(steps[0], "outputs") {
		return resource.UnknownAt(at, whyAfter)
	}
	name, ok := steps[1].by.AsString()
	if !ok {
		return carry(resource.UnknownAt(at, steps[1].by.Why), steps[1].by)
	}
	l, found := ev.output(e.child, name)
	if !found {
		if steps[1].safe {
			return resource.NullAt(at)
		}
		return resource.UnknownAt(at, "the deployment has no output "+name)
	}
	v := ev.force(l, "output "+name)
	v.At = at
	return descend(v, steps[min(3, len(steps)):])
}

// ofResource evaluates a member of a resource: what is written there.
func (ev *evaluation) ofResource(e *entry, steps []step, at source.Range) resource.Value {
	var names []string
	for _, s := range steps {
		if name, ok := s.by.AsString(); ok {
			names = append(names, name)
		}
	}
	attribute := strings.Join(names, ".")
	v, rest := e.written, steps
	for len(rest) > 0 && v.IsKnown() && (v.Kind == resource.Object || v.Kind == resource.List) {
		next, ok := functions.Index(v, rest[0].by)
		if !ok {
			return e.referred(resource.UnknownAt(at, whyAfter), attribute)
		}
		v, rest = next, rest[1:]
	}
	if e.mode != resource.Managed {
		return e.referred(resource.UnknownAt(at, whyAfter), attribute)
	}
	v = ev.deeper(func() resource.Value { return ev.value(e.en, v) })
	if v.IsUnknown() && v.Why == "" {
		v.Why = whyAfter
	}
	v = descend(v, rest)
	v.At = at
	return e.referred(v, attribute)
}

// resourceInfo evaluates resourceInfo('symbol').name, .id and .type, which
// Bicep writes for the same members of a symbol.
func (ev *evaluation) resourceInfo(en env, n *expression.Node, steps []step, at source.Range) resource.Value {
	found := ev.referenced(en, n, at)
	if len(found) == 0 || len(steps) == 0 {
		return resource.UnknownAt(at, "resourceInfo() names no resource of the template")
	}
	e := found[0]
	name, _ := steps[0].by.AsString()
	v := resource.UnknownAt(at, whyAfter)
	switch strings.ToLower(name) {
	case "name":
		v = deployment.FullName(at, e.segments)
	case "type":
		v = resource.StringAt(at, e.resourceType)
	case "apiversion":
		v = ev.value(e.en, member(e.written, "apiVersion"))
	case "id":
		v = e.idValue(at)
	}
	v.At = at
	return e.referred(descend(v, steps[1:]), name)
}

// idValue is the id of a resource, as far as it can be read.
func (e *entry) idValue(at source.Range) resource.Value {
	if e.target.State != resource.Absent {
		return deployment.ExtensionID(at, e.target, e.resourceType, e.segments)
	}
	return deployment.ID(at, e.en.owner.scope, e.resourceType, e.segments)
}
