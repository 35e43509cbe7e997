package databricks

import (
	"strconv"
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

const lakebase = "lakebase"

func instances() draft.Mapper {
	return draft.Mapper{
		Service: lakebase, Types: []string{"databricks_database_instance"},
		Declare: managed(func(d *draft.Draft, r *resource.Resource) {
			d.Declare(r, model.Database, provider, lakebase, r.Attrs.Get("name"))
		}),
		Attach: attached(attachInstance),
	}
}

// attachInstance states what a provisioned instance of Lakebase has. Defaults:
// Databricks API, Database Instances (retention_window_in_days 7, from 2 to 35;
// node_count 1). Secondary nodes are in other zones (Databricks, "What is a
// database instance?").
func attachInstance(d *draft.Draft, a *model.Asset, r *resource.Resource) {
	guards(d, a, r)
	window := r.Attrs.Get("retention_window_in_days")
	pitr := inPlace(a, "lakebase.pitr", model.On, "", window.At)
	pitr.Window = draft.Or(draft.Number(window), 7.0)
	pitr.Defaulted = window.IsAbsent()
	if window.IsAbsent() {
		pitr.At, pitr.Window.At = r.At, r.At
	}
	d.Protect(a, model.PointInTimeRestore, pitr)
	nodes := first(r, "node_count")
	switch n, known := nodes.AsNumber(); {
	case nodes.IsAbsent():
		d.Lacks(a, model.ZoneRedundancy, "node_count is not set, and one node is in one zone", r.At, true)
	case !known:
		d.Protect(a, model.ZoneRedundancy, inPlace(a, "lakebase.ha", model.Undecided, unresolved(nodes, "node_count"), nodes.At))
	case n > 1:
		d.Protect(a, model.ZoneRedundancy, inPlace(a, "lakebase.ha", model.On, "", nodes.At))
	default:
		d.Lacks(a, model.ZoneRedundancy, "node_count is 1, and one node is in one zone", nodes.At, false)
	}
	if purge := r.Attrs.Get("purge_on_delete"); !purge.IsAbsent() {
		d.Set(a, "purge_on_delete", draft.Bool(purge))
	}
}

func projects() draft.Mapper {
	return draft.Mapper{
		Service: lakebase, Types: []string{"databricks_postgres_project"},
		Declare: managed(func(d *draft.Draft, r *resource.Resource) {
			d.Declare(r, model.Database, provider, lakebase, r.Attrs.Get("project_id"))
		}),
		Attach: attached(attachProject),
	}
}

// attachProject states what an autoscaling project of Lakebase has. Terraform
// writes the settings in "spec", bundles beside the project's ID. No default of
// the history is documented, so one that is not written stays open.
func attachProject(d *draft.Draft, a *model.Asset, r *resource.Resource) {
	guards(d, a, r)
	value := first(r, "history_retention_duration", "spec.history_retention_duration")
	pitr := inPlace(a, "lakebase.pitr", model.On, "", value.At)
	if text, ok := value.AsString(); ok {
		seconds, err := strconv.ParseFloat(strings.TrimSuffix(text, "s"), 64)
		if err == nil && strings.HasSuffix(text, "s") {
			pitr.Window = model.KnownFact(seconds/86400, value.At)
		} else {
			pitr.Window = model.UnknownFact("history_retention_duration is not a number of seconds", value.At)
		}
	} else if value.IsAbsent() {
		pitr.Window = model.UnknownFact("history_retention_duration is not written and its default is not documented", r.At)
	} else {
		pitr.Window = model.UnknownFact(unresolved(value, "history_retention_duration"), value.At)
	}
	d.Protect(a, model.PointInTimeRestore, pitr)
	open(d, a, "whether its computes span zones is decided on its endpoints", r.At, model.ZoneRedundancy)
}
