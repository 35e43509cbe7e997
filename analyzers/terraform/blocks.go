package terraform

import (
	"cmp"
	"slices"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// content evaluates the arguments and nested blocks of a body, in written
// order. Blocks of one type become one list, whether they are written once or
// often; skip names what is left out.
func (ev *evaluation) content(en env, b *body, skip func(name string) bool) []resource.Field {
	var fields []resource.Field
	for _, a := range b.attrs {
		switch {
		case skip(a.name):
		case a.name == "depends_on":
			fields = append(fields, resource.Field{Name: a.name, At: a.nameAt, Value: ev.dependencies(en, a.expr)})
		default:
			fields = append(fields, resource.Field{Name: a.name, At: a.nameAt, Value: ev.argument(en, a.expr)})
		}
	}
	position := map[string]int{}
	for _, nested := range b.blocks {
		kind := producedKind(nested)
		if skip(kind) {
			continue
		}
		at, known := position[kind]
		if !known {
			at = len(fields)
			position[kind] = at
			fields = append(fields, resource.Field{Name: kind, At: nested.header, Value: resource.ListAt(nested.header)})
		}
		if nested.kind == "dynamic" && len(nested.labels) == 1 {
			ev.guarded(nested.header, func() { ev.dynamic(en, nested, &fields[at].Value) })
		} else {
			fields[at].Value.Items = append(fields[at].Value.Items, ev.blockObject(en, nested, nested.header))
		}
	}
	slices.SortStableFunc(fields, func(a, b resource.Field) int { return a.At.Compare(b.At) })
	return uniqueFields(fields)
}

// dependencies reads depends_on, which lists addresses and not values.
func (ev *evaluation) dependencies(en env, expr hclsyntax.Expression) resource.Value {
	list := nameList(expr)
	tuple, ok := expr.(*hclsyntax.TupleConsExpr)
	if !ok {
		return list
	}
	for i, item := range tuple.Exprs {
		list.Items[i].Refs = ev.argument(en, item).Refs
	}
	return inherit(list)
}

func keepAll(string) bool { return false }

// blockObject evaluates one nested block. The label of a provisioner is kept as
// its type.
func (ev *evaluation) blockObject(en env, b *block, at source.Range) resource.Value {
	object := resource.ObjectAt(at, ev.content(en, b.body, keepAll)...)
	if b.kind == "provisioner" && len(b.labels) == 1 {
		object.Fields = append(object.Fields, resource.Field{Name: "type", At: at, Value: resource.StringAt(at, b.labels[0])})
	}
	return object
}

// uniqueFields keeps the first of several fields of one name: a name that is
// both an argument and a block is a mistake.
func uniqueFields(fields []resource.Field) []resource.Field {
	seen := make(map[string]bool, len(fields))
	kept := fields[:0]
	for _, field := range fields {
		if !seen[field.Name] {
			seen[field.Name] = true
			kept = append(kept, field)
		}
	}
	return kept
}

// dynamic adds the blocks that a dynamic block generates to a list. When their
// number is not known, the list is not: its items are then those that are
// certain.
func (ev *evaluation) dynamic(en env, b *block, list *resource.Value) {
	body := b.body.block("content")
	each := b.body.attr("for_each")
	if body == nil || each == nil {
		return
	}
	ev.trace = nil
	collection, marks := ev.members(ev.eval(en, each.expr))
	iterator := b.labels[0]
	if a := b.body.attr("iterator"); a != nil {
		iterator = cmp.Or(hclKeyword(a.expr), iterator)
	}
	if uncountable(collection) || collection.IsNull() || !collection.CanIterateElements() {
		from := read(marks, ev.trace)
		list.State, list.Why = resource.Unknown, cmp.Or(list.Why, from.why(), undecided)
		list.Refs, list.Origin = union(list.Refs, from.refs), union(list.Origin, from.origins)
		ev.possible(en, body.body, iterator, marks, list)
		return
	}
	for it := collection.ElementIterator(); it.Next(); {
		if !ev.spend(&ev.budget.iterations, 1, b.header) {
			list.State, list.Why = resource.Unknown, overBudget
			return
		}
		key, item := it.Element()
		if collection.Type().IsSetType() {
			key = item
		}
		inner := en.bind(iterator, cty.ObjectVal(map[string]cty.Value{
			"key": carry(key, decided(marks)), "value": carry(item, withoutWhole(marks)),
		}))
		list.Items = append(list.Items, resource.ObjectAt(b.header, ev.content(inner, body.body, keepAll)...))
	}
}

// possible records what blocks of unknown number would refer to.
func (ev *evaluation) possible(en env, b *body, iterator string, marks cty.ValueMarks, list *resource.Value) {
	value := carry(cty.DynamicVal, marks)
	inner := en.bind(iterator, cty.ObjectVal(map[string]cty.Value{"key": value, "value": value}))
	for _, field := range ev.content(inner, b, keepAll) {
		list.Refs = union(list.Refs, field.Value.Refs)
	}
}

// lifecycle evaluates a resource's guards. ignore_changes names arguments, so
// it is read and not evaluated.
func (ev *evaluation) lifecycle(en env, b *body) resource.Value {
	nested := b.block("lifecycle")
	if nested == nil {
		return resource.Value{}
	}
	const names = "ignore_changes"
	fields := ev.content(en, nested.body, func(name string) bool { return name == names })
	if a := nested.body.attr(names); a != nil {
		fields = append(fields, resource.Field{Name: names, At: a.nameAt, Value: nameList(a.expr)})
	}
	return resource.ObjectAt(nested.header, fields...)
}

// nameList reads a list of names or addresses, or a single word such as all.
func nameList(expr hclsyntax.Expression) resource.Value {
	at := rangeOf(expr)
	switch e := expr.(type) {
	case *hclsyntax.TupleConsExpr:
		list := resource.ListAt(at)
		for _, item := range e.Exprs {
			list.Items = append(list.Items, nameList(item))
		}
		return list
	case *hclsyntax.ScopeTraversalExpr:
		return resource.StringAt(at, traversalText(e.Traversal))
	default:
		if text, ok := literal(expr); ok {
			return resource.StringAt(at, text)
		}
		return resource.UnknownAt(at, "it is not a name")
	}
}
