package aws

import (
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

// The published module for buckets (registry: terraform-aws-modules/s3-bucket/aws,
// "Inputs") hands its inputs on to the resources of S3 under their names, so
// that they decide without its code. Everything is off unless an input turns it
// on; a bucket is created unless create_bucket is false.

// declareModuleBucket declares the bucket that a call of the module creates.
func declareModuleBucket(d *draft.Draft, r *resource.Resource) {
	create := boolOr(r, r.Attrs.Get("create_bucket"), true)
	if create.Value == false {
		return
	}
	a := d.Declare(r, model.ObjectStore, provider, "s3", nameOf(r, "bucket", "bucket_prefix"))
	if create.State == model.Unknown && a.Maybe == "" {
		a.Maybe = create.Why
	}
	a.Region = regionOf(r)
	tag(d, a, r)
	d.Set(a, "source", draft.Text(r.Attrs.Get("source")))
	d.Set(a, "version", draft.Text(r.Attrs.Get("version")))
	d.Lacks(a, model.DestroyGuard, "no call of a module can set lifecycle.prevent_destroy, so Terraform may destroy it", r.At, false)
	stateModuleBucket(d, a, r)
}

func stateModuleBucket(d *draft.Draft, a *model.Asset, r *resource.Resource) {
	stateBucket(d, a, r)
	force := boolOr(r, r.Attrs.Get("force_destroy"), false)
	d.Set(a, "force_destroy", force)
	if force.Value == true {
		d.Lacks(a, model.DestroyGuard, "force_destroy is true, so destroying the bucket deletes every object in it", force.At, false)
	}
	for _, input := range []string{"attach_elb_log_delivery_policy", "attach_lb_log_delivery_policy", "attach_access_log_delivery_policy", "attach_cloudtrail_log_delivery_policy"} {
		if v := r.Attrs.Get(input); draft.Bool(v).Value == true {
			d.SetPurpose(a, draft.PurposeLogs, v.At)
		}
	}
	if site := r.Attrs.Get("website"); site.IsKnown() && !isEmpty(site) {
		d.SetPurpose(a, draft.PurposeSite, site.At)
	}
}

// ofModule limits an attachment to calls whose bucket is in the model.
func ofModule(attach func(*draft.Draft, *model.Asset, *resource.Resource)) func(*draft.Draft, *resource.Resource) {
	return func(d *draft.Draft, r *resource.Resource) {
		if r.Mode != resource.NotFollowed {
			return
		}
		if a := d.Asset(r.ID); a != nil && a.Kind == model.ObjectStore && a.Provider == provider {
			attach(d, a, r)
		}
	}
}

func attachModuleLifecycle(_ *draft.Draft, a *model.Asset, r *resource.Resource) {
	var rules []lifecycleRule
	for _, block := range r.Attrs.Get("lifecycle_rule").Blocks() {
		rule := lifecycleRule{filter: readFilter(block)}
		on := switched(block, "enabled", "status")
		rule.active, rule.why = on.Tri(), on.Why
		rule.current = expiryDays(block.Get("expiration").Block(), "days", "date")
		earlier := block.Get("noncurrent_version_expiration").Block()
		rule.noncurrent = expiryDays(earlier, "noncurrent_days", "")
		if !earlier.Get("days").IsAbsent() {
			rule.noncurrent = expiryDays(earlier, "days", "")
		}
		rules = append(rules, rule)
	}
	stateLifecycle(a, r, rules)
}

func attachModuleVersioning(d *draft.Draft, a *model.Asset, r *resource.Resource) {
	input := r.Attrs.Get("versioning")
	if input.IsAbsent() || isEmpty(input) {
		return
	}
	on := switched(input, "enabled", "status")
	v := versioning{state: model.On, at: on.At, mfaDelete: boolOr(r, input.Get("mfa_delete"), false)}
	switch {
	case on.State == model.Unknown:
		v.state, v.why = model.Undecided, on.Why
	case on.Value != true:
		v.state, v.why = model.Off, "versioning does not enable it"
	}
	stateVersioning(d, a, r, v)
}

func attachModuleObjectLock(d *draft.Draft, a *model.Asset, r *resource.Resource) {
	on := boolOr(r, r.Attrs.Get("object_lock_enabled"), false)
	if on.Value == false {
		return
	}
	retention := r.Attrs.Path("object_lock_configuration.rule.default_retention").Block()
	stateObjectLock(d, a, r, objectLock{
		enabled: on.Tri(), why: on.Why, at: on.At,
		mode: retention.Get("mode"), days: retention.Get("days"), years: retention.Get("years"),
	})
}

func attachModuleReplication(d *draft.Draft, a *model.Asset, r *resource.Resource) {
	var rules []replicationRule
	for _, block := range r.Attrs.Path("replication_configuration.rules").Blocks() {
		rule := replicationRule{
			state: model.On, status: block.Get("status"), filter: readFilter(block), destination: block.Path("destination.bucket"),
			account: block.Path("destination.account_id"), timeControl: block.Path("destination.replication_time.status"),
			deletes: switched(block, "delete_marker_replication", "delete_marker_replication_status").Tri(),
		}
		if on := switched(block, "status"); !block.Get("status").IsAbsent() && on.Value != true {
			rule.state, rule.why = model.Off, "replication_configuration.rules.status switches it off, so it copies nothing"
			if on.State == model.Unknown {
				rule.state, rule.why = model.Undecided, on.Why
			}
		}
		rules = append(rules, rule)
	}
	stateReplication(d, a, r, rules)
}

// switched reads the first input that is set as the module does: true, or
// "Enabled" however it is written.
func switched(block resource.Value, inputs ...string) model.Fact {
	if block.IsUnknown() {
		return model.UnknownFact(block.Why, block.At)
	}
	for _, input := range inputs {
		v := block.Get(input)
		if v.IsAbsent() {
			continue
		}
		text, known := v.AsString()
		if !known {
			return draft.Bool(v)
		}
		return model.KnownFact(strings.EqualFold(text, "enabled") || text == "true", v.At)
	}
	return model.KnownFact(false, block.At)
}
