package deployment

import (
	"slices"

	"github.com/drlint/drlint/analyzers/arm/functions"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// listLimit bounds the references and origins of one value.
const listLimit = 100

// Placed returns a value as an attribute has it: whatever of it is written
// elsewhere (a variable, a parameter, a function's result) is placed at the
// expression that yields it; what is written within that stays where it is.
// The tree is spent from the budget; over it the value is unknown.
func Placed(v resource.Value, at source.Range, budget *functions.Budget) resource.Value {
	if v.At == at && len(v.Items) == 0 && len(v.Fields) == 0 {
		return v
	}
	moved, ok := place(v, at, budget)
	if !ok {
		return resource.UnknownAt(at, functions.OverBudget)
	}
	return moved
}

func place(v resource.Value, at source.Range, budget *functions.Budget) (resource.Value, bool) {
	if !budget.Spend(1) {
		return v, false
	}
	if !at.Contains(v.At) {
		v = moved(v, at)
	}
	return each(v, func(member resource.Value) (resource.Value, bool) { return place(member, at, budget) },
		func(name source.Range) source.Range {
			if at.Contains(name) {
				return name
			}
			return at
		})
}

// Settled returns a value as an attribute of a resource: an uncertain object
// (see functions.Certain) is one whose members are read one by one.
func Settled(v resource.Value) resource.Value {
	if !unsettled(v) {
		return v
	}
	if v.State == resource.Known {
		v.Why = ""
	}
	v, _ = each(v, func(member resource.Value) (resource.Value, bool) { return Settled(member), true },
		func(name source.Range) source.Range { return name })
	return v
}

func unsettled(v resource.Value) bool {
	return v.State == resource.Known && v.Why != "" || slices.ContainsFunc(v.Items, unsettled) ||
		slices.ContainsFunc(v.Fields, func(field resource.Field) bool { return unsettled(field.Value) })
}

// moved places a value at the expression that names it. One that rests on no
// input keeps the place where it was written as its origin.
func moved(v resource.Value, at source.Range) resource.Value {
	if len(v.Origin) == 0 && !v.At.IsZero() && v.At != at {
		v.Origin = []source.Range{v.At}
	}
	v.At = at
	return v
}

// each changes the members of a collection in a copy of it.
func each(v resource.Value, change func(resource.Value) (resource.Value, bool), name func(source.Range) source.Range) (resource.Value, bool) {
	var ok bool
	if len(v.Items) > 0 {
		items := make([]resource.Value, len(v.Items))
		for i := range v.Items {
			if items[i], ok = change(v.Items[i]); !ok {
				return v, false
			}
		}
		v.Items = items
	}
	if len(v.Fields) > 0 {
		fields := slices.Clone(v.Fields)
		for i := range fields {
			fields[i].At = name(fields[i].At)
			if fields[i].Value, ok = change(fields[i].Value); !ok {
				return v, false
			}
		}
		v.Fields = fields
	}
	return v, true
}

// FromInput returns the value of a parameter: every part of it has the place
// where it is set, a default or a line of a parameter file, as its nearest
// Origin.
func FromInput(v resource.Value, budget *functions.Budget) resource.Value {
	marked, ok := fromInput(v, budget)
	if !ok {
		return resource.UnknownAt(v.At, functions.OverBudget)
	}
	return marked
}

func fromInput(v resource.Value, budget *functions.Budget) (resource.Value, bool) {
	if !budget.Spend(1) {
		return v, false
	}
	if !v.At.IsZero() {
		v.Origin = Union([]source.Range{v.At}, v.Origin)
	}
	return each(v, func(member resource.Value) (resource.Value, bool) { return fromInput(member, budget) },
		func(name source.Range) source.Range { return name })
}

// Inherit adds what the members of a collection refer to and rest on to the
// collection itself.
func Inherit(v resource.Value) resource.Value {
	for i := range v.Items {
		v.Refs, v.Origin = Union(v.Refs, v.Items[i].Refs), Union(v.Origin, v.Items[i].Origin)
	}
	for i := range v.Fields {
		v.Refs, v.Origin = Union(v.Refs, v.Fields[i].Value.Refs), Union(v.Origin, v.Fields[i].Value.Origin)
	}
	return v
}

// Union appends what is missing, up to a limit, without changing list's memory.
func Union[T comparable](list, more []T) []T {
	if len(list) == 0 && len(more) <= listLimit {
		return more[:len(more):len(more)]
	}
	for _, item := range more {
		if len(list) < listLimit && !slices.Contains(list, item) {
			list = append(list[:len(list):len(list)], item)
		}
	}
	return list
}
