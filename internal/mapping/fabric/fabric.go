// Package fabric translates what Microsoft Fabric and Power BI keep in Git:
// semantic models and what they connect to, reports, lakehouses and warehouses,
// pipelines, and the workspace that a folder of items stands for. The Terraform
// provider declares the same items without their content. Analysis Services
// projects hold models of the same form.
package fabric

import (
	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

const provider = "fabric"

// Mappers lists the services; what models connect to comes after the stores.
func Mappers() []draft.Mapper {
	return []draft.Mapper{
		workspaces(),
		gitConnections(),
		stores(),
		warehouses(),
		pipelines(),
		models(),
		reports(),
		binaries(),
	}
}

// managed limits a step to items that are declared.
func managed(step func(*draft.Draft, *resource.Resource)) func(*draft.Draft, *resource.Resource) {
	return func(d *draft.Draft, r *resource.Resource) {
		if r.Mode == resource.Managed {
			step(d, r)
		}
	}
}

// attached calls a step with the asset that a resource declared.
func attached(step func(*draft.Draft, *model.Asset, *resource.Resource)) func(*draft.Draft, *resource.Resource) {
	return managed(func(d *draft.Draft, r *resource.Resource) {
		if a := d.Asset(r.ID); a != nil {
			step(d, a, r)
		}
	})
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

// capacitySwitch is why nobody can tell from files whether OneLake's data is
// replicated (Microsoft.Fabric/capacities has no such property; Fabric
// documentation, "Reliability in Microsoft Fabric": a switch in the admin portal).
const capacitySwitch = "disaster recovery is a switch of the capacity that its administrators set and no file holds"

// open states that protections depend on something that no file holds.
func open(d *draft.Draft, a *model.Asset, why string, at source.Range, protections ...string) {
	for _, name := range protections {
		d.Protect(a, name, model.Means{
			State: model.Undecided, Why: why, Scope: model.UnknownScope, By: a.Address, At: at,
			Window: model.UnknownFact(why, at), Interval: model.UnknownFact(why, at), Region: model.UnknownFact(why, at),
			OtherRegion: model.Maybe, OtherAccount: model.Maybe, Locked: model.Maybe, PropagatesDeletes: model.Maybe,
		})
	}
}

// preventDestroy states what Terraform's lifecycle.prevent_destroy says.
func preventDestroy(d *draft.Draft, a *model.Asset, r *resource.Resource) {
	value := r.Lifecycle.Path("prevent_destroy")
	on, known := value.AsBool()
	switch {
	case value.IsAbsent():
	case !known:
		why := value.Why
		if why == "" {
			why = "prevent_destroy is no boolean"
		}
		d.Protect(a, model.DestroyGuard, inPlace(a, "guard.prevent_destroy", model.Undecided, why, value.At))
	case on:
		d.Protect(a, model.DestroyGuard, inPlace(a, "guard.prevent_destroy", model.On, "", value.At))
	default:
		d.Lacks(a, model.DestroyGuard, "prevent_destroy is false", value.At, false)
	}
}

// within returns the workspace of an item: the one that its workspace_id names,
// or the one that its folder stands for.
func within(d *draft.Draft, a *model.Asset, r *resource.Resource) *model.Asset {
	for _, workspace := range d.Resources.Referents(r.Attrs.Get("workspace_id"), "fabric_workspace") {
		if found := d.Asset(workspace.ID); found != nil {
			a.Region = found.Region
			return found
		}
	}
	return d.Asset(r.Root + "#")
}

// inGit says whether the content of an item is in the repository.
func inGit(d *draft.Draft, a *model.Asset, r *resource.Resource) {
	if r.Format == provider {
		d.Set(a, "in_git", model.KnownFact(true, r.At))
		return
	}
	if definition := r.Attrs.Get("definition"); !definition.IsAbsent() {
		d.Set(a, "in_git", model.KnownFact(true, definition.At))
	}
}
