package functions

import "github.com/drlint/drlint/internal/resource"

var setFunctions = []function{
	{name: "union", least: 1, most: -1, members: true, call: (*caller).union},
	{name: "intersection", least: 2, most: -1, call: (*caller).intersection},
}

// union merges objects member by member, or collects what arrays hold, each
// once. Arguments that are null count as empty.
func (c *caller) union(args []resource.Value) resource.Value {
	kind, ok := commonKind(args)
	switch {
	case !ok:
		return c.misused("takes only arrays or only objects", args...)
	case kind == resource.List:
		return c.unionLists(args)
	}
	merged := resource.ObjectAt(c.At)
	for _, arg := range args {
		if merged, ok = c.merge(merged, arg, true); !ok {
			return c.unknown(OverBudget, args...)
		}
	}
	return c.carry(merged, args...)
}

// commonKind is List or Object.
func commonKind(args []resource.Value) (kind resource.Kind, ok bool) {
	kind = resource.Object
	first := true
	for _, arg := range args {
		switch {
		case arg.IsAbsent():
		case arg.Kind != resource.List && arg.Kind != resource.Object || !first && arg.Kind != kind:
			return kind, false
		default:
			kind, first = arg.Kind, false
		}
	}
	return kind, true
}

func (c *caller) unionLists(args []resource.Value) resource.Value {
	var kept []resource.Value
	for _, arg := range args {
		for _, item := range arg.Items {
			found, known := c.find(kept, item)
			switch {
			case !known:
				return c.undecided(args)
			case !found:
				kept = append(kept, item)
			}
			if len(kept) > MaxItems {
				return c.unknown(OverBudget, args...)
			}
		}
	}
	return c.list(kept, args...)
}

// find reports whether an item is in a list, unless that cannot be told.
func (c *caller) find(list []resource.Value, item resource.Value) (found, known bool) {
	known = true
	for i := range list {
		same, ok := c.same(list[i], item)
		if ok && same {
			return true, true
		}
		known = known && ok
	}
	return false, known
}

func (c *caller) intersection(args []resource.Value) resource.Value {
	kind, ok := commonKind(args)
	if !ok {
		return c.misused("takes only arrays or only objects", args...)
	}
	common := args[0]
	for _, arg := range args[1:] {
		if kind == resource.Object {
			common, ok = c.commonFields(common, arg)
		} else {
			common, ok = c.commonItems(common, arg)
		}
		if !ok {
			return c.undecided(args)
		}
	}
	common.At = c.At
	return c.carry(common, args...)
}

func (c *caller) commonItems(a, b resource.Value) (common resource.Value, known bool) {
	common = resource.ListAt(c.At)
	for _, item := range a.Items {
		found, ok := c.find(b.Items, item)
		if !ok {
			return common, false
		}
		if found {
			common.Items = append(common.Items, item)
		}
	}
	return common, true
}

func (c *caller) commonFields(a, b resource.Value) (common resource.Value, known bool) {
	common = resource.ObjectAt(c.At)
	for _, field := range a.Fields {
		other, exists := Member(b, field.Name)
		if !exists {
			continue
		}
		same, ok := c.same(field.Value, other)
		if !ok {
			return common, false
		}
		if same {
			common.Fields = append(common.Fields, field)
		}
	}
	return common, true
}
