package functions

import (
	"errors"
	"reflect"
	"strconv"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/ext/customdecode"
	"github.com/hashicorp/hcl/v2/ext/typeexpr"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
	"github.com/zclconf/go-cty/cty/function"
)

func conversionFunctions() map[string]entry {
	return map[string]entry{
		"can":      {fn: can()},
		"convert":  {fn: convertTo(), bound: boundConvert},
		"tobool":   converter(cty.Bool),
		"tolist":   converter(cty.List(cty.DynamicPseudoType)),
		"tomap":    converter(cty.Map(cty.DynamicPseudoType)),
		"tonumber": converter(cty.Number),
		"toset":    converter(cty.Set(cty.DynamicPseudoType)),
		"tostring": converter(cty.String),
		"try":      {fn: try()},
	}
}

func converter(ty cty.Type) entry {
	return entry{fn: toType(ty), wants: []wanted{{ty}}}
}

// toType keeps the marks of elements where they are.
func toType(ty cty.Type) function.Function {
	value := openParam("v", cty.DynamicPseudoType)
	value.AllowUnknown = false
	return function.New(&function.Spec{
		Params: []function.Parameter{value},
		Type: func(args []cty.Value) (cty.Type, error) {
			from := args[0].Type()
			if !from.Equals(ty) && convert.GetConversionUnsafe(from, ty) == nil {
				return cty.NilType, function.NewArgErrorf(0, "cannot convert %s to %s", from.FriendlyName(), ty.FriendlyNameForConstraint())
			}
			return ty, nil
		},
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			out, err := convert.Convert(args[0], ty)
			if err == nil {
				return out, nil
			}
			what := args[0].Type().FriendlyName()
			if plain, _ := args[0].Unmark(); plain.Type() == cty.String && !plain.IsNull() {
				what = strconv.Quote(plain.AsString())
			}
			return cty.NilVal, function.NewArgErrorf(0, "cannot convert %s to %s", what, ty.FriendlyNameForConstraint())
		},
	})
}

// try and can follow HCL's ext/tryfunc, with two differences. They evaluate an
// argument once, where that package does so twice, which makes nested calls
// exponential. And they take a value that is partly unknown for a success when
// that is certain; the package always calls the result unknown then.
func try() function.Function {
	expressions := function.Parameter{Name: "expressions", Type: customdecode.ExpressionClosureType}
	return function.New(&function.Spec{
		VarParam: &expressions,
		Type:     function.StaticReturnType(cty.DynamicPseudoType),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			if len(args) == 0 {
				return cty.NilVal, errors.New("at least one argument is required")
			}
			var failed hcl.Diagnostics
			for _, arg := range args {
				closure := customdecode.ExpressionClosureFromVal(arg)
				v, diags := closure.Value()
				if diags.HasErrors() {
					failed = append(failed, diags...)
					continue
				}
				if v.IsWhollyKnown() || succeeds(closure.Expression, v) {
					return v, nil
				}
				_, marks := v.UnmarkDeep()
				return cty.DynamicVal.WithMarks(marks), nil
			}
			return cty.NilVal, noSuccess(failed)
		},
	})
}

func noSuccess(failed hcl.Diagnostics) error {
	var text strings.Builder
	text.WriteString("no expression succeeded:")
	for _, diag := range failed {
		text.WriteString("\n- " + diag.Summary + ": " + diag.Detail)
	}
	return errors.New(text.String())
}

func can() function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{{Name: "expression", Type: customdecode.ExpressionClosureType}},
		Type:   function.StaticReturnType(cty.Bool),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			closure := customdecode.ExpressionClosureFromVal(args[0])
			v, diags := closure.Value()
			if diags.HasErrors() {
				return cty.False, nil
			}
			if v.IsWhollyKnown() || succeeds(closure.Expression, v) {
				return cty.True, nil
			}
			_, marks := v.UnmarkDeep()
			return cty.UnknownVal(cty.Bool).WithMarks(marks), nil
		},
	})
}

// succeeds reports whether an expression without errors stays without: it only
// leads through values that are known to one that is known itself. What is
// unknown inside of that came from elsewhere.
func succeeds(expr hcl.Expression, v cty.Value) bool {
	return v.IsKnown() && onlyLeads(expr)
}

func onlyLeads(expr hcl.Expression) bool {
	switch expr := expr.(type) {
	case *hclsyntax.ScopeTraversalExpr, *hclsyntax.LiteralValueExpr:
		return true
	case *hclsyntax.RelativeTraversalExpr:
		return onlyLeads(expr.Source)
	case *hclsyntax.IndexExpr:
		return onlyLeads(expr.Collection) && onlyLeads(expr.Key)
	case *hclsyntax.ParenthesesExpr:
		return onlyLeads(expr.Expression)
	case *hclsyntax.TemplateExpr:
		return expr.IsStringLiteral()
	default:
		return false
	}
}

// constraint is the second argument of convert: a type as in the declaration of
// a variable, with the defaults of optional attributes.
type constraint struct {
	ty       cty.Type
	defaults *typeexpr.Defaults
}

func boundConvert(c *call) string {
	want, _ := c.args[1].EncapsulatedValue().(*constraint)
	return c.quadratic(c.args[0], want.ty)
}

func convertTo() function.Function {
	var capsule cty.Type
	capsule = cty.CapsuleWithOps("type", reflect.TypeFor[constraint](), &cty.CapsuleOps{
		ExtensionData: func(key any) any {
			if key != customdecode.CustomExpressionDecoder {
				return nil
			}
			return customdecode.CustomExpressionDecoderFunc(func(expr hcl.Expression, _ *hcl.EvalContext) (cty.Value, hcl.Diagnostics) {
				ty, defaults, diags := typeexpr.TypeConstraintWithDefaults(expr)
				return cty.CapsuleVal(capsule, &constraint{ty, defaults}), diags
			})
		},
	})
	return function.New(&function.Spec{
		Params: []function.Parameter{openParam("value", cty.DynamicPseudoType), param("type", capsule)},
		Type:   function.StaticReturnType(cty.DynamicPseudoType),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			v, want := args[0], args[1].EncapsulatedValue().(*constraint)
			if want.defaults != nil && !v.IsNull() {
				v = want.defaults.Apply(v)
			}
			if quick, ok := quickly(v, want.ty); ok {
				return quick, nil
			}
			out, err := convert.Convert(v, want.ty)
			if err != nil {
				return cty.NilVal, function.NewArgError(0, err)
			}
			return out, nil
		},
	})
}
