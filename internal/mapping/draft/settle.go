package draft

import (
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/model"
)

// settle folds the means of a protection into its state: a means that is on for
// the whole asset decides, then one that may be on, then one that is on for a
// part, then what is written as off.
func settle(p model.Protection) model.Protection {
	if p.State == model.Inapplicable {
		return p
	}
	slices.SortStableFunc(p.Means, func(a, b model.Means) int { return strings.Compare(a.By, b.By) })
	best := -1
	for i, means := range p.Means {
		if best < 0 || weight(means) > weight(p.Means[best]) {
			best = i
		}
	}
	if best < 0 {
		return p
	}
	means := p.Means[best]
	if means.State == model.Off && p.State == model.Off {
		// What is written as off on the asset itself decides; a suspended
		// means explains it better.
		if means.Why != "" {
			p.Why, p.At = means.Why, means.At
		}
		return p
	}
	p.State, p.Scope, p.Why, p.At, p.Defaulted = means.State, means.Scope, means.Why, means.At, means.Defaulted
	return p
}

func weight(m model.Means) int {
	switch {
	case m.State == model.On && m.Scope != model.Partial:
		return 3
	case m.State == model.Undecided:
		return 2
	case m.State == model.On:
		return 1
	default:
		return 0
	}
}

// handsDown reports whether an outer asset's protection also protects the inner
// one. The infrastructure tool's own guard holds for one block only, so it does
// not keep what has a block of its own; a state has none. What keeps the blobs of an
// account does not keep its file shares.
func handsDown(a, outer *model.Asset, name string) bool {
	if a.Kind == model.FileShare && (name == model.SoftDelete || name == model.Backup) {
		return false
	}
	return name != model.DestroyGuard || a.Kind == model.StateStore || a.Body == outer.Body
}

// inherit gives an inner asset what its outer one has. A means that covers only
// a part of the outer asset says nothing about the inner one; the mapper that
// knows which part attaches it there.
func inherit(own model.Protection, outer *model.Asset, name string) model.Protection {
	theirs, ok := outer.Protections[name]
	if !ok || own.State == model.Inapplicable || theirs.State == model.On && theirs.Scope == model.Partial {
		return own
	}
	means := slices.Concat(own.Means, theirs.Means)
	decided := own.State == model.On && own.Scope != model.Partial
	if !decided && (own.State == "" || theirs.State == model.On || theirs.State == model.Undecided && own.State == model.Off) {
		own = theirs
		if own.Inherited == "" {
			own.Inherited = outer.ID
		}
	}
	own.Means = means
	return own
}
