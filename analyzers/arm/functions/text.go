package functions

import (
	"slices"
	"strconv"
	"strings"

	"github.com/drlint/drlint/internal/resource"
)

var textFunctions = []function{
	{name: "concat", most: -1, partial: true, call: (*caller).concat},
	{name: "format", least: 1, most: -1, partial: true, call: (*caller).format},
	{name: "replace", least: 3, most: 3, partial: true, call: (*caller).replace},
	{name: "split", least: 2, most: 2, partial: true, call: (*caller).split},
	{name: "join", least: 2, most: 2, partial: true, call: (*caller).join},
	{name: "toLower", least: 1, most: 1, partial: true, call: mapped(strings.ToLower)},
	{name: "toUpper", least: 1, most: 1, partial: true, call: mapped(strings.ToUpper)},
	{name: "trim", least: 1, most: 1, partial: true, call: mapped(strings.TrimSpace)},
	{name: "substring", least: 2, most: 3, partial: true, call: (*caller).substring},
	{name: "startsWith", least: 2, most: 2, call: compared(func(text, part string) bool { return strings.HasPrefix(fold(text), fold(part)) })},
	{name: "endsWith", least: 2, most: 2, call: compared(func(text, part string) bool { return strings.HasSuffix(fold(text), fold(part)) })},
	{name: "padLeft", least: 2, most: 3, call: (*caller).padLeft},
	{name: "uniqueString", least: 1, most: -1, partial: true, call: (*caller).uniqueString},
	{name: "guid", least: 1, most: -1, call: (*caller).guid},
	{name: "string", least: 1, most: 1, partial: true, call: (*caller).toText},
}

// written returns a value as part of a text, the way concat, format and
// Bicep's interpolation write it: "True" for a boolean, JSON for a collection.
func (c *caller) written(v resource.Value) (text string, known bool) {
	switch {
	case v.IsUnknown():
		if v.Hint != "" {
			return v.Hint, false
		}
		return hole, false
	case v.IsAbsent():
		return "", true
	}
	switch v.Kind {
	case resource.String:
		return v.Text, true
	case resource.Number:
		return numberText(v.Num), true
	case resource.Bool:
		if v.Truth {
			return "True", true
		}
		return "False", true
	default:
		text, known = c.json(v)
		if !known {
			return hole, false
		}
		return text, true
	}
}

func numberText(number float64) string { return strconv.FormatFloat(number, 'f', -1, 64) }

// concat joins texts, or arrays when the first argument that is known is one.
func (c *caller) concat(args []resource.Value) resource.Value {
	for _, arg := range args {
		if arg.IsKnown() {
			if arg.Kind == resource.List {
				return c.concatLists(args)
			}
			break
		}
	}
	var text strings.Builder
	known := true
	for _, arg := range args {
		part, ok := c.written(arg)
		if arg.IsKnown() && (arg.Kind == resource.List || arg.Kind == resource.Object) {
			return c.misused("joins "+kindName(arg)+" to a text", args...)
		}
		if text.Len()+len(part) > maxText {
			return c.unknown(OverBudget, args...)
		}
		text.WriteString(part)
		known = known && ok
	}
	if !known {
		return c.hinted(text.String(), args...)
	}
	return c.text(text.String(), args...)
}

func (c *caller) concatLists(args []resource.Value) resource.Value {
	var items []resource.Value
	for _, arg := range args {
		switch {
		case arg.IsUnknown():
			return c.undecided(args)
		case arg.IsAbsent():
		case arg.Kind != resource.List:
			return c.misused("joins "+kindName(arg)+" to an array", args...)
		case len(items)+len(arg.Items) > MaxItems:
			return c.unknown(OverBudget, args...)
		default:
			items = append(items, arg.Items...)
		}
	}
	return c.list(items, args...)
}

// mapped applies a change of letters to a text; it changes what is readable of
// an unknown one too.
func mapped(change func(string) string) func(*caller, []resource.Value) resource.Value {
	return func(c *caller, args []resource.Value) resource.Value {
		text, known := c.written(args[0])
		if !known {
			return c.hinted(change(text), args...)
		}
		if args[0].Kind == resource.List || args[0].Kind == resource.Object {
			return c.misused("is given "+kindName(args[0]), args...)
		}
		return c.text(change(text), args...)
	}
}

// texts returns the known strings that arguments must be.
func (c *caller) texts(args []resource.Value) ([]string, bool) {
	texts := make([]string, len(args))
	for i, arg := range args {
		if !arg.IsKnown() || arg.Kind != resource.String {
			return nil, false
		}
		texts[i] = arg.Text
	}
	return texts, true
}

