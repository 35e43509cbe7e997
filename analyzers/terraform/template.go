package terraform

import (
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/drlint/drlint/internal/source"
)

// template joins the parts of a string. When a part is not known the result is
// not either, but the parts that are make up its hint.
func (ev *evaluation) template(en env, e *hclsyntax.TemplateExpr) cty.Value {
	if text, ok := literalPart(e); ok {
		return text
	}
	var text strings.Builder
	known := true
	marks := make([]cty.ValueMarks, 0, len(e.Parts))
	for _, part := range e.Parts {
		if !ev.fits(text.Len(), rangeOf(e)) {
			return carry(unknown(overBudget), marks...)
		}
		value := ev.templatePart(ev.eval(en, part))
		marks = append(marks, value.Marks())
		if !value.IsKnown() {
			known = false
			text.WriteString(hint(value))
			continue
		}
		plain, _ := value.Unmark()
		text.WriteString(plain.AsString())
	}
	if known {
		return carry(cty.StringVal(text.String()), marks...)
	}
	return hinted(carry(cty.UnknownVal(cty.String).RefineNotNull(), marks...), text.String())
}

// fits charges for text that is put together.
func (ev *evaluation) fits(length int, at source.Range) bool {
	const bytesPerStep = 64
	return ev.spend(&ev.budget.steps, length/bytesPerStep, at) && length <= textLimit
}

// templatePart converts one part to text.
func (ev *evaluation) templatePart(value cty.Value) cty.Value {
	if value.IsKnown() && value.IsNull() {
		return carry(ev.fail("a part of the string is null"), value.Marks())
	}
	return ev.convert(value, cty.String)
}

// literalPart returns a string without interpolations.
func literalPart(e *hclsyntax.TemplateExpr) (cty.Value, bool) {
	if len(e.Parts) != 1 {
		return cty.StringVal(""), len(e.Parts) == 0
	}
	l, ok := e.Parts[0].(*hclsyntax.LiteralValueExpr)
	if !ok || l.Val.Type() != cty.String {
		return cty.NilVal, false
	}
	return l.Val, true
}

// joined concatenates what a %{for} directive yields.
func (ev *evaluation) joined(tuple cty.Value, at source.Range) cty.Value {
	plain, marks := tuple.Unmark()
	if !plain.IsKnown() || plain.IsNull() || !plain.CanIterateElements() {
		return carry(cty.UnknownVal(cty.String), marks)
	}
	var text strings.Builder
	all := []cty.ValueMarks{marks}
	known := true
	for it := plain.ElementIterator(); it.Next(); {
		_, member := it.Element()
		value := ev.templatePart(member)
		all = append(all, value.Marks())
		if !value.IsKnown() {
			known = false
			text.WriteString(hint(value))
			continue
		}
		unmarked, _ := value.Unmark()
		text.WriteString(unmarked.AsString())
		if text.Len() > textLimit {
			break
		}
	}
	if !ev.fits(text.Len(), at) {
		return carry(unknown(overBudget), all...)
	}
	if known {
		return carry(cty.StringVal(text.String()), all...)
	}
	return hinted(carry(cty.UnknownVal(cty.String), all...), text.String())
}
