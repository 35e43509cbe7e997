package aws

import (
	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

// lifecycleRule is one rule that deletes objects by age.
type lifecycleRule struct {
	// active is no for a disabled rule; why tells what leaves it open.
	active model.Tri
	why    string
	filter filter
	// current and noncurrent hold the days until the latest and the earlier
	// versions are deleted; absent when the rule leaves them.
	current, noncurrent model.Fact
}

func attachLifecycle(d *draft.Draft, r *resource.Resource) {
	found := resolve(d, r, r.Attrs.Get("bucket"), model.ObjectStore)
	for _, a := range found.assets {
		stateLifecycle(a, found.by(r), readLifecycle(r))
		cool(d, a, r.Attrs.Get("rule"))
	}
	if found.why != "" {
		d.DoubtExpiry(r, provider, []model.Kind{model.ObjectStore}, "the bucket of "+r.Address+" is not known: "+found.why, r.Attrs.Get("bucket").At)
	}
}

func attachInlineLifecycle(d *draft.Draft, r *resource.Resource) {
	if a := d.Asset(r.ID); a != nil {
		stateLifecycle(a, r, readInlineLifecycle(r))
		cool(d, a, r.Attrs.Get("lifecycle_rule"))
	}
}

// cool records that a rule moves objects to a colder class by age; one that is
// switched off does not.
func cool(d *draft.Draft, a *model.Asset, rules resource.Value) {
	for _, rule := range rules.Blocks() {
		status, _ := rule.Get("status").AsString()
		on, known := rule.Get("enabled").AsBool()
		if transition := rule.Get("transition"); len(transition.Blocks()) > 0 && status != "Disabled" && (on || !known) {
			d.Set(a, "colder_class", model.KnownFact(true, transition.At))
		}
	}
}

// readLifecycle reads aws_s3_bucket_lifecycle_configuration.
func readLifecycle(r *resource.Resource) (rules []lifecycleRule) {
	for _, block := range r.Attrs.Get("rule").Blocks() {
		rule := lifecycleRule{filter: readFilter(block)}
		state, why := enabled(block.Get("status"), "rule.status")
		rule.active, rule.why = triOf(state), why
		rule.current = expiryDays(block.Get("expiration").Block(), "days", "date")
		rule.noncurrent = expiryDays(block.Get("noncurrent_version_expiration").Block(), "noncurrent_days", "")
		rules = append(rules, rule)
	}
	return rules
}

// readInlineLifecycle reads the lifecycle_rule blocks of aws_s3_bucket, which
// provider version 4 deprecated.
func readInlineLifecycle(r *resource.Resource) (rules []lifecycleRule) {
	for _, block := range r.Attrs.Get("lifecycle_rule").Blocks() {
		rule := lifecycleRule{filter: readInlineFilter(block)}
		on := draft.Bool(block.Get("enabled"))
		rule.active, rule.why = on.Tri(), on.Why
		rule.current = expiryDays(block.Get("expiration").Block(), "days", "date")
		rule.noncurrent = expiryDays(block.Get("noncurrent_version_expiration").Block(), "days", "")
		rules = append(rules, rule)
	}
	return rules
}

// expiryDays reads the age at which a block deletes. A block without one, such
// as the removal of expired delete markers, deletes no data.
func expiryDays(block resource.Value, argument, dateArgument string) model.Fact {
	if block.IsUnknown() {
		return model.UnknownFact(block.Why, block.At)
	}
	days := block.Get(argument)
	if !days.IsAbsent() {
		if number, ok := days.AsNumber(); ok && number == 0 {
			return model.AbsentFact(days.At) // the provider omits zero
		}
		return draft.Number(days)
	}
	if dateArgument != "" {
		if date := block.Get(dateArgument); !date.IsAbsent() {
			return model.UnknownFact("the rule deletes on a date, not by age", date.At)
		}
	}
	return model.AbsentFact(block.At)
}

func stateLifecycle(a *model.Asset, r *resource.Resource, rules []lifecycleRule) {
	for _, rule := range rules {
		if rule.active == model.No {
			continue
		}
		for _, e := range []model.Expiry{
			{Target: "current", Days: rule.current},
			{Target: "noncurrent", Days: rule.noncurrent},
		} {
			if e.Days.State == model.Absent {
				continue
			}
			switch {
			case rule.active == model.Maybe:
				e.Days = model.UnknownFact(rule.why, e.Days.At)
			case r.Maybe != "" && r.Maybe != a.Maybe:
				e.Days = model.UnknownFact(r.Maybe, e.Days.At)
			}
			e.Prefixes, e.Scope, e.At = rule.filter.prefixes, rule.filter.scope, e.Days.At
			a.Expiries = append(a.Expiries, e)
		}
	}
}

func triOf(state model.ProtectionState) model.Tri {
	switch state {
	case model.On:
		return model.Yes
	case model.Off:
		return model.No
	default:
		return model.Maybe
	}
}
