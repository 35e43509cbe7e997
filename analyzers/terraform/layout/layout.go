// Package layout reads how the blocks of HCL files are written.
package layout

import (
	"cmp"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/drlint/drlint/internal/guard"
	"github.com/drlint/drlint/internal/layout"
)

// Read returns the layout of a file in the native syntax; false when it cannot
// be read without fault.
func Read(path string, data []byte) (body layout.Body, ok bool) {
	if guard.Check(path, data, guard.HCL) != nil {
		return layout.Body{}, false
	}
	problem := guard.Barrier(path, func() {
		parsed, diags := hclsyntax.ParseConfig(data, path, hcl.InitialPos)
		if diags.HasErrors() {
			return
		}
		if native, isNative := parsed.Body.(*hclsyntax.Body); isNative {
			body, ok = bodyOf(native, layout.Span{End: len(data)}), true
		}
	})
	return body, ok && problem == nil
}

func bodyOf(native *hclsyntax.Body, braces layout.Span) layout.Body {
	body := layout.Body{Braces: braces}
	for name, attr := range native.Attributes {
		value := spanOf(attr.Expr.Range())
		entry := layout.Entry{Name: name, Whole: layout.Span{Start: attr.NameRange.Start.Byte, End: value.End}, Value: value}
		if object, ok := attr.Expr.(*hclsyntax.ObjectConsExpr); ok {
			entry.Body = objectOf(object)
		}
		body.Entries = append(body.Entries, entry)
	}
	for _, block := range native.Blocks {
		inner := bodyOf(block.Body, layout.Span{Start: block.OpenBraceRange.Start.Byte, End: block.CloseBraceRange.End.Byte})
		whole := layout.Span{Start: block.TypeRange.Start.Byte, End: block.CloseBraceRange.End.Byte}
		body.Entries = append(body.Entries, layout.Entry{Name: block.Type, Labels: block.Labels, Whole: whole, Body: &inner})
	}
	slices.SortFunc(body.Entries, func(a, b layout.Entry) int { return cmp.Compare(a.Whole.Start, b.Whole.Start) })
	return body
}

func objectOf(object *hclsyntax.ObjectConsExpr) *layout.Body {
	body := layout.Body{Braces: spanOf(object.SrcRange)}
	for _, item := range object.Items {
		value := spanOf(item.ValueExpr.Range())
		entry := layout.Entry{Whole: layout.Span{Start: item.KeyExpr.Range().Start.Byte, End: value.End}, Value: value}
		if name := hcl.ExprAsKeyword(item.KeyExpr); name != "" {
			entry.Name = name
		} else if text, diags := item.KeyExpr.Value(nil); !diags.HasErrors() && text.IsKnown() && text.Type().FriendlyName() == "string" {
			entry.Name = text.AsString()
		} else {
			body.Open = true
		}
		if inner, ok := item.ValueExpr.(*hclsyntax.ObjectConsExpr); ok {
			entry.Body = objectOf(inner)
		}
		body.Entries = append(body.Entries, entry)
	}
	return &body
}

func spanOf(r hcl.Range) layout.Span { return layout.Span{Start: r.Start.Byte, End: r.End.Byte} }
