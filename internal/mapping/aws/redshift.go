package aws

import (
	"fmt"
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

const (
	redshift           = "redshift"
	redshiftSnapshot   = "redshift.automated_snapshot"
	redshiftServerless = "redshiftserverless"
)

// declareWarehouse maps a provisioned cluster of Redshift. Snapshots are all it
// has: between two of them nothing can be restored.
func declareWarehouse(d *draft.Draft, r *resource.Resource) {
	a := begin(d, r, model.Database, redshift, r.Attrs.Get("cluster_identifier"))
	if a == nil {
		return
	}
	d.Inapplicable(a, model.PointInTimeRestore, "Redshift restores snapshots and no moment in between", r.At)
	d.Inapplicable(a, model.DeleteGuard, "Redshift has no deletion protection", r.At)
	stateWarehouseZones(d, a, r)
	stateSnapshots(d, a, r)
	skip := boolOr(r, r.Attrs.Get("skip_final_snapshot"), false)
	d.Set(a, "skip_final_snapshot", skip)
	if skip.Tri() == model.No && hasOn(a, model.Backup) {
		m := inPlace(a, r, "redshift.final_snapshot", skip.At)
		m.Defaulted = skip.Defaulted
		protect(d, a, r, model.Backup, m)
	}
	for _, block := range r.Attrs.Get("snapshot_copy").Blocks() {
		stateSnapshotCopy(d, a, r, r, block, "grant_name")
	}
}

// stateWarehouseZones: a second set of nodes in another zone, or a cluster that
// may be moved there. Both are off by default and exclude each other (provider
// documentation, version 6, aws_redshift_cluster).
func stateWarehouseZones(d *draft.Draft, a *model.Asset, r *resource.Resource) {
	stateToggle(d, a, r, toggle{
		protection: model.ZoneRedundancy, mechanism: "redshift.multi_az", argument: "multi_az",
		value: r.Attrs.Get("multi_az"), otherwise: "which keeps the cluster in one zone",
	})
	moves := r.Attrs.Get("availability_zone_relocation_enabled")
	m := inPlace(a, r, "redshift.relocation", moves.At)
	switch fact := boolOr(r, moves, false); fact.Tri() {
	case model.Yes:
		protect(d, a, r, model.ZoneRedundancy, m)
	case model.Maybe:
		protect(d, a, r, model.ZoneRedundancy, undecided(m, fact.Why))
	}
}

// stateSnapshots states the snapshots that the service takes by itself and deletes
// together with the cluster. They are kept for a day unless the argument is
// written, and 0 turns them off (provider documentation, version 6,
// aws_redshift_cluster: automated_snapshot_retention_period).
func stateSnapshots(d *draft.Draft, a *model.Asset, r *resource.Resource) {
	const argument = "automated_snapshot_retention_period"
	days := numberOr(r, r.Attrs.Get(argument), 1)
	m := inPlace(a, r, redshiftSnapshot, days.At)
	m.Window, m.Defaulted = days, days.Defaulted
	switch number, known := days.Number(); {
	case !known:
		protect(d, a, r, model.Backup, undecided(m, days.Why))
	case number < 0 || number > maxRetentionDays:
		why := fmt.Sprintf("%s is %v, and the service keeps snapshots for at most %v days", argument, number, maxRetentionDays)
		m.Window = model.UnknownFact(why, days.At)
		protect(d, a, r, model.Backup, undecided(m, why))
	case number == 0:
		d.Lacks(a, model.Backup, argument+" is 0, which turns automated snapshots off", days.At, false)
	default:
		protect(d, a, r, model.Backup, m)
	}
}

// stateSnapshotCopy states that snapshots are copied to another region, for seven
// days unless it is written (Redshift API reference, EnableSnapshotCopy). by is
// the resource that says so and copied the part of it that holds the arguments.
// Snapshots under a key of the user's own need a grant in the other region.
func stateSnapshotCopy(d *draft.Draft, a *model.Asset, cluster, by *resource.Resource, copied resource.Value, grant string) {
	region := copied.Get("destination_region")
	at := where(by, region)
	m := inPlace(a, by, "redshift.snapshot_copy", at)
	m.Window, m.Region = numberOr(by, copied.Get("retention_period"), 7), draft.Text(region)
	m.OtherRegion = draft.OtherRegion(a.Region, m.Region)
	m = regionVerdict(m, a, "the copy of its snapshots", m.Region)
	automated := a.Protections[model.Backup]
	switch {
	case !hasOn(a, model.Backup) && automated.State == model.Off:
		m = off(m, automated.Why+" and leaves nothing to copy")
		m.At = automated.At
	case m.State == model.On && cluster != nil && isSet(cluster.Attrs.Get("kms_key_id")) == model.Yes && copied.Get(grant).IsAbsent():
		m = undecided(m, grant+" is not set, and snapshots under kms_key_id are copied only with a grant")
	}
	protect(d, a, by, model.Backup, m)
}

// attachSnapshotCopy maps the copy as a resource of its own, which took the place
// of the block in version 6 of the provider.
func attachSnapshotCopy(d *draft.Draft, r *resource.Resource) {
	named := r.Attrs.Get("cluster_identifier")
	found := resolve(d, r, named, model.Database)
	for _, a := range found.assets {
		if a.Service == redshift {
			stateSnapshotCopy(d, a, resourceOf(d, a), found.by(r), r.Attrs, "snapshot_copy_grant_name")
		}
	}
	doubtWarehouse(d, r, found, named, model.Backup)
}

// doubtWarehouse leaves open what belongs to a cluster that cannot be resolved.
func doubtWarehouse(d *draft.Draft, r *resource.Resource, found target, named resource.Value, protections ...string) {
	if found.why != "" {
		d.Doubt(r, provider, []model.Kind{model.Database}, protections, r.Address+" may apply to it: "+found.why, named.At)
	}
}

// attachSnapshotSchedule states how often snapshots are taken where a schedule
// replaces the service's own cadence.
func attachSnapshotSchedule(d *draft.Draft, r *resource.Resource) {
	found := resolve(d, r, r.Attrs.Get("cluster_identifier"), model.Database)
	schedule := r.Attrs.Get("schedule_identifier")
	interval := model.UnknownFact("no scanned file declares the schedule", schedule.At)
	if declared := d.Resources.Referents(schedule, "aws_redshift_snapshot_schedule"); len(declared) == 1 {
		interval = scheduleInterval(declared[0].Attrs.Get("definitions"))
	}
	for _, a := range found.assets {
		if a.Service != redshift || len(a.Protections[model.Backup].Means) == 0 {
			continue
		}
		m := a.Protections[model.Backup].Means[0]
		if m.Mechanism != redshiftSnapshot || m.State == model.Off {
			continue
		}
		m.Mechanism, m.By, m.At, m.Interval, m.Defaulted = "redshift.snapshot_schedule", r.Address, schedule.At, interval, false
		protect(d, a, found.by(r), model.Backup, m)
	}
}

// scheduleInterval reads "rate(12 hours)"; of several definitions the shortest counts.
func scheduleInterval(definitions resource.Value) model.Fact {
	texts, complete := definitions.Strings()
	best := 0.0
	for _, text := range texts {
		var count float64
		var unit string
		inner := strings.TrimSuffix(strings.TrimPrefix(text, "rate("), ")")
		if n, err := fmt.Sscan(inner, &count, &unit); n != 2 || err != nil || inner == text || !strings.HasPrefix(unit, "hour") {
			complete = false
			continue
		}
		if best == 0 || count < best {
			best = count
		}
	}
	if best == 0 || !complete {
		return model.UnknownFact("definitions holds no plain rate of hours", definitions.At)
	}
	return model.KnownFact(best, definitions.At)
}

// declareNamespace maps a namespace of Redshift Serverless, which holds the data;
// workgroups only compute. A recovery point every half hour is kept for a day,
// and no argument changes that (Redshift management guide, "Working with
// snapshots and recovery points").
func declareNamespace(d *draft.Draft, r *resource.Resource) {
	a := begin(d, r, model.Database, redshiftServerless, r.Attrs.Get("namespace_name"))
	if a == nil {
		return
	}
	m := inPlace(a, r, "redshiftserverless.recovery_points", r.At)
	m.Window, m.Defaulted = model.DefaultFact(1.0, r.At), true
	protect(d, a, r, model.Backup, m)
	d.Inapplicable(a, model.PointInTimeRestore, "Redshift Serverless restores recovery points and snapshots", r.At)
	d.Inapplicable(a, model.DeleteGuard, "Redshift Serverless has no deletion protection", r.At)
}
