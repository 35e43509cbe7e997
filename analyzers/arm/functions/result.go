package functions

import (
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/resource"
)

// Limits of what one value names: reasons, their length in bytes, and
// references or origins. More of them serve nobody.
const (
	whyLimit  = 3
	whyLength = 240
	listLimit = 100
)

// unknown is a result that nobody can tell; what the arguments refer to is kept.
func (c *caller) unknown(why string, args ...resource.Value) resource.Value {
	return c.carry(resource.UnknownAt(c.At, why), args...)
}

// undecided is the result of a call whose arguments, or members of them, are
// not known.
func (c *caller) undecided(args []resource.Value) resource.Value {
	return c.unknown(why(args, c.name+"() is given a value that is not known"), args...)
}

// misused is the result of a call that Azure would turn down.
func (c *caller) misused(what string, args ...resource.Value) resource.Value {
	return c.unknown(c.name+"() "+what, args...)
}

// why joins the reasons of the unknown values among args and their members.
func why(args []resource.Value, otherwise string) string {
	found := reasons{steps: 10_000}
	found.collect(args)
	if len(found.list) == 0 {
		return otherwise
	}
	text := strings.Join(found.list, " and ")
	if found.more {
		text += andMore
	}
	return text
}

// andMore stands for reasons that are left out.
const andMore = " and more"

type reasons struct {
	list  []string
	more  bool
	steps int
}

func (r *reasons) collect(args []resource.Value) {
	for i := range args {
		if r.steps--; r.steps < 0 {
			return
		}
		if args[i].IsUnknown() {
			r.add(args[i].Why)
		}
		r.collect(args[i].Items)
		for j := range args[i].Fields {
			r.collect([]resource.Value{args[i].Fields[j].Value})
		}
	}
}

func (r *reasons) add(reason string) {
	reason, cut := strings.CutSuffix(reason, andMore)
	r.more = r.more || cut
	switch {
	case reason == "" || slices.ContainsFunc(r.list, func(kept string) bool { return strings.Contains(kept, reason) }):
	case len(r.list) == whyLimit || len(r.list) > 0 && len(strings.Join(r.list, ""))+len(reason) > whyLength:
		r.more = true
	default:
		r.list = append(r.list, reason)
	}
}

// carry adds what the arguments refer to and rest on.
func (c *caller) carry(v resource.Value, args ...resource.Value) resource.Value {
	for i := range args {
		v.Refs = union(v.Refs, args[i].Refs)
		v.Origin = union(v.Origin, args[i].Origin)
	}
	return v
}

// decidedBy adds to a chosen value where what chose it was set; it does not
// refer to what that refers to.
func decidedBy(v, choice resource.Value) resource.Value {
	v.Origin = union(v.Origin, choice.Origin)
	return v
}

func (c *caller) text(text string, args ...resource.Value) resource.Value {
	if len(text) > maxText || !c.Budget.Spend(len(text)/textUnit) {
		return c.unknown(OverBudget, args...)
	}
	return c.carry(resource.StringAt(c.At, text), args...)
}

// hinted is an unknown text of which a part can be read.
func (c *caller) hinted(hint string, args ...resource.Value) resource.Value {
	return withHint(c.undecided(args), hint)
}

// withHint sets the readable part of an unknown text; one without readable text
// says nothing.
func withHint(v resource.Value, hint string) resource.Value {
	hint = collapse(hint)
	if len(hint) <= maxHint && strings.Trim(hint, hole) != "" {
		v.Hint = hint
	}
	return v
}

const (
	hole    = string(resource.Hole)
	maxHint = 4096
)

// collapse makes one hole of several in a row.
func collapse(hint string) string {
	for strings.Contains(hint, hole+hole) {
		hint = strings.ReplaceAll(hint, hole+hole, hole)
	}
	return hint
}

func (c *caller) truth(truth bool, args ...resource.Value) resource.Value {
	return c.carry(resource.BoolAt(c.At, truth), args...)
}

func (c *caller) number(number float64, args ...resource.Value) resource.Value {
	return c.carry(resource.NumberAt(c.At, number), args...)
}

// list spends for its items, which inherit their references to the list.
func (c *caller) list(items []resource.Value, args ...resource.Value) resource.Value {
	if !c.Budget.Spend(len(items)) {
		return c.unknown(OverBudget, args...)
	}
	return c.carry(c.carry(resource.ListAt(c.At, items...), items...), args...)
}

func (c *caller) object(fields []resource.Field, args ...resource.Value) resource.Value {
	if !c.Budget.Spend(len(fields)) {
		return c.unknown(OverBudget, args...)
	}
	v := resource.ObjectAt(c.At, fields...)
	for i := range fields {
		v = c.carry(v, fields[i].Value)
	}
	return c.carry(v, args...)
}

// picked is an argument, or a member of one, that a call chose.
func (c *caller) picked(v resource.Value) resource.Value {
	if v.State == resource.Absent {
		return resource.NullAt(c.At)
	}
	return v
}

// union appends what is missing, without touching the memory of list.
func union[T comparable](list, more []T) []T {
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

// kindName names a value in a reason.
func kindName(v resource.Value) string {
	switch v.Kind {
	case resource.Bool:
		return "a boolean"
	case resource.Number:
		return "a number"
	case resource.String:
		return "a string"
	case resource.List:
		return "an array"
	case resource.Object:
		return "an object"
	default:
		return "null"
	}
}
