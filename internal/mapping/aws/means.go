package aws

import (
	"fmt"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// inPlace is a means that is on for the whole asset and keeps what it keeps in
// the asset's own region and account.
func inPlace(a *model.Asset, r *resource.Resource, mechanism string, at source.Range) model.Means {
	return model.Means{
		Mechanism: mechanism, State: model.On, Scope: model.Whole,
		Window: model.AbsentFact(at), Interval: model.AbsentFact(at), Region: a.Region,
		OtherRegion: model.No, OtherAccount: model.No, Locked: model.No, PropagatesDeletes: model.No,
		By: r.Address, At: at,
	}
}

// off and undecided turn a means into one that does not, or may not, protect.
func off(m model.Means, why string) model.Means {
	m.State, m.Why = model.Off, why
	return m
}

func undecided(m model.Means, why string) model.Means {
	m.State, m.Why = model.Undecided, why
	return m
}

// protect adds a means that resource r writes. A resource that may not exist
// protects nothing for certain, unless the asset exists on the same condition.
func protect(d *draft.Draft, a *model.Asset, r *resource.Resource, protection string, m model.Means) {
	if m.State == model.On && r.Maybe != "" && r.Maybe != a.Maybe {
		m = undecided(m, r.Maybe)
	}
	d.Protect(a, protection, m)
}

// where is the place of a value: the value itself, or the header of the
// resource for an argument that is not written.
func where(r *resource.Resource, v resource.Value) source.Range {
	if v.State == resource.Absent && (v.At.IsZero() || v.At == r.Attrs.At) {
		return r.At
	}
	return v.At
}

// boolOr and numberOr turn a value into a fact; an absent one has the default.
func boolOr(r *resource.Resource, v resource.Value, byDefault bool) model.Fact {
	if v.IsAbsent() {
		return model.DefaultFact(byDefault, where(r, v))
	}
	return draft.Bool(v)
}

func numberOr(r *resource.Resource, v resource.Value, byDefault float64) model.Fact {
	if v.IsAbsent() {
		return model.DefaultFact(byDefault, where(r, v))
	}
	return draft.Number(v)
}

// toggle is a protection that one boolean argument, false by default, turns on.
type toggle struct {
	protection, mechanism string
	argument              string // as users write it
	value                 resource.Value
	otherwise             string // what false means: "which keeps the data in one zone"
}

func stateToggle(d *draft.Draft, a *model.Asset, r *resource.Resource, f toggle) {
	fact := boolOr(r, f.value, false)
	m := inPlace(a, r, f.mechanism, fact.At)
	switch {
	case fact.State == model.Unknown:
		protect(d, a, r, f.protection, undecided(m, fact.Why))
	case fact.Value == true:
		protect(d, a, r, f.protection, m)
	case fact.Defaulted:
		d.Lacks(a, f.protection, fmt.Sprintf("%s is not set and false by default, %s", f.argument, f.otherwise), fact.At, true)
	default:
		d.Lacks(a, f.protection, fmt.Sprintf("%s is false, %s", f.argument, f.otherwise), fact.At, false)
	}
}

// stateDestroyGuard states Terraform's own guard, lifecycle.prevent_destroy.
func stateDestroyGuard(d *draft.Draft, a *model.Asset, r *resource.Resource) {
	value := r.Lifecycle.Path("prevent_destroy")
	if value.IsAbsent() {
		value.At = r.At
	}
	stateToggle(d, a, r, toggle{
		protection: model.DestroyGuard, mechanism: "guard.prevent_destroy", argument: "lifecycle.prevent_destroy",
		value: value, otherwise: "which lets Terraform destroy it",
	})
}

// stateDeletionProtection states the guard of the databases' own API.
func stateDeletionProtection(d *draft.Draft, a *model.Asset, r *resource.Resource, argument string) {
	stateToggle(d, a, r, toggle{
		protection: model.DeleteGuard, mechanism: "guard.deletion_protection", argument: argument,
		value: r.Attrs.Get(argument), otherwise: "which lets anyone with the permission delete it",
	})
}
