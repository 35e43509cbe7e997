package fabric

import (
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

// services are the items that hold data by the provider's word for them.
var services = map[string]string{
	"fabric_lakehouse": "lakehouse", "fabric_sql_database": "sql_database", "fabric_kql_database": "kql_database",
	"fabric_mirrored_database": "mirrored_database", "fabric_cosmos_db_database": "cosmos_db_database",
}

// stores declares the items that hold data and for which no file says how they
// are protected.
func stores() draft.Mapper {
	return draft.Mapper{
		Service: "onelake",
		Types:   []string{"fabric_lakehouse", "fabric_sql_database", "fabric_kql_database", "fabric_mirrored_database", "fabric_cosmos_db_database"},
		Declare: managed(func(d *draft.Draft, r *resource.Resource) {
			declareStore(d, r, services[r.Type])
		}),
		Attach: attached(attachStore),
	}
}

func declareStore(d *draft.Draft, r *resource.Resource, service string) {
	a := d.Declare(r, model.Database, provider, service, r.Attrs.Get("display_name"))
	inGit(d, a, r)
}

func attachStore(d *draft.Draft, a *model.Asset, r *resource.Resource) {
	preventDestroy(d, a, r)
	place(d, a, r)
	open(d, a, "the zones of its region decide, which no file names", r.At, model.ZoneRedundancy)
	switch a.Service {
	case "lakehouse":
		// Delta tables keep the versions of a week (Fabric documentation,
		// "Delta Lake table maintenance": VACUUM keeps 7 days by default).
		travel := inPlace(a, "delta.time_travel", model.On, "", r.At)
		travel.Window, travel.Defaulted = model.DefaultFact(7.0, r.At), true
		d.Protect(a, model.PointInTimeRestore, travel)
		shortcuts(d, a, r)
	default:
		open(d, a, "what the service keeps is set in its portal and in no file", r.At, model.PointInTimeRestore)
	}
	open(d, a, "what the service keeps is set in its portal and in no file", r.At, model.Backup)
}

// enter puts an item into its workspace.
func enter(d *draft.Draft, a *model.Asset, r *resource.Resource) {
	if workspace := within(d, a, r); workspace != nil {
		a.Within = workspace.ID
	}
}

// place puts an item that holds data into its workspace, from which it has the
// capacity's disaster recovery; without one in a file that is open.
func place(d *draft.Draft, a *model.Asset, r *resource.Resource) {
	if enter(d, a, r); a.Within == "" {
		open(d, a, capacitySwitch, r.At, model.GeoReplication)
	}
}

// shortcuts relates a lakehouse to the stores that its shortcuts lead to.
func shortcuts(d *draft.Draft, a *model.Asset, r *resource.Resource) {
	for _, shortcut := range r.Attrs.Get("shortcuts").Items {
		for _, kind := range []string{"adlsGen2", "amazonS3", "googleCloudStorage", "s3Compatible"} {
			location := shortcut.Get("target").Get(kind).Get("location")
			if location.IsAbsent() {
				continue
			}
			place := location
			if below, ok := shortcut.Get("target").Get(kind).Get("subpath").AsString(); ok && place.Kind == resource.String {
				place.Text = strings.TrimSuffix(place.Text, "/") + "/" + strings.TrimPrefix(below, "/")
			}
			for _, store := range reached(d, place, resource.Value{}, r.Root) {
				d.Relate(a, "reaches", store, location.At)
			}
		}
	}
}

// warehouses declares warehouses, which keep their history by themselves
// (Fabric documentation, "Data retention": 30 days by default, 1 to 120; set in
// T-SQL only).
func warehouses() draft.Mapper {
	return draft.Mapper{
		Service: "warehouse", Types: []string{"fabric_warehouse"},
		Declare: managed(func(d *draft.Draft, r *resource.Resource) { declareStore(d, r, "warehouse") }),
		Attach: attached(func(d *draft.Draft, a *model.Asset, r *resource.Resource) {
			preventDestroy(d, a, r)
			place(d, a, r)
			history := inPlace(a, "fabric.warehouse_history", model.On, "", r.At)
			history.Window, history.Defaulted = model.DefaultFact(30.0, r.At), true
			d.Protect(a, model.PointInTimeRestore, history)
			open(d, a, "the zones of its region decide, which no file names", r.At, model.ZoneRedundancy)
		}),
	}
}

func pipelines() draft.Mapper {
	return draft.Mapper{
		Service: "pipelines", Types: []string{"Microsoft.Fabric/pipelines", "fabric_data_pipeline"},
		Declare: managed(func(d *draft.Draft, r *resource.Resource) {
			a := d.Declare(r, model.DataPipeline, provider, "pipelines", r.Attrs.Get("display_name"))
			inGit(d, a, r)
		}),
		Attach: attached(enter),
	}
}
