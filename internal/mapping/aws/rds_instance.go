package aws

import (
	"fmt"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

// retention is how long automated backups are kept, and what that means when
// nothing is written: a number of days, or a reason why it is open.
type retention struct {
	value     resource.Value
	byDefault float64
	open      string
	mechanism string
}

func declareInstance(d *draft.Draft, r *resource.Resource) {
	a := begin(d, r, model.Database, "rds", nameOf(r, "identifier", "identifier_prefix"))
	if a == nil {
		return
	}
	stateToggle(d, a, r, toggle{
		protection: model.ZoneRedundancy, mechanism: "rds.multi_az", argument: "multi_az",
		value: r.Attrs.Get("multi_az"), otherwise: "which keeps the instance in one zone",
	})
	stateDeletionProtection(d, a, r, "deletion_protection")
	replicaOf := r.Attrs.Get("replicate_source_db")
	setReplicaRole(d, a, replicaOf)
	retention := r.Attrs.Get("backup_retention_period")
	if days, _ := retention.AsNumber(); isSet(replicaOf) == model.Yes && days == 0 && !retention.IsUnknown() {
		lackOwnBackups(d, a, replicaOf)
	} else {
		stateRetention(d, a, r, readInstanceRetention(r))
	}
	stateFinalCopies(d, a, r, true)
}

// stateFinalCopies states what is left of a database that is destroyed: a last
// snapshot, and the automated backups until they expire. Defaults:
// skip_final_snapshot false, delete_automated_backups true (provider
// documentation, version 6, aws_db_instance and aws_rds_cluster). They are
// means only beside backups that are on, because on their own they would make a
// database look backed up that is not.
func stateFinalCopies(d *draft.Draft, a *model.Asset, r *resource.Resource, retained bool) {
	skip := boolOr(r, r.Attrs.Get("skip_final_snapshot"), false)
	deleted := boolOr(r, r.Attrs.Get("delete_automated_backups"), true)
	d.Set(a, "skip_final_snapshot", skip)
	d.Set(a, "delete_automated_backups", deleted)
	if !hasOn(a, model.Backup) {
		return
	}
	if skip.Tri() == model.No {
		m := inPlace(a, r, "rds.final_snapshot", skip.At)
		m.Defaulted = skip.Defaulted
		protect(d, a, r, model.Backup, m)
	}
	if retained && deleted.Tri() == model.No {
		m := inPlace(a, r, "rds.retained_backup", deleted.At)
		m.Window = a.Protections[model.Backup].Means[0].Window
		protect(d, a, r, model.Backup, m)
	}
}

// setReplicaRole marks an asset that takes its data from another one.
func setReplicaRole(d *draft.Draft, a *model.Asset, source resource.Value) {
	switch isSet(source) {
	case model.Yes:
		d.Set(a, "role", model.KnownFact("replica", source.At))
	case model.Maybe:
		d.Set(a, "role", model.UnknownFact(source.Why, source.At))
	}
}

func lackOwnBackups(d *draft.Draft, a *model.Asset, replicaOf resource.Value) {
	for _, protection := range []string{model.Backup, model.PointInTimeRestore} {
		d.Inapplicable(a, protection, "it is a read replica; the backups of its source count", replicaOf.At)
	}
}

// readInstanceRetention reads aws_db_instance. A plain creation sends the
// argument even when it is absent, as 0, which turns backups off; a creation
// from a snapshot, a point in time or S3 does not send it (provider source,
// internal/service/rds/instance.go). What the service then does is open.
func readInstanceRetention(r *resource.Resource) retention {
	read := retention{value: r.Attrs.Get("backup_retention_period"), mechanism: "rds.automated_backup"}
	for _, origin := range []string{"snapshot_identifier", "restore_to_point_in_time", "s3_import", "replicate_source_db"} {
		switch v := r.Attrs.Get(origin); isSet(v) {
		case model.Maybe:
			read.open = v.Why
		case model.Yes:
			read.open = fmt.Sprintf("backup_retention_period is not set and %s decides what the instance starts with", origin)
		}
	}
	return read
}

// maxRetentionDays is the longest retention of automated backups (RDS,
// DocumentDB and Neptune API references, BackupRetentionPeriod).
const maxRetentionDays = 35.0

// stateRetention states backups that the service makes by itself and keeps for
// a number of days; they can be restored to any moment of that time.
func stateRetention(d *draft.Draft, a *model.Asset, r *resource.Resource, read retention) {
	days := numberOr(r, read.value, read.byDefault)
	m := inPlace(a, r, read.mechanism, days.At)
	m.Window, m.Defaulted = days, days.Defaulted
	number, _ := days.Number()
	switch {
	case days.Defaulted && read.open != "":
		m.Window, m.Defaulted = model.UnknownFact(read.open, days.At), false
		m = undecided(m, read.open)
	case days.State == model.Unknown:
		m = undecided(m, days.Why)
	case number < 0 || number > maxRetentionDays:
		// The request fails, so the file does not say what there will be.
		why := fmt.Sprintf("backup_retention_period is %v, and the service keeps backups for at most %v days", number, maxRetentionDays)
		m.Window = model.UnknownFact(why, days.At)
		m = undecided(m, why)
	case number == 0:
		why := "backup_retention_period is 0, which turns automated backups off"
		if days.Defaulted {
			why = "backup_retention_period is not set and Terraform then sends 0, which turns automated backups off"
		}
		d.Lacks(a, model.Backup, why, days.At, days.Defaulted)
		d.Lacks(a, model.PointInTimeRestore, why, days.At, days.Defaulted)
		return
	}
	protect(d, a, r, model.Backup, m)
	protect(d, a, r, model.PointInTimeRestore, m)
}
