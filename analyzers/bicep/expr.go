package bicep

import (
	"strings"

	"github.com/drlint/drlint/analyzers/arm/functions"
	"github.com/drlint/drlint/analyzers/bicep/syntax"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// eval evaluates an expression. The value is placed at the expression; its
// members keep the places where they are written, wherever that is.
func (ev *evaluation) eval(en env, expr syntax.Expr) resource.Value {
	if expr == nil {
		return resource.UnknownAt(source.Range{File: en.inst.doc.path}, "it has no value")
	}
	at := en.at(expr)
	if ev.depth >= expressions || !ev.spend(&ev.budget.steps, 1, at) {
		ev.overspend(at)
		return resource.UnknownAt(at, overBudget)
	}
	ev.depth++
	value := ev.evalNode(en, expr, at)
	ev.depth--
	return value
}

func (ev *evaluation) evalNode(en env, expr syntax.Expr, at source.Range) resource.Value {
	switch e := expr.(type) {
	case *syntax.Null:
		return resource.NullAt(at)
	case *syntax.Bool:
		return resource.BoolAt(at, e.Value)
	case *syntax.Int:
		return resource.NumberAt(at, float64(e.Value))
	case *syntax.String:
		return ev.text(en, e, at)
	case *syntax.Array:
		return ev.array(en, e, at)
	case *syntax.Object:
		return ev.object(en, e, at)
	case *syntax.For:
		return ev.loop(en, e, at)
	case *syntax.Variable:
		return moved(ev.variable(en, e.Name, at), at)
	case *syntax.Member, *syntax.Index, *syntax.Nested, *syntax.NonNull:
		return moved(ev.access(en, expr, at), at)
	case *syntax.Call:
		return moved(ev.call(en, e, at), at)
	case *syntax.MethodCall:
		return moved(ev.method(en, e, at), at)
	case *syntax.Unary:
		return ev.unary(en, e, at)
	case *syntax.Binary:
		return ev.binary(en, e, at)
	case *syntax.Ternary:
		return ev.ternary(en, e, at)
	case *syntax.Paren:
		return moved(ev.eval(en, e.X), at)
	case *syntax.Lambda:
		return resource.UnknownAt(at, "a lambda is no value")
	default:
		return resource.UnknownAt(at, "the expression has a syntax error")
	}
}

// text joins the parts of a string.
func (ev *evaluation) text(en env, e *syntax.String, at source.Range) resource.Value {
	if text, ok := e.Literal(); ok {
		return resource.StringAt(at, text)
	}
	parts := make([]resource.Value, len(e.Parts))
	for i, part := range e.Parts {
		if part.Expr == nil {
			parts[i] = resource.StringAt(at, part.Text)
		} else {
			parts[i] = ev.eval(en, part.Expr)
		}
	}
	return ev.joined(at, parts...)
}

// joined writes values one after the other into a text. What of it can be read
// becomes the hint of an unknown one.
func (ev *evaluation) joined(at source.Range, parts ...resource.Value) resource.Value {
	var text strings.Builder
	all := true
	for _, part := range parts {
		written, ok := ev.interpolated(functions.Certain(part))
		if !ok {
			all = false
			written = string(resource.Hole)
			if part.Hint != "" {
				written = part.Hint
			}
		}
		text.WriteString(written)
		if text.Len() > textLimit || !ev.spend(&ev.budget.steps, 1+len(written)/64, at) {
			ev.overspend(at)
			return carry(resource.UnknownAt(at, overBudget), parts...)
		}
	}
	if all {
		return carry(resource.StringAt(at, text.String()), parts...)
	}
	return hinted(unknownFrom(at, parts...), text.String())
}

// hinted sets the readable part of an unknown text; one without readable text
// says nothing.
func hinted(v resource.Value, hint string) resource.Value {
	const longest = 4096
	const hole = string(resource.Hole)
	for strings.Contains(hint, hole+hole) {
		hint = strings.ReplaceAll(hint, hole+hole, hole)
	}
	v.Hint = ""
	if len(hint) <= longest && strings.Trim(hint, hole) != "" {
		v.Hint = hint
	}
	return v
}

// interpolated writes a value as part of a text, as format() of Azure does.
func (ev *evaluation) interpolated(v resource.Value) (text string, ok bool) {
	switch {
	case v.IsAbsent():
		return "", true
	case !v.IsKnown():
		return "", false
	case v.Kind == resource.Bool && v.Truth:
		return "True", true
	case v.Kind == resource.Bool:
		return "False", true
	case v.Kind == resource.List || v.Kind == resource.Object:
		written := ev.function("string", v.At, []resource.Value{v}, nil)
		return written.Text, isString(written)
	default:
		return v.AsString()
	}
}

func (ev *evaluation) array(en env, e *syntax.Array, at source.Range) resource.Value {
	list := resource.ListAt(at)
	list.Items = make([]resource.Value, 0, len(e.Items))
	for _, item := range e.Items {
		spread, ok := item.(*syntax.Spread)
		if !ok {
			list.Items = append(list.Items, ev.eval(en, item))
			continue
		}
		inner := ev.eval(en, spread.Value)
		if !isList(inner) {
			return carry(unknownFrom(at, inner), list.Items...)
		}
		if len(list.Items)+len(inner.Items) > sizeLimit || !ev.spend(&ev.budget.steps, len(inner.Items), at) {
			ev.overspend(at)
			return resource.UnknownAt(at, overBudget)
		}
		list.Items = append(list.Items, inner.Items...)
	}
	return inherit(list)
}

// loop evaluates a loop that yields a list.
func (ev *evaluation) loop(en env, e *syntax.For, at source.Range) resource.Value {
	over := ev.eval(en, e.List)
	if over.IsKnown() && over.Kind != resource.List {
		return carry(resource.UnknownAt(at, "it loops over what is no array"), over)
	}
	if !isList(over) {
		return unknownFrom(at, over)
	}
	list := resource.ListAt(at)
	if len(over.Items) > sizeLimit {
		ev.overspend(at)
		return resource.UnknownAt(at, overBudget)
	}
	for i, item := range over.Items {
		inner := ev.iteration(en, e, i, item)
		body := e.Body
		if filter, ok := body.(*syntax.If); ok {
			condition := ev.eval(inner, filter.Condition)
			truth, known := condition.AsBool()
			if !known {
				return unknownFrom(at, condition, over)
			}
			if !truth {
				continue
			}
			body = filter.Body
		}
		if ev.budget.spent && ev.budget.steps < 0 {
			return resource.UnknownAt(at, overBudget)
		}
		list.Items = append(list.Items, ev.eval(inner, body))
	}
	list = inherit(list)
	return decidedBy(list, over)
}

// iteration binds the variables of a loop.
func (ev *evaluation) iteration(en env, e *syntax.For, index int, item resource.Value) env {
	en = en.with(e.Item.Text, item)
	if e.Index.Text != "" {
		en = en.with(e.Index.Text, resource.NumberAt(source.Range{}, float64(index)))
	}
	return en
}
