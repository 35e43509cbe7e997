package functions

import (
	"math"

	"github.com/drlint/drlint/internal/resource"
)

var numberFunctions = []function{
	{name: "add", least: 2, most: 2, call: computed(func(a, b float64) float64 { return a + b })},
	{name: "sub", least: 2, most: 2, call: computed(func(a, b float64) float64 { return a - b })},
	{name: "mul", least: 2, most: 2, call: computed(func(a, b float64) float64 { return a * b })},
	{name: "div", least: 2, most: 2, call: computed(func(a, b float64) float64 { return math.Trunc(a / b) })},
	{name: "mod", least: 2, most: 2, call: computed(math.Mod)},
	{name: "int", least: 1, most: 1, call: (*caller).int},
	{name: "float", least: 1, most: 1, call: (*caller).float},
	{name: "min", least: 1, most: -1, call: extreme(math.Min)},
	{name: "max", least: 1, most: -1, call: extreme(math.Max)},
}

// exact is the largest whole number up to which float64 holds every one.
const exact = 1 << 53

func computed(compute func(a, b float64) float64) func(*caller, []resource.Value) resource.Value {
	return func(c *caller, args []resource.Value) resource.Value {
		for _, arg := range args {
			if !arg.IsKnown() || arg.Kind != resource.Number {
				return c.misused("is given "+kindName(arg), args...)
			}
		}
		result := compute(args[0].Num, args[1].Num)
		if math.IsNaN(result) || math.Abs(result) > exact {
			return c.misused("has no result that is a whole number of a usual size", args...)
		}
		return c.number(result, args...)
	}
}

func (c *caller) int(args []resource.Value) resource.Value {
	number, ok := args[0].AsNumber()
	if !ok || number != math.Trunc(number) && args[0].Kind == resource.String || math.Abs(number) > exact {
		return c.misused("is not given a whole number", args...)
	}
	return c.number(math.Trunc(number), args...)
}

func (c *caller) float(args []resource.Value) resource.Value {
	number, ok := args[0].AsNumber()
	if !ok || math.IsInf(number, 0) {
		return c.misused("is not given a number", args...)
	}
	return c.number(number, args...)
}

// extreme takes numbers or one array of them.
func extreme(choose func(a, b float64) float64) func(*caller, []resource.Value) resource.Value {
	return func(c *caller, args []resource.Value) resource.Value {
		items := args
		if len(args) == 1 && args[0].IsKnown() && args[0].Kind == resource.List {
			items = args[0].Items
		}
		if len(items) == 0 {
			return c.misused("is given no numbers", args...)
		}
		result := 0.0
		for i, item := range items {
			if item.IsUnknown() {
				return c.undecided(args)
			}
			if !item.IsKnown() || item.Kind != resource.Number {
				return c.misused("is given "+kindName(item), args...)
			}
			if i == 0 {
				result = item.Num
			}
			result = choose(result, item.Num)
		}
		return c.number(result, args...)
	}
}
