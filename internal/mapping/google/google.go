// Package google translates Cloud Storage buckets, storage transfer jobs, Cloud
// SQL instances, BigQuery datasets and Pub/Sub topics. Defaults are those of hashicorp/google; the provider
// document or product page that states one is named where it is used.
package google

import (
	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

const provider = "google"

// Mappers lists the services.
func Mappers() []draft.Mapper {
	return []draft.Mapper{
		buckets(),
		transferJobs(),
		databaseInstances(),
		datasets(),
		datasetTables(),
		datasetTransfers(),
		topics(),
		subscriptions(),
		purposes(),
	}
}

// managed limits a step to resources that the configuration creates: a data
// source is a target of attachments, not an asset.
func managed(step func(*draft.Draft, *resource.Resource)) func(*draft.Draft, *resource.Resource) {
	return func(d *draft.Draft, r *resource.Resource) {
		if r.Mode == resource.Managed {
			step(d, r)
		}
	}
}

// inPlace describes a means that keeps what it keeps beside the data.
func inPlace(a *model.Asset, mechanism string, state model.ProtectionState, why string, at source.Range) model.Means {
	return model.Means{
		Mechanism: mechanism, State: state, Why: why, Scope: model.Whole,
		Window: model.AbsentFact(at), Interval: model.AbsentFact(at), Region: a.Region,
		OtherRegion: model.No, OtherAccount: model.No, Locked: model.No, PropagatesDeletes: model.No,
		By: a.Address, At: at,
	}
}

// tag records the labels of a resource over the provider's default_labels
// (google provider reference: default_labels apply to every resource with labels).
func tag(d *draft.Draft, a *model.Asset, r *resource.Resource, labels resource.Value) {
	d.Tag(a, r.Provider.Path("default_labels"))
	d.Tag(a, labels)
}

// preventDestroy states what lifecycle.prevent_destroy says, if it says anything.
func preventDestroy(d *draft.Draft, a *model.Asset, r *resource.Resource) {
	value := r.Lifecycle.Path("prevent_destroy")
	on, known := value.AsBool()
	switch {
	case value.IsAbsent():
	case !known:
		d.Protect(a, model.DestroyGuard, inPlace(a, "guard.prevent_destroy", model.Undecided, unresolved(value, "prevent_destroy"), value.At))
	case on:
		d.Protect(a, model.DestroyGuard, inPlace(a, "guard.prevent_destroy", model.On, "", value.At))
	default:
		d.Lacks(a, model.DestroyGuard, "prevent_destroy is false", value.At, false)
	}
}

// unresolved completes "unknown because …" for a value that decides nothing.
func unresolved(v resource.Value, name string) string {
	if v.IsUnknown() {
		return v.Why
	}
	return name + " has a value that drlint does not know"
}

// flag reads a boolean with the provider's default.
func flag(v resource.Value, byDefault bool) model.Fact {
	return draft.Or(draft.Bool(v), byDefault)
}
