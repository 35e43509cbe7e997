package aws

import (
	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

func declareBucket(d *draft.Draft, r *resource.Resource) {
	a := begin(d, r, model.ObjectStore, "s3", nameOf(r, "bucket", "bucket_prefix"))
	if a == nil {
		return
	}
	stateBucket(d, a, r)
	force := boolOr(r, r.Attrs.Get("force_destroy"), false)
	d.Set(a, "force_destroy", force)
	if force.Value == true {
		// prevent_destroy, where it is set, is a means and outweighs this.
		d.Lacks(a, model.DestroyGuard, "force_destroy is true, so destroying the bucket deletes every object in it", force.At, false)
	}
}

// stateBucket states what S3 gives every general purpose bucket. Objects lie in
// at least three zones of the region, but for the One Zone storage class (S3
// user guide, "Data protection in Amazon S3").
func stateBucket(d *draft.Draft, a *model.Asset, r *resource.Resource) {
	zones := inPlace(a, r, "s3.zones", r.At)
	zones.Defaulted = true
	d.Protect(a, model.ZoneRedundancy, zones)
	lackSoftDelete(d, a, r)
}

// lackSoftDelete states the protections that other clouds' stores have and S3 does not.
func lackSoftDelete(d *draft.Draft, a *model.Asset, r *resource.Resource) {
	d.Inapplicable(a, model.SoftDelete, "S3 has no soft delete; versioning keeps deleted objects", r.At)
	d.Inapplicable(a, model.ContainerSoftDelete, "S3 buckets hold no containers", r.At)
	d.Inapplicable(a, model.DeleteGuard, "S3 has no deletion protection; it refuses to delete a bucket that is not empty", r.At)
}

// declareDirectoryBucket maps S3 Express One Zone. Such a bucket lies in one
// zone and has neither versions nor replication nor locks (S3 user guide,
// "Directory buckets").
func declareDirectoryBucket(d *draft.Draft, r *resource.Resource) {
	a := begin(d, r, model.ObjectStore, "s3", r.Attrs.Get("bucket"))
	if a == nil {
		return
	}
	at := r.At
	if redundancy := r.Attrs.Get("data_redundancy"); redundancy.IsKnown() {
		at = redundancy.At
	}
	d.Lacks(a, model.ZoneRedundancy, "a directory bucket keeps its objects in one zone", at, false)
	for _, protection := range []string{model.Versioning, model.GeoReplication, model.Immutability, model.PointInTimeRestore, model.Backup} {
		d.Lacks(a, protection, "a directory bucket cannot have it", r.At, false)
	}
	lackSoftDelete(d, a, r)
	d.Set(a, "force_destroy", boolOr(r, r.Attrs.Get("force_destroy"), false))
}
