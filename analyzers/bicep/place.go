package bicep

import (
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// Limits of what one value carries: more of them serve nobody.
const (
	refLimit    = 64
	originLimit = 16
	whyLimit    = 3
	whyLength   = 200 // bytes of several reasons together
)

// union appends what is missing, without touching the memory of list.
func union[T comparable](list, more []T, limit int) []T {
	if len(list) == 0 && len(more) <= limit {
		return more[:len(more):len(more)]
	}
	owned := false
	for _, item := range more {
		if len(list) >= limit || slices.Contains(list, item) {
			continue
		}
		if !owned {
			list = append(make([]T, 0, min(len(list)+len(more), limit)), list...)
			owned = true
		}
		list = append(list, item)
	}
	return list
}

// carry adds what other values refer to and rest on.
func carry(v resource.Value, from ...resource.Value) resource.Value {
	for i := range from {
		v.Refs = union(v.Refs, from[i].Refs, refLimit)
		v.Origin = union(v.Origin, from[i].Origin, originLimit)
	}
	return v
}

// decidedBy adds to a chosen value where what chose it was set. The value does
// not refer to what the choice refers to.
func decidedBy(v, choice resource.Value) resource.Value {
	v.Origin = union(v.Origin, choice.Origin, originLimit)
	return v
}

// inherit gives a collection what its members refer to and rest on.
func inherit(v resource.Value) resource.Value {
	for i := range v.Items {
		v.Refs = union(v.Refs, v.Items[i].Refs, refLimit)
		v.Origin = union(v.Origin, v.Items[i].Origin, originLimit)
	}
	for i := range v.Fields {
		v.Refs = union(v.Refs, v.Fields[i].Value.Refs, refLimit)
		v.Origin = union(v.Origin, v.Fields[i].Value.Origin, originLimit)
	}
	return v
}

// andMore ends a list of reasons that is cut.
const andMore = " and more"

// unknownFrom is a value that is not known because others are not.
func unknownFrom(at source.Range, values ...resource.Value) resource.Value {
	var reasons []string
	more := false
	for i := range values {
		if values[i].State != resource.Unknown {
			continue
		}
		reason, cut := strings.CutSuffix(values[i].Why, andMore)
		more = more || cut
		said := slices.ContainsFunc(reasons, func(kept string) bool { return strings.Contains(kept, reason) })
		switch {
		case said:
		case len(reasons) == whyLimit || len(reasons) > 0 && len(strings.Join(reasons, ""))+len(reason) > whyLength:
			more = true
		default:
			reasons = append(reasons, reason)
		}
	}
	why := strings.Join(reasons, " and ")
	if more {
		why += andMore
	}
	if why == "" {
		why = "it rests on a value that is not of the right type"
	}
	return carry(resource.UnknownAt(at, why), values...)
}

// moved places a value at the expression that names it. One that rests on no
// input keeps the place where it was written as its origin.
func moved(v resource.Value, at source.Range) resource.Value {
	if v.At == at {
		return v
	}
	if len(v.Origin) == 0 && !v.At.IsZero() && !at.Contains(v.At) {
		v.Origin = []source.Range{v.At}
	}
	v.At = at
	return v
}

// placed moves every part of a value that was written elsewhere into the
// expression that yields it: parts that are written out within the expression
// keep their places.
func (ev *evaluation) placed(v resource.Value, within source.Range) resource.Value {
	v, _ = ev.place(v, within)
	return v
}

// place also reports whether the value is another one now, so that what is
// written in place need not be copied.
func (ev *evaluation) place(v resource.Value, within source.Range) (placed resource.Value, changed bool) {
	if !ev.spend(&ev.budget.values, 1, within) {
		return resource.UnknownAt(within, overBudget), true
	}
	if !within.Contains(v.At) {
		v, changed = moved(v, within), true
	}
	if v.State == resource.Known && v.Why != "" {
		v.Why, changed = "", true // see uncertain
	}
	copied := false
	for i := range v.Items {
		if item, other := ev.place(v.Items[i], v.At); other {
			if !copied {
				v.Items, copied = slices.Clone(v.Items), true
			}
			v.Items[i] = item
		}
	}
	changed, copied = changed || copied, false
	for i := range v.Fields {
		value, other := ev.place(v.Fields[i].Value, v.At)
		if elsewhere := !v.At.Contains(v.Fields[i].At); other || elsewhere {
			if !copied {
				v.Fields, copied = slices.Clone(v.Fields), true
			}
			v.Fields[i].Value = value
			if elsewhere {
				v.Fields[i].At = v.At
			}
		}
	}
	return v, changed || copied
}

// preceded puts a place before others.
func preceded(at source.Range, others []source.Range) []source.Range {
	all := make([]source.Range, 1, min(len(others)+1, originLimit))
	all[0] = at
	for _, other := range others {
		if other != at && len(all) < originLimit {
			all = append(all, other)
		}
	}
	return all
}

// arrived is a value that reaches a parameter from the expression or file where
// it was set: each of its parts remembers that place, the nearest first.
func (ev *evaluation) arrived(v resource.Value, from source.Range) resource.Value {
	if !ev.spend(&ev.budget.values, 1, from) {
		return resource.UnknownAt(from, overBudget)
	}
	if !from.Contains(v.At) {
		v = moved(v, from)
	}
	v.Origin = preceded(v.At, v.Origin)
	v.Items = changed(v.Items, func(item *resource.Value) { *item = ev.arrived(*item, v.At) })
	v.Fields = changed(v.Fields, func(f *resource.Field) {
		if !v.At.Contains(f.At) {
			f.At = v.At
		}
		f.Value = ev.arrived(f.Value, v.At)
	})
	return v
}

// changed returns a copy of a list with each member changed.
func changed[T any](list []T, change func(*T)) []T {
	if len(list) == 0 {
		return list
	}
	list = slices.Clone(list)
	for i := range list {
		change(&list[i])
	}
	return list
}

func isList(v resource.Value) bool   { return v.IsKnown() && v.Kind == resource.List }
func isObject(v resource.Value) bool { return v.IsKnown() && v.Kind == resource.Object }
func isString(v resource.Value) bool { return v.IsKnown() && v.Kind == resource.String }

// uncertain marks a known object of which nobody can tell whether it has all
// the members that it shows: they come from the branches of a condition that is
// not known. Each such member is unknown itself; what looks at the object as a
// whole has to take it for unknown.
func uncertain(v resource.Value, why string) resource.Value {
	v.Why = why
	return v
}
