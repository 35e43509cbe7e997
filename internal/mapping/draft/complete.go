package draft

import (
	"maps"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/model"
)

func (d *Draft) finish() *model.Model {
	slices.SortFunc(d.assets, func(a, b *model.Asset) int { return strings.Compare(a.ID, b.ID) })
	d.weighPurposes()
	inner := 0
	for _, a := range d.assets {
		if a.Within == "" {
			d.complete(a, nil)
		} else {
			inner++
		}
	}
	for depth := 0; inner > 0 && depth < 8; depth++ {
		inner = d.completeInner()
	}
	slices.SortFunc(d.pipelines, func(a, b model.Pipeline) int { return strings.Compare(a.ID, b.ID) })
	slices.SortFunc(d.flows, func(a, b model.Flow) int { return strings.Compare(a.ID, b.ID) })
	return &model.Model{Assets: d.assets, Pipelines: d.pipelines, Flows: d.flows}
}

// completeInner completes the assets whose outer asset is complete and returns
// how many are left.
func (d *Draft) completeInner() (left int) {
	var ready []*model.Asset
	for _, a := range d.assets {
		if a.Within == "" || isComplete(a) {
			continue
		}
		if outer := d.byID[a.Within]; outer == nil || isComplete(outer) {
			ready = append(ready, a)
		} else {
			left++
		}
	}
	for _, a := range ready {
		d.complete(a, d.byID[a.Within])
	}
	return left
}

func isComplete(a *model.Asset) bool {
	for _, name := range model.ProtectionsOf(a.Kind) {
		if a.Protections[name].State == "" {
			return false
		}
	}
	return true
}

// complete states every protection of an asset and inherits what the outer
// asset has and the inner one does not decide itself.
func (d *Draft) complete(a, outer *model.Asset) {
	if outer != nil {
		inheritSettings(a, outer)
	}
	d.weighExpiries(a)
	for _, name := range model.ProtectionsOf(a.Kind) {
		own := settle(a.Protections[name])
		if outer != nil && handsDown(a, outer, name) {
			own = inherit(own, outer, name)
		}
		if own.State == "" {
			own = model.Protection{State: model.Off, Why: "nothing provides it", At: a.At}
		}
		a.Protections[name] = d.weighDoubts(a, name, own)
	}
}

func inheritSettings(a, outer *model.Asset) {
	for _, name := range slices.Sorted(maps.Keys(outer.Settings)) {
		if _, own := a.Settings[name]; !own {
			a.Settings[name] = outer.Settings[name]
		}
	}
	if a.Region.State == model.Absent {
		a.Region = outer.Region
	}
}

// weighExpiries adds a rule of unknown age to an asset that may have one.
func (d *Draft) weighExpiries(a *model.Asset) {
	if len(a.Expiries) > 0 {
		return
	}
	for _, doubt := range d.doubts[a.Root] {
		if doubt.expiry && doubt.provider == a.Provider && slices.Contains(doubt.kinds, a.Kind) {
			a.Expiries = []model.Expiry{{Target: "current", Days: model.UnknownFact(doubt.why, doubt.at), Scope: model.UnknownScope, At: doubt.at}}
			return
		}
	}
}

func (d *Draft) weighDoubts(a *model.Asset, name string, p model.Protection) model.Protection {
	if p.State != model.Off {
		return p
	}
	for _, doubt := range d.doubts[a.Root] {
		if doubt.provider == a.Provider && slices.Contains(doubt.kinds, a.Kind) && slices.Contains(doubt.protections, name) {
			p.State, p.Why = model.Undecided, doubt.why
			p.Means = append(p.Means, model.Means{
				State: model.Undecided, Why: doubt.why, Scope: model.UnknownScope, At: doubt.at,
				Window: model.UnknownFact(doubt.why, doubt.at), Interval: model.UnknownFact(doubt.why, doubt.at), Region: model.UnknownFact(doubt.why, doubt.at),
				OtherRegion: model.Maybe, OtherAccount: model.Maybe, Locked: model.Maybe, PropagatesDeletes: model.Maybe,
			})
			return p
		}
	}
	return p
}
