package fabric

import (
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

// connected is one source of a model and the tables that load from it.
type connected struct {
	source      resource.Value
	asset       *model.Asset
	full        []resource.Value // partitions that are loaded as a whole
	incremental []resource.Value
}

// connect declares what a model connects to, each place once, and adds the
// flows of a refresh.
func connect(d *draft.Draft, a *model.Asset, r *resource.Resource) {
	all := &places{byKey: map[string]*connected{}}
	shared := map[string][]resource.Value{}
	for _, expression := range r.Attrs.Get("expressions").Items {
		name, _ := expression.Get("name").AsString()
		shared[name] = expression.Get("sources").Items
	}
	note := func(sources []resource.Value, table, partition resource.Value) {
		for _, s := range sources {
			all.note(s, table, partition)
		}
	}
	for _, table := range r.Attrs.Get("tables").Items {
		for _, partition := range table.Get("partitions").Items {
			note(partition.Get("sources").Items, table, partition)
			for _, use := range partition.Get("uses").Items {
				name, _ := use.AsString()
				note(shared[name], table, partition)
			}
			if name, ok := partition.Get("expression_source").AsString(); ok {
				note(shared[name], table, partition)
			}
		}
	}
	note(r.Attrs.Get("sources").Items, resource.Value{}, resource.Value{})
	replaced := replacements(d, r)
	for i, c := range all.list {
		declare(d, a, r, c, i, replaced)
		flows(d, a, c)
	}
}

// places are the sources of one model, in order of appearance.
type places struct {
	list  []*connected
	byKey map[string]*connected
}

// note gathers the partitions of one place.
func (p *places) note(s, table, partition resource.Value) {
	key := keyOf(s)
	found := p.byKey[key]
	if found == nil {
		found = &connected{source: s}
		p.byKey[key] = found
		p.list = append(p.list, found)
	}
	switch {
	case modeOf(partition) != "import":
	case table.Get("refresh_policy").IsAbsent():
		found.full = append(found.full, partition)
	default:
		found.incremental = append(found.incremental, partition)
	}
}

// keyOf tells places apart: by connector and by what is written for the host.
func keyOf(s resource.Value) string {
	connector, _ := s.Get("connector").AsString()
	parts := []string{connector}
	for _, name := range []string{"host", "database"} {
		v := s.Get(name)
		text, ok := v.AsString()
		if !ok {
			text = v.Hint
		}
		parts = append(parts, strings.ToLower(text))
	}
	for _, parameter := range s.Get("parameters").Items {
		parts = append(parts, parameter.Text)
	}
	return strings.Join(parts, "\x00")
}

// declare adds the connection. Its address is hard-coded when a literal names
// it and neither a parameter nor a deployment puts another one in its place.
func declare(d *draft.Draft, a *model.Asset, r *resource.Resource, c *connected, number int, replaced []string) {
	host := c.source.Get("host")
	connector, _ := c.source.Get("connector").AsString()
	c.asset = d.DeclareWithin(a, model.Connection, "source/"+plain(number), resource.StringAt(c.source.At, connector))
	c.asset.Body = c.source.At
	d.Set(c.asset, "connector", draft.Text(c.source.Get("connector")))
	d.Set(c.asset, "host", hostFact(host))
	d.Set(c.asset, "endpoint", draft.Text(host))
	if database := c.source.Get("database"); !database.IsAbsent() {
		d.Set(c.asset, "database", draft.Text(database))
	}
	d.Set(c.asset, "hard_coded", hardCoded(c.source, host, replaced))
	d.Relate(a, "uses", c.asset, c.source.At)
	for _, store := range reached(d, host, c.source.Get("database"), r.Root) {
		d.Relate(c.asset, "reaches", store, host.At)
	}
}

func hardCoded(s, host resource.Value, replaced []string) model.Fact {
	text, literal := host.AsString()
	switch {
	case len(s.Get("parameters").Items) > 0:
		return model.KnownFact(false, host.At)
	case !literal:
		return model.UnknownFact(host.Why, host.At)
	case isIndirect(text):
		return model.KnownFact(false, host.At)
	}
	for _, other := range replaced {
		if strings.Contains(other, text) || other != "" && strings.Contains(text, other) {
			return model.KnownFact(false, host.At)
		}
	}
	return model.KnownFact(true, host.At)
}

// replacements lists the texts that a deployment replaces in the items of a folder.
func replacements(d *draft.Draft, r *resource.Resource) (texts []string) {
	for _, folder := range d.Resources.Lookup(r.Root + "#") {
		found, _ := folder.Attrs.Get("replaced").Strings()
		texts = append(texts, found...)
	}
	return texts
}

// flows adds what a refresh moves: one flow for the tables that are loaded as a
// whole and one for those that have increments. The schedule is kept in the
// service.
func flows(d *draft.Draft, a *model.Asset, c *connected) {
	why := "the schedule of the refresh is kept in the service and in no file"
	for _, part := range []struct {
		partitions []resource.Value
		mode       model.LoadMode
		write      string
		key        string
	}{{c.full, model.FullLoad, "overwrite", "full"}, {c.incremental, model.IncrementalLoad, "append", "incremental"}} {
		if len(part.partitions) == 0 {
			continue
		}
		at := part.partitions[0].At
		flow := model.Flow{
			ID: c.asset.ID + "/refresh/" + part.key, Address: c.asset.Address + "/refresh/" + part.key, Activity: "refresh", Pipeline: a.ID,
			To: a.ID, Source: draft.Text(c.source.Get("host")), Sink: a.Name,
			Mode: model.KnownFact(string(part.mode), at), Write: model.KnownFact(part.write, at), Dated: model.KnownFact(false, at),
			Interval: model.UnknownFact(why, at), At: at,
		}
		for _, relation := range c.asset.Relations {
			if relation.Type == "reaches" && flow.From == "" {
				flow.From = relation.Target
			}
		}
		d.AddFlow(flow)
	}
}
