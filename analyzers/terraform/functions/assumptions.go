package functions

import (
	"errors"
	"math"
	"math/big"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
	"github.com/zclconf/go-cty/cty/function"
)

// assumptionFunctions are OpenTofu's promises about values that are not known
// yet. They return their first argument with the promise attached and fail when
// it turns out to be wrong.
func assumptionFunctions() map[string]entry {
	all := map[string]entry{
		"assumeequal":        {fn: assumeEqual()},
		"assumenotnull":      {fn: assume(cty.DynamicPseudoType, assumedNotNull)},
		"assumestringprefix": {fn: assume(cty.String, assumedPrefix, textParam("prefix"))},
	}
	least, most := numberParam("min_length"), numberParam("max_length")
	for name, ty := range map[string]cty.Type{
		"list": cty.List(cty.DynamicPseudoType),
		"map":  cty.Map(cty.DynamicPseudoType),
		"set":  cty.Set(cty.DynamicPseudoType),
	} {
		all["assume"+name+"length"] = entry{fn: assume(ty, assumedLength(true, true), least, most)}
		all["assume"+name+"lengthmin"] = entry{fn: assume(ty, assumedLength(true, false), least)}
		all["assume"+name+"lengthmax"] = entry{fn: assume(ty, assumedLength(false, true), most)}
	}
	return all
}

// promise refines what is known of a value by the other arguments.
type promise func(v cty.Value, given []cty.Value) (func(*cty.RefinementBuilder) *cty.RefinementBuilder, error)

var errAssumption = function.NewArgErrorf(0, "the assumption does not hold")

func assume(ty cty.Type, by promise, given ...function.Parameter) function.Function {
	value := function.Parameter{Name: "value", Type: ty, AllowNull: true, AllowUnknown: true, AllowDynamicType: true}
	return function.New(&function.Spec{
		Params: append([]function.Parameter{value}, given...),
		Type:   function.StaticReturnType(ty),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			refine, err := by(args[0], args[1:])
			if err != nil {
				return cty.NilVal, err
			}
			return refined(args[0], refine)
		},
	})
}

// refined turns the panic by which cty refuses a refinement that contradicts
// the value into an error.
func refined(v cty.Value, refine func(*cty.RefinementBuilder) *cty.RefinementBuilder) (out cty.Value, err error) {
	defer func() {
		if recover() != nil {
			out, err = cty.NilVal, errAssumption
		}
	}()
	return v.RefineWith(refine), nil
}

func assumedNotNull(v cty.Value, _ []cty.Value) (func(*cty.RefinementBuilder) *cty.RefinementBuilder, error) {
	if v.Type() == cty.DynamicPseudoType {
		return nil, function.NewArgErrorf(0, "must have a known type; use convert() to give it one")
	}
	return notNull, nil
}

func assumedPrefix(_ cty.Value, given []cty.Value) (func(*cty.RefinementBuilder) *cty.RefinementBuilder, error) {
	return func(b *cty.RefinementBuilder) *cty.RefinementBuilder {
		return b.StringPrefix(given[0].AsString())
	}, nil
}

func assumedLength(lower, upper bool) promise {
	return func(_ cty.Value, given []cty.Value) (func(*cty.RefinementBuilder) *cty.RefinementBuilder, error) {
		bounds := make([]int, len(given))
		for i, v := range given {
			n, accuracy := v.AsBigFloat().Int64()
			if accuracy != big.Exact || n < 0 || n >= math.MaxInt32 {
				return nil, function.NewArgError(i+1, errors.New("must be a whole number that a length can be"))
			}
			bounds[i] = int(n)
		}
		return func(b *cty.RefinementBuilder) *cty.RefinementBuilder {
			if lower {
				b = b.CollectionLengthLowerBound(bounds[0])
			}
			if upper {
				b = b.CollectionLengthUpperBound(bounds[len(bounds)-1])
			}
			return b
		}, nil
	}
}

// assumeEqual returns the expected value, also for one that is not known yet,
// with the marks of the actual one that do not speak of secrets.
func assumeEqual() function.Function {
	expected := openParam("expected_value", cty.DynamicPseudoType)
	return function.New(&function.Spec{
		Params: []function.Parameter{openParam("actual_value", cty.DynamicPseudoType), expected},
		Type:   func(args []cty.Value) (cty.Type, error) { return args[1].Type(), nil },
		Impl: func(args []cty.Value, ret cty.Type) (cty.Value, error) {
			actual, err := convert.Convert(args[0], ret)
			if err != nil {
				return cty.NilVal, function.NewArgErrorf(0, "is of type %s, which does not match %s", args[0].Type().FriendlyName(), ret.FriendlyName())
			}
			if equal, _ := actual.Equals(args[1]).Unmark(); equal.IsKnown() && equal.False() {
				return cty.NilVal, errAssumption
			}
			_, marks := actual.UnmarkDeepWithPaths()
			for _, at := range marks {
				delete(at.Marks, Sensitive)
				delete(at.Marks, Ephemeral)
			}
			return args[1].MarkWithPaths(marks), nil
		},
	})
}
