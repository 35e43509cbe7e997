package databricks

import (
	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

const unityCatalog = "unity_catalog"

func catalogs() draft.Mapper {
	return draft.Mapper{
		Service: unityCatalog, Types: []string{"databricks_catalog"},
		Declare: managed(func(d *draft.Draft, r *resource.Resource) {
			// A catalog of another system or of a share holds no data of its own.
			for _, foreign := range []string{"connection_name", "provider_name", "share_name"} {
				if !r.Attrs.Get(foreign).IsAbsent() {
					return
				}
			}
			a := d.Declare(r, model.Database, provider, unityCatalog, r.Attrs.Get("name"))
			d.Set(a, "level", model.KnownFact("catalog", r.At))
			d.Tag(a, r.Attrs.Get("tags"))
		}),
		Attach: attached(attachCatalog),
	}
}

func attachCatalog(d *draft.Draft, a *model.Asset, r *resource.Resource) {
	guards(d, a, r)
	history(d, a, r, true)
	if !stored(d, a, r, r.Attrs.Get("storage_root")) {
		open(d, a, "the storage of the metastore is in no scanned file", r.At, model.ZoneRedundancy, model.GeoReplication, model.Backup)
	}
}

func schemas() draft.Mapper {
	return draft.Mapper{
		Service: unityCatalog, Types: []string{"databricks_schema"},
		Declare: managed(func(d *draft.Draft, r *resource.Resource) {
			a := d.Declare(r, model.Database, provider, unityCatalog, r.Attrs.Get("name"))
			d.Set(a, "level", model.KnownFact("schema", r.At))
			d.Tag(a, r.Attrs.Get("tags"))
		}),
		Attach: attached(attachSchema),
	}
}

func attachSchema(d *draft.Draft, a *model.Asset, r *resource.Resource) {
	guards(d, a, r)
	catalog := oneOf(d.Find(r.Attrs.Get("catalog_name"), r.Root, provider, model.Database).Assets, "catalog")
	if name := draft.Text(r.Attrs.Get("catalog_name")); name.State != model.Absent {
		d.Set(a, "catalog", name)
	}
	apart := stored(d, a, r, r.Attrs.Get("storage_root"))
	if catalog != nil && !apart {
		a.Within = catalog.ID
	}
	history(d, a, r, a.Within == "" || apart)
	if catalog == nil && !apart {
		open(d, a, "the catalog and its storage are in no scanned file", r.At, model.ZoneRedundancy, model.GeoReplication, model.Backup)
	}
}

// oneOf returns the only catalog or schema of several assets: an instance of
// Lakebase may have the same name.
func oneOf(assets []*model.Asset, level string) *model.Asset {
	var found *model.Asset
	for _, a := range assets {
		if a.Settings["level"].Text() != level {
			continue
		}
		if found != nil {
			return nil
		}
		found = a
	}
	return found
}

// fileHistory is how long Delta keeps the files of earlier versions: the
// default of delta.deletedFileRetentionDuration (Databricks, "Work with table
// history": 7 days). Runtimes from 18.0 on refuse to go back further.
const fileHistory = 7.0

// history states how far back tables go. Delta keeps the versions of every
// table; a dropped table can be recovered for custom_max_retention_hours
// (Databricks, "Drop or replace a table": 7 days by default).
func history(d *draft.Draft, a *model.Asset, r *resource.Resource, own bool) {
	if own {
		travel := inPlace(a, "delta.time_travel", model.On, "", r.At)
		travel.Window, travel.Defaulted = model.DefaultFact(fileHistory, r.At), true
		d.Protect(a, model.PointInTimeRestore, travel)
	}
	hours := r.Attrs.Get("custom_max_retention_hours")
	undrop := inPlace(a, "databricks.undrop", model.On, "", r.At)
	undrop.Scope = model.Partial // whole tables only
	n, known := hours.AsNumber()
	switch {
	case hours.IsAbsent() && !own:
		return
	case hours.IsAbsent():
		undrop.Window, undrop.Defaulted = model.DefaultFact(7.0, r.At), true
	case !known:
		why := unresolved(hours, "custom_max_retention_hours")
		undrop.State, undrop.Why, undrop.At, undrop.Window = model.Undecided, why, hours.At, model.UnknownFact(why, hours.At)
	case n == 0:
		undrop.State, undrop.At = model.Off, hours.At
		undrop.Why = "custom_max_retention_hours is 0, so a dropped table cannot be recovered"
		undrop.Window = model.KnownFact(0.0, hours.At)
	default:
		undrop.At, undrop.Window = hours.At, model.KnownFact(n/24, hours.At)
	}
	d.Protect(a, model.PointInTimeRestore, undrop)
}
