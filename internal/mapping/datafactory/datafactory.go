// Package datafactory maps the pipelines of Data Factory and Synapse: what
// moves data from where to where, how, when, and over which connections. The
// same objects come as the JSON of the services' Git layout, as ARM templates
// and Bicep files, and as Terraform resources; all are read in the ARM shape.
//
// The services themselves are mapped where the rest of the infrastructure is;
// here a workspace stands only for a folder of the Git layout.
package datafactory

import (
	"slices"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/resource"
)

const provider = "azure"

// Mappers lists what is mapped, containers of other things first. They run
// after the mappers of the stores that the pipelines read and write.
func Mappers() []draft.Mapper {
	return []draft.Mapper{
		layouts(),
		runtimes(),
		connections(),
		notebooks(),
		pipelines(),
	}
}

// The kinds of objects, by the last segment of their ARM type.
const (
	pipelineKind = "pipelines"
	datasetKind  = "datasets"
	linkKind     = "linkedservices"
	triggerKind  = "triggers"
	runtimeKind  = "integrationruntimes"
	dataFlowKind = "dataflows"
	notebookKind = "notebooks"
)

// objectKinds lists them.
var objectKinds = []string{pipelineKind, datasetKind, linkKind, triggerKind, runtimeKind, dataFlowKind, notebookKind}

// The parents of the ARM types.
const (
	factoryPrefix = "microsoft.datafactory/factories/"
	synapsePrefix = "microsoft.synapse/workspaces/"
)

// typesOf lists the resource types that carry a kind of object.
func typesOf(kind string) []string {
	types := []string{factoryPrefix + kind, synapsePrefix + kind}
	for name, form := range terraformForms {
		if form.kind == kind {
			types = append(types, name)
		}
	}
	slices.Sort(types[2:])
	return append(types, azapiResource)
}

// each limits a step to the objects of a kind that are mapped: what a template
// repeats of a Git layout is not.
func each(kind string, step func(*draft.Draft, *object)) func(*draft.Draft, *resource.Resource) {
	return func(d *draft.Draft, r *resource.Resource) {
		if o := catalogueOf(d).byID[r.ID]; o != nil && o.kind == kind && !o.copied {
			step(d, o)
		}
	}
}
