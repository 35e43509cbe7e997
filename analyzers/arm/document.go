package arm

import (
	"strings"

	"github.com/drlint/drlint/analyzers/arm/expression"
	"github.com/drlint/drlint/analyzers/arm/functions"
	"github.com/drlint/drlint/internal/guard"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
	"github.com/drlint/drlint/internal/syntax/jsonc"
)

// syntax is what templates and parameter files may hold beyond JSON (Microsoft
// documentation, "Comments in templates" and "Multi-line strings").
var syntax = jsonc.Options{Comments: true, TrailingCommas: true, MultilineStrings: true}

// document is one parsed file.
type document struct {
	file        string
	data        []byte
	value       resource.Value
	diagnostics []source.Diagnostic
	// expressions are parsed once a text: "[parameters('location')]" occurs many
	// times in a file.
	expressions map[string]parsed
}

type parsed struct {
	node *expression.Node
	err  error
}

// read parses a file; what cannot be read is unknown.
func read(tree source.Tree, file string) *document {
	d := &document{file: file, expressions: map[string]parsed{}}
	whole := source.Range{File: file}
	d.value = resource.UnknownAt(whole, "the file cannot be read")
	data, problem := guard.Read(tree.FS, file, guard.JSON)
	if problem == nil {
		d.data = data
		problem = guard.Barrier(file, func() { d.value, d.diagnostics = jsonc.Parse(file, data, syntax) })
	}
	if problem != nil {
		d.diagnostics = append(d.diagnostics, *problem)
	}
	return d
}

// parse returns the syntax tree of an expression.
func (d *document) parse(text string) (*expression.Node, error) {
	if found, ok := d.expressions[text]; ok {
		return found.node, found.err
	}
	node, err := expression.Parse(text)
	d.expressions[text] = parsed{node, err}
	return node, err
}

// place returns where a part of a string is written.
func (d *document) place(v resource.Value, start, end int) source.Range {
	if v.At.File != d.file || v.At.End > len(d.data) || v.At.Start > v.At.End {
		return v.At
	}
	return expression.Place(string(d.data[v.At.Start:v.At.End]), v.At, start, end)
}

// library holds the files that the evaluations of one template read.
type library struct {
	tree      source.Tree
	documents map[string]*document
	linked    []string
}

func (l *library) document(file string) *document {
	d := l.documents[file]
	if d == nil {
		d = read(l.tree, file)
		l.documents[file] = d
	}
	return d
}

// member returns a member of an object, its name in any case; absent when there
// is none or v is no object.
func member(v resource.Value, name string) resource.Value {
	if found, ok := functions.Member(v, name); ok {
		return found
	}
	if v.IsUnknown() {
		return v
	}
	return resource.Value{At: v.At}
}

// text returns a member that is a plain string.
func text(v resource.Value, name string) string {
	found := member(v, name)
	if found.IsKnown() && found.Kind == resource.String {
		return found.Text
	}
	return ""
}

// members returns the members of an object, none of anything else.
func members(v resource.Value) []resource.Field {
	if !v.IsKnown() || v.Kind != resource.Object {
		return nil
	}
	return v.Fields
}

// items returns the items of a list, none of anything else.
func items(v resource.Value) []resource.Value {
	if !v.IsKnown() || v.Kind != resource.List {
		return nil
	}
	return v.Items
}

// scopeOf reads what a template is deployed to from its schema.
func scopeOf(template resource.Value) functions.Scope {
	schema := strings.ToLower(text(template, "$schema"))
	switch {
	case strings.Contains(schema, "subscriptiondeployment"):
		return functions.Subscription
	case strings.Contains(schema, "managementgroupdeployment"):
		return functions.ManagementGroup
	case strings.Contains(schema, "tenantdeployment"):
		return functions.Tenant
	default:
		return functions.ResourceGroup
	}
}
