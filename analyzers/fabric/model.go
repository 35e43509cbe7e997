package fabric

import (
	"path"
	"slices"
	"strings"

	"github.com/drlint/drlint/analyzers/fabric/mashup"
	"github.com/drlint/drlint/analyzers/fabric/tmdl"
	"github.com/drlint/drlint/internal/guard"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// model is a semantic model as either notation writes it.
type model struct {
	parameters  mashup.Parameters
	named       []resource.Value // the parameters as attributes
	expressions []expression
	tables      []table
	sources     []resource.Value // legacy data sources
}

type expression struct {
	name  string
	query mashup.Query
	at    source.Range
}

type table struct {
	name       string
	at         source.Range
	partitions []partition
	policy     resource.Value
}

type partition struct {
	name, kind string
	at         source.Range
	mode       resource.Value
	query      mashup.Query
	// from names the shared expression of an entity partition.
	from resource.Value
}

// model reads a semantic model: TMDL where there is any, else model.bim.
func (a *analysis) model(it *item, r *resource.Resource, attrs *resource.Builder) {
	m := &model{parameters: mashup.Parameters{}}
	switch {
	case slices.ContainsFunc(it.files, func(name string) bool { return strings.HasSuffix(name, ".tmdl") }):
		attrs.Add("format", source.Range{}, resource.StringAt(attrs.At, "tmdl"))
		for _, name := range it.files {
			if strings.HasSuffix(name, ".tmdl") {
				a.tmdl(path.Join(it.dir, name), m)
			}
		}
	case it.has("model.bim"):
		attrs.Add("format", source.Range{}, resource.StringAt(attrs.At, "tmsl"))
		a.tmsl(path.Join(it.dir, "model.bim"), m, r)
	default:
		a.diagnostics = append(a.diagnostics, source.Diagnostic{
			Code: "fabric/no-definition", Severity: source.Warning, At: attrs.At,
			Summary: "The semantic model has no definition in the repository",
			Detail:  "Save it as a Power BI project with the TMDL format, so that its tables and sources are under version control.",
		})
		return
	}
	m.describe(attrs)
}

// tmdl adds the objects of one file to a model.
func (a *analysis) tmdl(name string, m *model) {
	data, ok := a.read(name, guard.Text)
	if !ok {
		return
	}
	root, complete := tmdl.Parse(data)
	f := &tmdlFile{name: name}
	if !complete {
		a.diagnostics = append(a.diagnostics, source.Diagnostic{
			Code: "fabric/too-large", Severity: source.Warning, At: source.Range{File: name},
			Summary: "The file has more than 200,000 lines; the rest was not read",
		})
	}
	for _, node := range root.Children {
		switch node.Kind {
		case "expression":
			f.expression(node, m)
		case "table":
			f.table(node, m)
		}
	}
}

type tmdlFile struct{ name string }

func (f *tmdlFile) at(start, end int) source.Range {
	return source.Range{File: f.name, Start: start, End: end}
}

func (f *tmdlFile) query(t tmdl.Text) mashup.Query {
	return mashup.Query{Text: t.Text, Place: func(start, end int) source.Range { return f.at(t.Start+start, t.Start+end) }}
}

func (f *tmdlFile) text(n *tmdl.Node) resource.Value {
	if n == nil || !n.Value.Written() {
		return resource.Value{}
	}
	return resource.StringAt(f.at(n.Value.Start, n.Value.End), strings.Trim(n.Value.Text, `'"`))
}

func (f *tmdlFile) expression(n *tmdl.Node, m *model) {
	m.define(n.Name, f.query(n.Value), f.at(n.Start, n.End))
}

// define adds a shared expression: a parameter or a query.
func (m *model) define(name string, q mashup.Query, at source.Range) {
	value, ok := mashup.Parameter(q)
	if !ok {
		m.expressions = append(m.expressions, expression{name, q, at})
		return
	}
	m.parameters[name] = value
	m.named = append(m.named, resource.ObjectAt(at,
		resource.Field{Name: "name", At: at, Value: resource.StringAt(at, name)},
		resource.Field{Name: "value", At: value.At, Value: value}))
}

func (f *tmdlFile) table(n *tmdl.Node, m *model) {
	t := table{name: n.Name, at: f.at(n.Start, n.End)}
	if policy := n.Get("refreshPolicy"); policy != nil {
		t.policy = resource.ObjectAt(f.at(policy.Start, policy.End))
		for _, child := range policy.Children {
			if !child.Expression {
				t.policy.Fields = append(t.policy.Fields, resource.Field{Name: child.Kind, At: f.at(child.Start, child.Start+len(child.Kind)), Value: f.text(child)})
				continue
			}
			// The policy's expression replaces the partition's when it is applied.
			if child.Kind == "sourceExpression" {
				t.partitions = append(t.partitions, partition{name: "refreshPolicy", kind: "m", at: f.at(child.Start, child.End), query: f.query(child.Value)})
			}
		}
	}
	for _, child := range n.All("partition") {
		p := partition{name: child.Name, kind: strings.ToLower(child.Value.Text), at: f.at(child.Start, child.End), mode: f.text(child.Get("mode"))}
		if body := child.Get("source"); body != nil {
			p.query = f.query(body.Value)
			p.from = f.text(body.Get("expressionSource"))
		}
		t.partitions = append(t.partitions, p)
	}
	m.tables = append(m.tables, t)
}
