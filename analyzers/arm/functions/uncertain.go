package functions

import (
	"slices"

	"github.com/drlint/drlint/internal/resource"
)

// An uncertain object is one of two, nobody can tell which, because a condition
// is not known. It is a known object, with a reason in Why, of all members that
// either of the two has; those that differ are unknown. It lets one read the
// members that do not hang on the condition. What looks at an object as a whole
// (how many members it has, whether it is empty) has to take it for unknown.

// Certain returns an uncertain object as an unknown value, others unchanged.
func Certain(v resource.Value) resource.Value {
	if v.State != resource.Known || v.Why == "" {
		return v
	}
	unknown := resource.UnknownAt(v.At, v.Why)
	unknown.Refs, unknown.Origin = v.Refs, v.Origin
	return unknown
}

func certain(args []resource.Value) []resource.Value {
	uncertain := func(v resource.Value) bool { return v.State == resource.Known && v.Why != "" }
	if !slices.ContainsFunc(args, uncertain) {
		return args
	}
	args = slices.Clone(args)
	for i := range args {
		args[i] = Certain(args[i])
	}
	return args
}

// either is one of two values: what they have in common is known.
func (c *caller) either(a, b, condition resource.Value) resource.Value {
	if !c.Budget.Spend(1) {
		return c.unknown(OverBudget, a, b)
	}
	if same, known := c.same(a, b); same && known {
		return c.carry(decidedBy(c.picked(a), condition), b)
	}
	if !isObject(a) || !isObject(b) {
		v := decidedBy(c.unknown(condition.Why, a, b), condition)
		if a.Hint != "" && a.Hint == b.Hint {
			v.Hint = a.Hint
		}
		return v
	}
	merged := newFields(len(a.Fields) + len(b.Fields))
	for _, field := range a.Fields {
		if other, exists := Member(b, field.Name); exists {
			field.Value = c.either(field.Value, other, condition)
		} else {
			field.Value = c.perhaps(field.Value, condition)
		}
		merged.set(field)
	}
	for _, field := range b.Fields {
		if _, exists := Member(a, field.Name); !exists {
			field.Value = c.perhaps(field.Value, condition)
			merged.set(field)
		}
	}
	v := decidedBy(c.object(merged.fields), condition)
	if v.State == resource.Known {
		v.Why = condition.Why
	}
	return v
}

// perhaps is a member that is there in one case only.
func (c *caller) perhaps(v, condition resource.Value) resource.Value {
	unknown := decidedBy(c.unknown(condition.Why, v), condition)
	unknown.At = v.At
	return unknown
}
