package adf

import (
	"math"
	"strings"

	"github.com/drlint/drlint/internal/resource"
)

// compute evaluates a function of known values; false when it cannot.
func compute(function string, args []resource.Value) (resource.Value, bool) {
	for _, arg := range args {
		if arg.State != resource.Known {
			return resource.Value{}, false
		}
	}
	if function == "createarray" {
		return resource.Value{State: resource.Known, Kind: resource.List, Items: args}, true
	}
	if len(args) == 1 && args[0].Kind == resource.List {
		return ofList(function, args[0].Items)
	}
	var work func(args []resource.Value) (resource.Value, bool)
	switch len(args) {
	case 1:
		work = unary[function]
	case 2:
		work = binary[function]
	case 3:
		work = ternary[function]
	}
	if work == nil {
		return resource.Value{}, false
	}
	return work(args)
}

// The functions of scalar values that are computed, by the number of their
// arguments (Microsoft Learn, String, Logical, Conversion and Math functions).
var (
	unary = map[string]func([]resource.Value) (resource.Value, bool){
		"string":  ofText(text),
		"tolower": ofText(func(s string) (resource.Value, bool) { return text(strings.ToLower(s)) }),
		"toupper": ofText(func(s string) (resource.Value, bool) { return text(strings.ToUpper(s)) }),
		"trim":    ofText(func(s string) (resource.Value, bool) { return text(strings.TrimSpace(s)) }),
		"length":  ofText(func(s string) (resource.Value, bool) { return number(float64(len([]rune(s)))) }),
		"empty":   ofText(func(s string) (resource.Value, bool) { return truth(s == "", true) }),
		"int":     toNumber, "float": toNumber,
		"bool": func(args []resource.Value) (resource.Value, bool) { return truth(args[0].AsBool()) },
		"not": func(args []resource.Value) (resource.Value, bool) {
			b, ok := args[0].AsBool()
			return truth(!b, ok)
		},
	}
	binary = map[string]func([]resource.Value) (resource.Value, bool){
		"contains":   ofTexts(strings.Contains),
		"startswith": ofTexts(func(s, part string) bool { return strings.HasPrefix(strings.ToLower(s), strings.ToLower(part)) }),
		"endswith":   ofTexts(func(s, part string) bool { return strings.HasSuffix(strings.ToLower(s), strings.ToLower(part)) }),
		"split":      split, "substring": substring,
		"equals":  func(args []resource.Value) (resource.Value, bool) { return truth(equal(args[0], args[1]), true) },
		"and":     ofTruths(func(a, b bool) bool { return a && b }),
		"or":      ofTruths(func(a, b bool) bool { return a || b }),
		"greater": ordered(func(x, y float64) bool { return x > y }), "greaterorequals": ordered(func(x, y float64) bool { return x >= y }),
		"less": ordered(func(x, y float64) bool { return x < y }), "lessorequals": ordered(func(x, y float64) bool { return x <= y }),
		"add": ofNumbers(func(x, y float64) float64 { return x + y }),
		"sub": ofNumbers(func(x, y float64) float64 { return x - y }),
		"mul": ofNumbers(func(x, y float64) float64 { return x * y }),
	}
	ternary = map[string]func([]resource.Value) (resource.Value, bool){"replace": replace, "substring": substring}
)

func text(s string) (resource.Value, bool) {
	return resource.Value{State: resource.Known, Kind: resource.String, Text: s}, len(s) <= maxText
}

func truth(b, ok bool) (resource.Value, bool) {
	return resource.Value{State: resource.Known, Kind: resource.Bool, Truth: b}, ok
}

func number(n float64) (resource.Value, bool) {
	return resource.Value{State: resource.Known, Kind: resource.Number, Num: n}, !math.IsNaN(n) && !math.IsInf(n, 0)
}

func toNumber(args []resource.Value) (resource.Value, bool) {
	n, ok := args[0].AsNumber()
	v, finite := number(n)
	return v, ok && finite
}

func ofText(work func(string) (resource.Value, bool)) func([]resource.Value) (resource.Value, bool) {
	return func(args []resource.Value) (resource.Value, bool) {
		s, ok := args[0].AsString()
		if !ok {
			return resource.Value{}, false
		}
		return work(s)
	}
}

func ofTexts(work func(a, b string) bool) func([]resource.Value) (resource.Value, bool) {
	return func(args []resource.Value) (resource.Value, bool) {
		a, first := args[0].AsString()
		b, second := args[1].AsString()
		return truth(work(a, b), first && second)
	}
}

func ofTruths(work func(a, b bool) bool) func([]resource.Value) (resource.Value, bool) {
	return func(args []resource.Value) (resource.Value, bool) {
		a, first := args[0].AsBool()
		b, second := args[1].AsBool()
		return truth(work(a, b), first && second)
	}
}

func ordered(work func(x, y float64) bool) func([]resource.Value) (resource.Value, bool) {
	return func(args []resource.Value) (resource.Value, bool) {
		x, first := args[0].AsNumber()
		y, second := args[1].AsNumber()
		return truth(work(x, y), first && second)
	}
}

func ofNumbers(work func(x, y float64) float64) func([]resource.Value) (resource.Value, bool) {
	return func(args []resource.Value) (resource.Value, bool) {
		x, first := args[0].AsNumber()
		y, second := args[1].AsNumber()
		v, finite := number(work(x, y))
		return v, first && second && finite
	}
}

func replace(args []resource.Value) (resource.Value, bool) {
	s, first := args[0].AsString()
	old, second := args[1].AsString()
	with, third := args[2].AsString()
	if !first || !second || !third || old == "" || len(s)+strings.Count(s, old)*len(with) > maxText {
		return resource.Value{}, false
	}
	return text(strings.ReplaceAll(s, old, with))
}

func split(args []resource.Value) (resource.Value, bool) {
	s, first := args[0].AsString()
	separator, second := args[1].AsString()
	if !first || !second || separator == "" || strings.Count(s, separator) > maxParts {
		return resource.Value{}, false
	}
	list := resource.Value{State: resource.Known, Kind: resource.List}
	for piece := range strings.SplitSeq(s, separator) {
		item, _ := text(piece)
		list.Items = append(list.Items, item)
	}
	return list, true
}

// substring takes a slice by its start and, where that is given, its length.
func substring(args []resource.Value) (resource.Value, bool) {
	s, ok := args[0].AsString()
	start, known := args[1].AsNumber()
	runes := []rune(s)
	length := float64(len(runes)) - start
	if len(args) == 3 {
		var also bool
		length, also = args[2].AsNumber()
		known = known && also
	}
	if !ok || !known || start < 0 || length < 0 || start+length > float64(len(runes)) || start != math.Trunc(start) || length != math.Trunc(length) {
		return resource.Value{}, false
	}
	return text(string(runes[int(start):int(start+length)]))
}

// ofList computes the functions of lists.
func ofList(function string, items []resource.Value) (resource.Value, bool) {
	switch {
	case function == "length":
		return number(float64(len(items)))
	case function == "empty":
		return truth(len(items) == 0, true)
	case function == "first" && len(items) > 0:
		return items[0], true
	case function == "last" && len(items) > 0:
		return items[len(items)-1], true
	default:
		return resource.Value{}, false
	}
}
