package azure

import (
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// Names of the settings of a global endpoint.
const (
	// settingOrigins counts the enabled places that requests can go to.
	settingOrigins = "origins"
	// settingOriginRegions lists their regions, as far as every one is known.
	settingOriginRegions = "origin_regions"
)

// origin is one place behind a name that outlives a region.
type origin struct {
	enabled attr
	// region is where it is; absent when nothing says so.
	region model.Fact
	at     source.Range
}

// newEndpoint declares a global endpoint that leads nowhere yet.
func newEndpoint(d *draft.Draft, r *resource.Resource, service string, name attr) *model.Asset {
	a := d.Declare(r, model.GlobalEndpoint, provider, service, name.Value)
	a.Region = model.KnownFact("global", r.At)
	d.Set(a, settingOrigins, model.KnownFact(0.0, r.At))
	d.Set(a, settingOriginRegions, model.KnownFact("", r.At))
	return a
}

// addOrigin counts one more place. One that may be disabled, or that may not
// exist, leaves the number open.
func addOrigin(d *draft.Draft, a *model.Asset, r *resource.Resource, o origin) {
	enabled := flag(o.enabled, true)
	if r.Maybe != "" && r.Maybe != a.Maybe {
		enabled = enabled.undecided(r.Maybe)
	}
	switch count, known := a.Settings[settingOrigins].Number(); {
	case enabled.state == model.Off || !known:
	case enabled.state == model.Undecided:
		d.Set(a, settingOrigins, model.UnknownFact(enabled.why, o.at))
	default:
		d.Set(a, settingOrigins, model.KnownFact(count+1, o.at))
	}
	if enabled.state == model.Off {
		return
	}
	regions := a.Settings[settingOriginRegions]
	switch {
	case regions.State == model.Unknown:
	case o.region.Text() == "":
		why := o.region.Why
		if why == "" {
			why = "the region of " + r.Address + " is not written"
		}
		d.Set(a, settingOriginRegions, model.UnknownFact(why, o.at))
	default:
		d.Set(a, settingOriginRegions, model.KnownFact(withRegion(regions.Text(), o.region.Text()), o.at))
	}
}

// openOrigin records a place whose endpoint cannot be told: it may be any of
// the root's.
func openOrigin(d *draft.Draft, r *resource.Resource, service string, endpoint target) {
	if endpoint.outside {
		return
	}
	for _, a := range d.OfKindIn(r.Root, model.GlobalEndpoint) {
		if a.Service == service {
			d.Set(a, settingOrigins, model.UnknownFact(endpoint.why, endpoint.at))
			d.Set(a, settingOriginRegions, model.UnknownFact(endpoint.why, endpoint.at))
		}
	}
}

func withRegion(list, region string) string {
	regions := strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' })
	regions = append(regions, draft.NormalRegion(region))
	slices.Sort(regions)
	return strings.Join(slices.Compact(regions), ", ")
}

// regionBehind follows a reference to the resource that serves requests.
func regionBehind(d *draft.Draft, targets ...attr) model.Fact {
	for _, target := range targets {
		if target.IsAbsent() {
			continue
		}
		for _, r := range d.Resources.Referents(target.Value) {
			if location := attrOf(r, "location"); !location.IsAbsent() {
				return draft.Text(location.Value)
			}
		}
		return model.UnknownFact(target.name+" names nothing whose region is in the scanned files", target.At)
	}
	return model.Fact{}
}
