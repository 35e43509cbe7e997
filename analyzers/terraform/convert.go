package terraform

import (
	"cmp"
	"maps"
	"slices"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// undecided is the reason of last resort.
const undecided = "it is known only when Terraform runs"

// argument evaluates the expression of an argument, with a trace of its own.
func (ev *evaluation) argument(en env, expr hclsyntax.Expression) (value resource.Value) {
	depth := ev.depth
	value = resource.UnknownAt(rangeOf(expr), defect)
	ev.trace = nil
	ev.guarded(value.At, func() { value = ev.written(en, expr) })
	ev.depth = depth
	return value
}

// written evaluates an expression into a value tree that keeps the places of
// the members that are written out in it.
func (ev *evaluation) written(en env, expr hclsyntax.Expression) resource.Value {
	at := rangeOf(expr)
	switch e := expr.(type) {
	case *hclsyntax.ParenthesesExpr:
		value := ev.written(en, e.Expression)
		value.At = at
		return value
	case *hclsyntax.TupleConsExpr:
		if !ev.spend(&ev.budget.values, 1, at) {
			return resource.UnknownAt(at, overBudget)
		}
		list := resource.ListAt(at)
		for _, member := range e.Exprs {
			list.Items = append(list.Items, ev.written(en, member))
		}
		return inherit(list)
	case *hclsyntax.ObjectConsExpr:
		if object, ok := ev.writtenObject(en, e); ok {
			return object
		}
	case *hclsyntax.ConditionalExpr:
		if value, ok := ev.writtenBranch(en, e); ok {
			return value
		}
	}
	return ev.converted(ev.eval(en, expr), at, undecided)
}

// writtenObject fails when a key is not known: then no member is.
func (ev *evaluation) writtenObject(en env, e *hclsyntax.ObjectConsExpr) (object resource.Value, ok bool) {
	object = resource.ObjectAt(placed(e.SrcRange))
	if !ev.spend(&ev.budget.values, 1, object.At) {
		return resource.UnknownAt(object.At, overBudget), true
	}
	position := map[string]int{}
	for _, item := range e.Items {
		key, _ := ev.keyText(ev.eval(en, item.KeyExpr)).Unmark()
		if !key.IsKnown() {
			return object, false
		}
		field := resource.Field{Name: key.AsString(), At: rangeOf(item.KeyExpr), Value: ev.written(en, item.ValueExpr)}
		if at, taken := position[field.Name]; taken {
			object.Fields[at] = field
			continue
		}
		position[field.Name] = len(object.Fields)
		object.Fields = append(object.Fields, field)
	}
	return inherit(object), true
}

// writtenBranch descends into the branch that a known condition chooses.
func (ev *evaluation) writtenBranch(en env, e *hclsyntax.ConditionalExpr) (value resource.Value, ok bool) {
	condition, marks := ev.convert(ev.eval(en, e.Condition), cty.Bool).Unmark()
	if !condition.IsKnown() || condition.IsNull() {
		return value, false
	}
	branch := e.FalseResult
	if condition.True() {
		branch = e.TrueResult
	}
	value = ev.written(en, branch)
	value.At = placed(e.SrcRange)
	value.Origin = union(value.Origin, read(decided(marks), ev.trace).origins)
	return value, true
}

// converted turns a computed value into a value tree; every member is placed at
// the expression that yields it. why is the reason for members that have none
// of their own: a function may have moved theirs to the collection.
func (ev *evaluation) converted(value cty.Value, at source.Range, why string) resource.Value {
	if !ev.spend(&ev.budget.values, 1, at) {
		return resource.UnknownAt(at, overBudget)
	}
	plain, marks := value.Unmark()
	from := read(marks, ev.trace)
	why = cmp.Or(from.why(), why)
	result := resource.Value{State: resource.Known, At: at, Refs: from.refs, Origin: from.origins}
	if target := targetOf(plain); target != nil {
		if inst, ok := target.(*instance); ok && inst.module != nil && !inst.loose() {
			return ev.converted(carry(inst.all(ev), marks), at, why)
		}
		result.State, result.Why = resource.Unknown, target.describe()
		return result
	}
	if !plain.IsKnown() {
		result.State, result.Why = resource.Unknown, why
		if ty := plain.Type(); ty == cty.String || ty == cty.DynamicPseudoType {
			result.Hint = from.hint
		}
		return result
	}
	if plain.IsNull() {
		return result
	}
	ev.fill(&result, plain, why)
	return inherit(result)
}

// fill sets the kind and content of a known value.
func (ev *evaluation) fill(result *resource.Value, plain cty.Value, why string) {
	switch ty := plain.Type(); {
	case ty == cty.String:
		result.Kind, result.Text = resource.String, plain.AsString()
	case ty == cty.Bool:
		result.Kind, result.Truth = resource.Bool, plain.True()
	case ty == cty.Number:
		result.Kind = resource.Number
		result.Num, _ = plain.AsBigFloat().Float64()
	case ty.IsMapType() || ty.IsObjectType():
		result.Kind = resource.Object
		members := plain.AsValueMap()
		for _, name := range slices.Sorted(maps.Keys(members)) {
			result.Fields = append(result.Fields, resource.Field{Name: name, At: result.At, Value: ev.converted(members[name], result.At, why)})
		}
	case plain.CanIterateElements():
		result.Kind = resource.List
		for it := plain.ElementIterator(); it.Next(); {
			_, member := it.Element()
			result.Items = append(result.Items, ev.converted(member, result.At, why))
		}
	default:
		result.State, result.Why = resource.Unknown, why
	}
}

// inherit adds what the members of a collection refer to and rest on to the
// collection itself.
func inherit(value resource.Value) resource.Value {
	for i := range value.Items {
		value.Refs = union(value.Refs, value.Items[i].Refs)
		value.Origin = union(value.Origin, value.Items[i].Origin)
	}
	for i := range value.Fields {
		value.Refs = union(value.Refs, value.Fields[i].Value.Refs)
		value.Origin = union(value.Origin, value.Fields[i].Value.Origin)
	}
	return value
}

// union appends what is missing; lists beyond a limit serve nobody.
func union[T comparable](list, more []T) []T {
	const limit = 100
	for _, item := range more {
		if len(list) < limit && !slices.Contains(list, item) {
			list = append(list[:len(list):len(list)], item)
		}
	}
	return list
}
