package expression

import (
	"strconv"
	"strings"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

type function struct {
	least, most int // most < 0: any number
	apply       func(args []resource.Value) resource.Value
}

// The functions of the documentation. The status functions answer for a run
// that goes well, which is what backups and deployments are judged by.
var functions = map[string]function{
	"always":            {0, 0, status(true)},
	"and":               {2, -1, and},
	"canceled":          {0, 0, status(false)},
	"coalesce":          {2, -1, coalesce},
	"contains":          {2, 2, fold(strings.Contains)},
	"containsvalue":     {2, 2, containsValue},
	"converttojson":     {1, 1, convertToJSON},
	"counter":           {0, 2, because("counter() is counted by Azure Pipelines")},
	"endswith":          {2, 2, fold(strings.HasSuffix)},
	"eq":                {2, 2, comparison(equal)},
	"failed":            {0, -1, status(false)},
	"format":            {1, -1, format},
	"ge":                {2, 2, ordered(func(sign int) bool { return sign >= 0 })},
	"gt":                {2, 2, ordered(func(sign int) bool { return sign > 0 })},
	"iif":               {3, 3, choose},
	"in":                {1, -1, isIn},
	"join":              {2, 2, join},
	"le":                {2, 2, ordered(func(sign int) bool { return sign <= 0 })},
	"length":            {1, 1, length},
	"lower":             {1, 1, mapped(strings.ToLower)},
	"lt":                {2, 2, ordered(func(sign int) bool { return sign < 0 })},
	"ne":                {2, 2, comparison(func(a, b resource.Value) bool { return !equal(a, b) })},
	"not":               {1, 1, not},
	"notin":             {1, -1, func(args []resource.Value) resource.Value { return not([]resource.Value{isIn(args)}) }},
	"or":                {2, -1, or},
	"replace":           {3, 3, replace},
	"split":             {2, 2, split},
	"startswith":        {2, 2, fold(strings.HasPrefix)},
	"succeeded":         {0, -1, status(true)},
	"succeededorfailed": {0, -1, status(true)},
	"trim":              {1, 1, mapped(strings.TrimSpace)},
	"upper":             {1, 1, mapped(strings.ToUpper)},
	"xor":               {2, 2, comparison(xor)},
}

func status(truth bool) func([]resource.Value) resource.Value {
	return func([]resource.Value) resource.Value { return boolean(truth) }
}

func because(why string) func([]resource.Value) resource.Value {
	return func([]resource.Value) resource.Value { return resource.UnknownAt(source.Range{}, why) }
}

// and is false as soon as one operand is, whatever the others are.
func and(args []resource.Value) resource.Value { return gate(args, false) }

// or is true as soon as one operand is, whatever the others are.
func or(args []resource.Value) resource.Value { return gate(args, true) }

func gate(args []resource.Value, decisive bool) resource.Value {
	open := resource.Value{}
	for _, arg := range args {
		truth, known := Truth(arg)
		switch {
		case known && truth == decisive:
			return boolean(decisive)
		case !known && open.State != resource.Unknown:
			open = condition(arg)
		}
	}
	if open.State == resource.Unknown {
		return open
	}
	return boolean(!decisive)
}

func not(args []resource.Value) resource.Value {
	truth, known := Truth(args[0])
	if !known {
		return condition(args[0])
	}
	return boolean(!truth)
}

func xor(a, b resource.Value) bool {
	x, _ := Truth(a)
	y, _ := Truth(b)
	return x != y
}

func comparison(test func(a, b resource.Value) bool) func([]resource.Value) resource.Value {
	return func(args []resource.Value) resource.Value {
		if v, unknown := firstUnknown(args...); unknown {
			return condition(v)
		}
		return boolean(test(args[0], args[1]))
	}
}

func ordered(test func(sign int) bool) func([]resource.Value) resource.Value {
	return comparison(func(a, b resource.Value) bool {
		sign, ok := order(a, b)
		return ok && test(sign)
	})
}

func fold(test func(a, b string) bool) func([]resource.Value) resource.Value {
	return comparison(func(a, b resource.Value) bool {
		return test(strings.ToLower(Text(a)), strings.ToLower(Text(b)))
	})
}

func mapped(change func(string) string) func([]resource.Value) resource.Value {
	return func(args []resource.Value) resource.Value {
		v := args[0]
		if v.IsUnknown() {
			if v.Hint != "" {
				v.Hint = change(v.Hint)
			}
			return v
		}
		return resource.StringAt(source.Range{}, change(Text(v)))
	}
}

func isIn(args []resource.Value) resource.Value {
	open := resource.Value{}
	for _, candidate := range args[1:] {
		if v, unknown := firstUnknown(args[0], candidate); unknown {
			open = condition(v)
		} else if equal(args[0], candidate) {
			return boolean(true)
		}
	}
	if open.State == resource.Unknown {
		return open
	}
	return boolean(false)
}

func containsValue(args []resource.Value) resource.Value {
	if args[0].IsUnknown() || args[1].IsUnknown() {
		v, _ := firstUnknown(args...)
		return condition(v)
	}
	return isIn(append([]resource.Value{args[1]}, all(args[0]).Items...))
}

// coalesce returns the first argument that is neither null nor an empty text.
func coalesce(args []resource.Value) resource.Value {
	for _, arg := range args {
		if arg.IsUnknown() || !scalar(arg) || Text(arg) != "" {
			return arg
		}
	}
	return resource.NullAt(source.Range{})
}

func choose(args []resource.Value) resource.Value {
	truth, known := Truth(args[0])
	switch {
	case !known:
		return resource.UnknownAt(source.Range{}, args[0].Why)
	case truth:
		return args[1]
	default:
		return args[2]
	}
}

// join puts the items of a list together; what is no list is returned as text.
func join(args []resource.Value) resource.Value {
	switch {
	case args[0].IsUnknown():
		return args[0]
	case args[1].IsUnknown():
		return args[1]
	case args[1].Kind != resource.List:
		return resource.StringAt(source.Range{}, Text(args[1]))
	}
	var parts []resource.Value
	for i, item := range args[1].Items {
		if i > 0 {
			parts = append(parts, args[0])
		}
		parts = append(parts, item)
	}
	return Join(source.Range{}, parts...)
}

func length(args []resource.Value) resource.Value {
	v := args[0]
	switch {
	case v.IsUnknown():
		return resource.UnknownAt(source.Range{}, v.Why)
	case v.Kind == resource.List:
		return resource.NumberAt(source.Range{}, float64(len(v.Items)))
	case v.Kind == resource.Object:
		return resource.NumberAt(source.Range{}, float64(len(v.Fields)))
	default:
		return resource.NumberAt(source.Range{}, float64(len([]rune(Text(v)))))
	}
}

func replace(args []resource.Value) resource.Value {
	if v, unknown := firstUnknown(args...); unknown {
		return resource.UnknownAt(source.Range{}, v.Why)
	}
	old := Text(args[1])
	if old == "" {
		return args[0]
	}
	before := Text(args[0])
	if strings.Count(before, old)*len(Text(args[2]))+len(before) > maxText {
		return resource.UnknownAt(source.Range{}, "the text is longer than is followed")
	}
	return resource.StringAt(source.Range{}, strings.ReplaceAll(before, old, Text(args[2])))
}

func split(args []resource.Value) resource.Value {
	if v, unknown := firstUnknown(args...); unknown {
		return resource.UnknownAt(source.Range{}, v.Why)
	}
	list := resource.ListAt(source.Range{})
	separator := Text(args[1])
	if separator == "" {
		list.Items = append(list.Items, args[0])
		return list
	}
	pieces := strings.Split(Text(args[0]), separator)
	if len(pieces) > maxItems {
		return resource.UnknownAt(source.Range{}, "split makes a longer list than is followed")
	}
	for _, piece := range pieces {
		list.Items = append(list.Items, resource.StringAt(source.Range{}, piece))
	}
	return list
}

// format replaces {0}, {1} …; {{ and }} stand for braces.
func format(args []resource.Value) resource.Value {
	if args[0].IsUnknown() {
		return args[0]
	}
	pattern, literal := Text(args[0]), ""
	var parts []resource.Value
	for i := 0; i < len(pattern); i++ {
		switch c := pattern[i]; {
		case (c == '{' || c == '}') && strings.HasPrefix(pattern[i+1:], string(c)):
			literal += string(c)
			i++
		case c == '{':
			stop := strings.IndexByte(pattern[i:], '}')
			if stop < 0 {
				return resource.UnknownAt(source.Range{}, "format has a brace that is not closed")
			}
			index, _, styled := strings.Cut(pattern[i+1:i+stop], ":")
			n, err := strconv.Atoi(index)
			if err != nil || n < 0 || n+1 >= len(args) {
				return resource.UnknownAt(source.Range{}, "format names an argument that is not there")
			}
			arg := args[n+1]
			if styled && !arg.IsUnknown() {
				arg = resource.UnknownAt(source.Range{}, "format writes a date")
			}
			parts = append(parts, resource.StringAt(source.Range{}, literal), arg)
			literal = ""
			i += stop
		default:
			literal += string(c)
		}
	}
	return Join(source.Range{}, append(parts, resource.StringAt(source.Range{}, literal))...)
}
