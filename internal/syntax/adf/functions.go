package adf

import (
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/resource"
)

// call folds a function. One that is not known here, or whose arguments are
// not, yields an unknown value that depends on what its arguments depend on.
func (f *folder) call(n *Node) Result {
	function := strings.ToLower(n.Name)
	args := make([]Result, len(n.Args))
	for i, arg := range n.Args {
		args[i] = f.fold(arg)
	}
	if rule, ok := moments[function]; ok {
		return f.moment(n, function, rule.format, rule.rest, args)
	}
	switch function {
	case "concat":
		return f.concat(n, args)
	case "string", "trim", "uricomponent", "json":
		if len(args) == 1 && args[0].Value.IsUnknown() {
			return args[0]
		}
	case "guid":
		return f.later(n, nil, OnRun, Unique)
	case "rand":
		return f.later(n, nil, OnRun, 0)
	case "if":
		return f.choose(n, args)
	case "coalesce":
		return f.coalesce(n, args)
	}
	if v, ok := compute(function, values(args)); ok {
		v.At = f.at
		return Known(v).join(args...)
	}
	return f.opaque(n, function, args)
}

// opaque is the result of a function that cannot be computed.
func (f *folder) opaque(n *Node, function string, args []Result) Result {
	out := f.open(n, n.Name+"() is not followed").join(args...)
	for _, arg := range args {
		if arg.Value.IsUnknown() {
			out.Value.Why = arg.Value.Why
			break
		}
	}
	if function == "substring" && len(args) == 3 && args[0].Moment == timestamp {
		start, known := args[1].Value.AsNumber()
		length, also := args[2].Value.AsNumber()
		if known && also && start >= 0 && length >= 0 && start < 64 && length < 64 {
			out.Moment = sliceOf(int(start), int(length))
		}
	}
	switch function {
	case "tolower", "toupper", "replace", "split", "substring", "int", "float", "first", "last", "trim", "base64", "decodeuricomponent":
	default:
		if !slices.Contains([]string{"createarray", "union", "array"}, function) {
			out.Moment = 0 // a comparison or a sum of dates tells no run from another
		}
	}
	return out
}

// moment folds a date function: which parts of a date are left in its text.
func (f *folder) moment(n *Node, function string, format int, rest Moment, args []Result) Result {
	out := f.open(n, n.Name+"() is known only when it runs").join(args...)
	if ownMoment(function) {
		out.On |= OnTime
		out.Moment = rest
	} else {
		for _, arg := range args {
			if arg.Value.IsUnknown() {
				out.Value.Why = arg.Value.Why
				break
			}
		}
		out.Moment = 0
		if len(args) > 0 {
			out.Moment = args[0].Moment & (rest | Unique)
		}
		if out.On == 0 {
			out.Value.Why = n.Name + "() of a fixed date is not computed"
		}
	}
	if len(args) > format {
		if text, ok := args[format].Text(); ok {
			out.Moment &= MomentOf(text)
		} else if args[format].Value.IsUnknown() {
			out.Moment = 0
		}
	}
	return out
}

func (f *folder) choose(n *Node, args []Result) Result {
	if len(args) != 3 {
		return f.open(n, "if() needs three arguments").join(args...)
	}
	if truth, ok := args[0].Value.AsBool(); ok {
		if truth {
			return args[1]
		}
		return args[2]
	}
	why := "the condition of if() is not known"
	if args[0].Value.Why != "" {
		why = args[0].Value.Why
	}
	out := Same(why, n.Source, args[1], args[2])
	out.On |= args[0].On
	return out
}

func (f *folder) coalesce(n *Node, args []Result) Result {
	for i, arg := range args {
		switch {
		case arg.Value.IsUnknown():
			return Same(arg.Value.Why, n.Source, args[i:]...)
		case !arg.Value.IsAbsent():
			return arg
		}
	}
	return Known(resource.NullAt(f.at))
}

func values(args []Result) []resource.Value {
	out := make([]resource.Value, len(args))
	for i, arg := range args {
		out[i] = arg.Value
	}
	return out
}
