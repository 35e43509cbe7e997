package terraform

import (
	"math/big"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
)

// convert converts a value; what cannot be converted is unknown.
func (ev *evaluation) convert(value cty.Value, wanted cty.Type) cty.Value {
	if wanted == cty.DynamicPseudoType || value.Type() == wanted {
		return value
	}
	plain, marks := value.Unmark()
	if targetOf(plain) != nil {
		return carry(cty.UnknownVal(wanted), value.Marks(), reason(plain))
	}
	if plain.Type() == cty.String && wanted == cty.Number && plain.IsKnown() && !plain.IsNull() {
		const digits = 1024 // reading a number takes time quadratic in its length
		if len(plain.AsString()) > digits {
			return carry(ev.fail("a number has too many digits"), marks)
		}
	}
	if plain.Type() == cty.Number && wanted == cty.String {
		plain = short(plain)
	}
	converted, err := convert.Convert(plain, wanted)
	if err != nil {
		return carry(ev.fail(shortError(err)), marks)
	}
	if len(marks) == 0 {
		return converted
	}
	return converted.WithMarks(marks)
}

// short returns an integer with no more precision than it needs: printing the
// precise numbers that literals and decoders yield takes a hundred times longer.
func short(number cty.Value) cty.Value {
	if !number.IsKnown() || number.IsNull() {
		return number
	}
	if whole, accuracy := number.AsBigFloat().Int64(); accuracy == big.Exact {
		return cty.NumberIntVal(whole)
	}
	return number
}

// binary evaluates an operation of two values. One side may decide a logical
// operation alone.
func (ev *evaluation) binary(en env, e *hclsyntax.BinaryOpExpr) cty.Value {
	left := ev.eval(en, e.LHS)
	if e.Op != hclsyntax.OpLogicalAnd && e.Op != hclsyntax.OpLogicalOr {
		return ev.operate(e.Op, e.SrcRange, left, ev.eval(en, e.RHS))
	}
	decisive := cty.BoolVal(e.Op == hclsyntax.OpLogicalOr)
	left = ev.convert(left, cty.Bool)
	if plain, _ := left.Unmark(); plain.RawEquals(decisive) {
		return left
	}
	errs := ev.errs
	right := ev.convert(ev.eval(en, e.RHS), cty.Bool)
	if plain, _ := right.Unmark(); plain.RawEquals(decisive) {
		return right
	}
	if !left.IsKnown() {
		ev.errs = errs
		return carry(cty.UnknownVal(cty.Bool), left.Marks(), right.Marks())
	}
	return ev.operate(e.Op, e.SrcRange, left, right)
}

// operate calls the function behind an operator.
func (ev *evaluation) operate(op *hclsyntax.Operation, at hcl.Range, operands ...cty.Value) cty.Value {
	params := op.Impl.Params()
	marks := make([]cty.ValueMarks, 0, len(operands))
	known := true
	const perMember = 16 // comparing is slow
	for i, operand := range operands {
		size := measure(operand, sizeLimit)
		if size > sizeLimit || size > 1 && !ev.spend(&ev.budget.steps, perMember*size, placed(at)) {
			ev.overspend(placed(at))
			return carry(unknown(overBudget), operand.Marks())
		}
		operand = ev.convert(operand, params[i].Type)
		plain, own := operand.Unmark()
		if !plain.Type().IsPrimitiveType() {
			plain, own = operand.UnmarkDeep()
		}
		operands[i], marks = plain, append(marks, own)
		if plain.Type() == cty.Number && plain.IsKnown() && !plain.IsNull() && tooLong(plain) {
			known = false
		}
	}
	if !known {
		return carry(unknown(overBudget), marks...)
	}
	result, err := op.Impl.Call(operands)
	if err != nil {
		return carry(ev.fail(shortError(err)), marks...)
	}
	return carry(result, marks...)
}

// tooLong reports whether a number has so many digits that arithmetic and
// printing become slow.
func tooLong(number cty.Value) bool {
	const exponent = 4096
	size := number.AsBigFloat().MantExp(nil)
	return size > exponent || size < -exponent
}

// shortError reduces an error to one line that completes "unknown because …".
func shortError(err error) string { return shorten(err.Error()) }

func shorten(text string) string {
	const limit = 160
	text, _, _ = strings.Cut(text, "\n")
	text = sentence(text)
	if len(text) > limit {
		text = strings.ToValidUTF8(text[:limit], "") + "…"
	}
	return text
}

// sentence drops a final stop.
func sentence(text string) string { return strings.TrimRight(strings.TrimSpace(text), ".:") }
