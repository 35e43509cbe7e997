package aws

import (
	"fmt"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// versioning is what a configuration says about the versions of a bucket.
type versioning struct {
	state model.ProtectionState
	why   string // for a state that is not on
	at    source.Range
	// mfaDelete says whether deleting a version takes a second factor.
	mfaDelete model.Fact
}

func attachVersioning(d *draft.Draft, r *resource.Resource) {
	bucket := r.Attrs.Get("bucket")
	found := resolve(d, r, bucket, model.ObjectStore)
	for _, a := range found.assets {
		stateVersioning(d, a, found.by(r), readVersioning(r))
	}
}

// readVersioning reads aws_s3_bucket_versioning.
func readVersioning(r *resource.Resource) versioning {
	status := r.Attrs.Path("versioning_configuration.status")
	v := versioning{at: where(r, status), mfaDelete: enabledFact(r, r.Attrs.Path("versioning_configuration.mfa_delete"))}
	v.state, v.why = enabled(status, "versioning_configuration.status")
	if text, _ := status.AsString(); text == "Suspended" {
		v.why = "versioning_configuration.status is Suspended, which protects no new writes"
	}
	return v
}

// readInlineVersioning reads the versioning block of aws_s3_bucket, which
// provider version 4 deprecated. An absent block says nothing: another resource
// may hold the configuration.
func readInlineVersioning(r *resource.Resource) (v versioning, written bool) {
	block := r.Attrs.Get("versioning")
	if block.IsAbsent() || block.Block().IsAbsent() {
		return v, false
	}
	// versioning.enabled is false by default (provider documentation, version 3, aws_s3_bucket).
	on := boolOr(r, block.Path("enabled"), false)
	v = versioning{state: model.On, at: on.At, mfaDelete: boolOr(r, block.Path("mfa_delete"), false)}
	switch {
	case on.State == model.Unknown:
		v.state, v.why = model.Undecided, on.Why
	case on.Value != true:
		v.state, v.why = model.Off, "versioning.enabled is false"
	}
	return v, true
}

func attachInlineVersioning(d *draft.Draft, r *resource.Resource) {
	a := d.Asset(r.ID)
	if a == nil {
		return
	}
	if v, written := readInlineVersioning(r); written {
		stateVersioning(d, a, r, v)
		return
	}
	// "Object Lock works only in buckets that have versioning enabled": S3 turns
	// it on with the lock at creation (S3 user guide, "Locking objects").
	lock, ok := readBucketLock(r)
	if ok && lock.enabled == model.Yes && !hasOn(a, model.Versioning) {
		stateVersioning(d, a, r, versioning{state: model.On, at: lock.at, mfaDelete: model.AbsentFact(r.At)})
	}
}

func stateVersioning(d *draft.Draft, a *model.Asset, r *resource.Resource, v versioning) {
	m := inPlace(a, r, "s3.versioning", v.at)
	m.State, m.Why = v.state, v.why
	m.Window = versionWindow(d, a, v.at)
	protect(d, a, r, model.Versioning, m)
	if v.mfaDelete.State != model.Absent {
		d.Set(a, "mfa_delete", v.mfaDelete)
	}
}

// versionWindow is how long noncurrent versions live: as long as the shortest
// lifecycle rule for the whole bucket lets them, else forever. Rules for a part
// of the bucket stay among its expiries.
func versionWindow(d *draft.Draft, a *model.Asset, at source.Range) model.Fact {
	window := model.DefaultFact(model.Forever, at)
	for _, e := range a.Expiries {
		if e.Target != "noncurrent" || e.Scope == model.Partial {
			continue
		}
		days, known := e.Days.Number()
		if !known {
			return e.Days
		}
		if e.Scope == model.UnknownScope {
			return model.UnknownFact("the filter of a lifecycle rule is not known", e.At)
		}
		if shortest, _ := window.Number(); days < shortest {
			window = e.Days
		}
	}
	if len(a.Expiries) == 0 {
		if why := unresolved(d, a.Root, "aws_s3_bucket_lifecycle_configuration", "bucket", model.ObjectStore); why != "" {
			return model.UnknownFact(why, at)
		}
	}
	return window
}

// versioningOf returns the state of a bucket's versioning as attached so far,
// and why it is not on.
func versioningOf(d *draft.Draft, a *model.Asset) (model.ProtectionState, string) {
	if a.Type == "aws_s3_directory_bucket" {
		return model.Off, "a directory bucket cannot be versioned"
	}
	why, state := "versioning of "+a.Address+" is not enabled", model.Off
	for _, m := range a.Protections[model.Versioning].Means {
		switch m.State {
		case model.On:
			return model.On, ""
		case model.Undecided:
			state, why = model.Undecided, m.Why
		default:
			if state == model.Off {
				why = m.Why
			}
		}
	}
	if state == model.Off && len(a.Protections[model.Versioning].Means) == 0 {
		if open := unresolved(d, a.Root, "aws_s3_bucket_versioning", "bucket", model.ObjectStore); open != "" {
			return model.Undecided, open
		}
	}
	return state, why
}

func hasOn(a *model.Asset, protection string) bool {
	for _, m := range a.Protections[protection].Means {
		if m.State == model.On {
			return true
		}
	}
	return false
}

// enabled reads a status of S3, "Enabled" or anything else.
func enabled(v resource.Value, path string) (state model.ProtectionState, why string) {
	text, known := v.AsString()
	switch {
	case v.IsUnknown():
		return model.Undecided, v.Why
	case !known:
		return model.Off, path + " is not set"
	case text == "Enabled":
		return model.On, ""
	default:
		return model.Off, fmt.Sprintf("%s is %s", path, text)
	}
}

// enabledFact turns a status of S3 into a fact with a boolean.
func enabledFact(r *resource.Resource, v resource.Value) model.Fact {
	text, known := v.AsString()
	switch {
	case v.IsAbsent():
		return model.DefaultFact(false, where(r, v))
	case !known:
		return model.UnknownFact(v.Why, v.At)
	default:
		return model.KnownFact(text == "Enabled", v.At)
	}
}
