package expression

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// Truth converts to a boolean as Azure Pipelines does: false, 0, an empty text
// and null are false.
func Truth(v resource.Value) (truth, known bool) {
	switch {
	case v.IsUnknown():
		return false, false
	case v.IsAbsent():
		return false, true
	}
	switch v.Kind {
	case resource.Bool:
		return v.Truth, true
	case resource.Number:
		return v.Num != 0, true
	case resource.String:
		return v.Text != "", true
	default:
		return true, true
	}
}

// Text converts a known value to text: booleans are True and False.
func Text(v resource.Value) string {
	switch {
	case v.IsAbsent() || v.IsUnknown():
		return ""
	case v.Kind == resource.Bool && v.Truth:
		return "True"
	case v.Kind == resource.Bool:
		return "False"
	}
	text, _ := v.AsString()
	return text
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
		for _, f := range arg.Fields {
			if v, found := firstUnknown(f.Value); found {
				return v, true
			}
		}
	}
	return resource.Value{}, false
}

// equal compares as eq does: the right operand takes the type of the left one,
// and texts ignore case.
func equal(a, b resource.Value) bool {
	switch {
	case a.IsAbsent() && b.IsAbsent():
		return true
	case a.IsAbsent():
		return Text(b) == "" && b.Kind != resource.Bool && b.Kind != resource.Number
	case a.Kind == resource.Bool:
		truth, _ := Truth(b)
		return scalar(b) && a.Truth == truth
	case a.Kind == resource.Number:
		n, ok := toNumber(b)
		return ok && a.Num == n
	case a.Kind == resource.String:
		return scalar(b) && strings.EqualFold(a.Text, Text(b))
	}
	return false
}

func scalar(v resource.Value) bool {
	return v.IsAbsent() || v.Kind == resource.Bool || v.Kind == resource.Number || v.Kind == resource.String
}

func toNumber(v resource.Value) (float64, bool) {
	switch {
	case v.IsAbsent():
		return 0, true
	case v.Kind == resource.Bool && v.Truth:
		return 1, true
	case v.Kind == resource.Bool:
		return 0, true
	case v.Kind == resource.Number:
		return v.Num, true
	case v.Kind == resource.String && v.Text == "":
		return 0, true
	case v.Kind == resource.String:
		n, err := strconv.ParseFloat(strings.TrimSpace(v.Text), 64)
		return n, err == nil && !math.IsNaN(n)
	}
	return 0, false
}

// order compares two known values as lt and its like do.
func order(a, b resource.Value) (sign int, ok bool) {
	if a.Kind == resource.String && !a.IsAbsent() {
		if versions, ok := compareVersions(a.Text, Text(b)); ok {
			return versions, true
		}
		return strings.Compare(strings.ToLower(a.Text), strings.ToLower(Text(b))), scalar(b)
	}
	x, okX := toNumber(a)
	y, okY := toNumber(b)
	switch {
	case !okX || !okY:
		return 0, false
	case x < y:
		return -1, true
	case x > y:
		return 1, true
	default:
		return 0, true
	}
}

// compareVersions compares texts such as "1.2.3".
func compareVersions(a, b string) (sign int, ok bool) {
	x, y := strings.Split(a, "."), strings.Split(b, ".")
	if len(x) < 3 || len(y) < 2 {
		return 0, false
	}
	for i := range max(len(x), len(y)) {
		var m, n int
		var err error
		if i < len(x) {
			if m, err = strconv.Atoi(x[i]); err != nil {
				return 0, false
			}
		}
		if i < len(y) {
			if n, err = strconv.Atoi(y[i]); err != nil {
				return 0, false
			}
		}
		if m != n {
			if m < n {
				return -1, true
			}
			return 1, true
		}
	}
	return 0, true
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
			out.State, out.Kind, out.Why = resource.Unknown, resource.Null, part.Why
		}
	}
	if b.Len() > maxText {
		return resource.UnknownAt(at, "the text is longer than is followed")
	}
	if out.State == resource.Known {
		out.Text = b.String()
	} else {
		out.Hint = b.String()
	}
	return out
}
