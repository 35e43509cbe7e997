package arm

import (
	"errors"
	"strings"

	"github.com/drlint/drlint/analyzers/arm/deployment"
	"github.com/drlint/drlint/analyzers/arm/expression"
	"github.com/drlint/drlint/analyzers/arm/functions"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// value evaluates what is written in a template, expressions and copy elements
// at any depth included.
func (ev *evaluation) value(en env, v resource.Value) resource.Value {
	if !ev.spend(v.At) {
		return resource.UnknownAt(v.At, functions.OverBudget)
	}
	if !v.IsKnown() {
		return v
	}
	switch v.Kind {
	case resource.String:
		return ev.written(en, v)
	case resource.List:
		return ev.deeper(func() resource.Value { return ev.list(en, v) })
	case resource.Object:
		return ev.deeper(func() resource.Value { return ev.object(en, v) })
	default:
		return v
	}
}

func (ev *evaluation) list(en env, v resource.Value) resource.Value {
	if !ev.hold(len(v.Items), v.At) {
		return resource.UnknownAt(v.At, functions.OverBudget)
	}
	list := resource.ListAt(v.At)
	if len(v.Items) > 0 {
		list.Items = make([]resource.Value, len(v.Items))
	}
	for i := range v.Items {
		list.Items[i] = ev.value(en, v.Items[i])
	}
	return deployment.Inherit(list)
}

// object evaluates the members of an object. One name that is not known makes
// the whole object unknown: it may be any member.
func (ev *evaluation) object(en env, v resource.Value) resource.Value {
	if !ev.hold(len(v.Fields), v.At) {
		return resource.UnknownAt(v.At, functions.OverBudget)
	}
	object := resource.ObjectAt(v.At)
	if len(v.Fields) > 0 {
		object.Fields = make([]resource.Field, 0, len(v.Fields))
	}
	for i := range v.Fields {
		field := v.Fields[i]
		if strings.EqualFold(field.Name, copyMember) && isCopy(field.Value) {
			for _, copied := range items(field.Value) {
				name := member(copied, "name")
				object.Fields = append(object.Fields, resource.Field{Name: text(copied, "name"), At: name.At, Value: ev.copied(en, copied)})
			}
			continue
		}
		if expression.Is(field.Name) {
			name := ev.written(en, resource.StringAt(field.At, field.Name))
			known, ok := name.AsString()
			if !ok {
				unknown := resource.UnknownAt(v.At, name.Why)
				unknown.Refs, unknown.Origin = name.Refs, name.Origin
				return unknown
			}
			field.Name = known
		}
		field.Name = expression.Literal(field.Name)
		object.Fields = append(object.Fields, resource.Field{Name: strings.Clone(field.Name), At: field.At, Value: ev.value(en, field.Value)})
	}
	return deployment.Inherit(object)
}

// written evaluates a string: an expression, or text that stands for itself.
func (ev *evaluation) written(en env, v resource.Value) resource.Value {
	if !expression.Is(v.Text) {
		// A clone, so that one short text does not keep the file in memory.
		return replaced(resource.StringAt(v.At, strings.Clone(expression.Literal(v.Text))))
	}
	node, failed := ev.parse(v)
	if node == nil {
		return failed
	}
	result := ev.node(en, node, v.At)
	return deployment.Placed(result, v.At, ev.budget)
}

// parse returns the syntax tree of an expression, or the unknown value that a
// text makes that is none.
func (ev *evaluation) parse(v resource.Value) (*expression.Node, resource.Value) {
	doc := ev.library.document(v.At.File)
	node, err := doc.parse(v.Text)
	if err == nil {
		return node, resource.Value{}
	}
	at := v.At
	var problem *expression.Error
	if errors.As(err, &problem) {
		at = doc.place(v, problem.Start, problem.End)
	}
	ev.report(source.Diagnostic{
		Code: "arm/expression", Severity: source.Warning, At: at,
		Summary: "the expression cannot be read: " + err.Error(),
		Detail:  "Correct it; Azure rejects the template. Text that starts with a bracket is written with two: [[.",
	})
	return nil, resource.UnknownAt(v.At, "its expression cannot be read: "+err.Error())
}

// node evaluates a part of an expression. Results are placed at the string
// that holds it.
func (ev *evaluation) node(en env, n *expression.Node, at source.Range) resource.Value {
	if !ev.spend(at) {
		return resource.UnknownAt(at, functions.OverBudget)
	}
	switch n.Kind {
	case expression.Text:
		return replaced(resource.StringAt(at, strings.Clone(n.Text)))
	case expression.Number:
		return resource.NumberAt(at, n.Number)
	case expression.Call:
		return ev.deeper(func() resource.Value { return ev.call(en, n, at) })
	default:
		return ev.deeper(func() resource.Value { return ev.access(en, n, at) })
	}
}

// step is one member or index that is taken of a value.
type step struct {
	by   resource.Value
	safe bool // null where there is none
}

// access evaluates a chain of members and indices. What reference() yields
// depends on which of its members is asked for.
func (ev *evaluation) access(en env, n *expression.Node, at source.Range) resource.Value {
	base, steps := ev.chain(en, n, at)
	if base.Kind == expression.Call {
		switch strings.ToLower(base.Text) {
		case "reference":
			return ev.reference(en, base, steps, at)
		case "resourceinfo":
			return ev.resourceInfo(en, base, steps, at)
		}
	}
	return descend(ev.node(en, base, at), steps)
}

// chain takes an access apart. tryGet(x, 'a') is the form that Bicep gives x.?a.
func (ev *evaluation) chain(en env, n *expression.Node, at source.Range) (base *expression.Node, steps []step) {
	for {
		switch {
		case n.Kind == expression.Member:
			steps = append(steps, step{resource.StringAt(at, strings.Clone(n.Text)), n.Safe})
			n = n.Args[0]
		case n.Kind == expression.Index:
			steps = append(steps, step{ev.node(en, n.Args[1], at), n.Safe})
			n = n.Args[0]
		case n.Kind == expression.Call && strings.EqualFold(n.Text, "tryGet") && len(n.Args) > 1:
			for i := len(n.Args) - 1; i > 0; i-- {
				steps = append(steps, step{ev.node(en, n.Args[i], at), true})
			}
			n = n.Args[0]
		default:
			for i, j := 0, len(steps)-1; i < j; i, j = i+1, j-1 {
				steps[i], steps[j] = steps[j], steps[i]
			}
			return n, steps
		}
	}
}

// descend takes members and items of a value.
func descend(v resource.Value, steps []step) resource.Value {
	for _, s := range steps {
		switch {
		case v.IsUnknown():
			v.Hint = ""
			return v
		case s.by.IsUnknown():
			return carry(resource.UnknownAt(v.At, s.by.Why), v, s.by)
		case v.IsAbsent() && s.safe:
			return v
		}
		found, ok := functions.Index(v, s.by)
		switch {
		case ok:
			found.Origin = deployment.Union(found.Origin, s.by.Origin)
			v = found
		case s.safe:
			return carry(resource.NullAt(v.At), v, s.by)
		default:
			name, _ := s.by.AsString()
			return carry(resource.UnknownAt(v.At, "the value has no member "+name), v, s.by)
		}
	}
	return v
}

// carry adds what other values refer to and rest on.
func carry(v resource.Value, from ...resource.Value) resource.Value {
	for i := range from {
		v.Refs = deployment.Union(v.Refs, from[i].Refs)
		v.Origin = deployment.Union(v.Origin, from[i].Origin)
	}
	return v
}
