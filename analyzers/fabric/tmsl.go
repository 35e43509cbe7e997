package fabric

import (
	"path"
	"slices"
	"sort"
	"strings"

	"github.com/drlint/drlint/analyzers/fabric/mashup"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
	"github.com/drlint/drlint/internal/syntax/jsonc"
)

// tmsl reads model.bim (Tabular Model Scripting Language, objects database,
// tables, partitions and expressions).
func (a *analysis) tmsl(name string, m *model, r *resource.Resource) {
	root, data := a.json(name)
	content := root.Get("model")
	if r.Body.File == name {
		r.Body.End = len(data)
		if len(root.Fields) > 0 {
			r.At = root.Fields[0].At
		}
	}
	for _, e := range content.Get("expressions").Items {
		label, _ := e.Get("name").AsString()
		m.define(label, jsonQuery(data, e.Get("expression")), e.Get("name").At)
	}
	for _, s := range content.Get("dataSources").Items {
		m.sources = append(m.sources, dataSource(s))
	}
	for _, t := range content.Get("tables").Items {
		label, _ := t.Get("name").AsString()
		made := table{name: label, at: t.Get("name").At, policy: t.Get("refreshPolicy")}
		if made.policy.State == resource.Absent {
			made.policy = resource.Value{}
		} else if from := made.policy.Get("sourceExpression"); !from.IsAbsent() {
			made.partitions = append(made.partitions, partition{name: "refreshPolicy", kind: "m", at: from.At, query: jsonQuery(data, from)})
		}
		for _, p := range t.Get("partitions").Items {
			made.partitions = append(made.partitions, jsonPartition(data, p))
		}
		m.tables = append(m.tables, made)
	}
}

func jsonPartition(data []byte, p resource.Value) partition {
	label, _ := p.Get("name").AsString()
	kind, _ := p.Path("source.type").AsString()
	made := partition{name: label, kind: strings.ToLower(kind), at: p.Get("name").At, mode: p.Get("mode"), from: p.Path("source.expressionSource")}
	if made.kind == "m" {
		made.query = jsonQuery(data, p.Path("source.expression"))
	}
	return made
}

// dataSource reads a data source: a structured one has an address, a provider
// one a connection string.
func dataSource(s resource.Value) resource.Value {
	o := &resource.Builder{At: s.At}
	protocol := s.Path("connectionDetails.protocol")
	if protocol.IsAbsent() {
		protocol = resource.StringAt(s.At, "provider")
	}
	o.Add("connector", source.Range{}, protocol)
	host := s.Path("connectionDetails.address.server")
	for _, other := range []string{"connectionDetails.address.url", "connectionDetails.address.path", "connectionDetails.address.account"} {
		if host.IsAbsent() {
			host = s.Path(other)
		}
	}
	if host.IsAbsent() {
		host = serverOf(s.Get("connectionString"))
	}
	if host.IsAbsent() {
		host = resource.UnknownAt(s.At, "the data source names no address")
	}
	o.Add("host", source.Range{}, host)
	o.Add("database", source.Range{}, s.Path("connectionDetails.address.database"))
	return o.Value()
}

// serverOf takes the server out of a connection string.
func serverOf(v resource.Value) resource.Value {
	text, ok := v.AsString()
	if !ok {
		return v
	}
	for pair := range strings.SplitSeq(text, ";") {
		key, value, _ := strings.Cut(pair, "=")
		if slices.Contains([]string{"data source", "server", "host", "address"}, strings.ToLower(strings.TrimSpace(key))) {
			return resource.StringAt(v.At, strings.TrimSpace(value))
		}
	}
	return resource.UnknownAt(v.At, "the connection string names no server")
}

// jsonQuery is an expression that JSON holds as a text or as a list of lines.
func jsonQuery(data []byte, v resource.Value) mashup.Query {
	type piece struct {
		text  int
		place func(int) int
	}
	var pieces []piece
	var b strings.Builder
	for _, line := range v.Blocks() {
		if line.State != resource.Known || line.Kind != resource.String {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		pieces = append(pieces, piece{b.Len(), jsonc.Positions(data, line)})
		b.WriteString(line.Text)
	}
	at := func(offset int) int {
		after := sort.Search(len(pieces), func(i int) bool { return pieces[i].text > offset })
		if after == 0 {
			return v.At.Start
		}
		found := pieces[after-1]
		return found.place(offset - found.text)
	}
	return mashup.Query{Text: b.String(), Place: func(start, end int) source.Range {
		from, to := at(start), at(end)
		if end > start {
			to = at(end-1) + 1
		}
		return source.Range{File: v.At.File, Start: from, End: max(from, to)}
	}}
}

// tabular reads the models of Analysis Services projects: .bim files that
// belong to no item.
func (a *analysis) tabular(files []string) {
	for _, name := range files {
		if _, kind, _ := itemOf(name); kind != "" || !strings.EqualFold(path.Ext(name), ".bim") {
			continue
		}
		at := source.Range{File: name}
		attrs := &resource.Builder{At: at}
		base := strings.TrimSuffix(path.Base(name), path.Ext(name))
		if strings.EqualFold(base, "model") && path.Dir(name) != "." {
			base = path.Base(path.Dir(name))
		}
		r := resource.Resource{
			ID: path.Dir(name) + "#" + path.Base(name), Format: format, Type: "analysis_services_model", Mode: resource.Managed,
			Name: base, Address: path.Base(name), Root: path.Dir(name), At: at, Body: at,
		}
		m := &model{parameters: mashup.Parameters{}}
		a.tmsl(name, m, &r)
		attrs.At = r.At
		attrs.Add("display_name", source.Range{}, resource.StringAt(r.At, base))
		attrs.Add("path", source.Range{}, resource.StringAt(r.At, name))
		attrs.Add("format", source.Range{}, resource.StringAt(r.At, "tmsl"))
		m.describe(attrs)
		r.Attrs = attrs.Value()
		a.resources = append(a.resources, r)
	}
}
