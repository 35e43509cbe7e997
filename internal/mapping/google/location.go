package google

import (
	"regexp"
	"strings"

	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// span says over how much ground a bucket keeps its data.
type span uint8

const (
	openSpan span = iota // not known
	zoneSpan
	regionSpan
	dualSpan
	multiSpan
)

// placement is where a bucket keeps its data and which text decides it.
type placement struct {
	span span
	why  string
	at   source.Range
}

var (
	regionName = regexp.MustCompile(`^[a-z]+-[a-z]+[0-9]+$`)
	zoneName   = regexp.MustCompile(`^[a-z]+-[a-z]+[0-9]+-[a-z]$`)
)

// The multi-regions and the predefined dual-regions (Cloud Storage
// documentation, "Bucket locations").
var (
	multiRegions = map[string]bool{"us": true, "eu": true, "asia": true}
	dualRegions  = map[string]bool{"nam4": true, "eur4": true, "eur5": true, "eur7": true, "eur8": true, "asia1": true}
)

// place reads location and custom_placement_config: two data_locations make a
// dual-region of the user's own choice, whatever the location around them is.
func place(r *resource.Resource) placement {
	location, custom := r.Attrs.Get("location"), r.Attrs.Path("custom_placement_config.data_locations")
	if !custom.IsAbsent() {
		return customPlacement(custom)
	}
	text, known := location.AsString()
	switch {
	case location.IsAbsent():
		return placement{why: "location is not written", at: r.At}
	case !known:
		return placement{why: unresolved(location, "location"), at: location.At}
	case text == "":
		return placement{why: "location is empty", at: location.At}
	}
	return placement{span: spanOf(text), why: "location is " + text + ", which drlint does not know", at: location.At}
}

func customPlacement(custom resource.Value) placement {
	regions, complete := custom.Strings()
	switch {
	case custom.IsUnknown():
		return placement{why: custom.Why, at: custom.At}
	case len(custom.Blocks()) < 2:
		return placement{why: "custom_placement_config.data_locations does not name two regions", at: custom.At}
	case complete && strings.EqualFold(regions[0], regions[1]):
		return placement{span: regionSpan, at: custom.At}
	default:
		return placement{span: dualSpan, at: custom.At}
	}
}

func spanOf(location string) span {
	location = strings.ToLower(location)
	switch {
	case multiRegions[location]:
		return multiSpan
	case dualRegions[location]:
		return dualSpan
	case regionName.MatchString(location):
		return regionSpan
	case zoneName.MatchString(location):
		return zoneSpan
	default:
		return openSpan
	}
}

// regionOf is the resource's own region, else that of its provider.
func regionOf(r *resource.Resource, own resource.Value) model.Fact {
	for _, value := range []resource.Value{own, r.Provider.Path("region")} {
		if text, known := value.AsString(); known {
			return model.KnownFact(text, value.At)
		}
		if !value.IsAbsent() {
			return model.UnknownFact(unresolved(value, "region"), value.At)
		}
	}
	return model.UnknownFact("neither region nor the provider's region is written", r.At)
}
