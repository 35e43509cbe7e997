package functions

import (
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
)

func markFunctions() map[string]entry {
	return map[string]entry{
		"ephemeralasnull": {ownMarks: true, fn: ofAnything(ephemeralAsNull)},
		"issensitive":     {ownMarks: true, fn: isSensitive()},
		"nonsensitive":    {ownMarks: true, fn: ofAnything(nonsensitive)},
		"sensitive":       {ownMarks: true, fn: ofAnything(func(v cty.Value) (cty.Value, error) { return v.Mark(Sensitive), nil })},
	}
}

// ofAnything is a function that keeps the type of its argument.
func ofAnything(impl func(cty.Value) (cty.Value, error)) function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{openParam("value", cty.DynamicPseudoType)},
		Type:   func(args []cty.Value) (cty.Type, error) { return args[0].Type(), nil },
		Impl:   func(args []cty.Value, _ cty.Type) (cty.Value, error) { return impl(args[0]) },
	})
}

func nonsensitive(v cty.Value) (cty.Value, error) {
	plain, marks := v.Unmark()
	delete(marks, Sensitive)
	return plain.WithMarks(marks), nil
}

// isSensitive cannot tell for unknown values, whose marks may yet change.
func isSensitive() function.Function {
	return function.New(&function.Spec{
		Params:       []function.Parameter{openParam("value", cty.DynamicPseudoType)},
		Type:         function.StaticReturnType(cty.Bool),
		RefineResult: notNull,
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			if !args[0].IsKnown() {
				_, marks := args[0].Unmark()
				delete(marks, Sensitive)
				return cty.UnknownVal(cty.Bool).WithMarks(marks), nil
			}
			return cty.BoolVal(args[0].HasMark(Sensitive)), nil
		},
	})
}

// ephemeralAsNull replaces the ephemeral parts of a value by null.
func ephemeralAsNull(v cty.Value) (cty.Value, error) {
	return cty.Transform(v, func(_ cty.Path, part cty.Value) (cty.Value, error) {
		plain, marks := part.Unmark()
		if !part.HasMark(Ephemeral) {
			return part, nil
		}
		delete(marks, Ephemeral)
		if !plain.IsKnown() {
			return plain.WithMarks(marks), nil
		}
		return cty.NullVal(plain.Type()).WithMarks(marks), nil
	})
}
