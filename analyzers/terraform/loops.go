package terraform

import (
	"fmt"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// loop is what a for expression has gathered.
type loop struct {
	expr    *hclsyntax.ForExpr
	list    []cty.Value
	members map[string]cty.Value
	groups  map[string][]cty.Value
	marks   cty.ValueMarks
	known   bool
}

func (ev *evaluation) forEach(en env, e *hclsyntax.ForExpr) cty.Value {
	collection, marks := ev.members(ev.eval(en, e.CollExpr))
	l := &loop{expr: e, members: map[string]cty.Value{}, groups: map[string][]cty.Value{}, marks: withoutWhole(marks), known: true}
	if uncountable(collection) {
		// The item's attributes still say what the result refers to.
		item := carry(cty.DynamicVal, marks)
		if targetOf(collection) != nil {
			item = collection.WithMarks(marks)
		}
		errs := ev.errs
		sample := ev.eval(en.bind(e.KeyVar, carry(cty.DynamicVal, marks)).bind(e.ValVar, item), e.ValExpr)
		ev.errs = errs
		return carry(cty.DynamicVal, withoutWhole(marks), ev.deepMarks(sample))
	}
	if collection.IsNull() || !collection.CanIterateElements() {
		return carry(ev.fail("a for expression loops over "+kindOf(collection)), marks)
	}
	for it := collection.ElementIterator(); it.Next(); {
		if !ev.spend(&ev.budget.iterations, 1, placed(e.SrcRange)) {
			return carry(unknown(overBudget), l.marks)
		}
		key, item := it.Element()
		ev.iterate(en.bind(e.KeyVar, key).bind(e.ValVar, item), l)
	}
	return l.result()
}

// uncountable reports whether the number of members of a value is not known.
func uncountable(collection cty.Value) bool {
	if target := targetOf(collection); target != nil {
		return target.loose()
	}
	return !collection.IsKnown() || collection.Type().IsSetType() && !collection.IsNull() && !collection.Length().IsKnown()
}

// kindOf names what is no collection.
func kindOf(value cty.Value) string {
	if value.IsNull() {
		return "null"
	}
	return "a " + value.Type().FriendlyName()
}

// members unmarks a collection to loop over. A loop may run over the outputs of
// a module; the attributes of a resource are not all known, so it cannot run
// over those.
func (ev *evaluation) members(collection cty.Value) (plain cty.Value, marks cty.ValueMarks) {
	plain, marks = collection.Unmark()
	target := targetOf(plain)
	switch inst, isModule := target.(*instance); {
	case target == nil:
		return plain, marks
	case target.loose():
		return plain, mergedMarks(marks, reason(plain))
	case isModule && inst.module != nil:
		return inst.all(ev), marks
	default:
		return cty.DynamicVal, mergedMarks(marks, reason(plain))
	}
}

// iterate adds one item to a loop.
func (ev *evaluation) iterate(en env, l *loop) {
	if l.expr.CondExpr != nil {
		condition, marks := ev.convert(ev.eval(en, l.expr.CondExpr), cty.Bool).Unmark()
		if !condition.IsKnown() || condition.IsNull() {
			l.known = false
			l.gather(marks)
			return
		}
		l.gather(decided(marks))
		if condition.False() {
			return
		}
	}
	if l.expr.KeyExpr == nil {
		l.list = append(l.list, ev.eval(en, l.expr.ValExpr))
		return
	}
	key, marks := ev.keyText(ev.eval(en, l.expr.KeyExpr)).Unmark()
	value := ev.eval(en, l.expr.ValExpr)
	if !key.IsKnown() {
		l.known = false
		l.gather(marks, ev.deepMarks(value))
		return
	}
	l.gather(decided(marks))
	name := key.AsString()
	if l.expr.Group {
		l.groups[name] = append(l.groups[name], value)
		return
	}
	if _, taken := l.members[name]; taken {
		l.known = false
		l.gather(ev.fail(fmt.Sprintf("two items of a for expression have the key %q", name)).Marks())
	}
	l.members[name] = value
}

// gather adds marks to those of the result, up to what it may keep.
func (l *loop) gather(sets ...cty.ValueMarks) {
	for _, marks := range sets {
		for mark := range marks {
			l.marks[mark] = struct{}{}
		}
	}
	l.marks = limited(l.marks)
}

func (l *loop) result() cty.Value {
	switch {
	case !l.known:
		for _, value := range l.list {
			l.gather(value.Marks())
		}
		return carry(cty.DynamicVal, l.marks)
	case l.expr.KeyExpr == nil:
		return carry(cty.TupleVal(l.list), l.marks)
	}
	for name, values := range l.groups {
		l.members[name] = cty.TupleVal(values)
	}
	return carry(cty.ObjectVal(l.members), l.marks)
}

// splat applies the steps after [*] or .* to each member; a value that is no
// list counts as a list of one, null as an empty one.
func (ev *evaluation) splat(en env, e *hclsyntax.SplatExpr) cty.Value {
	source := ev.eval(en, e.Source)
	plain, marks := source.Unmark()
	ty := plain.Type()
	switch {
	case plain.IsNull():
		return carry(cty.EmptyTupleVal, marks)
	case uncountable(plain):
		item := source
		if !ty.IsCapsuleType() {
			item = carry(cty.DynamicVal, marks)
		}
		sample := ev.eval(en.bindItem(e.Item, item), e.Each)
		return carry(cty.DynamicVal, withoutWhole(marks), reason(plain), ev.deepMarks(sample))
	case !ty.IsTupleType() && !ty.IsListType() && !ty.IsSetType():
		return cty.TupleVal([]cty.Value{ev.eval(en.bindItem(e.Item, source), e.Each)})
	}
	var values []cty.Value
	for it := plain.ElementIterator(); it.Next(); {
		if !ev.spend(&ev.budget.iterations, 1, placed(e.SrcRange)) {
			return carry(unknown(overBudget), marks)
		}
		_, item := it.Element()
		values = append(values, ev.eval(en.bindItem(e.Item, item), e.Each))
	}
	return carry(cty.TupleVal(values), withoutWhole(marks))
}
