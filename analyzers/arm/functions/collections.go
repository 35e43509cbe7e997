package functions

import (
	"strings"

	"github.com/drlint/drlint/internal/resource"
)

var collectionFunctions = []function{
	{name: "array", least: 1, most: 1, members: true, call: (*caller).array},
	{name: "createArray", most: -1, partial: true, members: true, call: func(c *caller, args []resource.Value) resource.Value { return c.list(args) }},
	{name: "length", least: 1, most: 1, call: (*caller).length},
	{name: "empty", least: 1, most: 1, partial: true, call: (*caller).empty},
	{name: "contains", least: 2, most: 2, partial: true, call: (*caller).contains},
	{name: "first", least: 1, most: 1, partial: true, members: true, call: (*caller).first},
	{name: "last", least: 1, most: 1, members: true, call: (*caller).last},
	{name: "take", least: 2, most: 2, partial: true, call: (*caller).take},
	{name: "skip", least: 2, most: 2, call: (*caller).skip},
	{name: "indexOf", least: 2, most: 2, call: func(c *caller, args []resource.Value) resource.Value { return c.indexOf(args, false) }},
	{name: "lastIndexOf", least: 2, most: 2, call: func(c *caller, args []resource.Value) resource.Value { return c.indexOf(args, true) }},
	{name: "indexFromEnd", least: 2, most: 2, call: (*caller).indexFromEnd},
	{name: "tryIndexFromEnd", least: 2, most: 2, call: (*caller).tryIndexFromEnd},
	{name: "range", least: 2, most: 2, call: (*caller).rangeOf},
	{name: "flatten", least: 1, most: 1, call: (*caller).flatten},
}

func (c *caller) array(args []resource.Value) resource.Value {
	if args[0].IsKnown() && args[0].Kind == resource.List {
		return args[0]
	}
	return c.list([]resource.Value{c.picked(args[0])})
}

func (c *caller) length(args []resource.Value) resource.Value {
	switch v := args[0]; {
	case v.IsKnown() && v.Kind == resource.String:
		return c.number(float64(unitsOf(v.Text).len()), v)
	case v.IsKnown() && v.Kind == resource.List:
		return c.number(float64(len(v.Items)), v)
	case v.IsKnown() && v.Kind == resource.Object:
		return c.number(float64(len(v.Fields)), v)
	default:
		return c.misused("is given "+kindName(v), args...)
	}
}

// empty of a text with a readable part is false, whatever the rest is.
func (c *caller) empty(args []resource.Value) resource.Value {
	switch v := args[0]; {
	case v.IsUnknown():
		return c.undecided(args)
	case v.IsAbsent():
		return c.truth(true, v)
	case v.Kind == resource.String:
		return c.truth(v.Text == "", v)
	case v.Kind == resource.List:
		return c.truth(len(v.Items) == 0, v)
	case v.Kind == resource.Object:
		return c.truth(len(v.Fields) == 0, v)
	default:
		return c.misused("is given "+kindName(v), args...)
	}
}

// contains looks for a name in an object, an item in an array, a part in a
// text. Names are compared without regard to case, the others with it.
func (c *caller) contains(args []resource.Value) resource.Value {
	in, what := args[0], args[1]
	switch {
	case in.IsUnknown() || what.IsUnknown() && !isEmptyList(in):
		return c.undecided(args)
	case in.IsAbsent():
		return c.misused("is given null", args...)
	case in.Kind == resource.Object:
		name, ok := what.AsString()
		if !ok {
			return c.misused("looks for "+kindName(what)+" among names", args...)
		}
		_, found := Member(in, name)
		return c.truth(found, args...)
	case in.Kind == resource.String:
		part, known := c.written(what)
		return c.truth(known && strings.Contains(in.Text, part), args...)
	case in.Kind != resource.List:
		return c.misused("is given "+kindName(in), args...)
	}
	open := false
	for _, item := range in.Items {
		same, known := c.same(item, what)
		if known && same {
			return c.truth(true, args...)
		}
		open = open || !known
	}
	if open {
		return c.undecided(args)
	}
	return c.truth(false, args...)
}

// first also yields the first character of a text whose start can be read.
func (c *caller) first(args []resource.Value) resource.Value {
	switch v := args[0]; {
	case v.IsUnknown():
		return c.undecided(args)
	case v.Kind == resource.String && v.IsKnown():
		text := unitsOf(v.Text)
		return c.text(text.slice(0, min(1, text.len())), v)
	case v.Kind != resource.List || !v.IsKnown():
		return c.misused("is given "+kindName(v), args...)
	case len(v.Items) == 0:
		return resource.NullAt(c.At)
	default:
		return c.picked(v.Items[0])
	}
}

func (c *caller) last(args []resource.Value) resource.Value {
	switch v := args[0]; {
	case v.Kind == resource.String && v.IsKnown():
		text := unitsOf(v.Text)
		return c.text(text.slice(max(0, text.len()-1), text.len()), v)
	case v.Kind != resource.List || !v.IsKnown():
		return c.misused("is given "+kindName(v), args...)
	case len(v.Items) == 0:
		return resource.NullAt(c.At)
	default:
		return c.picked(v.Items[len(v.Items)-1])
	}
}

