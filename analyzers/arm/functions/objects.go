package functions

import (
	"cmp"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/resource"
)

var objectFunctions = []function{
	{name: "createObject", most: -1, partial: true, members: true, call: (*caller).createObject},
	{name: "items", least: 1, most: 1, call: (*caller).items},
	{name: "objectKeys", least: 1, most: 1, call: (*caller).objectKeys},
	{name: "shallowMerge", least: 1, most: 1, members: true, call: (*caller).shallowMerge},
	{name: "tryGet", least: 2, most: -1, partial: true, members: true, call: (*caller).tryGet},
	{name: "coalesce", least: 1, most: -1, partial: true, members: true, call: (*caller).coalesce},
	{name: "null", members: true, call: func(c *caller, _ []resource.Value) resource.Value { return resource.NullAt(c.At) }},
}

// Member returns a member of a known object by its name, which ARM compares
// without regard to case; a name in the same case goes first.
func Member(v resource.Value, name string) (resource.Value, bool) {
	if !v.IsKnown() {
		return resource.Value{}, false
	}
	if place := memberIndex(v.Fields, name); place >= 0 {
		return v.Fields[place].Value, true
	}
	return resource.Value{}, false
}

func memberIndex(fields []resource.Field, name string) int {
	folded := -1
	for i := range fields {
		if fields[i].Name == name {
			return i
		}
		if folded < 0 && len(fields[i].Name) == len(name) && strings.EqualFold(fields[i].Name, name) {
			folded = i
		}
	}
	return folded
}

func (c *caller) createObject(args []resource.Value) resource.Value {
	if len(args)%2 != 0 {
		return c.misused("takes a value for every name", args...)
	}
	object := newFields(len(args) / 2)
	for i := 0; i < len(args); i += 2 {
		if args[i].IsUnknown() {
			return c.undecided(args)
		}
		name, ok := args[i].AsString()
		if !ok {
			return c.misused("is given "+kindName(args[i])+" as a name", args...)
		}
		object.set(resource.Field{Name: name, At: args[i].At, Value: c.picked(args[i+1])})
	}
	return c.object(object.fields)
}

// fields builds an object in time linear in its members.
type fields struct {
	fields []resource.Field
	places map[string]int
}

func newFields(size int) *fields {
	return &fields{places: make(map[string]int, size)}
}

// set adds a member or replaces the one of that name.
func (f *fields) set(field resource.Field) {
	key := strings.ToLower(field.Name)
	if place, exists := f.places[key]; exists {
		f.fields[place] = field
		return
	}
	f.places[key] = len(f.fields)
	f.fields = append(f.fields, field)
}

// items lists the members by name (Bicep documentation: in alphabetical order).
func (c *caller) items(args []resource.Value) resource.Value {
	if !args[0].IsKnown() || args[0].Kind != resource.Object {
		return c.misused("is given "+kindName(args[0]), args...)
	}
	members := slices.Clone(args[0].Fields)
	slices.SortStableFunc(members, func(a, b resource.Field) int { return strings.Compare(fold(a.Name), fold(b.Name)) })
	list := make([]resource.Value, len(members))
	for i, member := range members {
		list[i] = c.object([]resource.Field{
			{Name: "key", At: member.At, Value: resource.StringAt(member.At, member.Name)},
			{Name: "value", At: member.At, Value: member.Value},
		})
	}
	return c.list(list, args...)
}

func (c *caller) objectKeys(args []resource.Value) resource.Value {
	if !args[0].IsKnown() || args[0].Kind != resource.Object {
		return c.misused("is given "+kindName(args[0]), args...)
	}
	list := make([]resource.Value, len(args[0].Fields))
	for i, member := range args[0].Fields {
		list[i] = resource.StringAt(member.At, member.Name)
	}
	return c.list(list, args...)
}

func (c *caller) shallowMerge(args []resource.Value) resource.Value {
	if !args[0].IsKnown() || args[0].Kind != resource.List {
		return c.misused("is given "+kindName(args[0]), args...)
	}
	merged := resource.ObjectAt(c.At)
	for _, item := range args[0].Items {
		switch {
		case item.IsUnknown():
			return c.undecided(args)
		case item.IsKnown() && item.Kind != resource.Object:
			return c.misused("is given an array that holds "+kindName(item), args...)
		}
		var ok bool
		if merged, ok = c.merge(merged, item, false); !ok {
			return c.unknown(OverBudget, args...)
		}
	}
	return c.carry(merged, args...)
}

// merge lays the members of an object over those of another, deep ones too
// when asked for. It fails when that costs too much.
func (c *caller) merge(under, over resource.Value, deep bool) (resource.Value, bool) {
	if !c.Budget.Spend(1 + len(under.Fields) + len(over.Fields)) {
		return under, false
	}
	merged := newFields(len(under.Fields) + len(over.Fields))
	for _, field := range under.Fields {
		merged.set(field)
	}
	for _, field := range over.Fields {
		place, exists := merged.places[strings.ToLower(field.Name)]
		if exists && deep {
			below := merged.fields[place].Value
			if isObject(below) && isObject(field.Value) {
				value, ok := c.merge(below, field.Value, true)
				if !ok {
					return under, false
				}
				value.At = field.Value.At
				field.Value = value
			}
		}
		merged.set(field)
	}
	v := c.carry(resource.ObjectAt(c.At, merged.fields...), under, over)
	v.Why = cmp.Or(under.Why, over.Why)
	return v, true
}

func isObject(v resource.Value) bool { return v.IsKnown() && v.Kind == resource.Object }

// tryGet descends by names and indices, and yields null where one is missing.
func (c *caller) tryGet(args []resource.Value) resource.Value {
	v := args[0]
	for _, step := range args[1:] {
		if v.IsUnknown() || step.IsUnknown() {
			return c.undecided([]resource.Value{v, step})
		}
		if v.IsAbsent() {
			break
		}
		next, ok := Index(v, step)
		if !ok {
			return c.carry(resource.NullAt(c.At), args...)
		}
		v = next
	}
	return c.picked(v)
}

// Index returns a member of a known object or an item of a known list by a
// known name or number; false when there is none.
func Index(v, by resource.Value) (resource.Value, bool) {
	switch {
	case !v.IsKnown() || !by.IsKnown():
		return resource.Value{}, false
	case v.Kind == resource.Object && by.Kind == resource.String:
		return Member(v, by.Text)
	case v.Kind == resource.List:
		if place, ok := whole(by); ok && place >= 0 && place < len(v.Items) {
			return v.Items[place], true
		}
	}
	return resource.Value{}, false
}

func (c *caller) coalesce(args []resource.Value) resource.Value {
	for _, arg := range args {
		switch {
		case arg.IsUnknown():
			return c.undecided(args)
		case arg.IsKnown():
			return arg
		}
	}
	return c.carry(resource.NullAt(c.At), args...)
}
