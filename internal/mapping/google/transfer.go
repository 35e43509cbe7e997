package google

import (
	"time"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

func transferJobs() draft.Mapper {
	return draft.Mapper{Service: "storagetransfer", Types: []string{"google_storage_transfer_job"}, Attach: managed(attachTransfer)}
}

// transfer is one job: where data comes from, where it goes and how.
type transfer struct {
	job        *resource.Resource
	spec       resource.Value // transfer_spec or replication_spec
	continuous bool           // replication_spec: runs on every change
}

// end is one side of a transfer.
type end struct {
	provider string
	value    resource.Value
	kinds    []model.Kind
}

func attachTransfer(d *draft.Draft, r *resource.Resource) {
	t := transfer{job: r, spec: r.Attrs.Path("transfer_spec").Block()}
	if t.spec.IsAbsent() {
		t.spec, t.continuous = r.Attrs.Path("replication_spec").Block(), true
	}
	for _, from := range sourcesOf(t.spec) {
		match := d.Find(from.value, r.Root, from.provider, from.kinds...)
		for _, a := range match.Assets {
			t.protect(d, a)
		}
		if !match.Resolved() && !match.Outside {
			d.Doubt(r, from.provider, []model.Kind{model.ObjectStore, model.Container}, []string{model.Backup},
				"the source of "+r.Address+" is not known: "+match.Why, from.value.At)
		}
	}
}

// sourcesOf lists what a job may read (hashicorp/google,
// google_storage_transfer_job: transfer_spec).
func sourcesOf(spec resource.Value) []end {
	var ends []end
	for _, candidate := range []end{
		{provider, spec.Path("gcs_data_source.bucket_name"), []model.Kind{model.ObjectStore}},
		{"aws", spec.Path("aws_s3_data_source.bucket_name"), []model.Kind{model.ObjectStore}},
		{"azure", spec.Path("azure_blob_storage_data_source.container"), []model.Kind{model.Container}},
	} {
		if !candidate.value.IsAbsent() {
			ends = append(ends, candidate)
		}
	}
	return ends
}

// protect states what the job gives a source. A job that deletes at the sink
// what the source lost is a replica, and one that empties the source moves data.
func (t transfer) protect(d *draft.Draft, a *model.Asset) {
	sink := t.spec.Path("gcs_data_sink.bucket_name")
	target := t.sink(d, sink)
	means := t.means(a, target, sink.At)
	options := t.spec.Path("transfer_options").Block()
	unique := flag(options.Get("delete_objects_unique_in_sink"), false)
	moves := flag(options.Get("delete_objects_from_source_after_transfer"), false)
	means.PropagatesDeletes = unique.Tri()
	switch {
	case moves.Tri() == model.Yes:
		means.State, means.At = model.Off, moves.At
		means.Why = "delete_objects_from_source_after_transfer is true, which moves the data instead of copying it"
	case means.State == model.On && moves.Tri() == model.Maybe:
		means.State, means.Why, means.At = model.Undecided, moves.Why, moves.At
	}
	if means.State != model.Off && means.OtherRegion != model.No {
		t.replicate(d, a, means)
	}
	copies := means.State != model.Off
	switch {
	case copies && unique.Tri() == model.Yes:
		means.State, means.At = model.Off, unique.At
		means.Why = "delete_objects_unique_in_sink is true, so what is deleted at the source is deleted in the copy too"
	case means.State == model.On && unique.Tri() == model.Maybe:
		means.State, means.Why, means.At = model.Undecided, unique.Why, unique.At
	}
	d.Protect(a, model.Backup, means)
	if target != nil && copies {
		d.Relate(a, "replicates_to", target, sink.At)
	}
}

// replicate counts the job as a copy in another region, with its own interval.
func (t transfer) replicate(d *draft.Draft, a *model.Asset, means model.Means) {
	if means.State == model.On && means.OtherRegion == model.Maybe {
		means.State, means.Why = model.Undecided, "the region of the target bucket is not known"
		if means.Region.State == model.Unknown {
			means.Why += ": " + means.Region.Why
		}
	}
	d.Protect(a, model.GeoReplication, means)
}

// means describes the copy before the options are weighed.
func (t transfer) means(a, target *model.Asset, at source.Range) model.Means {
	means := model.Means{
		Mechanism: "gcs.transfer", State: model.On, Scope: t.scope(), Window: model.AbsentFact(at),
		Region: model.UnknownFact("the target bucket is not declared in this repository", at), OtherRegion: model.Maybe,
		OtherAccount: model.Maybe, Locked: model.Maybe, By: t.job.Address, At: at,
	}
	if target != nil {
		means.Target, means.Region, means.Locked = target.ID, target.Region, lockedIn(target)
		means.OtherRegion = draft.OtherRegion(a.Region, target.Region)
	}
	if a.Provider != provider {
		means.OtherAccount = model.Yes
		// Regions of two providers are never the same place.
		means.OtherRegion = model.Yes
	}
	means.Interval = t.interval()
	schedule := t.job.Attrs.Path("schedule").Block()
	switch {
	case runsOnce(schedule):
		means.State, means.At = model.Off, schedule.Get("schedule_end_date").At
		means.Why = "schedule_end_date is schedule_start_date, so the job runs once"
	case means.Interval.State == model.Unknown:
		means.State, means.Why = model.Undecided, means.Interval.Why
	}
	if status, known := t.job.Attrs.Get("status").AsString(); known && status != "ENABLED" {
		means.State, means.Why, means.At = model.Off, "status is "+status+", so the job does not run", t.job.Attrs.Get("status").At
	}
	return means
}

func lockedIn(target *model.Asset) model.Tri {
	for _, means := range target.Protections[model.Immutability].Means {
		if means.State == model.On {
			return means.Locked
		}
	}
	return model.No
}

func (t transfer) sink(d *draft.Draft, sink resource.Value) *model.Asset {
	match := d.Find(sink, t.job.Root, provider, model.ObjectStore)
	if !match.Resolved() {
		return nil
	}
	return match.Assets[0]
}

// scope is whole unless object_conditions or a path leave objects out.
func (t transfer) scope() model.Scope {
	conditions := t.spec.Path("object_conditions").Block()
	switch {
	case conditions.IsUnknown():
		return model.UnknownScope
	case len(conditions.Fields) > 0 && !allAbsent(conditions):
		return model.Partial
	}
	for _, name := range []string{"gcs_data_source.path", "aws_s3_data_source.path", "azure_blob_storage_data_source.path"} {
		if path := t.spec.Path(name); path.IsUnknown() {
			return model.UnknownScope
		} else if text, known := path.AsString(); known && text != "" {
			return model.Partial
		}
	}
	return model.Whole
}

func allAbsent(v resource.Value) bool {
	for _, field := range v.Fields {
		if value := field.Value; !value.IsAbsent() && (value.Kind != resource.List || len(value.Items) > 0 || !value.IsKnown()) {
			return false
		}
	}
	return true
}

// interval is the time between two runs in hours. A schedule without
// repeat_interval runs once a day, one that ends on the day it starts runs
// once; a job without a schedule waits for someone to start it
// (hashicorp/google, google_storage_transfer_job: schedule).
func (t transfer) interval() model.Fact {
	if t.continuous || t.job.Attrs.Path("event_stream").Block().IsKnown() {
		return model.AbsentFact(t.job.At)
	}
	schedule := t.job.Attrs.Path("schedule").Block()
	repeat := schedule.Get("repeat_interval")
	switch text, known := repeat.AsString(); {
	case schedule.IsAbsent():
		return model.UnknownFact("schedule is not written, so "+t.job.Address+" runs only when someone starts it", t.job.At)
	case schedule.IsUnknown():
		return model.UnknownFact(schedule.Why, schedule.At)
	case runsOnce(schedule):
		return model.AbsentFact(t.job.At)
	case repeat.IsAbsent():
		return model.DefaultFact(24.0, schedule.At)
	case !known:
		return model.UnknownFact(unresolved(repeat, "repeat_interval"), repeat.At)
	default:
		interval, err := time.ParseDuration(text)
		if err != nil {
			return model.UnknownFact("repeat_interval is "+text+", which is not a duration", repeat.At)
		}
		return model.KnownFact(interval.Hours(), repeat.At)
	}
}

func runsOnce(schedule resource.Value) bool {
	start, end := schedule.Path("schedule_start_date").Block(), schedule.Path("schedule_end_date").Block()
	if end.IsAbsent() || end.IsUnknown() {
		return false
	}
	for _, part := range []string{"year", "month", "day"} {
		from, knownFrom := start.Get(part).AsNumber()
		to, knownTo := end.Get(part).AsNumber()
		if !knownFrom || !knownTo || from != to {
			return false
		}
	}
	return true
}