func (c *caller) replace(args []resource.Value) resource.Value {
	texts, ok := c.texts(args[1:])
	text, known := c.written(args[0])
	switch {
	case args[1].IsUnknown() || args[2].IsUnknown():
		return c.undecided(args)
	case !ok:
		return c.misused("is given "+kindName(args[1])+" and "+kindName(args[2])+" where it takes strings", args...)
	case texts[0] == "":
		return c.misused("is asked to replace an empty text", args...)
	case strings.Count(text, texts[0])*len(texts[1])+len(text) > maxText:
		return c.unknown(OverBudget, args...)
	}
	text = strings.ReplaceAll(text, texts[0], texts[1])
	if !known {
		return c.hinted(text, args...)
	}
	return c.text(text, args...)
}

// split takes a delimiter or an array of them.
func (c *caller) split(args []resource.Value) resource.Value {
	delimiters, complete := args[1].Strings()
	if complete && slices.Equal(delimiters, []string{"/"}) && strings.HasPrefix(args[0].Hint, "/subscriptions/") && args[0].IsUnknown() {
		return c.splitID(args[0])
	}
	text, ok := c.texts(args[:1])
	switch {
	case !complete || args[0].IsUnknown():
		return c.undecided(args)
	case !ok:
		return c.misused("is given "+kindName(args[0]), args...)
	}
	var items []resource.Value
	for _, part := range splitAny(text[0], delimiters) {
		if len(items) == MaxItems {
			return c.unknown(OverBudget, args...)
		}
		items = append(items, resource.StringAt(c.At, part))
	}
	return c.list(items, args...)
}

// splitID splits a resource ID. Its subscription and resource group are known
// only at deployment, but neither holds a slash, so the names after them can be
// told: templates write last(split(id, '/')).
func (c *caller) splitID(id resource.Value) resource.Value {
	var items []resource.Value
	for part := range strings.SplitSeq(id.Hint, "/") {
		item := resource.StringAt(c.At, part)
		if strings.ContainsRune(part, resource.Hole) {
			item = resource.UnknownAt(c.At, id.Why)
			if part != string(resource.Hole) {
				item.Hint = part
			}
		}
		item.Refs, item.Origin = id.Refs, id.Origin
		items = append(items, item)
	}
	return c.list(items, id)
}

func splitAny(text string, delimiters []string) []string {
	parts := []string{text}
	for _, delimiter := range delimiters {
		if delimiter == "" {
			continue
		}
		var finer []string
		for _, part := range parts {
			finer = append(finer, strings.Split(part, delimiter)...)
		}
		parts = finer
	}
	return parts
}

func (c *caller) join(args []resource.Value) resource.Value {
	switch {
	case args[0].IsUnknown() || args[1].IsUnknown():
		return c.undecided(args)
	case args[0].Kind != resource.List || args[1].Kind != resource.String:
		return c.misused("takes an array and a string", args...)
	}
	var text strings.Builder
	all := true
	for i, item := range args[0].Items {
		if i > 0 {
			text.WriteString(args[1].Text)
		}
		part, known := c.written(item)
		if text.Len()+len(part) > maxText {
			return c.unknown(OverBudget, args...)
		}
		text.WriteString(part)
		all = all && known
	}
	if !all {
		return c.hinted(text.String(), args...)
	}
	return c.text(text.String(), args...)
}

// compared holds a text against a part of it. ARM ignores case there.
func compared(holds func(text, part string) bool) func(*caller, []resource.Value) resource.Value {
	return func(c *caller, args []resource.Value) resource.Value {
		texts, ok := c.texts(args)
		if !ok {
			return c.misused("takes strings", args...)
		}
		return c.truth(holds(texts[0], texts[1]), args...)
	}
}

// fold makes texts that differ in case alone equal.
func fold(text string) string { return strings.ToLower(strings.ToUpper(text)) }

// uniqueString is a hash that Azure does not document; its 13 characters are
// not reproduced, even from known texts.
func (c *caller) uniqueString(args []resource.Value) resource.Value {
	if v := c.undecided(args); why(args, "") != "" {
		return v
	}
	return c.unknown("uniqueString() is known only at deployment", args...)
}

// whole returns a known whole number.
func whole(v resource.Value) (int, bool) {
	const limit = 1 << 31
	if !v.IsKnown() || v.Kind != resource.Number || v.Num != float64(int64(v.Num)) || v.Num > limit || v.Num < -limit {
		return 0, false
	}
	return int(v.Num), true
}
