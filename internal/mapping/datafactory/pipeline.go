package datafactory

import (
	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

func pipelines() draft.Mapper {
	return draft.Mapper{
		Service: "pipelines", Types: typesOf(pipelineKind),
		Declare: each(pipelineKind, declarePipeline), Attach: each(pipelineKind, attachPipeline),
	}
}

// declarePipeline declares a pipeline and the containers and folders that it
// reads and writes: what protects these is attached by others.
func declarePipeline(d *draft.Draft, o *object) {
	declare(d, o, model.DataPipeline)
	for _, a := range o.steps() {
		switch a.typ {
		case "Copy":
			from, to := a.ends()
			from.asset(d)
			to.asset(d)
		case "ExecuteDataFlow", "ExecuteWranglingDataflow":
			for _, end := range a.dataFlowEnds() {
				end.place.asset(d)
			}
		}
	}
}

// attachPipeline adds what a pipeline moves, starts and uses.
func attachPipeline(d *draft.Draft, o *object) {
	pipeline := d.Asset(o.r.ID)
	if pipeline == nil {
		return
	}
	s := o.starts()
	for _, a := range o.steps() {
		references(d, pipeline, a)
		switch a.typ {
		case "Copy":
			addCopy(d, pipeline, a, s)
		case "ExecuteDataFlow", "ExecuteWranglingDataflow":
			addDataFlow(d, pipeline, a, s)
		case "DatabricksNotebook", "SynapseNotebook":
			addNotebook(d, pipeline, a, s)
		case "SqlServerStoredProcedure", "SqlPoolStoredProcedure":
			addProcedure(d, pipeline, a, s)
		case "Script":
			addScript(d, pipeline, a, s)
		}
	}
	if len(o.steps()) >= maxActivities {
		d.Set(pipeline, "activities", model.UnknownFact("there are more than 1,000, and the rest was not followed", o.props.Get("activities").At))
	}
	if o.props.Get("activities").IsUnknown() {
		d.Set(pipeline, "activities", model.UnknownFact(o.props.Get("activities").Why, orElse(o.props.Get("activities").At, o.r.At)))
	}
}

// references relates a pipeline to everything that an activity names, and
// records what the folder does not hold.
func references(d *draft.Draft, pipeline *model.Asset, a *activity) {
	f := a.pipeline.factory
	for _, list := range []string{"inputs", "outputs"} {
		for _, ref := range a.v.Get(list).Items {
			useDataset(d, pipeline, f, ref)
		}
	}
	useDataset(d, pipeline, f, a.at("dataset"))
	use(d, pipeline, f, "uses", linkKind, a.v.Get("linkedServiceName"))
	for _, path := range []string{"stagingSettings.linkedServiceName", "staging.linkedService", "logSettings.logLocationSettings.linkedServiceName"} {
		use(d, pipeline, f, "uses", linkKind, a.at(path))
	}
	switch a.typ {
	case "ExecutePipeline":
		use(d, pipeline, f, "runs", pipelineKind, a.at("pipeline"))
	case "SynapseNotebook":
		use(d, pipeline, f, "runs", notebookKind, a.at("notebook"))
	case "ExecuteDataFlow", "ExecuteWranglingDataflow":
		for _, end := range a.dataFlowEnds() {
			if end.place.link != nil && d.Asset(end.place.link.r.ID) != nil {
				relate(d, pipeline, "uses", d.Asset(end.place.link.r.ID), end.place.at)
			}
		}
	}
}

// useDataset relates a pipeline to the linked service of a dataset.
func useDataset(d *draft.Draft, pipeline *model.Asset, f *factory, ref resource.Value) {
	if dataset := use(d, pipeline, f, "uses", datasetKind, ref); dataset != nil {
		_, _, at := f.refer(datasetKind, ref)
		link, name, written := dataset.factory.refer(linkKind, dataset.at("linkedServiceName"))
		if link != nil && d.Asset(link.r.ID) != nil {
			relate(d, pipeline, "uses", d.Asset(link.r.ID), at)
		} else if link == nil && dataset.factory.lacks(linkKind, name) {
			miss(d, pipeline, linkKind, name, written)
		}
	}
}
