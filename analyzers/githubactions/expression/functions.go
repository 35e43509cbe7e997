package expression

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// call evaluates a function; the opening bracket is consumed.
func (p *parser) call(function string, depth int) (resource.Value, error) {
	var args []resource.Value
	for !p.take(")") {
		if len(args) > 0 {
			if err := p.expect(","); err != nil {
				return resource.Value{}, err
			}
		}
		arg, err := p.or(depth + 1)
		if err != nil {
			return resource.Value{}, err
		}
		args = append(args, arg)
	}
	f, found := functions[strings.ToLower(function)]
	if !found {
		return resource.Value{}, errorf("there is no function %s", function)
	}
	if len(args) < f.least || f.most >= 0 && len(args) > f.most {
		return resource.Value{}, errorf("%s does not take %d arguments", function, len(args))
	}
	return f.apply(args), nil
}

type function struct {
	least, most int // most < 0: any number
	apply       func(args []resource.Value) resource.Value
}

// The functions of the documentation. The status functions answer for a run
// that goes well, which is what backups are judged by.
var functions = map[string]function{
	"contains":   {2, 2, contains},
	"startswith": {2, 2, fold(strings.HasPrefix)},
	"endswith":   {2, 2, fold(strings.HasSuffix)},
	"format":     {1, -1, format},
	"join":       {1, 2, join},
	"tojson":     {1, 1, toJSON},
	"fromjson":   {1, 1, fromJSON},
	"hashfiles":  {1, -1, because("hashFiles is computed by the runner")},
	"success":    {0, 0, status(true)},
	"always":     {0, 0, status(true)},
	"cancelled":  {0, 0, status(false)},
	"failure":    {0, 0, status(false)},
	"case":       {3, -1, choose},
}

func status(truth bool) func([]resource.Value) resource.Value {
	return func([]resource.Value) resource.Value { return boolean(truth) }
}

func because(why string) func([]resource.Value) resource.Value {
	return func([]resource.Value) resource.Value {
		return resource.Value{State: resource.Unknown, Kind: resource.Bool, Why: why}
	}
}

// firstUnknown returns the first argument that is not known in all its parts.
func firstUnknown(args ...resource.Value) (resource.Value, bool) {
	for _, arg := range args {
		if arg.IsUnknown() {
			return arg, true
		}
		if v, found := firstUnknown(arg.Items...); found {
			return v, true
		}
	}
	return resource.Value{}, false
}

func contains(args []resource.Value) resource.Value {
	if v, unknown := firstUnknown(args...); unknown {
		return condition(v)
	}
	if args[0].Kind == resource.List {
		for _, item := range args[0].Items {
			if equal(item, args[1]) {
				return boolean(true)
			}
		}
		return boolean(false)
	}
	return fold(strings.Contains)(args)
}

func fold(test func(a, b string) bool) func([]resource.Value) resource.Value {
	return func(args []resource.Value) resource.Value {
		if v, unknown := firstUnknown(args...); unknown {
			return condition(v)
		}
		return boolean(test(strings.ToLower(Text(args[0])), strings.ToLower(Text(args[1]))))
	}
}

// Text converts a known value to text as GitHub does.
func Text(v resource.Value) string {
	switch {
	case v.IsAbsent():
		return ""
	case v.Kind == resource.Number:
		return strconv.FormatFloat(v.Num, 'G', 15, 64)
	case v.Kind == resource.List:
		return "Array"
	case v.Kind == resource.Object:
		return "Object"
	}
	text, _ := v.AsString()
	return text
}

