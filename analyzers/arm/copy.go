package arm

import (
	"strconv"
	"strings"

	"github.com/drlint/drlint/analyzers/arm/deployment"
	"github.com/drlint/drlint/analyzers/arm/functions"
	"github.com/drlint/drlint/internal/resource"
)

// copyMember is the name under which loops are written.
const copyMember = "copy"

// isCopy tells loops over properties from a property that is called copy: each
// has a name, a count and an input.
func isCopy(v resource.Value) bool {
	list := items(v)
	for _, item := range list {
		if text(item, "name") == "" || member(item, "count").IsAbsent() || !hasMember(item, "input") {
			return false
		}
	}
	return len(list) > 0
}

func hasMember(v resource.Value, name string) bool {
	_, ok := functions.Member(v, name)
	return ok
}

// copyNamed finds a loop in the section of variables.
func copyNamed(section resource.Value, name string) (resource.Value, bool) {
	for _, copied := range items(member(section, copyMember)) {
		if strings.EqualFold(text(copied, "name"), name) {
			return copied, true
		}
	}
	return resource.Value{}, false
}

// copied evaluates a loop over values: its input once a count.
func (ev *evaluation) copied(en env, copied resource.Value) resource.Value {
	count, why := ev.copyCount(en, copied, functions.MaxItems)
	if why.IsUnknown() {
		return why
	}
	list := resource.ListAt(copied.At)
	name, input := text(copied, "name"), member(copied, "input")
	for i := range count {
		if !ev.hold(1, copied.At) {
			return resource.UnknownAt(copied.At, functions.OverBudget)
		}
		in := en
		in.loops = &loop{name: name, index: i, outer: en.loops}
		list.Items = append(list.Items, ev.value(in, input))
	}
	return deployment.Inherit(list)
}

// copyCount evaluates how many instances a loop has; otherwise why is unknown.
func (ev *evaluation) copyCount(en env, copied resource.Value, limit int) (count int, why resource.Value) {
	v := ev.value(en, member(copied, "count"))
	number, ok := v.AsNumber()
	switch {
	case v.IsUnknown():
		return 0, v
	case !ok || number < 0 || number != float64(int64(number)):
		return 0, carry(resource.UnknownAt(copied.At, "the count of its copy is no whole number"), v)
	case number > float64(limit):
		return 0, carry(resource.UnknownAt(copied.At, "the count of its copy is "+strconv.FormatFloat(number, 'f', -1, 64)+", more than the "+strconv.Itoa(limit)+" that are evaluated"), v)
	default:
		return int(number), resource.Value{}
	}
}

// copyIndex evaluates copyIndex(), copyIndex(offset) and copyIndex(name, offset).
func (ev *evaluation) copyIndex(en env, args []resource.Value, at resource.Value) resource.Value {
	name, offset := "", 0.0
	for _, arg := range args {
		switch {
		case arg.IsUnknown():
			return arg
		case arg.Kind == resource.String:
			name = arg.Text
		case arg.Kind == resource.Number:
			offset = arg.Num
		}
	}
	for l := en.loops; l != nil; l = l.outer {
		if name != "" && !strings.EqualFold(l.name, name) {
			continue
		}
		if l.why != "" {
			return resource.UnknownAt(at.At, l.why)
		}
		return resource.NumberAt(at.At, float64(l.index)+offset)
	}
	return resource.UnknownAt(at.At, "copyIndex() is used outside of a copy")
}
