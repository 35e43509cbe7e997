package functions

import (
	"strings"

	"github.com/drlint/drlint/internal/resource"
)

var logicFunctions = []function{
	{name: "if", least: 3, most: 3, partial: true, members: true, call: (*caller).choose},
	{name: "and", least: 1, most: -1, partial: true, call: func(c *caller, args []resource.Value) resource.Value { return c.connect(args, false) }},
	{name: "or", least: 1, most: -1, partial: true, call: func(c *caller, args []resource.Value) resource.Value { return c.connect(args, true) }},
	{name: "not", least: 1, most: 1, call: (*caller).not},
	{name: "bool", least: 1, most: 1, call: (*caller).bool},
	{name: "true", call: func(c *caller, _ []resource.Value) resource.Value { return c.truth(true) }},
	{name: "false", call: func(c *caller, _ []resource.Value) resource.Value { return c.truth(false) }},
	{name: "equals", least: 2, most: 2, partial: true, call: (*caller).equals},
	{name: "less", least: 2, most: 2, call: ordered(func(order int) bool { return order < 0 })},
	{name: "lessOrEquals", least: 2, most: 2, call: ordered(func(order int) bool { return order <= 0 })},
	{name: "greater", least: 2, most: 2, call: ordered(func(order int) bool { return order > 0 })},
	{name: "greaterOrEquals", least: 2, most: 2, call: ordered(func(order int) bool { return order >= 0 })},
}

// choose yields a branch. A condition that is not known yields what both
// branches agree on, see either.
func (c *caller) choose(args []resource.Value) resource.Value {
	truth, known := truthOf(args[0])
	switch {
	case known && truth:
		return decidedBy(c.picked(args[1]), args[0])
	case known:
		return decidedBy(c.picked(args[2]), args[0])
	case !args[0].IsUnknown():
		return c.misused("is given "+kindName(args[0])+" as its condition", args...)
	}
	condition := args[0]
	condition.Why = why(args[:1], "the condition is not known")
	return c.either(args[1], args[2], condition)
}

// truthOf is the truth of a boolean, or of a text or number that says one. Null
// counts as false: published modules pass parameters that are not set as
// conditions, and Azure deploys them.
func truthOf(v resource.Value) (truth, known bool) {
	switch {
	case v.IsAbsent():
		return false, true
	case v.IsKnown() && v.Kind == resource.Number:
		return v.Num != 0, true
	default:
		return v.AsBool()
	}
}

// connect yields what one argument decides for all (false for and, true for
// or), else the opposite when all are known.
func (c *caller) connect(args []resource.Value, decides bool) resource.Value {
	open := false
	for _, arg := range args {
		truth, known := truthOf(arg)
		switch {
		case known && truth == decides:
			return c.truth(decides, arg)
		case !known && !arg.IsUnknown():
			return c.misused("is given "+kindName(arg), args...)
		}
		open = open || !known
	}
	if open {
		return c.undecided(args)
	}
	return c.truth(!decides, args...)
}

func (c *caller) not(args []resource.Value) resource.Value {
	truth, known := truthOf(args[0])
	if !known {
		return c.misused("is given "+kindName(args[0]), args...)
	}
	return c.truth(!truth, args...)
}

func (c *caller) bool(args []resource.Value) resource.Value {
	truth, known := truthOf(args[0])
	if !known || args[0].IsAbsent() {
		return c.misused("is given "+kindName(args[0]), args...)
	}
	return c.truth(truth, args...)
}

func (c *caller) equals(args []resource.Value) resource.Value {
	same, known := c.same(args[0], args[1])
	if !known {
		return c.undecided(args)
	}
	return c.truth(same, args...)
}

// same compares two values in depth. Members of objects are compared by name;
// the case of texts counts. Unknown parts matter only where all others agree.
func (c *caller) same(a, b resource.Value) (same, known bool) {
	switch {
	case !c.Budget.Spend(1) || Certain(a).IsUnknown() || Certain(b).IsUnknown():
		return false, false
	case a.IsAbsent() || b.IsAbsent():
		return a.IsAbsent() && b.IsAbsent(), true
	case a.Kind != b.Kind:
		return false, true
	}
	switch a.Kind {
	case resource.Bool:
		return a.Truth == b.Truth, true
	case resource.Number:
		return a.Num == b.Num, true
	case resource.String:
		return a.Text == b.Text, true
	case resource.List:
		return c.sameItems(a, b)
	default:
		return c.sameFields(a, b)
	}
}

func (c *caller) sameItems(a, b resource.Value) (same, known bool) {
	if len(a.Items) != len(b.Items) {
		return false, true
	}
	known = true
	for i := range a.Items {
		equal, ok := c.same(a.Items[i], b.Items[i])
		if ok && !equal {
			return false, true
		}
		known = known && ok
	}
	return known, known
}

func (c *caller) sameFields(a, b resource.Value) (same, known bool) {
	if len(a.Fields) != len(b.Fields) {
		return false, true
	}
	known = true
	for _, field := range a.Fields {
		other, exists := Member(b, field.Name)
		if !exists {
			return false, true
		}
		equal, ok := c.same(field.Value, other)
		if ok && !equal {
			return false, true
		}
		known = known && ok
	}
	return known, known
}

// ordered compares two numbers, or two texts.
func ordered(holds func(order int) bool) func(*caller, []resource.Value) resource.Value {
	return func(c *caller, args []resource.Value) resource.Value {
		a, b := args[0], args[1]
		switch {
		case a.IsAbsent() || b.IsAbsent() || a.Kind != b.Kind:
			return c.misused("compares "+kindName(a)+" with "+kindName(b), args...)
		case a.Kind == resource.Number:
			order := 0
			if a.Num < b.Num {
				order = -1
			} else if a.Num > b.Num {
				order = 1
			}
			return c.truth(holds(order), args...)
		case a.Kind == resource.String:
			return c.truth(holds(strings.Compare(a.Text, b.Text)), args...)
		default:
			return c.misused("compares "+kindName(a)+" with "+kindName(b), args...)
		}
	}
}
