package aws

import (
	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

// lone is a configuration of which an asset has one at most. One whose subject
// cannot be resolved may be the missing one of every asset that has none, and
// of no other.
type lone struct {
	argument, mechanism, protection string
	// asset is the resource type that takes the configuration.
	asset string
	kind  model.Kind
	// lacks says whether an asset is without one.
	lacks func(*model.Asset) bool
	// idle says whether the configuration protects nothing, whatever it is for.
	idle func(*resource.Resource) bool
}

// lones lists them by resource type. Two configurations of one bucket overwrite
// each other (provider documentation, version 6, aws_s3_bucket_versioning and
// its siblings); automated backups are copied only where they are on (RDS user
// guide, "Replicating automated backups").
func lones() map[string]lone {
	without := func(protection string) func(*model.Asset) bool {
		return func(a *model.Asset) bool { return len(a.Protections[protection].Means) == 0 }
	}
	return map[string]lone{
		"aws_s3_bucket_versioning": {
			"bucket", "s3.versioning", model.Versioning, "aws_s3_bucket", model.ObjectStore, without(model.Versioning),
			func(r *resource.Resource) bool { return readVersioning(r).state == model.Off },
		},
		"aws_s3_bucket_object_lock_configuration": {
			"bucket", "s3.object_lock_governance", model.Immutability, "aws_s3_bucket", model.ObjectStore, without(model.Immutability), never,
		},
		"aws_s3_bucket_replication_configuration": {
			"bucket", "s3.replication", model.GeoReplication, "aws_s3_bucket", model.ObjectStore, without(model.GeoReplication), never,
		},
		"aws_db_instance_automated_backups_replication": {
			"source_db_instance_arn", copiedBackup, model.Backup, "aws_db_instance", model.Database, backedUpHere, never,
		},
	}
}

func never(*resource.Resource) bool { return false }

// copiedBackup names copies of automated backups in the recovery table.
const copiedBackup = "rds.cross_region_backup"

// backedUpHere says whether an asset has backups, or may have, and no copy of them.
func backedUpHere(a *model.Asset) bool {
	found := false
	for _, m := range a.Protections[model.Backup].Means {
		if m.Mechanism == copiedBackup {
			return false
		}
		found = found || m.Mechanism == "rds.automated_backup" && m.State != model.Off
	}
	return found
}

// attachLone runs after everything that attaches the same configurations for
// certain.
func attachLone(d *draft.Draft, r *resource.Resource) {
	x := lones()[r.Type]
	value := r.Attrs.Get(x.argument)
	found := resolve(d, r, value, x.kind)
	if found.why == "" || r.Mode != resource.Managed || x.idle(r) {
		return
	}
	why := r.Address + " may apply to it: " + found.why
	for _, a := range d.OfKindIn(r.Root, x.kind) {
		if a.Type != x.asset || a.Environment != r.Environment || !x.lacks(a) {
			continue
		}
		m := undecided(inPlace(a, r, x.mechanism, value.At), why)
		open := model.UnknownFact(why, value.At)
		m.Scope, m.Window, m.Interval, m.Region = model.UnknownScope, open, open, open
		m.OtherRegion, m.OtherAccount, m.Locked, m.PropagatesDeletes = model.Maybe, model.Maybe, model.Maybe, model.Maybe
		d.Protect(a, x.protection, m)
	}
}
