package azure

import (
	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// attr is a value together with the words that its dialect uses for it, so that
// explanations name what the user wrote.
type attr struct {
	resource.Value
	name string
}

// attrOf reads an argument of a resource. One that is not written is placed at
// the resource's header.
func attrOf(r *resource.Resource, path string) attr {
	a := attr{Value: r.Attrs.Path(path), name: path}
	if a.State == resource.Absent && (a.At.IsZero() || a.At == r.Attrs.At) {
		a.At = r.At
	}
	return a
}

// blockOf reads a block that may occur once; one that a dynamic block leaves out
// is absent.
func blockOf(r *resource.Resource, path string) attr {
	block := attrOf(r, path)
	block.Value = block.Block()
	if block.IsKnown() && block.Kind != resource.Object {
		block.Value = resource.UnknownAt(block.At, path+" is not a block")
	}
	return block
}

// inner reads below a block; names in explanations are relative to it.
func inner(block resource.Value, path string) attr {
	return attr{Value: block.Path(path), name: path}
}

// orElse falls back to another name of the same thing.
func (a attr) orElse(other attr) attr {
	if a.IsAbsent() && !other.IsAbsent() {
		return other
	}
	return a
}

// text returns a known string in the spelling that is written.
func (a attr) text() string {
	text, _ := a.AsString()
	return text
}

// says completes a sentence with what is written: "redundancy is LRS".
func (a attr) says() string { return a.name + " is " + a.text() }

// feature is one switch of a service and what decides it.
type feature struct {
	state model.ProtectionState
	// days is how long it keeps things; absent where it has no length.
	days model.Fact
	// why explains off and unknown.
	why       string
	at        source.Range
	defaulted bool
	// written marks a feature that is configured and yet off: a contradiction.
	written bool
}

// flag reads a boolean with the provider's default.
func flag(a attr, byDefault bool) feature {
	f := feature{at: a.At, days: model.AbsentFact(a.At)}
	on, known := a.AsBool()
	switch {
	case a.IsAbsent():
		on, f.defaulted, f.why = byDefault, true, a.name+" is not set"
	case !known:
		f.state, f.why = model.Undecided, unresolved(a)
		return f
	default:
		f.why = a.says()
	}
	f.state = onOff(on)
	if on {
		f.why = ""
	}
	return f
}

// fact turns the switch into a setting.
func (f feature) fact() model.Fact {
	switch {
	case f.state == model.Undecided:
		return model.UnknownFact(f.why, f.at)
	case f.defaulted:
		return model.DefaultFact(f.state == model.On, f.at)
	default:
		return model.KnownFact(f.state == model.On, f.at)
	}
}

// off turns a feature off that is written but cannot work.
func (f feature) off(why string) feature {
	f.state, f.why, f.written = model.Off, why, true
	return f
}

// undecided leaves a feature open that may not work.
func (f feature) undecided(why string) feature {
	f.state, f.why = model.Undecided, why
	return f
}

// provide states a protection that an asset has from its own service, in its
// own account and region. r writes it.
func provide(d *draft.Draft, a *model.Asset, r *resource.Resource, protection, mechanism string, f feature) {
	if f.state == model.Off && !f.written {
		d.Lacks(a, protection, f.why, f.at, f.defaulted)
		return
	}
	protect(d, a, r, protection, inPlace(a, r, mechanism, f))
}

// protect adds a means that r writes. A resource that may not exist protects
// nothing for certain, unless the asset exists on the same condition.
func protect(d *draft.Draft, a *model.Asset, r *resource.Resource, protection string, means model.Means) {
	if means.State == model.On && r.Maybe != "" && r.Maybe != a.Maybe {
		means.State, means.Why = model.Undecided, r.Maybe
	}
	d.Protect(a, protection, means)
}

// inPlace describes a means that keeps its copies beside the data.
func inPlace(a *model.Asset, r *resource.Resource, mechanism string, f feature) model.Means {
	return model.Means{
		Mechanism: mechanism, State: f.state, Why: f.why, Scope: model.Whole,
		Window: f.days, Interval: model.AbsentFact(f.at), Region: a.Region,
		OtherRegion: model.No, OtherAccount: model.No, Locked: model.No, PropagatesDeletes: model.No,
		By: r.Address, Defaulted: f.defaulted, At: f.at,
	}
}

// unresolved completes "unknown because …" for a value that decides nothing.
func unresolved(a attr) string {
	if a.IsUnknown() {
		return a.Why
	}
	return a.name + " has a value that drlint does not know"
}

func onOff(on bool) model.ProtectionState {
	if on {
		return model.On
	}
	return model.Off
}
