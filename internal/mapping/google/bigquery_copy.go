package google

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

func datasetTransfers() draft.Mapper {
	return draft.Mapper{
		Service: bigQuery, Types: []string{"google_bigquery_data_transfer_config"}, Attach: managed(attachDatasetTransfer),
	}
}

// attachDatasetTransfer states what a recurring transfer gives the dataset that it
// reads: a copy in another dataset, or snapshots of its tables. The names of the
// two kinds are cross_region_copy, wherever the copy goes, and scheduled_query
// (BigQuery documentation, "Copy datasets", "Schedule queries").
func attachDatasetTransfer(d *draft.Draft, r *resource.Resource) {
	switch kind, _ := r.Attrs.Get("data_source_id").AsString(); kind {
	case "cross_region_copy":
		copyDataset(d, r)
	case "scheduled_query":
		snapshotTables(d, r)
	}
}

// copyDataset states a copy that every run brings up to date. It follows what
// happens in the original, so that it is a replica and no backup.
func copyDataset(d *draft.Draft, r *resource.Resource) {
	source, target := r.Attrs.Path("params.source_dataset_id"), r.Attrs.Get("destination_dataset_id")
	a := datasetOf(d, source, r)
	if a == nil {
		if source.IsUnknown() {
			d.Doubt(r, provider, []model.Kind{model.Database}, []string{model.GeoReplication},
				"the source of "+r.Address+" is not known: "+source.Why, source.At)
		}
		return
	}
	means := inPlace(a, "bigquery.dataset_copy", model.On, "", target.At)
	means.By, means.PropagatesDeletes, means.Interval = r.Address, model.Yes, transferInterval(r)
	means.OtherAccount = model.Maybe
	if b := datasetOf(d, target, r); b != nil {
		d.Relate(a, "replicates_to", b, target.At)
		means.Target, means.Region = b.ID, b.Region
	} else if means.Region = draft.Text(r.Attrs.Get("location")); means.Region.State != model.Known {
		means.Region = model.UnknownFact("the destination dataset is not declared in this repository", target.At)
	}
	apart, why := farApart(a.Region, means.Region)
	means.OtherRegion = apart
	switch {
	case disabled(r):
		means.State, means.Why, means.At = model.Off, "disabled is true, so the transfer does not run", r.Attrs.Get("disabled").At
	case means.OtherRegion == model.No:
		means.State, means.Why = model.Off, "the copy is in "+means.Region.Text()+", the location of its original"
	case means.OtherRegion == model.Maybe:
		means.State, means.Why = model.Undecided, why
	}
	d.Protect(a, model.GeoReplication, means)
}

func disabled(r *resource.Resource) bool {
	off, known := r.Attrs.Get("disabled").AsBool()
	return off && known
}

// snapshotOf finds the statement that makes a snapshot, and the table after CLONE.
var snapshotOf = regexp.MustCompile("(?is)create\\s+snapshot\\s+table\\b.*?\\bclone\\s+`?([a-z0-9_.:-]+)")

// snapshotTables states the snapshots that a scheduled query takes. It names
// tables, so it covers a part of their dataset.
func snapshotTables(d *draft.Draft, r *resource.Resource) {
	query := r.Attrs.Path("params.query")
	text, known := query.AsString()
	if !known || disabled(r) {
		return
	}
	seen := map[*model.Asset]bool{}
	for _, found := range snapshotOf.FindAllStringSubmatch(text, -1) {
		parts := strings.Split(strings.ReplaceAll(found[1], ":", "."), ".")
		if len(parts) < 2 {
			continue
		}
		name := resource.StringAt(query.At, parts[len(parts)-2])
		a := datasetOf(d, name, r)
		if a == nil || seen[a] {
			continue
		}
		seen[a] = true
		means := inPlace(a, "bigquery.snapshot", model.On, "", query.At)
		means.By, means.Scope, means.Interval = r.Address, model.Partial, transferInterval(r)
		d.Protect(a, model.Backup, means)
	}
}

var everyN = regexp.MustCompile(`^every (\d+) (minutes|mins|hours|days|weeks)\b`)

var unitHours = map[string]float64{"minutes": 1.0 / 60, "mins": 1.0 / 60, "hours": 1, "days": 24, "weeks": 7 * 24}

// transferInterval reads the common forms of schedule: "every 24 hours", "every
// day 03:00", "every monday 09:00" (App Engine documentation, "Schedule format",
// which google_bigquery_data_transfer_config refers to).
func transferInterval(r *resource.Resource) model.Fact {
	schedule := r.Attrs.Get("schedule")
	text, known := schedule.AsString()
	switch {
	case schedule.IsAbsent():
		return model.UnknownFact("schedule is not written", r.At)
	case !known:
		return model.UnknownFact(unresolved(schedule, "schedule"), schedule.At)
	}
	text = strings.ToLower(strings.TrimSpace(text))
	if parts := everyN.FindStringSubmatch(text); parts != nil {
		if n, err := strconv.ParseFloat(parts[1], 64); err == nil && n > 0 {
			return model.KnownFact(n*unitHours[parts[2]], schedule.At)
		}
	}
	word, _, _ := strings.Cut(strings.TrimPrefix(text, "every "), " ")
	switch {
	case !strings.HasPrefix(text, "every "):
	case word == "day":
		return model.KnownFact(24.0, schedule.At)
	case weekdays[word]:
		return model.KnownFact(7*24.0, schedule.At)
	}
	return model.UnknownFact("schedule is "+text+", which drlint does not read", schedule.At)
}

var weekdays = map[string]bool{
	"mon": true, "monday": true, "tue": true, "tuesday": true, "wed": true, "wednesday": true, "thu": true, "thursday": true,
	"fri": true, "friday": true, "sat": true, "saturday": true, "sun": true, "sunday": true,
}
