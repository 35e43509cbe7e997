package terraform

import (
	"fmt"
	"slices"

	"github.com/zclconf/go-cty/cty"

	"github.com/drlint/drlint/internal/source"
)

// keyed is what count or for_each gives one instance.
type keyed struct {
	suffix    string // "[0]", `["eu"]`, or "" for a single instance
	index     cty.Value
	key, item cty.Value
	// uncertain is set on the one instance that stands for an unknown number.
	uncertain bool
}

func (k keyed) value(root, name string) cty.Value {
	switch {
	case root == "count":
		return k.index
	case name == "key":
		return k.key
	default:
		return k.item
	}
}

// expansion is the instances of one block.
type expansion struct {
	instances []keyed
	repeated  bool   // it has count or for_each
	byKey     bool   // it has for_each
	maybe     string // why the number is not known
}

// expand evaluates the count or for_each of a block.
func (ev *evaluation) expand(en env, b *body) expansion {
	if a := b.attr("count"); a != nil {
		return ev.expandCount(ev.eval(en, a.expr), rangeOf(a.expr))
	}
	if a := b.attr("for_each"); a != nil {
		return ev.expandEach(ev.eval(en, a.expr), rangeOf(a.expr))
	}
	if nested := b.block("lifecycle"); nested != nil {
		if a := nested.body.attr("enabled"); a != nil {
			return ev.expandEnabled(ev.eval(en, a.expr))
		}
	}
	return expansion{instances: []keyed{{}}}
}

// expandEnabled evaluates OpenTofu's switch, which makes one instance or none.
func (ev *evaluation) expandEnabled(value cty.Value) expansion {
	enabled, marks := ev.convert(value, cty.Bool).Unmark()
	switch {
	case !enabled.IsKnown() || enabled.IsNull():
		return ev.uncertain(enabled, marks, "enabled")
	case enabled.True():
		return expansion{instances: []keyed{{}}}
	default:
		return expansion{repeated: true}
	}
}

func (ev *evaluation) expandCount(value cty.Value, at source.Range) expansion {
	number, marks := ev.convert(value, cty.Number).Unmark()
	if !number.IsKnown() {
		return ev.uncertain(number, marks, "count")
	}
	if number.IsNull() {
		return ev.uncertain(number, cty.NewValueMarks(whyMark("count is null")), "count")
	}
	count, _ := number.AsBigFloat().Int64()
	if count > instanceLimit {
		return ev.tooMany(at, "count", int(min(count, 1<<31)))
	}
	all := expansion{repeated: true}
	for i := range count {
		index := cty.NumberIntVal(i)
		all.instances = append(all.instances, keyed{suffix: keySuffix(index), index: carry(index, decided(marks))})
	}
	return all
}

func (ev *evaluation) expandEach(value cty.Value, at source.Range) expansion {
	plain, marks := ev.members(value)
	if ty := plain.Type(); ty.IsTupleType() || ty.IsListType() {
		// Terraform turns [] into a set where the other branch of a condition is one.
		listed, own := ev.convert(plain, cty.Set(cty.String)).UnmarkDeep()
		plain, marks = listed, mergedMarks(marks, own)
	}
	ty := plain.Type()
	switch {
	case uncountable(plain):
		return ev.uncertain(plain, marks, "for_each")
	case plain.IsNull():
		return ev.uncertain(plain, cty.NewValueMarks(whyMark("for_each is null")), "for_each")
	case !ty.IsMapType() && !ty.IsObjectType() && !ty.IsSetType():
		return ev.uncertain(plain, cty.NewValueMarks(whyMark("for_each is neither a map nor a set")), "for_each")
	case plain.LengthInt() > instanceLimit:
		return ev.tooMany(at, "for_each", plain.LengthInt())
	}
	all := expansion{repeated: true, byKey: true}
	for it := plain.ElementIterator(); it.Next(); {
		key, item := it.Element()
		if ty.IsSetType() {
			key = ev.keyText(item)
			if !key.IsKnown() {
				return ev.uncertain(key, mergedMarks(marks, key.Marks()), "for_each")
			}
			item = key
		}
		all.instances = append(all.instances, keyed{
			suffix: keySuffix(key), key: carry(key, decided(marks)), item: carry(item, withoutWhole(marks)),
		})
	}
	return all
}

// uncertain is the expansion of a block whose instances are not known: one,
// which stands for all.
func (ev *evaluation) uncertain(plain cty.Value, marks cty.ValueMarks, argument string) expansion {
	why := read(marks, ev.trace).why()
	if why == "" {
		why = argument + " is known only when Terraform runs"
	}
	key := carry(unknown(why), decided(marks))
	only := keyed{uncertain: true}
	if argument != "for_each" {
		only.index = key
	} else {
		only.key, only.item = key, carry(unknown(why), withoutWhy(marks))
		if targetOf(plain) != nil {
			only.item = carry(plain, marks)
		}
	}
	return expansion{instances: []keyed{only}, repeated: true, byKey: argument == "for_each", maybe: why}
}

func (ev *evaluation) tooMany(at source.Range, argument string, count int) expansion {
	ev.report(source.Diagnostic{
		Code: "terraform/budget", Severity: source.Warning, At: at,
		Summary: fmt.Sprintf("%s makes %d instances, more than the %d that drlint evaluates", argument, count, instanceLimit),
		Detail:  "One instance stands for all of them, and what differs between them stays unknown.",
	})
	why := fmt.Sprintf("%s makes more than %d instances", argument, instanceLimit)
	return ev.uncertain(cty.DynamicVal, cty.NewValueMarks(whyMark(why)), argument)
}

// collect returns the value of a block that has several instances: a list by
// count, an object by for_each.
func (all expansion) collect(handles []cty.Value) cty.Value {
	switch {
	case !all.repeated || all.maybe != "":
		return handles[0]
	case !all.byKey:
		return cty.TupleVal(slices.Clone(handles))
	}
	members := make(map[string]cty.Value, len(handles))
	for i, k := range all.instances {
		plain, _ := k.key.Unmark()
		members[plain.AsString()] = handles[i]
	}
	return cty.ObjectVal(members)
}
