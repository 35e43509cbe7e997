package bicep

import (
	"fmt"

	"github.com/drlint/drlint/analyzers/arm/deployment"
	"github.com/drlint/drlint/analyzers/arm/functions"
	"github.com/drlint/drlint/analyzers/bicep/syntax"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// handle is a resource, a module or the outputs of one, named as a whole. It
// travels as an unknown value with one reference, by which it is found again
// when a member of it is asked for: so it may pass through variables,
// parameters, lists and lambdas.
type handle interface {
	// member evaluates a member. What a member of a resource holds belongs to the
	// resource, and more of it may be known after deployment.
	member(ev *evaluation, name string, at source.Range) resource.Value
	// reference is what the whole is referred to by.
	reference() resource.Ref
	// why completes "unknown because …" for the whole, title names it in a
	// sentence.
	why() string
	title() string
}

// whole returns the value that stands for a handle. It has no place of its own.
func (ev *evaluation) whole(h handle) resource.Value {
	ref := h.reference()
	ev.handles[ref] = h
	v := resource.UnknownAt(source.Range{}, h.why())
	v.Refs = []resource.Ref{ref}
	return v
}

// handleOf returns the handle that a value stands for, or nil.
func (ev *evaluation) handleOf(v resource.Value) handle {
	if v.State != resource.Unknown || len(v.Refs) == 0 {
		return nil
	}
	if h := ev.handles[v.Refs[0]]; h != nil && h.why() == v.Why {
		return h
	}
	return nil
}

// variable evaluates a name: the nearest loop or lambda variable, nested
// resource or declaration.
func (ev *evaluation) variable(en env, name string, at source.Range) resource.Value {
	if v, ok := en.local(name); ok {
		return v
	}
	for outer := en.within; outer != nil; outer = outer.node.outer {
		if node := outer.nested(name); node != nil {
			return node.whole(ev)
		}
	}
	if v, ok := en.inst.symbol(ev, name, at); ok {
		return v
	}
	if base, ok := en.inst.args.(*baseArguments); ok && name == "base" {
		return base.object(ev, at)
	}
	return ev.undeclared(name, at)
}

// chain is a value on the way through a chain of accesses, and the resource
// that it belongs to.
type chain struct {
	value resource.Value
	owner handle
	path  string // from the owner
	// ended is set when a safe access met null: the rest of the chain is null as
	// well (Bicep documentation, "Safe-dereference operator").
	ended bool
}

// access evaluates a chain of members and indexes.
func (ev *evaluation) access(en env, expr syntax.Expr, at source.Range) resource.Value {
	c := ev.follow(en, expr)
	if c.owner != nil {
		return deployment.RefersTo(c.value, c.owner.reference().ID, c.path)
	}
	return moved(c.value, at)
}

func (ev *evaluation) follow(en env, expr syntax.Expr) chain {
	at := en.at(expr)
	switch e := expr.(type) {
	case *syntax.NonNull:
		return ev.follow(en, e.Target)
	case *syntax.Nested:
		return chain{value: ev.nestedAccess(en, e, at)}
	case *syntax.Member:
		if v, ok := ev.wildcardMember(en, e, at); ok {
			return chain{value: v}
		}
		return ev.memberOf(ev.follow(en, e.Target), e.Name.Text, e.Safe, at)
	case *syntax.Index:
		return ev.indexed(en, e, at)
	default:
		return chain{value: ev.eval(en, expr)}
	}
}

// memberOf evaluates "target.name".
func (ev *evaluation) memberOf(c chain, name string, safe bool, at source.Range) chain {
	if h := ev.handleOf(c.value); h != nil && c.owner == nil {
		value := h.member(ev, name, at)
		if _, owned := h.(*resourceInstance); owned {
			return chain{value: value, owner: h, path: name}
		}
		return chain{value: value}
	}
	path := c.path + "." + name
	member, found := functions.Member(c.value, name)
	switch {
	case c.ended:
		return c
	case found:
		return chain{value: member, owner: c.owner, path: path}
	case c.value.IsUnknown():
		if c.owner != nil && c.value.Why == afterDeployment(c.owner, c.path, at).Why {
			c.value.Why = afterDeployment(c.owner, path, at).Why
		}
		c.value.Hint = ""
		return chain{value: c.value, owner: c.owner, path: path}
	case c.owner != nil:
		return chain{value: afterDeployment(c.owner, path, at), owner: c.owner, path: path}
	case safe || c.value.State == resource.Known && c.value.Why != "":
		absent := decidedBy(absentMember(c.value, at), c.value)
		return chain{value: absent, ended: safe && absent.IsAbsent()}
	default:
		return chain{value: carry(resource.UnknownAt(at, missing(c.value, name)), c.value)}
	}
}

// absentMember is null where an object has no such member, unknown where nobody
// can tell.
func absentMember(of resource.Value, at source.Range) resource.Value {
	if of.Why != "" {
		return resource.UnknownAt(at, of.Why)
	}
	return resource.NullAt(at)
}

func missing(v resource.Value, name string) string {
	switch {
	case v.IsAbsent():
		return "null has no property " + name
	case v.Kind == resource.Object:
		return "the object has no property " + name
	default:
		return "it asks for the property " + name + " of what is no object"
	}
}

// afterDeployment is an attribute of a resource that is written nowhere.
func afterDeployment(owner handle, path string, at source.Range) resource.Value {
	return resource.UnknownAt(at, fmt.Sprintf("%s of %s is known only after deployment", path, owner.title()))
}

// indexed evaluates "target[key]".
func (ev *evaluation) indexed(en env, e *syntax.Index, at source.Range) chain {
	target := ev.follow(en, e.Target)
	if target.ended {
		return target
	}
	key := ev.eval(en, e.Key)
	if isString(key) {
		c := ev.memberOf(target, key.Text, e.Safe, at)
		c.value = decidedBy(c.value, key)
		return c
	}
	if h, ok := ev.handleOf(target.value).(loose); ok && h.counted() {
		return target // one instance stands for all
	}
	return item(target, key, e, at)
}

// item evaluates "target[number]".
func item(target chain, key resource.Value, e *syntax.Index, at source.Range) chain {
	number, ok := numberOf(key)
	place, path := int(number), target.path
	if ok {
		path += fmt.Sprintf("[%d]", place)
	}
	switch {
	case target.value.IsUnknown():
		return chain{value: target.value, owner: target.owner, path: path}
	case key.IsUnknown():
		return chain{value: unknownFrom(at, key, knownPart(target.value))}
	case e.Safe && target.value.IsAbsent():
		return chain{value: resource.NullAt(at), ended: true}
	case !ok || !isList(target.value):
		return chain{value: carry(resource.UnknownAt(at, "it asks for an item of what is no array"), target.value, key)}
	}
	items := target.value.Items
	if e.FromEnd {
		place = len(items) - place
	}
	switch {
	case place >= 0 && place < len(items):
		return chain{value: decidedBy(items[place], key), owner: target.owner, path: path}
	case target.owner != nil:
		return chain{value: afterDeployment(target.owner, path, at), owner: target.owner, path: path}
	case e.Safe:
		return chain{value: resource.NullAt(at), ended: true}
	default:
		return chain{value: carry(resource.UnknownAt(at, fmt.Sprintf("the array has no item %d", int(number))), target.value, key)}
	}
}

// loose is a handle that may stand for instances of a loop that nobody can count.
type loose interface{ counted() bool }

func (ev *evaluation) nestedAccess(en env, e *syntax.Nested, at source.Range) resource.Value {
	target := ev.eval(en, e.Target)
	if r, ok := ev.handleOf(target).(*resourceInstance); ok {
		if node := r.nested(e.Name.Text); node != nil {
			return node.whole(ev)
		}
		return ev.undeclared(r.node.name()+"::"+e.Name.Text, at)
	}
	return carry(resource.UnknownAt(at, "it asks for a nested resource of what is no resource"), target)
}
