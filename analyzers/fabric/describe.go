package fabric

import (
	"github.com/drlint/drlint/analyzers/fabric/mashup"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// describe adds the attributes of a model.
func (m *model) describe(attrs *object) {
	list := func(name string, items []resource.Value) {
		if len(items) > 0 {
			attrs.add(name, resource.ListAt(attrs.at, items...))
		}
	}
	list("parameters", m.named)
	var expressions, tables []resource.Value
	for _, e := range m.expressions {
		o := &object{at: e.at}
		o.add("name", resource.StringAt(e.at, e.name))
		o.add("sources", m.sourcesOf(e.query, e.at))
		expressions = append(expressions, o.value())
	}
	list("expressions", expressions)
	for _, t := range m.tables {
		tables = append(tables, m.describeTable(t))
	}
	list("tables", tables)
	list("sources", m.sources)
}

func (m *model) describeTable(t table) resource.Value {
	o := &object{at: t.at}
	o.add("name", resource.StringAt(t.at, t.name))
	o.add("refresh_policy", t.policy)
	var partitions []resource.Value
	for _, p := range t.partitions {
		q := &object{at: p.at}
		q.add("name", resource.StringAt(p.at, p.name))
		q.add("kind", resource.StringAt(p.at, p.kind))
		q.add("mode", p.mode)
		q.add("expression_source", p.from)
		if p.kind == "m" || p.kind == "" {
			q.add("sources", m.sourcesOf(p.query, p.at))
			q.add("uses", m.uses(p.query, p.at))
		}
		partitions = append(partitions, q.value())
	}
	if len(partitions) > 0 {
		o.add("partitions", resource.ListAt(t.at, partitions...))
	}
	return o.value()
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
	o := &object{at: s.At}
	o.add("connector", resource.StringAt(s.At, s.Connector))
	o.add("host", s.Host)
	o.add("database", s.Database)
	if len(s.Parameters) > 0 {
		var names []resource.Value
		for _, name := range s.Parameters {
			names = append(names, resource.StringAt(s.Host.At, name))
		}
		o.add("parameters", resource.ListAt(s.Host.At, names...))
	}
	return o.value()
}
