package draft

import (
	"maps"
	"slices"

	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/source"
)

// The purposes that other resources give a store. Rules about data stay quiet
// on a store with a purpose.
const (
	PurposeLock        = "terraform_lock" // a table with Terraform's locks, which nobody restores
	PurposeBoot        = "boot_diagnostics"
	PurposeLogs        = "logs"
	PurposeDiagnostics = "diagnostics"
	PurposeSite        = "static_site"
	PurposeArtifacts   = "artifacts" // code, packages, what a build leaves
	PurposeFunctions   = "function_app"
	PurposeState       = "terraform_state"
)

// care orders the purposes by how much care they ask for.
var care = []string{"", PurposeLock, PurposeBoot, PurposeLogs, PurposeDiagnostics, PurposeSite, PurposeArtifacts, PurposeFunctions, PurposeState}

// Uses maps the arguments of a resource type that name a store, by path, to what
// the store is for.
type Uses map[string]string

// Paths lists the arguments in order.
func (u Uses) Paths() []string { return slices.Sorted(maps.Keys(u)) }

// SetPurpose records what a store is for. Of several purposes the one that asks
// for the most care counts.
func (d *Draft) SetPurpose(a *model.Asset, purpose string, at source.Range) {
	if slices.Index(care, purpose) > slices.Index(care, a.Settings["purpose"].Text()) {
		d.Set(a, "purpose", model.KnownFact(purpose, at))
	}
}
