package datafactory

import (
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/syntax/adf"
)

// dataFlowEnd is a source or a sink of a data flow.
type dataFlowEnd struct {
	sink  bool
	name  string
	place place
}

// dataFlowOf returns the data flow that an activity runs.
func (a *activity) dataFlowOf() (o *object, ref resource.Value) {
	for _, name := range []string{"dataFlow", "dataflow"} {
		if ref = a.at(name); ref.IsKnown() && ref.Kind == resource.Object {
			o, _, _ = a.pipeline.factory.refer(dataFlowKind, ref)
			return o, ref
		}
	}
	return nil, ref
}

// dataFlowEnds lists the sources and sinks of the data flow that an activity
// runs. Parameters of their datasets are set by the activity, under the name of
// the source or sink.
func (a *activity) dataFlowEnds() (ends []dataFlowEnd) {
	o, ref := a.dataFlowOf()
	if o == nil {
		return nil
	}
	for _, list := range []string{"sources", "sinks"} {
		for _, v := range o.at("typeProperties." + list).Items {
			end := dataFlowEnd{sink: list == "sinks"}
			end.name, _ = v.Get("name").AsString()
			passed := member(ref.Get("datasetParameters"), end.name)
			if dataset := v.Get("dataset"); dataset.State != resource.Absent {
				dataset.Fields = append(slices.Clone(dataset.Fields), resource.Field{Name: "parameters", Value: passed})
				end.place = placeOf(o.factory, dataset, a.scope())
			} else {
				end.place = place{at: v.At, why: "it is defined in the script of data flow " + o.name}
				end.place.setLink(o, v.Get("linkedService"), adf.Scope{})
			}
			ends = append(ends, end)
		}
	}
	return ends
}

// addDataFlow adds a flow for each sink of a data flow.
func addDataFlow(d *draft.Draft, pipeline *model.Asset, a *activity, s schedule) {
	o, ref := a.dataFlowOf()
	_, name, at := a.pipeline.factory.refer(dataFlowKind, ref)
	if o == nil {
		if a.pipeline.factory.lacks(dataFlowKind, name) {
			miss(d, pipeline, dataFlowKind, name, at)
		}
		flow := a.flow(pipeline, "data_flow", s)
		why := "no file of its factory declares data flow " + name
		if name == "" {
			why = whyOr(ref.Get("referenceName"), "the data flow is not known")
		}
		codeFacts(&flow, why, orElse(at, a.v.At))
		d.AddFlow(flow)
		return
	}
	recordMissingDatasets(d, pipeline, o)
	script := scriptOf(o)
	ends := a.dataFlowEnds()
	for _, end := range ends {
		if !end.sink {
			continue
		}
		flow := a.flow(pipeline, "data_flow", s)
		flow.ID += "/" + end.name
		flow.Address += "/" + end.name
		flow.Sink, flow.To = end.place.fact(), idOf(end.place.asset(d))
		script.fill(d, &flow, ends, end)
		d.AddFlow(flow)
	}
}

// recordMissingDatasets records datasets that a data flow names in vain.
func recordMissingDatasets(d *draft.Draft, pipeline *model.Asset, o *object) {
	for _, list := range []string{"sources", "sinks"} {
		for _, v := range o.at("typeProperties." + list).Items {
			if _, name, at := o.factory.refer(datasetKind, v.Get("dataset")); o.factory.lacks(datasetKind, name) {
				miss(d, pipeline, datasetKind, name, at)
			}
		}
	}
}

// fill states where a sink's data comes from and how it is written.
func (s script) fill(d *draft.Draft, flow *model.Flow, ends []dataFlowEnd, sink dataFlowEnd) {
	var sources []dataFlowEnd
	upstream := s.upstream(sink.name)
	for _, end := range ends {
		if !end.sink && (slices.Contains(upstream, end.name) || len(upstream) == 0) {
			sources = append(sources, end)
		}
	}
	flow.Runtime = runtimeOf(d, sink.place)
	flow.Source = model.UnknownFact("the data flow names no source", flow.At)
	var texts []string
	for _, source := range sources {
		fact := source.place.fact()
		if flow.Source = fact; fact.State == model.Known {
			texts = append(texts, fact.Text())
		}
		if flow.Runtime == "" {
			flow.Runtime = runtimeOf(d, source.place)
		}
	}
	if len(texts) == len(sources) && len(texts) > 0 {
		flow.Source = model.KnownFact(strings.Join(texts, ", "), sources[0].place.at)
	}
	if len(sources) == 1 {
		flow.From = idOf(sources[0].place.asset(d))
		flow.Reads = sources[0].place.reads()
	}
	flow.Write = s.write(sink)
	flow.Mode = s.mode(sources, sink)
	flow.Dated = sink.place.dated()
}
