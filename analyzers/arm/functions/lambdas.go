package functions

import (
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/resource"
)

var lambdaFunctions = []function{
	{name: "map", least: 1, most: 1, lambdas: 1, call: (*caller).mapItems},
	{name: "filter", least: 1, most: 1, lambdas: 1, call: (*caller).filter},
	{name: "reduce", least: 2, most: 2, lambdas: 1, partial: true, call: (*caller).reduce},
	{name: "sort", least: 1, most: 1, lambdas: 1, call: (*caller).sort},
	{name: "toObject", least: 1, most: 1, lambdas: 1, moreLambdas: 2, call: (*caller).toObject},
	{name: "groupBy", least: 1, most: 1, lambdas: 1, call: (*caller).groupBy},
	{name: "mapValues", least: 1, most: 1, lambdas: 1, call: (*caller).mapValues},
	{name: "objectMap", least: 1, most: 1, lambdas: 1, call: (*caller).mapValues},
}

// each calls the first lambda for every item of a list, with its index for
// those that ask for it. use returns false to stop.
func (c *caller) each(args []resource.Value, use func(place int, item, result resource.Value) bool) (resource.Value, bool) {
	if !args[0].IsKnown() || args[0].Kind != resource.List {
		return c.misused("is given "+kindName(args[0]), args...), false
	}
	for i, item := range args[0].Items {
		if !c.Budget.Spend(1) {
			return c.unknown(OverBudget, args...), false
		}
		if !use(i, item, c.Lambdas[0]([]resource.Value{item, resource.NumberAt(c.At, float64(i))})) {
			return c.undecided(args), false
		}
	}
	return resource.Value{}, true
}

func (c *caller) mapItems(args []resource.Value) resource.Value {
	var items []resource.Value
	if failed, ok := c.each(args, func(_ int, _, result resource.Value) bool {
		items = append(items, c.picked(result))
		return true
	}); !ok {
		return failed
	}
	return c.list(items, args...)
}

// filter keeps an item whose test is not known out of the question: then the
// whole list is not known.
func (c *caller) filter(args []resource.Value) resource.Value {
	var items []resource.Value
	open := resource.Value{}
	failed, ok := c.each(args, func(_ int, item, result resource.Value) bool {
		keep, known := result.AsBool()
		if !known {
			open = result
			return false
		}
		if keep {
			items = append(items, item)
		}
		return true
	})
	switch {
	case ok:
		return c.list(items, args...)
	case open.IsUnknown():
		return c.carry(c.undecided([]resource.Value{open}), args...)
	default:
		return failed
	}
}

func (c *caller) reduce(args []resource.Value) resource.Value {
	if args[0].IsUnknown() {
		return c.undecided(args)
	}
	if !args[0].IsKnown() || args[0].Kind != resource.List {
		return c.misused("is given "+kindName(args[0]), args...)
	}
	result := c.picked(args[1])
	for i, item := range args[0].Items {
		if !c.Budget.Spend(1) {
			return c.unknown(OverBudget, args...)
		}
		result = c.picked(c.Lambdas[0]([]resource.Value{result, item, resource.NumberAt(c.At, float64(i))}))
	}
	return result
}

// sort orders by a lambda that says whether its first value comes first.
func (c *caller) sort(args []resource.Value) resource.Value {
	if !args[0].IsKnown() || args[0].Kind != resource.List {
		return c.misused("is given "+kindName(args[0]), args...)
	}
	var open *resource.Value
	before := func(a, b resource.Value) bool {
		if open != nil {
			return false
		}
		v := c.Lambdas[0]([]resource.Value{a, b})
		truth, known := v.AsBool()
		if !known || !c.Budget.Spend(1) {
			open = &v
		}
		return truth
	}
	items := slices.Clone(args[0].Items)
	slices.SortStableFunc(items, func(a, b resource.Value) int {
		switch {
		case before(a, b):
			return -1
		case before(b, a):
			return 1
		default:
			return 0
		}
	})
	if open != nil {
		return c.carry(c.undecided([]resource.Value{*open}), args...)
	}
	return c.list(items, args...)
}

// toObject makes a member of each item: named by the first lambda, valued by
// the second or the item itself.
func (c *caller) toObject(args []resource.Value) resource.Value {
	object := newFields(len(args[0].Items))
	open := resource.Value{}
	failed, ok := c.each(args, func(i int, item, key resource.Value) bool {
		name, known := key.AsString()
		if !known {
			open = key
			return false
		}
		value := item
		if len(c.Lambdas) == 2 {
			value = c.picked(c.Lambdas[1]([]resource.Value{item, resource.NumberAt(c.At, float64(i))}))
		}
		object.set(resource.Field{Name: name, At: c.At, Value: value})
		return true
	})
	return c.collected(object, ok, open, failed, args)
}

// collected is the object that calls of a lambda made, or why there is none.
func (c *caller) collected(object *fields, ok bool, open, failed resource.Value, args []resource.Value) resource.Value {
	switch {
	case ok:
		return c.object(object.fields, args...)
	case open.IsUnknown():
		return c.carry(c.undecided([]resource.Value{open}), args...)
	default:
		return failed
	}
}

func (c *caller) groupBy(args []resource.Value) resource.Value {
	groups := newFields(0)
	open := resource.Value{}
	failed, ok := c.each(args, func(_ int, item, key resource.Value) bool {
		name, known := key.AsString()
		if !known {
			open = key
			return false
		}
		group := resource.ListAt(c.At)
		if place, exists := groups.places[strings.ToLower(name)]; exists {
			group = groups.fields[place].Value
		}
		group.Items = append(group.Items, item)
		groups.set(resource.Field{Name: name, At: c.At, Value: c.carry(group, item)})
		return true
	})
	return c.collected(groups, ok, open, failed, args)
}

func (c *caller) mapValues(args []resource.Value) resource.Value {
	if !isObject(args[0]) {
		return c.misused("is given "+kindName(args[0]), args...)
	}
	members := slices.Clone(args[0].Fields)
	for i := range members {
		members[i].Value = c.picked(c.Lambdas[0]([]resource.Value{members[i].Value}))
	}
	return c.object(members, args...)
}
