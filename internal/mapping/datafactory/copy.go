package datafactory

import (
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/syntax/adf"
)

// copied is what a Copy activity copies.
type copied struct {
	from, to place
	mode     model.Fact
	judging  bool
}

// ends are the places of a Copy activity.
func (a *activity) ends() (from, to place) {
	if a.copied == nil {
		f := a.pipeline.factory
		from := placeOf(f, first(a.v.Get("inputs")), a.scope())
		if store := a.at("source.storeSettings"); store.IsKnown() {
			from.narrow(store.Get("wildcardFolderPath"), a.scope())
		}
		a.copied = &copied{from: from, to: placeOf(f, first(a.v.Get("outputs")), a.scope())}
	}
	return a.copied.from, a.copied.to
}

// narrow replaces the folder of a dataset by the one that a source names instead:
// of a pattern the part before its first wildcard (Microsoft Learn, the file
// connectors: wildcardFolderPath).
func (p *place) narrow(pattern resource.Value, scope adf.Scope) {
	if pattern.State == resource.Absent || isEmpty(pattern) || p.kind != filePlace || p.why != "" {
		return
	}
	p.folder = fold(pattern, scope)
	if text, ok := p.folder.Text(); ok {
		if wild := strings.IndexAny(text, "*?[{"); wild >= 0 {
			text = text[:strings.LastIndex(text[:wild], "/")+1]
		}
		p.folder = fold(resource.StringAt(pattern.At, text), scope)
	}
	p.file, p.hasFile = adf.Result{}, false
	p.whole = joined(p.container, p.folder)
}

// loads is the mode of a Copy activity; an activity that is asked while it is
// being judged reads, over others, what it writes itself.
func (a *activity) loads() model.Fact {
	from, to := a.ends()
	switch c := a.copied; {
	case c.judging:
		return model.UnknownFact("it reads what it writes itself", from.at)
	case c.mode.State == "":
		c.judging = true
		c.mode = a.mode(from, to)
		c.judging = false
	}
	return a.copied.mode
}

func first(list resource.Value) resource.Value {
	if list.Kind == resource.List && len(list.Items) > 0 {
		return list.Items[0]
	}
	if list.IsUnknown() {
		return list
	}
	return resource.Value{At: list.At}
}

// addCopy adds the flow of a Copy activity.
func addCopy(d *draft.Draft, pipeline *model.Asset, a *activity, s schedule) {
	from, to := a.ends()
	flow := a.flow(pipeline, "copy", s)
	flow.Source, flow.Sink = from.fact(), to.fact()
	flow.From, flow.To = idOf(from.asset(d)), idOf(to.asset(d))
	flow.Reads = from.reads()
	flow.Mode = a.loads()
	flow.Write = a.write(from, to)
	flow.Dated = a.datedCopy(from, to)
	flow.Runtime = runtimeOf(d, from, to)
	d.AddFlow(flow)
}

// flow begins a flow of an activity.
func (a *activity) flow(pipeline *model.Asset, word string, s schedule) model.Flow {
	address := "/activities/" + a.label
	at := a.v.At
	for _, field := range a.v.Fields {
		if field.Name == "name" {
			at = sourceRange{File: field.At.File, Start: field.At.Start, End: field.Value.At.End}
			if field.Value.At.File != field.At.File || field.Value.At.End < field.At.Start {
				at = field.At
			}
		}
	}
	return model.Flow{
		ID: pipeline.ID + address, Address: pipeline.Address + address, Activity: word, Pipeline: pipeline.ID,
		Triggers: s.triggers, Interval: s.interval, At: at,
	}
}

func idOf(a *model.Asset) string {
	if a == nil {
		return ""
	}
	return a.ID
}

// runtimeOf is the self-hosted integration runtime that a flow needs.
func runtimeOf(d *draft.Draft, places ...place) string {
	for _, p := range places {
		if p.link == nil {
			continue
		}
		if a := p.link.selfHosted(d); a != nil {
			return a.ID
		}
	}
	return ""
}
