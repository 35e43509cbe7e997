package terraform

import (
	"cmp"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/json"
	"github.com/zclconf/go-cty/cty"

	"github.com/drlint/drlint/internal/guard"
	"github.com/drlint/drlint/internal/source"
)

// JSON does not tell blocks from arguments, so the blocks that Terraform itself
// defines are named here. Blocks of a provider stay objects: their paths read
// the same.
var (
	jsonTop = &hcl.BodySchema{Blocks: []hcl.BlockHeaderSchema{
		{Type: "resource", LabelNames: []string{"type", "name"}},
		{Type: "data", LabelNames: []string{"type", "name"}},
		{Type: "ephemeral", LabelNames: []string{"type", "name"}},
		{Type: "module", LabelNames: []string{"name"}},
		{Type: "variable", LabelNames: []string{"name"}},
		{Type: "output", LabelNames: []string{"name"}},
		{Type: "provider", LabelNames: []string{"name"}},
		{Type: "locals"},
		{Type: "terraform"},
	}}
	jsonNested = map[string]*hcl.BodySchema{
		"resource": {Blocks: []hcl.BlockHeaderSchema{
			{Type: "lifecycle"},
			{Type: "dynamic", LabelNames: []string{"type"}},
		}},
		"dynamic": {Blocks: []hcl.BlockHeaderSchema{{Type: "content"}}},
		"content": {Blocks: []hcl.BlockHeaderSchema{{Type: "dynamic", LabelNames: []string{"type"}}}},
		"terraform": {Blocks: []hcl.BlockHeaderSchema{
			{Type: "backend", LabelNames: []string{"type"}},
			{Type: "cloud"},
			{Type: "required_providers"},
		}},
	}
)

func (f *file) readJSON(data []byte) {
	parsed, diags := json.Parse(guard.BlankBOM(data), f.path)
	f.report(diags, len(data))
	if parsed == nil || parsed.Body == nil {
		return
	}
	reader := jsonReader{file: f, size: len(data)}
	if f.role == variables || f.role == parameters {
		f.body = reader.body(parsed.Body, nil)
		return
	}
	content, rest, diags := parsed.Body.PartialContent(jsonTop)
	f.report(diags, len(data))
	f.body = &body{blocks: reader.blocks(content.Blocks)}
	others, _ := rest.JustAttributes() // fails for a list of objects, where nothing tells them apart
	for name, attr := range others {
		at := placed(attr.NameRange)
		f.body.blocks = append(f.body.blocks, &block{kind: name, body: &body{}, header: at, whole: at})
	}
	slices.SortStableFunc(f.body.blocks, func(a, b *block) int { return a.header.Compare(b.header) })
}

// jsonReader turns the generic tree of a JSON file into the same bodies and
// expressions that native syntax yields.
type jsonReader struct {
	file *file
	size int
}

func (r jsonReader) blocks(found hcl.Blocks) []*block {
	var read []*block
	for _, nested := range found {
		header := placed(nested.TypeRange)
		if count := len(nested.LabelRanges); count > 0 {
			header = placed(nested.LabelRanges[count-1])
		}
		end := max(header.End, nested.Body.MissingItemRange().End.Byte)
		kind := nested.Type
		if kind == "data" || kind == "ephemeral" {
			kind = "resource"
		}
		read = append(read, &block{
			kind: nested.Type, labels: nested.Labels, body: r.body(nested.Body, jsonNested[kind]),
			header: header, whole: source.Range{File: header.File, Start: header.Start, End: end},
		})
	}
	return read
}

func (r jsonReader) body(found hcl.Body, schema *hcl.BodySchema) *body {
	read := &body{}
	rest := found
	if schema != nil {
		content, remain, diags := found.PartialContent(schema)
		r.file.report(diags, r.size)
		read.blocks, rest = r.blocks(content.Blocks), remain
	}
	attrs, diags := rest.JustAttributes()
	r.file.report(diags, r.size)
	for name, attr := range attrs {
		read.attrs = append(read.attrs, &attribute{name: name, nameAt: placed(attr.NameRange), expr: r.argument(name, attr.Expr)})
	}
	slices.SortFunc(read.attrs, func(a, b *attribute) int { return cmp.Compare(a.nameAt.Start, b.nameAt.Start) })
	return read
}

// argument reads arguments whose strings are references, not templates
// (Terraform, "JSON Configuration Syntax").
func (r jsonReader) argument(name string, expr hcl.Expression) hclsyntax.Expression {
	switch name {
	case "depends_on", "provider", "providers", "ignore_changes", "replace_triggered_by", "iterator":
		return r.expression(expr, r.reference)
	default:
		return r.expression(expr, r.template)
	}
}

// expression rebuilds a JSON value as syntax; text reads its strings.
func (r jsonReader) expression(expr hcl.Expression, text func(hcl.Expression, string) hclsyntax.Expression) hclsyntax.Expression {
	if list, diags := hcl.ExprList(expr); !diags.HasErrors() {
		tuple := &hclsyntax.TupleConsExpr{SrcRange: expr.Range(), OpenRange: expr.StartRange()}
		for _, item := range list {
			tuple.Exprs = append(tuple.Exprs, r.expression(item, text))
		}
		return tuple
	}
	if pairs, diags := hcl.ExprMap(expr); !diags.HasErrors() {
		object := &hclsyntax.ObjectConsExpr{SrcRange: expr.Range(), OpenRange: expr.StartRange()}
		for _, pair := range pairs {
			key := r.expression(pair.Key, r.template)
			object.Items = append(object.Items, hclsyntax.ObjectConsItem{KeyExpr: key, ValueExpr: r.expression(pair.Value, text)})
		}
		return object
	}
	val, _ := expr.Value(nil)
	if val.Type() == cty.String && val.IsKnown() && !val.IsNull() {
		return text(expr, val.AsString())
	}
	return &hclsyntax.LiteralValueExpr{Val: val, SrcRange: expr.Range()}
}

func (r jsonReader) template(expr hcl.Expression, text string) hclsyntax.Expression {
	start := expr.Range().Start
	start.Byte++
	start.Column++
	parsed, diags := hclsyntax.ParseTemplate([]byte(text), r.file.path, start)
	if diags.HasErrors() {
		r.file.report(diags, r.size)
		return &hclsyntax.ExprSyntaxError{Placeholder: cty.DynamicVal, SrcRange: expr.Range()}
	}
	return located{parsed, expr.Range()}.expression()
}

func (r jsonReader) reference(expr hcl.Expression, text string) hclsyntax.Expression {
	if traversal, diags := hcl.AbsTraversalForExpr(expr); !diags.HasErrors() {
		return &hclsyntax.ScopeTraversalExpr{Traversal: traversal, SrcRange: expr.Range()}
	}
	return &hclsyntax.LiteralValueExpr{Val: cty.StringVal(text), SrcRange: expr.Range()}
}

// located gives a template that was parsed from a JSON string the range of that
// string with its quotes. Escapes before it would shift any place inside.
type located struct {
	expr hclsyntax.Expression
	at   hcl.Range
}

func (l located) expression() hclsyntax.Expression {
	switch e := l.expr.(type) {
	case *hclsyntax.TemplateExpr:
		e.SrcRange = l.at
		return e
	case *hclsyntax.TemplateWrapExpr:
		e.SrcRange = l.at
		return e
	default:
		return &hclsyntax.ParenthesesExpr{Expression: l.expr, SrcRange: l.at}
	}
}
