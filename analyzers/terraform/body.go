package terraform

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/drlint/drlint/internal/source"
)

// body is the content of a file or block in either syntax, in written order.
type body struct {
	attrs  []*attribute
	blocks []*block
}

type attribute struct {
	name   string
	nameAt source.Range
	expr   hclsyntax.Expression
}

type block struct {
	kind   string
	labels []string
	body   *body
	header source.Range // kind and labels
	whole  source.Range
}

func (b *body) attr(name string) *attribute {
	for _, a := range b.attrs {
		if a.name == name {
			return a
		}
	}
	return nil
}

func (b *body) block(kind string) *block {
	for _, nested := range b.blocks {
		if nested.kind == kind {
			return nested
		}
	}
	return nil
}

// placed keeps the bytes of an HCL range.
func placed(r hcl.Range) source.Range {
	return source.Range{File: r.Filename, Start: r.Start.Byte, End: max(r.Start.Byte, r.End.Byte)}
}

func rangeOf(expr hclsyntax.Expression) source.Range { return placed(expr.Range()) }

// literal returns a string that is written without any interpolation.
func literal(expr hclsyntax.Expression) (string, bool) {
	switch e := expr.(type) {
	case *hclsyntax.TemplateExpr:
		if len(e.Parts) == 0 {
			return "", true
		}
		if len(e.Parts) == 1 {
			return literal(e.Parts[0])
		}
	case *hclsyntax.LiteralValueExpr:
		if e.Val.Type() == cty.String && e.Val.IsKnown() && !e.Val.IsNull() {
			return e.Val.AsString(), true
		}
	case *hclsyntax.ParenthesesExpr:
		return literal(e.Expression)
	}
	return "", false
}

// literalAttr returns the literal string of an attribute, or "".
func (b *body) literalAttr(name string) string {
	if a := b.attr(name); a != nil {
		text, _ := literal(a.expr)
		return text
	}
	return ""
}

// objectItems returns the members of an object that is written as such, with
// their keys where those are literal.
func objectItems(expr hclsyntax.Expression) []attribute {
	object, ok := expr.(*hclsyntax.ObjectConsExpr)
	if !ok {
		return nil
	}
	var items []attribute
	for _, item := range object.Items {
		name := keyName(item.KeyExpr)
		if name == "" {
			continue
		}
		items = append(items, attribute{name: name, nameAt: rangeOf(item.KeyExpr), expr: item.ValueExpr})
	}
	return items
}

// keyName returns an object key that is an identifier or a literal string. A
// dotted name, as in the providers argument of a module call, is joined.
func keyName(expr hclsyntax.Expression) string {
	key, ok := expr.(*hclsyntax.ObjectConsKeyExpr)
	if !ok {
		text, _ := literal(expr)
		return text
	}
	if text, ok := literal(key.Wrapped); ok {
		return text
	}
	if traversal, diags := hcl.AbsTraversalForExpr(key.Wrapped); !diags.HasErrors() {
		return traversalText(traversal)
	}
	return ""
}

// traversalText writes a reference the way its author did: "aws.dr", "tags[0]".
func traversalText(traversal hcl.Traversal) string {
	text := ""
	for _, step := range traversal {
		switch s := step.(type) {
		case hcl.TraverseRoot:
			text = s.Name
		case hcl.TraverseAttr:
			text += "." + s.Name
		case hcl.TraverseIndex:
			text += keySuffix(s.Key)
		default:
			text += "[*]"
		}
	}
	return text
}