// Join puts parts together: text when all are known, else unknown with a hint.
func Join(at source.Range, parts ...resource.Value) resource.Value {
	var b strings.Builder
	out := resource.Value{State: resource.Known, Kind: resource.String, At: at}
	for _, part := range parts {
		for _, origin := range part.Origin {
			if !slices.Contains(out.Origin, origin) {
				out.Origin = append(out.Origin, origin)
			}
		}
		switch {
		case !part.IsUnknown():
			b.WriteString(Text(part))
			continue
		case part.Hint != "":
			b.WriteString(part.Hint)
		default:
			b.WriteRune(resource.Hole)
		}
		if out.State == resource.Known {
			out.State, out.Why = resource.Unknown, part.Why
		}
	}
	if b.Len() > maxText {
		return resource.UnknownAt(at, "the text is longer than is followed")
	}
	if out.State == resource.Known {
		out.Text = b.String()
	} else {
		out.Hint, out.Kind = b.String(), resource.Null
	}
	return out
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
			n, err := strconv.Atoi(pattern[i+1 : i+stop])
			if err != nil || n < 0 || n+1 >= len(args) {
				return resource.UnknownAt(source.Range{}, "format names an argument that is not there")
			}
			parts = append(parts, resource.StringAt(source.Range{}, literal), args[n+1])
			literal = ""
			i += stop
		default:
			literal += string(c)
		}
	}
	return Join(source.Range{}, append(parts, resource.StringAt(source.Range{}, literal))...)
}

func join(args []resource.Value) resource.Value {
	separator := resource.StringAt(source.Range{}, ",")
	if len(args) == 2 {
		separator = args[1]
	}
	switch {
	case args[0].IsUnknown():
		return args[0]
	case args[0].Kind != resource.List:
		return resource.StringAt(source.Range{}, Text(args[0]))
	}
	var parts []resource.Value
	for i, item := range args[0].Items {
		if i > 0 {
			parts = append(parts, separator)
		}
		parts = append(parts, item)
	}
	return Join(source.Range{}, parts...)
}

// choose is case(condition, value, …, default).
func choose(args []resource.Value) resource.Value {
	for len(args) >= 2 {
		truth, known := Truth(args[0])
		switch {
		case !known:
			return resource.UnknownAt(source.Range{}, args[0].Why)
		case truth:
			return args[1]
		}
		args = args[2:]
	}
	if len(args) == 1 {
		return args[0]
	}
	return resource.NullAt(source.Range{})
}

// compare applies a comparison. Values of different types compare as numbers
// and texts without regard to case.
func compare(op string, a, b resource.Value) resource.Value {
	if v, unknown := firstUnknown(a, b); unknown {
		return condition(v)
	}
	switch op {
	case "==":
		return boolean(equal(a, b))
	case "!=":
		return boolean(!equal(a, b))
	}
	if a.Kind == resource.String && b.Kind == resource.String {
		return boolean(ordered(op, strings.Compare(strings.ToLower(a.Text), strings.ToLower(b.Text))))
	}
	x, y := toNumber(a), toNumber(b)
	switch {
	case math.IsNaN(x) || math.IsNaN(y):
		return boolean(false)
	case x < y:
		return boolean(ordered(op, -1))
	case x > y:
		return boolean(ordered(op, 1))
	default:
		return boolean(ordered(op, 0))
	}
}

func ordered(op string, sign int) bool {
	switch op {
	case "<":
		return sign < 0
	case "<=":
		return sign <= 0
	case ">":
		return sign > 0
	default:
		return sign >= 0
	}
}

func equal(a, b resource.Value) bool {
	switch {
	case a.IsAbsent() && b.IsAbsent():
		return true
	case a.IsKnown() && b.IsKnown() && a.Kind == resource.String && b.Kind == resource.String:
		return strings.EqualFold(a.Text, b.Text)
	case a.IsKnown() && (a.Kind == resource.List || a.Kind == resource.Object):
		return false
	}
	return toNumber(a) == toNumber(b)
}

func toNumber(v resource.Value) float64 {
	switch {
	case v.IsAbsent():
		return 0
	case v.Kind == resource.Bool && v.Truth:
		return 1
	case v.Kind == resource.Bool:
		return 0
	case v.Kind == resource.Number:
		return v.Num
	case v.Kind == resource.String && strings.TrimSpace(v.Text) == "":
		return 0
	case v.Kind == resource.String:
		if n, ok := parseNumber(strings.TrimSpace(v.Text)); ok {
			return n
		}
	}
	return math.NaN()
}
