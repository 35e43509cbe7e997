package functions

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
)

// meterAll makes a parsed expression draw on the budget for what HCL itself does
// without limits and cannot be interrupted at: for expressions, splats, and
// values and text put together. When the budget is spent, loops that have not
// begun give an unknown value and the others run out quickly.
//
// It changes the expression, which must be metered once, before it is
// evaluated. HCL no longer finds all references in it after that.
func (b *Budget) meterAll(expr hclsyntax.Expression) {
	var nodes []hclsyntax.Node
	// The nodes are changed after the walk, which follows the original tree.
	_ = hclsyntax.VisitAll(expr, func(node hclsyntax.Node) hcl.Diagnostics {
		nodes = append(nodes, node)
		return nil
	})
	for _, node := range nodes {
		switch node := node.(type) {
		case *hclsyntax.ForExpr:
			b.meter(&node.CollExpr, b.beginLoop)
			b.meter(&node.ValExpr, b.collect)
			if node.CondExpr != nil {
				b.meter(&node.CondExpr, b.iterate)
			}
		case *hclsyntax.SplatExpr:
			b.meter(&node.Source, b.beginLoop)
		case *hclsyntax.TupleConsExpr:
			for i := range node.Exprs {
				b.meter(&node.Exprs[i], b.collect)
			}
		case *hclsyntax.ObjectConsExpr:
			for i := range node.Items {
				b.meter(&node.Items[i].ValueExpr, b.collect)
			}
		case *hclsyntax.TemplateExpr:
			for i := range node.Parts {
				b.meter(&node.Parts[i], b.interpolate)
			}
		}
	}
}

func (b *Budget) meter(expr *hclsyntax.Expression, charge func(cty.Value) string) {
	if _, literal := (*expr).(*hclsyntax.LiteralValueExpr); !literal {
		*expr = &metered{Expression: *expr, charge: charge}
	}
}

// metered charges for the value of an expression and hides it when the charge
// is refused.
type metered struct {
	hclsyntax.Expression
	charge func(cty.Value) (why string)
}

func (m *metered) Value(ctx *hcl.EvalContext) (cty.Value, hcl.Diagnostics) {
	v, diags := m.Expression.Value(ctx)
	if why := m.charge(v); why != "" {
		return unknown(cty.DynamicPseudoType, why), diags
	}
	return v, diags
}

// beginLoop charges for all iterations at once, so that a loop that the budget
// does not cover never starts.
func (b *Budget) beginLoop(collection cty.Value) string {
	plain, _ := collection.Unmark()
	if !plain.IsKnown() || plain.IsNull() || !plain.CanIterateElements() {
		return b.pay(loopSteps)
	}
	return b.spend(int64(plain.LengthInt()) * loopSteps)
}

// iterate charges what one iteration adds to what was charged before.
func (b *Budget) iterate(cty.Value) string { return b.pay(1) }

// collect charges for a value that becomes part of a larger one. Without it a
// few lines that each hold the one before twice make a value without bounds.
func (b *Budget) collect(part cty.Value) string { return b.measure(part) }

// interpolate charges for the text that a template takes in.
func (b *Budget) interpolate(part cty.Value) string {
	plain, _ := part.Unmark()
	if !plain.IsKnown() || plain.IsNull() {
		return ""
	}
	if plain.Type() == cty.Number && hasTooManyDigits(plain.AsBigFloat()) {
		return "a template holds a number of too many digits"
	}
	if !plain.Type().IsPrimitiveType() {
		return ""
	}
	text, err := convert.Convert(plain, cty.String)
	if err != nil {
		return ""
	}
	if len(text.AsString()) > b.limit.Bytes {
		return "a template holds more than " + count(b.limit.Bytes) + " bytes of text"
	}
	return b.spend(int64(len(text.AsString())/bytesPerStep) + sightSteps)
}
