package google

import (
	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

const daySeconds = 24 * 60 * 60

func buckets() draft.Mapper {
	return draft.Mapper{Service: "storage", Types: []string{"google_storage_bucket"}, Declare: managed(declareBucket)}
}

func declareBucket(d *draft.Draft, r *resource.Resource) {
	a := d.Declare(r, model.ObjectStore, provider, "storage", r.Attrs.Get("name"))
	tag(d, a, r, r.Attrs.Get("labels"))
	a.Region = draft.Text(r.Attrs.Get("location"))
	if a.Region.State == model.Absent {
		a.Region = model.UnknownFact("location is not written", r.At)
	}
	placeBucket(d, a, r)
	keepVersions(d, a, r)
	keepDeleted(d, a, r)
	retain(d, a, r)
	preventDestroy(d, a, r)
	cool(d, a, r)
	d.Set(a, "force_destroy", flag(r.Attrs.Get("force_destroy"), false))
	d.Inapplicable(a, model.ContainerSoftDelete, "a bucket holds objects and no containers", r.At)
	d.Inapplicable(a, model.PointInTimeRestore, "Cloud Storage restores objects, not a moment of a whole bucket", r.At)
}

// placeBucket states what the location gives. Data is spread over the zones of
// a region synchronously and over regions asynchronously (Cloud Storage
// documentation, "Data availability and durability").
func placeBucket(d *draft.Draft, a *model.Asset, r *resource.Resource) {
	p := place(r)
	switch p.span {
	case zoneSpan:
		d.Lacks(a, model.ZoneRedundancy, "location is "+a.Region.Text()+", a single zone", p.at, false)
		d.Lacks(a, model.GeoReplication, "location is "+a.Region.Text()+", a single zone", p.at, false)
	case regionSpan:
		d.Protect(a, model.ZoneRedundancy, inPlace(a, "gcs.zones", model.On, "", p.at))
		d.Lacks(a, model.GeoReplication, "location is "+a.Region.Text()+", a single region", p.at, false)
	case dualSpan, multiSpan:
		d.Protect(a, model.ZoneRedundancy, inPlace(a, "gcs.zones", model.On, "", p.at))
		d.Protect(a, model.GeoReplication, acrossRegions(a, r, p))
	default:
		d.Protect(a, model.ZoneRedundancy, inPlace(a, "gcs.zones", model.Undecided, p.why, p.at))
		open := inPlace(a, "gcs.multi_region", model.Undecided, p.why, p.at)
		open.OtherRegion = model.Maybe
		d.Protect(a, model.GeoReplication, open)
	}
	if p.span == dualSpan {
		// hashicorp/google, google_storage_bucket: rpo is DEFAULT unless it is written.
		d.Set(a, "rpo", draft.Or(draft.Text(r.Attrs.Get("rpo")), "DEFAULT"))
	}
}

// acrossRegions tells turbo replication, which only a dual-region can have,
// from the default one.
func acrossRegions(a *model.Asset, r *resource.Resource, p placement) model.Means {
	means := inPlace(a, "gcs.multi_region", model.On, "", p.at)
	means.OtherRegion, means.PropagatesDeletes = model.Yes, model.Yes
	rpo := r.Attrs.Get("rpo")
	if text, _ := rpo.AsString(); p.span == dualSpan && text == "ASYNC_TURBO" {
		means.Mechanism, means.At = "gcs.turbo_replication", rpo.At
	}
	return means
}

func keepVersions(d *draft.Draft, a *model.Asset, r *resource.Resource) {
	versioning := r.Attrs.Path("versioning.enabled")
	on, known := versioning.AsBool()
	versioned := model.TriOf(on && known)
	if versioning.IsUnknown() {
		versioned = model.Maybe
	}
	deletions := readLifecycle(r.Attrs, versioned)
	for _, deletion := range deletions {
		a.Expiries = append(a.Expiries, deletion.Expiry)
	}
	switch {
	case versioning.IsAbsent():
		// hashicorp/google, google_storage_bucket: no versioning block leaves it off.
		d.Lacks(a, model.Versioning, "versioning is not set", r.At, true)
		return
	case !known:
		d.Protect(a, model.Versioning, inPlace(a, "gcs.versioning", model.Undecided, unresolved(versioning, "versioning.enabled"), versioning.At))
		return
	case !on:
		d.Lacks(a, model.Versioning, "versioning.enabled is false", versioning.At, false)
		return
	}
	means := inPlace(a, "gcs.versioning", model.On, "", versioning.At)
	means.Window = versionWindow(deletions, versioning.At)
	d.Protect(a, model.Versioning, means)
}

// keepDeleted states soft delete. The block is computed: leaving it out changes
// nothing on the server, whose own default is seven days (hashicorp/google,
// google_storage_bucket: soft_delete_policy; Cloud Storage, "Soft delete").
func keepDeleted(d *draft.Draft, a *model.Asset, r *resource.Resource) {
	const name = "soft_delete_policy.retention_duration_seconds"
	retention := r.Attrs.Path(name)
	seconds, known := retention.AsNumber()
	switch {
	case retention.IsAbsent():
		means := inPlace(a, "gcs.soft_delete", model.On, "", r.At)
		means.Window, means.Defaulted = model.DefaultFact(7.0, r.At), true
		d.Protect(a, model.SoftDelete, means)
	case !known:
		means := inPlace(a, "gcs.soft_delete", model.Undecided, unresolved(retention, name), retention.At)
		means.Window = model.UnknownFact(means.Why, retention.At)
		d.Protect(a, model.SoftDelete, means)
	case seconds == 0:
		d.Protect(a, model.SoftDelete, inPlace(a, "gcs.soft_delete", model.Off, name+" is 0, which turns soft delete off", retention.At))
	default:
		means := inPlace(a, "gcs.soft_delete", model.On, "", retention.At)
		means.Window = model.KnownFact(seconds/daySeconds, retention.At)
		d.Protect(a, model.SoftDelete, means)
	}
}

// retain states the bucket's retention policy. Only a locked one binds
// administrators, and a bucket with one can be deleted only when every object
// has served its term (Cloud Storage, "Bucket Lock").
func retain(d *draft.Draft, a *model.Asset, r *resource.Resource) {
	policy := r.Attrs.Path("retention_policy")
	period := policy.Block().Get("retention_period")
	switch {
	case policy.IsUnknown():
		d.Protect(a, model.Immutability, inPlace(a, "gcs.retention_policy", model.Undecided, policy.Why, policy.At))
	case !period.IsAbsent():
		retainFor(d, a, policy.Block(), period)
	default:
		objectRetention(d, a, r)
	}
	if a.Protections[model.DeleteGuard].Means == nil {
		d.Inapplicable(a, model.DeleteGuard, "Cloud Storage has no switch that keeps a bucket from being deleted", r.At)
	}
}

func retainFor(d *draft.Draft, a *model.Asset, policy, period resource.Value) {
	means := inPlace(a, "gcs.retention_policy", model.On, "", period.At)
	seconds, known := period.AsNumber()
	means.Window = model.KnownFact(seconds/daySeconds, period.At)
	if !known {
		means.Window = model.UnknownFact(unresolved(period, "retention_policy.retention_period"), period.At)
	}
	// hashicorp/google, google_storage_bucket: is_locked is false unless it is written.
	locked := flag(policy.Get("is_locked"), false)
	means.Locked = locked.Tri()
	if !locked.Defaulted {
		means.At = locked.At
	}
	d.Protect(a, model.Immutability, means)
	if means.Locked == model.No {
		return
	}
	guard := inPlace(a, "guard.retention_lock", model.On, "", locked.At)
	if means.Locked == model.Maybe {
		guard.State, guard.Why = model.Undecided, locked.Why
	}
	d.Protect(a, model.DeleteGuard, guard)
}

// objectRetention: each object may carry a term of its own, which nothing in
// the bucket's configuration tells.
func objectRetention(d *draft.Draft, a *model.Asset, r *resource.Resource) {
	enabled := r.Attrs.Get("enable_object_retention")
	if on, known := enabled.AsBool(); !known || !on {
		return
	}
	means := inPlace(a, "gcs.retention_policy", model.Undecided,
		"enable_object_retention lets each object carry a retention of its own and writers decide whether it does", enabled.At)
	means.Scope, means.Locked = model.UnknownScope, model.Maybe
	d.Protect(a, model.Immutability, means)
}
