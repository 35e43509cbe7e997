package functions

import (
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
)

// notNull tells callers that a result, even an unknown one, is never null.
func notNull(b *cty.RefinementBuilder) *cty.RefinementBuilder { return b.NotNull() }

func param(name string, ty cty.Type) function.Parameter {
	return function.Parameter{Name: name, Type: ty}
}

func textParam(name string) function.Parameter   { return param(name, cty.String) }
func numberParam(name string) function.Parameter { return param(name, cty.Number) }
func anyParam(name string) function.Parameter    { return param(name, cty.DynamicPseudoType) }

// openParam takes everything: null, unknown, untyped and marked values.
func openParam(name string, ty cty.Type) function.Parameter {
	return function.Parameter{
		Name: name, Type: ty,
		AllowNull: true, AllowUnknown: true, AllowDynamicType: true, AllowMarked: true,
	}
}

// fixed is a function whose result always has one type and is never null.
func fixed(ret cty.Type, impl func(args []cty.Value) (cty.Value, error), params ...function.Parameter) function.Function {
	return function.New(&function.Spec{
		Params:       params,
		Type:         function.StaticReturnType(ret),
		RefineResult: notNull,
		Impl:         func(args []cty.Value, _ cty.Type) (cty.Value, error) { return impl(args) },
	})
}

// ofText is a function of strings.
func ofText(ret cty.Type, impl func(in []string) (cty.Value, error), names ...string) function.Function {
	params := make([]function.Parameter, len(names))
	for i, name := range names {
		params[i] = textParam(name)
	}
	return fixed(ret, func(args []cty.Value) (cty.Value, error) {
		in := make([]string, len(args))
		for i, arg := range args {
			in[i] = arg.AsString()
		}
		return impl(in)
	}, params...)
}

// textToText is a function of one string that cannot fail.
func textToText(name string, impl func(string) string) function.Function {
	return ofText(cty.String, func(in []string) (cty.Value, error) {
		return cty.StringVal(impl(in[0])), nil
	}, name)
}

func isSequence(ty cty.Type) bool {
	return ty.IsListType() || ty.IsSetType() || ty.IsTupleType()
}
