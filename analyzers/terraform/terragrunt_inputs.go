package terraform

import (
	"slices"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/drlint/drlint/internal/source"
)

// inputSet is what units pass to the variables of a module.
type inputSet struct {
	values map[string]inputValue
	// open is set when there may be further inputs: an unknown value that says why.
	open   cty.Value
	openAt source.Range
}

// inputValue is one of them and where it is written.
type inputValue struct {
	value cty.Value
	at    source.Range
}

// inputs evaluates the inputs of a file merged over those of the files that it
// includes (Terragrunt, "Configuration Blocks and Attributes", include).
func (ev *evaluation) inputs(u *unitFile) inputSet {
	set := inputSet{values: map[string]inputValue{}}
	for _, i := range u.includes {
		switch {
		case i.strategy == "no_merge":
		case i.file == nil:
			set.open, set.openAt = unknown("the file that is included was not read"), i.block.header
		default:
			set.add(ev, ev.inputs(i.file), i.strategy == "deep")
		}
	}
	if a := u.file.body.attr("inputs"); a != nil {
		own := inputSet{values: map[string]inputValue{}}
		ev.gather(u, a.expr, &own)
		deep := slices.ContainsFunc(u.includes, func(i *inclusion) bool { return i.strategy == "deep" })
		set.add(ev, own, deep)
	}
	return set
}

// gather evaluates the members of an object one by one, so that each keeps the
// place where it is written.
func (ev *evaluation) gather(u *unitFile, expr hclsyntax.Expression, into *inputSet) {
	switch e := expr.(type) {
	case *hclsyntax.ParenthesesExpr:
		ev.gather(u, e.Expression, into)
		return
	case *hclsyntax.ObjectConsExpr:
		for _, item := range e.Items {
			key, _ := ev.keyText(ev.eval(u.env(), item.KeyExpr)).Unmark()
			if !key.IsKnown() {
				into.openWith(unknown("the name of an input is not known"), rangeOf(item.KeyExpr))
				continue
			}
			into.values[key.AsString()] = inputValue{ev.whole(u, item.ValueExpr), rangeOf(item.ValueExpr)}
		}
		return
	case *hclsyntax.FunctionCallExpr:
		if e.Name == "merge" && !e.ExpandFinal {
			for _, arg := range e.Args {
				ev.gather(u, arg, into)
			}
			return
		}
	}
	at := rangeOf(expr)
	plain, marks := ev.whole(u, expr).Unmark()
	if !plain.IsKnown() {
		into.openWith(because(carry(cty.DynamicVal, marks), "the inputs are not known"), at)
		return
	}
	if plain.IsNull() || !plain.Type().IsObjectType() && !plain.Type().IsMapType() {
		return
	}
	for it := plain.ElementIterator(); it.Next(); {
		key, value := it.Element()
		if text, _ := key.Unmark(); text.Type() == cty.String && text.IsKnown() {
			into.values[text.AsString()] = inputValue{carry(value, decided(marks)), at}
		}
	}
}

// whole evaluates an expression with a trace of its own.
func (ev *evaluation) whole(u *unitFile, expr hclsyntax.Expression) cty.Value {
	return ev.force(&cell{}, "the input", rangeOf(expr), func() cty.Value { return ev.eval(u.env(), expr) })
}

// openWith records that any input may be set by what is not known, also those
// that are known so far.
func (s *inputSet) openWith(why cty.Value, at source.Range) {
	clear(s.values)
	s.open, s.openAt = why, at
}

// add merges another set over this one.
func (s *inputSet) add(ev *evaluation, over inputSet, deep bool) {
	if over.open != cty.NilVal {
		s.openWith(over.open, over.openAt)
	}
	for name, given := range over.values {
		if base, ok := s.values[name]; ok && deep {
			given.value = ev.merged(base.value, given.value)
		}
		s.values[name] = given
	}
}

// merged merges maps at all depths and appends lists, as merge_strategy "deep" does.
func (ev *evaluation) merged(base, over cty.Value) cty.Value {
	if !ev.affordable(base) || !ev.affordable(over) {
		return unknown(overBudget)
	}
	plainBase, marksBase := base.Unmark()
	plainOver, marksOver := over.Unmark()
	switch {
	case !plainBase.IsKnown() || !plainOver.IsKnown() || plainBase.IsNull() || plainOver.IsNull():
		return over
	case isObject(plainBase) && isObject(plainOver):
		members := plainBase.AsValueMap()
		if members == nil {
			members = map[string]cty.Value{}
		}
		for name, value := range plainOver.AsValueMap() {
			if known, ok := members[name]; ok {
				value = ev.merged(known, value)
			}
			members[name] = value
		}
		return carry(cty.ObjectVal(members), marksBase, marksOver)
	case isList(plainBase) && isList(plainOver):
		return carry(cty.TupleVal(slices.Concat(plainBase.AsValueSlice(), plainOver.AsValueSlice())), marksBase, marksOver)
	default:
		return over
	}
}

func isObject(value cty.Value) bool { return value.Type().IsObjectType() || value.Type().IsMapType() }

func isList(value cty.Value) bool { return value.Type().IsTupleType() || value.Type().IsListType() }
