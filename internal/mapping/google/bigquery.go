package google

import (
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

const (
	bigQuery  = "bigquery"
	dayMillis = 24 * 60 * 60 * 1000
	dayHours  = 24
)

func datasets() draft.Mapper {
	return draft.Mapper{Service: bigQuery, Types: []string{"google_bigquery_dataset"}, Declare: managed(declareDataset)}
}

// declareDataset maps a dataset as a database: its tables share its location, its
// time travel and, unless they say otherwise, its expirations.
func declareDataset(d *draft.Draft, r *resource.Resource) {
	a := d.Declare(r, model.Database, provider, bigQuery, r.Attrs.Get("dataset_id"))
	tag(d, a, r, r.Attrs.Get("labels"))
	a.Region = datasetRegion(r)
	placeDataset(d, a)
	travelInTime(d, a, r)
	guardDataset(d, a, r)
	expireTables(a, r)
	d.Lacks(a, model.Backup, "BigQuery makes no copies of a dataset by itself", r.At, true)
	d.Inapplicable(a, model.DeleteGuard, "BigQuery has no switch that keeps a dataset from being deleted", r.At)
}

// datasetRegion: hashicorp/google, google_bigquery_dataset: location is US unless
// it is written.
func datasetRegion(r *resource.Resource) model.Fact {
	location := r.Attrs.Get("location")
	if location.IsAbsent() {
		return model.DefaultFact("US", r.At)
	}
	return draft.Text(location)
}

// placeDataset states where the data is: in two zones of one region. The location
// may be a multi-region, of which BigQuery picks one region and copies to no other
// (BigQuery documentation, "Understand reliability", "Cross-region dataset
// replication"), so that no location gives a copy in another region.
func placeDataset(d *draft.Draft, a *model.Asset) {
	at := a.Region.At
	zones := inPlace(a, "bigquery.zones", model.On, "", at)
	zones.Defaulted = true
	d.Protect(a, model.ZoneRedundancy, zones)
	location := a.Region.Text()
	why := "location is " + location + ", a single region"
	switch {
	case location == "":
		why = "a dataset is kept in one region, whatever its location is"
	case multiRegions[strings.ToLower(location)]:
		word := " is "
		if a.Region.Defaulted {
			word = " is by default "
		}
		why = "location" + word + location + ", of which BigQuery uses one region and copies to no other"
	}
	d.Lacks(a, model.GeoReplication, why, at, a.Region.Defaulted)
}

// travelInTime states time travel, which brings back tables, rows and the dataset
// itself. It cannot be switched off; max_time_travel_hours is 168 unless it is
// written (hashicorp/google, google_bigquery_dataset; BigQuery documentation,
// "Time travel", "Restore deleted datasets").
func travelInTime(d *draft.Draft, a *model.Asset, r *resource.Resource) {
	const name = "max_time_travel_hours"
	value := r.Attrs.Get(name)
	hours, known := value.AsNumber()
	means := inPlace(a, "bigquery.time_travel", model.On, "", value.At)
	switch {
	case value.IsAbsent():
		means.At, means.Defaulted = r.At, true
		means.Window = model.DefaultFact(168.0/dayHours, r.At)
	case !known:
		means.Window = model.UnknownFact(unresolved(value, name), value.At)
	default:
		means.Window = model.KnownFact(hours/dayHours, value.At)
	}
	d.Protect(a, model.PointInTimeRestore, means)
}

// guardDataset states what keeps Terraform from destroying tables: it destroys
// only an empty dataset unless delete_contents_on_destroy is true, which is false
// unless it is written (hashicorp/google, google_bigquery_dataset).
func guardDataset(d *draft.Draft, a *model.Asset, r *resource.Resource) {
	const name = "delete_contents_on_destroy"
	forced := flag(r.Attrs.Get(name), false)
	at := forced.At
	if forced.Defaulted {
		at, forced.At = r.At, r.At
	}
	d.Set(a, "force_destroy", forced)
	means := inPlace(a, "guard.iac_contents", model.On, "", at)
	means.Defaulted = forced.Defaulted
	switch forced.Tri() {
	case model.No:
		d.Protect(a, model.DestroyGuard, means)
	case model.Maybe:
		means.State, means.Why = model.Undecided, forced.Why
		d.Protect(a, model.DestroyGuard, means)
	default:
		d.Lacks(a, model.DestroyGuard, name+" is true", at, false)
	}
	preventDestroy(d, a, r)
}

// expireTables reads the expirations that tables inherit when they are created.
// That of partitions takes the place of that of tables where a table has
// partitions (hashicorp/google, google_bigquery_dataset:
// default_partition_expiration_ms), so that neither covers every table when both
// are written.
func expireTables(a *model.Asset, r *resource.Resource) {
	tables, partitions := r.Attrs.Get("default_table_expiration_ms"), r.Attrs.Get("default_partition_expiration_ms")
	if expires(tables) {
		scope := model.Whole
		if expires(partitions) {
			scope = model.Partial
		}
		a.Expiries = append(a.Expiries, expiry(tables, "default_table_expiration_ms", scope, nil))
	}
	if expires(partitions) {
		a.Expiries = append(a.Expiries, expiry(partitions, "default_partition_expiration_ms", model.Partial, nil))
	}
}

// expires says whether an expiration is written; 0 is none.
func expires(v resource.Value) bool {
	millis, known := v.AsNumber()
	return !v.IsAbsent() && (!known || millis > 0)
}

func expiry(v resource.Value, name string, scope model.Scope, tables []string) model.Expiry {
	days := model.UnknownFact(unresolved(v, name), v.At)
	if millis, known := v.AsNumber(); known {
		days = model.KnownFact(millis/dayMillis, v.At)
	}
	return model.Expiry{Target: "current", Days: days, Prefixes: tables, Scope: scope, At: v.At}
}

func datasetTables() draft.Mapper {
	return draft.Mapper{Service: bigQuery, Types: []string{"google_bigquery_table"}, Attach: managed(attachTable)}
}

// attachTable adds to a dataset what one of its tables decides for itself: when it
// or its partitions expire, and that Terraform may destroy it. What a table keeps
// to is the dataset's own. A table whose dataset is in no file adds nothing.
func attachTable(d *draft.Draft, r *resource.Resource) {
	a := datasetOf(d, r.Attrs.Get("dataset_id"), r)
	if a == nil {
		return
	}
	var names []string
	if name, known := r.Attrs.Get("table_id").AsString(); known {
		names = []string{name}
	}
	const fixed, rolling = "expiration_time", "time_partitioning.expiration_ms"
	if v := r.Attrs.Get(fixed); expires(v) {
		a.Expiries = append(a.Expiries, model.Expiry{
			Target: "current", Prefixes: names, Scope: model.Partial, At: v.At,
			Days: model.UnknownFact(r.Address+" is deleted at a moment that expiration_time names", v.At),
		})
	}
	if v := r.Attrs.Path(rolling); expires(v) {
		a.Expiries = append(a.Expiries, expiry(v, rolling, model.Partial, names))
	}
	unguardedTable(a, r)
}

// unguardedTable takes the dataset's guard away where Terraform destroys one of
// its tables with everything in it: deletion_protection is true unless it is
// written (hashicorp/google, google_bigquery_table). A view holds nothing.
func unguardedTable(a *model.Asset, r *resource.Resource) {
	protection := r.Attrs.Get("deletion_protection")
	if on, known := protection.AsBool(); !known || on || !r.Attrs.Path("view").Block().IsAbsent() {
		return
	}
	p := a.Protections[model.DestroyGuard]
	for i, means := range p.Means {
		if means.Mechanism == "guard.iac_contents" && means.State == model.On {
			p.Means[i].State, p.Means[i].At = model.Off, protection.At
			p.Means[i].Why = "deletion_protection of " + r.Address + " is false, so Terraform destroys that table with its data"
		}
	}
}

// datasetOf resolves a dataset by reference or name, "project:dataset" included.
func datasetOf(d *draft.Draft, v resource.Value, r *resource.Resource) *model.Asset {
	if text, known := v.AsString(); known {
		v.Text = text[strings.LastIndexByte(text, ':')+1:]
	}
	match := d.Find(v, r.Root, provider, model.Database)
	for _, a := range match.Assets {
		if len(match.Assets) == 1 && a.Service == bigQuery {
			return a
		}
	}
	return nil
}

// farApart compares two locations of datasets. A multi-region and a region within
// its continent may be the same place, since nobody says which region of it holds
// the data.
func farApart(a, b model.Fact) (model.Tri, string) {
	apart := draft.OtherRegion(a, b)
	wide, narrow := strings.ToLower(a.Text()), strings.ToLower(b.Text())
	if multiRegions[narrow] {
		wide, narrow = narrow, wide
	}
	switch {
	case apart == model.Maybe:
		for _, region := range []model.Fact{a, b} {
			if region.State == model.Unknown {
				return apart, region.Why
			}
		}
		return apart, "the location of the copy is not known"
	case apart == model.Yes && multiRegions[wide] && strings.HasPrefix(narrow, continents[wide]):
		return model.Maybe, narrow + " may be the region of " + strings.ToUpper(wide) + " that holds the data"
	}
	return apart, ""
}

// continents are the beginnings of the regions that a multi-region may use.
var continents = map[string]string{"us": "us-", "eu": "europe-", "asia": "asia-"}
