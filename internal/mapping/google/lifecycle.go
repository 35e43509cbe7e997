package google

import (
	"fmt"
	"strconv"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

const (
	currentTarget    = "current"
	noncurrentTarget = "noncurrent"
)

// deletion is what one lifecycle rule deletes of live objects or of versions.
type deletion struct {
	model.Expiry
	// sinceNoncurrent is set when Days counts from the moment a version was
	// replaced and not from its creation.
	sinceNoncurrent bool
}

// readLifecycle reads the rules whose action deletes objects. Rules that move
// objects to another class or abort uploads delete nothing.
func readLifecycle(attrs resource.Value, versioned model.Tri) []deletion {
	var deletions []deletion
	for _, rule := range attrs.Get("lifecycle_rule").Blocks() {
		action := rule.Path("action.type")
		text, known := action.AsString()
		switch {
		case rule.IsUnknown() || !known && !action.IsAbsent():
			why := "whether a lifecycle rule deletes objects is not known: " + unresolved(action, "action.type")
			deletions = append(deletions, deletion{Expiry: model.Expiry{
				Target: currentTarget, Days: model.UnknownFact(why, action.At), Scope: model.UnknownScope, At: action.At,
			}})
		case text == "Delete":
			deletions = append(deletions, readRule(rule.Path("condition").Block(), rule.At, versioned)...)
		}
	}
	return deletions
}

// readRule applies one Delete rule. All parts of a condition must hold, so any
// part that only versions can meet limits the rule to versions.
func readRule(condition resource.Value, at source.Range, versioned model.Tri) []deletion {
	expiry := model.Expiry{Scope: model.Whole, At: at}
	for _, name := range []string{"matches_prefix", "matches_suffix", "matches_storage_class"} {
		if filter := condition.Get(name); !filter.IsAbsent() && len(filter.Blocks()) > 0 {
			expiry.Scope = model.Partial
		}
	}
	expiry.Prefixes, _ = condition.Get("matches_prefix").Strings()
	if versionsOnly(condition) {
		expiry.Target = noncurrentTarget
		days, since := versionAge(condition)
		expiry.Days = days
		return []deletion{{Expiry: expiry, sinceNoncurrent: since}}
	}
	expiry.Target, expiry.Days = currentTarget, objectAge(condition)
	live := deletion{Expiry: expiry}
	if state, _ := condition.Get("with_state").AsString(); versioned == model.No || state == "LIVE" {
		return []deletion{live}
	}
	// Without with_state a rule means live objects and versions alike (Cloud
	// Storage, "Object Lifecycle Management", isLive).
	version := live
	version.Target = noncurrentTarget
	return []deletion{live, version}
}

func versionsOnly(condition resource.Value) bool {
	state, _ := condition.Get("with_state").AsString()
	return state == "ARCHIVED" || written(condition, "days_since_noncurrent_time") ||
		written(condition, "num_newer_versions") || written(condition, "noncurrent_time_before")
}

// written reports whether a part of a condition counts: a number of 0 is not
// sent unless the matching send_…_if_zero is true (hashicorp/google,
// google_storage_bucket: lifecycle_rule.condition).
func written(condition resource.Value, name string) bool {
	value := condition.Get(name)
	if value.IsAbsent() {
		return false
	}
	number, known := value.AsNumber()
	if known && number == 0 {
		send, _ := condition.Get("send_" + name + "_if_zero").AsBool()
		return send
	}
	return true
}

// versionAge is the age at which a replaced version is deleted, and whether it
// counts from its replacement.
func versionAge(condition resource.Value) (days model.Fact, sinceNoncurrent bool) {
	if value := condition.Get("days_since_noncurrent_time"); written(condition, "days_since_noncurrent_time") {
		return daysOf(value, "days_since_noncurrent_time"), true
	}
	if value := condition.Get("num_newer_versions"); written(condition, "num_newer_versions") {
		return model.UnknownFact("num_newer_versions keeps a number of versions, which lasts as long as objects are not overwritten", value.At), true
	}
	if value := condition.Get("noncurrent_time_before"); !value.IsAbsent() {
		return model.UnknownFact("noncurrent_time_before is a date, not an age", value.At), true
	}
	if written(condition, "age") {
		return daysOf(condition.Get("age"), "age"), false
	}
	// with_state is ARCHIVED alone: a version goes as soon as it exists.
	return model.KnownFact(0.0, condition.Get("with_state").At), true
}

// objectAge is the age at which a live object is deleted.
func objectAge(condition resource.Value) model.Fact {
	if written(condition, "age") {
		return daysOf(condition.Get("age"), "age")
	}
	for _, name := range []string{"created_before", "custom_time_before"} {
		if value := condition.Get(name); !value.IsAbsent() {
			return model.UnknownFact(name+" is a date, not an age", value.At)
		}
	}
	if value := condition.Get("days_since_custom_time"); written(condition, "days_since_custom_time") {
		return model.UnknownFact("days_since_custom_time counts from a time that writers set", value.At)
	}
	// The provider's document says in one place that an age of 0 is sent unless
	// send_age_if_zero is false and in another that it is sent only when it is
	// true; the schema states no default.
	send, known := condition.Get("send_age_if_zero").AsBool()
	switch {
	case known && send:
		return model.KnownFact(0.0, condition.Get("send_age_if_zero").At)
	default:
		return model.UnknownFact("a Delete rule without age may delete every object at once or none, "+
			"because the provider's document contradicts itself on an age that is not written", condition.Get("age").At)
	}
}

func daysOf(v resource.Value, name string) model.Fact {
	number, known := v.AsNumber()
	if !known {
		return model.UnknownFact(unresolved(v, name), v.At)
	}
	return model.KnownFact(number, v.At)
}

// versionWindow is how long a replaced version certainly stays.
func versionWindow(deletions []deletion, at source.Range) model.Fact {
	window := model.KnownFact(model.Forever, at)
	for _, rule := range deletions {
		if rule.Target != noncurrentTarget || rule.Scope == model.Partial {
			continue
		}
		days, known := rule.Days.Number()
		if !known {
			return model.UnknownFact(rule.Days.Why, rule.Days.At)
		}
		if !rule.sinceNoncurrent {
			return model.UnknownFact(fmt.Sprintf("a lifecycle rule deletes versions %s days after their creation, "+
				"so how long a replaced one stays depends on its age", strconv.FormatFloat(days, 'f', -1, 64)), rule.Days.At)
		}
		if shortest, _ := window.Number(); days < shortest {
			window = rule.Days
		}
	}
	return window
}

// cool records that objects are moved to a colder class, by a rule or by autoclass.
func cool(d *draft.Draft, a *model.Asset, r *resource.Resource) {
	if auto := r.Attrs.Path("autoclass.enabled"); draft.Bool(auto).Tri() == model.Yes {
		d.Set(a, "colder_class", model.KnownFact(true, auto.At))
	}
	for _, rule := range r.Attrs.Get("lifecycle_rule").Blocks() {
		if text, _ := rule.Path("action.type").AsString(); text == "SetStorageClass" {
			d.Set(a, "colder_class", model.KnownFact(true, rule.At))
		}
	}
}
