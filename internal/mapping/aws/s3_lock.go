package aws

import (
	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// objectLock is what a configuration says about S3 Object Lock.
type objectLock struct {
	enabled model.Tri
	why     string
	at      source.Range // what enables it
	// mode, days and years are the default retention; absent for none.
	mode, days, years resource.Value
}

func attachObjectLock(d *draft.Draft, r *resource.Resource) {
	bucket := r.Attrs.Get("bucket")
	found := resolve(d, r, bucket, model.ObjectStore)
	for _, a := range found.assets {
		stateObjectLock(d, a, found.by(r), readObjectLock(r, r.Attrs))
	}
}

// readObjectLock reads aws_s3_bucket_object_lock_configuration, or the block of
// the same shape in aws_s3_bucket. object_lock_enabled is "Enabled" by default
// (provider documentation, version 6, aws_s3_bucket_object_lock_configuration).
func readObjectLock(r *resource.Resource, block resource.Value) objectLock {
	status := block.Get("object_lock_enabled")
	retention := block.Path("rule.default_retention").Block()
	lock := objectLock{enabled: model.Yes, at: r.At, mode: retention.Get("mode"), days: retention.Get("days"), years: retention.Get("years")}
	if !status.IsAbsent() {
		state, why := enabled(status, "object_lock_enabled")
		lock.enabled, lock.why, lock.at = triOf(state), why, status.At
	}
	return lock
}

// readBucketLock reads what aws_s3_bucket itself says: object_lock_enabled, or
// the object_lock_configuration block that provider version 4 deprecated.
func readBucketLock(r *resource.Resource) (lock objectLock, written bool) {
	if block := r.Attrs.Get("object_lock_configuration"); !block.Block().IsAbsent() {
		return readObjectLock(r, block.Block()), true
	}
	value := r.Attrs.Get("object_lock_enabled")
	if value.IsAbsent() {
		return objectLock{}, false
	}
	on := draft.Bool(value)
	return objectLock{enabled: on.Tri(), why: on.Why, at: value.At}, true
}

// attachInlineObjectLock runs after the separate configurations: a bucket only
// has the switch, and what is locked for how long is usually written elsewhere.
func attachInlineObjectLock(d *draft.Draft, r *resource.Resource) {
	a := d.Asset(r.ID)
	if a == nil || len(a.Protections[model.Immutability].Means) > 0 {
		return
	}
	lock, written := readBucketLock(r)
	if !written || lock.enabled == model.No {
		return
	}
	if lock.mode.IsAbsent() {
		if why := unresolved(d, r.Root, "aws_s3_bucket_object_lock_configuration", "bucket", model.ObjectStore); why != "" {
			return
		}
	}
	stateObjectLock(d, a, r, lock)
}

// stateObjectLock states the default retention. COMPLIANCE binds everyone, the
// root user included; GOVERNANCE can be bypassed with a permission (S3 user
// guide, "Retention modes").
func stateObjectLock(d *draft.Draft, a *model.Asset, r *resource.Resource, lock objectLock) {
	m := inPlace(a, r, "s3.object_lock_governance", lock.at)
	mode, known := lock.mode.AsString()
	switch {
	case lock.enabled == model.No:
		m = off(m, lock.why)
	case lock.enabled == model.Maybe:
		m = undecided(m, lock.why)
	case lock.mode.IsUnknown():
		m = undecided(m, lock.mode.Why)
		m.At, m.Locked = lock.mode.At, model.Maybe
	case !known:
		m = off(m, "object lock is enabled without a default retention, which locks nothing by itself")
	default:
		m.At = lock.mode.At
		m.Window = retentionDays(lock)
		if mode == "COMPLIANCE" {
			m.Mechanism, m.Locked = "s3.object_lock_compliance", model.Yes
		}
	}
	protect(d, a, r, model.Immutability, m)
}

func retentionDays(lock objectLock) model.Fact {
	if !lock.days.IsAbsent() {
		return draft.Number(lock.days)
	}
	years := draft.Number(lock.years)
	if number, ok := years.Number(); ok {
		years.Value = number * 365
	}
	return years
}
