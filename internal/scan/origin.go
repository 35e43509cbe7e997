package scan

import (
	"slices"

	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// origins knows where the inputs behind a value were set: the argument of a
// module call, the default of a variable, a line of a variable file. The text
// that decides is often "var.replication"; its author looks for the line above.
type origins map[source.Range][]origin

type origin struct {
	root string // of the evaluation
	via  []source.Range
	set  []source.Range
}

// originsOf indexes the values whose inputs were set elsewhere.
func originsOf(resources []resource.Resource) origins {
	index := origins{}
	for i := range resources {
		var via []source.Range
		for _, call := range resources[i].Via {
			via = append(via, call.At)
		}
		index.add(resources[i].Attrs, origin{root: resources[i].Root, via: via})
	}
	return index
}

func (o origins) add(v resource.Value, as origin) {
	if len(v.Origin) > 0 && !v.At.IsZero() {
		as.set = v.Origin
		o[v.At] = append(o[v.At], as)
	}
	for _, item := range v.Items {
		o.add(item, as)
	}
	for _, field := range v.Fields {
		o.add(field.Value, as)
	}
}

// related returns where the value that decides about an asset was set, as seen
// through the asset's own chain of calls.
func (o origins) related(a *model.Asset, at source.Range) []finding.Related {
	for _, candidate := range o[at] {
		if candidate.root != a.Root || !slices.Equal(candidate.via, a.Via) {
			continue
		}
		var related []finding.Related
		for _, set := range candidate.set {
			if set != at {
				related = append(related, finding.Related{Message: "the value is set", At: set, Quote: true})
			}
		}
		return related
	}
	return nil
}
