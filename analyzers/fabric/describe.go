package fabric

import (
	"github.com/drlint/drlint/analyzers/fabric/mashup"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// describe adds the attributes of a model.
func (m *model) describe(attrs *resource.Builder) {
	list := func(name string, items []resource.Value) {
		if len(items) > 0 {
			attrs.Add(name, source.Range{}, resource.ListAt(attrs.At, items...))
		}
	}
	list("parameters", m.named)
	var expressions, tables []resource.Value
	for _, e := range m.expressions {
		o := &resource.Builder{At: e.at}
		o.Add("name", source.Range{}, resource.StringAt(e.at, e.name))
		o.Add("sources", source.Range{}, m.sourcesOf(e.query, e.at))
		expressions = append(expressions, o.Value())
	}
	list("expressions", expressions)
	for _, t := range m.tables {
		tables = append(tables, m.describeTable(t))
	}
	list("tables", tables)
	list("sources", m.sources)
}

func (m *model) describeTable(t table) resource.Value {
	o := &resource.Builder{At: t.at}
	o.Add("name", source.Range{}, resource.StringAt(t.at, t.name))
	o.Add("refresh_policy", source.Range{}, t.policy)
	var partitions []resource.Value
	for _, p := range t.partitions {
		q := &resource.Builder{At: p.at}
		q.Add("name", source.Range{}, resource.StringAt(p.at, p.name))
		q.Add("kind", source.Range{}, resource.StringAt(p.at, p.kind))
		q.Add("mode", source.Range{}, p.mode)
		q.Add("expression_source", source.Range{}, p.from)
		if p.kind == "m" || p.kind == "" {
			q.Add("sources", source.Range{}, m.sourcesOf(p.query, p.at))
			q.Add("uses", source.Range{}, m.uses(p.query, p.at))
		}
		partitions = append(partitions, q.Value())
	}
	if len(partitions) > 0 {
		o.Add("partitions", source.Range{}, resource.ListAt(t.at, partitions...))
	}
	return o.Value()
}

// uses lists the shared expressions that a query names: its sources are theirs.
func (m *model) uses(q mashup.Query, at source.Range) resource.Value {
	if len(m.expressions) == 0 {
		return resource.Value{}
	}
	shared := map[string]bool{}
	for _, e := range m.expressions {
		shared[e.name] = true
	}
	var found []resource.Value
	for _, name := range mashup.Words(q) {
		if shared[name] {
			found = append(found, resource.StringAt(at, name))
		}
	}
	if len(found) == 0 {
		return resource.Value{}
	}
	return resource.ListAt(at, found...)
}

func (m *model) sourcesOf(q mashup.Query, at source.Range) resource.Value {
	if q.Place == nil {
		return resource.Value{}
	}
	var items []resource.Value
	for _, s := range mashup.Find(q, m.parameters) {
		items = append(items, describeSource(s))
	}
	if len(items) == 0 {
		return resource.Value{}
	}
	return resource.ListAt(at, items...)
}

func describeSource(s mashup.Source) resource.Value {
	o := &resource.Builder{At: s.At}
	o.Add("connector", source.Range{}, resource.StringAt(s.At, s.Connector))
	o.Add("host", source.Range{}, s.Host)
	o.Add("database", source.Range{}, s.Database)
	if len(s.Parameters) > 0 {
		var names []resource.Value
		for _, name := range s.Parameters {
			names = append(names, resource.StringAt(s.Host.At, name))
		}
		o.Add("parameters", source.Range{}, resource.ListAt(s.Host.At, names...))
	}
	return o.Value()
}
