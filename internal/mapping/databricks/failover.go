package databricks

import (
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

func failoverGroups() draft.Mapper {
	return draft.Mapper{
		Service: "disaster_recovery", Types: []string{"databricks_disaster_recovery_failover_group"},
		Attach: managed(attachFailoverGroup),
	}
}

// attachFailoverGroup states that catalogs, and workspaces that ask for it, are
// replicated to another region (databricks provider,
// disaster_recovery_failover_group: replicate_workspace_assets false by default).
func attachFailoverGroup(d *draft.Draft, r *resource.Resource) {
	for _, catalog := range r.Attrs.Path("unity_catalog_assets").Get("catalogs").Blocks() {
		replicate(d, r, catalog.Get("name"), provider, model.Database)
	}
	for _, set := range r.Attrs.Get("workspace_sets").Blocks() {
		on, known := set.Get("replicate_workspace_assets").AsBool()
		if known && !on || set.Get("replicate_workspace_assets").IsAbsent() {
			continue
		}
		for _, workspace := range set.Get("workspace_ids").Blocks() {
			replicate(d, r, workspace, "azure", model.Workspace)
		}
	}
}

func replicate(d *draft.Draft, r *resource.Resource, name resource.Value, cloud string, kind model.Kind) {
	match := d.Find(name, r.Root, cloud, kind)
	if !match.Resolved() {
		if !match.Outside {
			d.Doubt(r, cloud, []model.Kind{kind}, []string{model.GeoReplication}, match.Why, name.At)
		}
		return
	}
	regions, complete := r.Attrs.Get("regions").Strings()
	for i := range regions {
		regions[i] = strings.ToLower(regions[i])
	}
	slices.Sort(regions)
	regions = slices.Compact(regions)
	for _, a := range match.Assets {
		means := inPlace(a, "databricks.failover_group", model.On, "", name.At)
		means.By, means.PropagatesDeletes = r.Address, model.Yes
		means.OtherRegion = model.Maybe
		if complete || len(regions) > 1 {
			means.OtherRegion = model.TriOf(len(regions) > 1)
		}
		means.Region = model.UnknownFact("the regions of the group are not readable", r.At)
		if len(regions) > 0 {
			means.Region = model.KnownFact(strings.Join(regions, ", "), r.Attrs.Get("regions").At)
		}
		d.Protect(a, model.GeoReplication, means)
	}
}
