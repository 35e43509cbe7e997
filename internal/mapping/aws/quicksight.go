package aws

import (
	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

const quickSight = "quicksight"

// quickSightReports maps reports of QuickSight. Code holds one when it writes the
// definition; one that names a template takes the content from there, and what a
// template was made from is an analysis that lives in the service (provider
// documentation, version 6, aws_quicksight_dashboard: definition, source_entity).
func quickSightReports() draft.Mapper {
	return draft.Mapper{
		Service: quickSight,
		Types:   []string{"aws_quicksight_analysis", "aws_quicksight_dashboard"},
		Declare: declareReport,
	}
}

func declareReport(d *draft.Draft, r *resource.Resource) {
	if r.Mode != resource.Managed {
		return
	}
	a := d.Declare(r, model.Report, provider, quickSight, r.Attrs.Get("name"))
	a.Region = regionOf(r)
	tag(d, a, r)
	d.Set(a, "form", model.KnownFact(quickSight, r.At))
	d.Set(a, "in_git", definedIn(d, r, 0))
}

// definedIn follows the templates of a report to one whose definition is written.
func definedIn(d *draft.Draft, r *resource.Resource, depth int) model.Fact {
	definition, entity := r.Attrs.Get("definition"), r.Attrs.Get("source_entity")
	switch {
	case definition.IsUnknown():
		return model.UnknownFact(definition.Why, definition.At)
	case len(definition.Blocks()) > 0:
		return model.KnownFact(true, definition.At)
	case entity.IsUnknown():
		return model.UnknownFact(entity.Why, entity.At)
	}
	template := entity.Path("source_template.arn")
	for _, origin := range d.Resources.Referents(template, "aws_quicksight_template") {
		if depth < 4 {
			return definedIn(d, origin, depth+1)
		}
	}
	if template.IsUnknown() {
		return model.UnknownFact(template.Why, template.At)
	}
	return model.KnownFact(false, where(r, entity))
}

// quickSightSources maps the places that the reports read from.
func quickSightSources() draft.Mapper {
	return draft.Mapper{Service: quickSight, Types: []string{"aws_quicksight_data_source"}, Declare: declareReportSource}
}

// declareReportSource says whether a data source names a host in so many words
// (provider documentation, version 6, aws_quicksight_data_source: parameters). A
// name of a cluster or an instance is looked up in the region of the data source.
func declareReportSource(d *draft.Draft, r *resource.Resource) {
	if r.Mode != resource.Managed {
		return
	}
	a := d.Declare(r, model.Connection, provider, quickSight, r.Attrs.Get("name"))
	a.Region = regionOf(r)
	tag(d, a, r)
	for _, parameters := range r.Attrs.Get("parameters").Blocks() {
		for _, engine := range parameters.Fields {
			host := engine.Value.Block().Get("host")
			if host.IsAbsent() {
				continue
			}
			d.Set(a, "connector", model.KnownFact(engine.Name, engine.Value.At))
			d.Set(a, "endpoint", draft.Text(host))
			d.Set(a, "hard_coded", hardCodedHost(host))
		}
	}
}

// hardCodedHost holds for a literal where the host is written: one that a variable
// or another resource gives can be another one in another region.
func hardCodedHost(host resource.Value) model.Fact {
	_, known := host.AsString()
	return model.KnownFact(known && len(host.Origin) == 0 && len(host.Refs) == 0, host.At)
}
