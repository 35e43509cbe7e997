package databricks

import (
	"strconv"
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

func volumes() draft.Mapper {
	return draft.Mapper{
		Service: unityCatalog, Types: []string{"databricks_volume"},
		Declare: managed(func(d *draft.Draft, r *resource.Resource) {
			a := d.Declare(r, model.Container, provider, unityCatalog, r.Attrs.Get("name"))
			d.Set(a, "level", model.KnownFact("volume", r.At))
			if kind := draft.Text(r.Attrs.Get("volume_type")); kind.State != model.Absent {
				d.Set(a, "volume_type", kind)
			}
		}),
		Attach: attached(func(d *draft.Draft, a *model.Asset, r *resource.Resource) {
			guards(d, a, r)
			if stored(d, a, r, r.Attrs.Get("storage_location")) {
				return
			}
			if store := storageBelow(d, r); store != nil {
				a.Within = store.ID
				return
			}
			open(d, a, "the storage of its schema and catalog is in no scanned file", r.At, storage(a.Kind)...)
		}),
	}
}

// storageBelow is the store in which a schema or catalog keeps what is managed,
// nil when it is in no scanned file.
func storageBelow(d *draft.Draft, r *resource.Resource) *model.Asset {
	a := oneOf(d.Find(r.Attrs.Get("schema_name"), r.Root, provider, model.Database).Assets, "schema")
	if a == nil {
		a = oneOf(d.Find(r.Attrs.Get("catalog_name"), r.Root, provider, model.Database).Assets, "catalog")
	}
	for ; a != nil; a = d.Asset(a.Within) {
		if a.Kind == model.Container || a.Kind == model.ObjectStore {
			return a
		}
	}
	return nil
}

func tables() draft.Mapper {
	return draft.Mapper{
		Service: unityCatalog, Types: []string{"databricks_sql_table"},
		Declare: managed(func(d *draft.Draft, r *resource.Resource) {
			if kind, _ := r.Attrs.Get("table_type").AsString(); strings.Contains(strings.ToUpper(kind), "VIEW") {
				return
			}
			a := d.Declare(r, model.Table, provider, unityCatalog, r.Attrs.Get("name"))
			d.Set(a, "level", model.KnownFact("table", r.At))
		}),
		Attach: attached(attachTable),
	}
}

func attachTable(d *draft.Draft, a *model.Asset, r *resource.Resource) {
	guards(d, a, r)
	if schema := oneOf(d.Find(r.Attrs.Get("schema_name"), r.Root, provider, model.Database).Assets, "schema"); schema != nil {
		a.Within = schema.ID
	}
	if !stored(d, a, r, r.Attrs.Get("storage_location")) && a.Within == "" {
		open(d, a, "the schema and its storage are in no scanned file", r.At, model.ZoneRedundancy, model.GeoReplication, model.Backup)
	}
	format := r.Attrs.Get("data_source_format")
	if text, known := format.AsString(); known && !strings.EqualFold(text, "DELTA") {
		d.Inapplicable(a, model.PointInTimeRestore, "data_source_format is "+text+", which keeps no versions", format.At)
		return
	}
	d.Protect(a, model.PointInTimeRestore, tableHistory(d, a, r))
}

// tableHistory states how far a table itself goes back: for as long as the files
// of earlier versions are kept, which is the horizon of newer runtimes too.
func tableHistory(d *draft.Draft, a *model.Asset, r *resource.Resource) model.Means {
	travel := inPlace(a, "delta.time_travel", model.On, "", r.At)
	travel.Window, travel.Defaulted = model.DefaultFact(fileHistory, r.At), true
	properties := r.Attrs.Get("properties")
	if properties.IsUnknown() {
		travel.Window, travel.Defaulted = model.UnknownFact(properties.Why, properties.At), false
		return travel
	}
	if log := properties.Get("delta.logRetentionDuration"); !log.IsAbsent() {
		d.Set(a, "log_retention_days", days(log))
	}
	if files := properties.Get("delta.deletedFileRetentionDuration"); !files.IsAbsent() {
		travel.Window, travel.At, travel.Defaulted = days(files), files.At, false
	}
	return travel
}

// days reads an interval of a Delta property: "interval 30 days", "168 hours".
func days(v resource.Value) model.Fact {
	text, ok := v.AsString()
	if !ok {
		return model.UnknownFact(unresolved(v, "the property"), v.At)
	}
	words := strings.Fields(strings.TrimPrefix(strings.ToLower(strings.TrimSpace(text)), "interval "))
	if len(words) == 2 {
		n, err := strconv.ParseFloat(words[0], 64)
		length := map[string]float64{"week": 7, "day": 1, "hour": 1.0 / 24, "minute": 1.0 / 1440, "second": 1.0 / 86400}[strings.TrimSuffix(words[1], "s")]
		if err == nil && length > 0 && n >= 0 {
			return model.KnownFact(n*length, v.At)
		}
	}
	return model.UnknownFact("the interval "+strconv.Quote(text)+" is not a plain one", v.At)
}