// take keeps what is readable of an unknown text: names are often cut to a
// length that they do not reach.
func (c *caller) take(args []resource.Value) resource.Value {
	count, ok := whole(args[1])
	v := args[0]
	switch {
	case v.IsUnknown() && ok:
		return c.hinted(takeHint(v.Hint, max(count, 0)), args...)
	case v.IsUnknown() || args[1].IsUnknown():
		return c.undecided(args)
	case !ok:
		return c.misused("takes a whole number", args...)
	case v.IsKnown() && v.Kind == resource.String:
		text := unitsOf(v.Text)
		return c.text(text.slice(0, min(max(count, 0), text.len())), args...)
	case v.IsKnown() && v.Kind == resource.List:
		return c.list(v.Items[:min(max(count, 0), len(v.Items))], args...)
	default:
		return c.misused("is given "+kindName(v), args...)
	}
}

// takeHint cuts a hint that is too long before its first hole.
func takeHint(hint string, count int) string {
	start, _, _ := strings.Cut(hint, hole)
	if text := unitsOf(start); text.len() > count {
		return text.slice(0, count)
	}
	return hint
}

func (c *caller) skip(args []resource.Value) resource.Value {
	count, ok := whole(args[1])
	v := args[0]
	switch {
	case !ok:
		return c.misused("takes a whole number", args...)
	case v.IsKnown() && v.Kind == resource.String:
		text := unitsOf(v.Text)
		return c.text(text.slice(min(max(count, 0), text.len()), text.len()), args...)
	case v.IsKnown() && v.Kind == resource.List:
		return c.list(v.Items[min(max(count, 0), len(v.Items)):], args...)
	default:
		return c.misused("is given "+kindName(v), args...)
	}
}

// indexOf ignores case in texts but not in arrays (ARM documentation).
func (c *caller) indexOf(args []resource.Value, backwards bool) resource.Value {
	in, what := args[0], args[1]
	switch {
	case in.IsKnown() && in.Kind == resource.String && what.Kind == resource.String:
		text, part := fold(in.Text), fold(what.Text)
		at := strings.Index(text, part)
		if backwards {
			at = strings.LastIndex(text, part)
		}
		if at > 0 {
			at = unitsOf(text[:at]).len()
		}
		return c.number(float64(at), args...)
	case !in.IsKnown() || in.Kind != resource.List:
		return c.misused("is given "+kindName(in), args...)
	}
	for step := range in.Items {
		place := step
		if backwards {
			place = len(in.Items) - 1 - step
		}
		same, known := c.same(in.Items[place], what)
		switch {
		case !known:
			return c.undecided(args)
		case same:
			return c.number(float64(place), args...)
		}
	}
	return c.number(-1, args...)
}

func (c *caller) indexFromEnd(args []resource.Value) resource.Value {
	v, ok := c.fromEnd(args)
	if !ok {
		return c.misused("reaches past the start of its array", args...)
	}
	return v
}

func (c *caller) tryIndexFromEnd(args []resource.Value) resource.Value {
	if v, ok := c.fromEnd(args); ok {
		return v
	}
	return c.carry(resource.NullAt(c.At), args...)
}

// fromEnd counts from 1 at the last item.
func (c *caller) fromEnd(args []resource.Value) (resource.Value, bool) {
	count, ok := whole(args[1])
	if !ok || !args[0].IsKnown() || args[0].Kind != resource.List || count < 1 || count > len(args[0].Items) {
		return resource.Value{}, false
	}
	return c.picked(args[0].Items[len(args[0].Items)-count]), true
}

func (c *caller) rangeOf(args []resource.Value) resource.Value {
	start, ok1 := whole(args[0])
	count, ok2 := whole(args[1])
	switch {
	case !ok1 || !ok2 || count < 0:
		return c.misused("takes whole numbers", args...)
	case count > MaxItems:
		return c.misused("is asked for more than 10,000 numbers, which Azure does not allow", args...)
	}
	items := make([]resource.Value, count)
	for i := range items {
		items[i] = resource.NumberAt(c.At, float64(start+i))
	}
	return c.list(items, args...)
}

func (c *caller) flatten(args []resource.Value) resource.Value {
	if !args[0].IsKnown() || args[0].Kind != resource.List {
		return c.misused("is given "+kindName(args[0]), args...)
	}
	var items []resource.Value
	for _, inner := range args[0].Items {
		switch {
		case inner.IsUnknown():
			return c.undecided(args)
		case inner.IsAbsent() || inner.Kind != resource.List:
			return c.misused("is given an array that holds "+kindName(inner), args...)
		case len(items)+len(inner.Items) > MaxItems:
			return c.unknown(OverBudget, args...)
		}
		items = append(items, inner.Items...)
	}
	return c.list(items, args...)
}

func isEmptyList(v resource.Value) bool {
	return v.IsKnown() && v.Kind == resource.List && len(v.Items) == 0
}
