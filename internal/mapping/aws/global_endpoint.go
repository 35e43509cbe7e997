package aws

import (
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

// origin is one place that a name outliving a region sends requests to.
type origin struct {
	region model.Fact
	// open is why it is not known whether the place takes part.
	open string
	r    *resource.Resource
}

// setOrigins records how many places a global endpoint has and their regions.
func setOrigins(d *draft.Draft, a *model.Asset, r *resource.Resource, origins []origin) {
	count, regions := model.KnownFact(float64(len(origins)), r.At), model.KnownFact("", r.At)
	var names []string
	for _, o := range origins {
		if o.open != "" {
			count = model.UnknownFact(o.open, o.r.At)
		}
		if o.region.Text() == "" {
			regions = model.UnknownFact(o.region.Why, o.r.At)
			continue
		}
		names = append(names, draft.NormalRegion(o.region.Text()))
	}
	if regions.State == model.Known {
		slices.Sort(names)
		regions.Value = strings.Join(slices.Compact(names), ", ")
	}
	d.Set(a, "origins", count)
	d.Set(a, "origin_regions", regions)
}

// maybeOf is why a resource may not exist although another one does.
func maybeOf(r, beside *resource.Resource) string {
	if r.Maybe != beside.Maybe {
		return r.Maybe
	}
	return ""
}

// failoverRecords maps names that Route 53 answers with a second place when the
// first is down: the primary record stands for the pair.
func failoverRecords() draft.Mapper {
	return draft.Mapper{Service: "route53", Types: []string{"aws_route53_record"}, Declare: declareFailover}
}

func declareFailover(d *draft.Draft, r *resource.Resource) {
	if role, _ := failoverRole(r); role != "PRIMARY" || r.Mode != resource.Managed {
		return
	}
	a := d.Declare(r, model.GlobalEndpoint, provider, "route53", r.Attrs.Get("name"))
	a.Region = model.KnownFact("global", r.At)
	d.Set(a, "watched", watched(r))
	var origins []origin
	for _, other := range d.Resources.OfType(r.Type) {
		if other.Root != r.Root || other.Mode != resource.Managed {
			continue
		}
		if other == r || partners(d, r, other) {
			origins = append(origins, origin{region: aliasRegion(d, other), open: maybeOf(other, r), r: other})
		}
	}
	setOrigins(d, a, r, origins)
}

func failoverRole(r *resource.Resource) (string, bool) {
	return r.Attrs.Path("failover_routing_policy.type").AsString()
}

// partners holds for the secondary record of the same name and type.
func partners(d *draft.Draft, primary, other *resource.Resource) bool {
	role, known := failoverRole(other)
	if !known || role != "SECONDARY" {
		return false
	}
	for _, argument := range []string{"zone_id", "name", "type"} {
		if !sameText(d, primary.Attrs.Get(argument), other.Attrs.Get(argument)) {
			return false
		}
	}
	return true
}

// sameText compares two arguments by value, else by what is written.
func sameText(d *draft.Draft, a, b resource.Value) bool {
	first, known := a.AsString()
	second, compared := b.AsString()
	if known && compared {
		return strings.EqualFold(strings.TrimSuffix(first, "."), strings.TrimSuffix(second, "."))
	}
	text := d.Written(a.At)
	return text != "" && text == d.Written(b.At)
}

// watched says whether Route 53 notices that the primary place is down: it needs a
// health check, or an alias that evaluates its target (Route 53 developer guide,
// "Active-active and active-passive failover").
func watched(r *resource.Resource) model.Fact {
	check, target := r.Attrs.Get("health_check_id"), r.Attrs.Path("alias.evaluate_target_health")
	evaluates, known := target.AsBool()
	switch {
	case !check.IsAbsent(), known && evaluates:
		return model.KnownFact(true, r.At)
	case target.IsUnknown():
		return model.UnknownFact(target.Why, target.At)
	default:
		return model.KnownFact(false, where(r, target))
	}
}

// aliasRegion is where what a record leads to is.
func aliasRegion(d *draft.Draft, r *resource.Resource) model.Fact {
	for _, path := range []string{"alias.name", "records"} {
		target := r.Attrs.Path(path)
		if target.IsAbsent() {
			continue
		}
		for _, behind := range d.Resources.Referents(target) {
			return regionOf(behind)
		}
		for _, item := range target.Items {
			for _, behind := range d.Resources.Referents(item) {
				return regionOf(behind)
			}
		}
		return model.UnknownFact(path+" names nothing whose region is in the scanned files", target.At)
	}
	return model.UnknownFact("nothing says what it leads to", r.At)
}

// accelerators maps the listeners of Global Accelerator, each of which stands or
// falls with its own endpoint groups.
func accelerators() draft.Mapper {
	return draft.Mapper{Service: "globalaccelerator", Types: []string{"aws_globalaccelerator_listener"}, Declare: declareListener}
}

// declareListener counts the endpoint groups that traffic goes to. A group is in
// the region of its provider unless it names another, and takes all traffic
// unless its dial says otherwise (provider documentation, version 6,
// aws_globalaccelerator_endpoint_group).
func declareListener(d *draft.Draft, r *resource.Resource) {
	if r.Mode != resource.Managed {
		return
	}
	a := d.Declare(r, model.GlobalEndpoint, provider, "globalaccelerator", resource.Value{})
	a.Region = model.KnownFact("global", r.At)
	var origins []origin
	for _, group := range d.Resources.OfType("aws_globalaccelerator_endpoint_group") {
		if !slices.Contains(d.Resources.Referents(group.Attrs.Get("listener_arn")), r) {
			continue
		}
		dial := group.Attrs.Get("traffic_dial_percentage")
		if percent, known := dial.AsNumber(); known && percent == 0 {
			continue
		}
		region := draft.Text(group.Attrs.Get("endpoint_group_region"))
		if region.State == model.Absent {
			region = regionOf(group)
		}
		open := maybeOf(group, r)
		if dial.IsUnknown() {
			open = dial.Why
		}
		origins = append(origins, origin{region: region, open: open, r: group})
	}
	setOrigins(d, a, r, origins)
}
