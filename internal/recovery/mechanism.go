// Package recovery answers what survives which fault. The table of mechanisms
// is data; combining the means of an asset is the only code. Rules and reports
// read the one result. Replication repeats deletions and corruption, so no
// replicating row covers them.
package recovery

import (
	"slices"

	"github.com/drlint/drlint/internal/model"
)

// Mechanism is one row of the recovery table.
type Mechanism struct {
	// ID is what model.Means.Mechanism names.
	ID string
	// Covers says under which condition the row answers a fault; a fault that is
	// not listed is not covered.
	Covers map[model.Fault]Condition
	// RPOHours is the age of what survives, in hours; Configured takes the
	// means' own interval, and Unbounded states that nobody promises a bound.
	RPOHours float64
	// Basis says how firm the figure is: an agreed level, a typical figure, what
	// is configured, or no figure at all.
	Basis Basis
	// RTO is a class: "instant", "minutes", "hours", "days", "support".
	RTO string
	// Windowed rows look back in time: a deletion or a bad run must be noticed
	// within the means' window.
	Windowed bool
	// Source names the document of the figures.
	Source string
}

// Basis says how firm a recovery point is.
type Basis string

// The bases.
const (
	SLA        Basis = "sla"
	Typical    Basis = "typical"
	Configured Basis = "configured"
	NoBound    Basis = "none"
)

// Condition is a predicate over a means and its asset.
type Condition string

// The conditions of the table's cells.
const (
	Always            Condition = "always"
	IfOtherRegion     Condition = "if the copy is in another region"
	IfOtherAccount    Condition = "if the copy is in another account"
	IfLocked          Condition = "if nobody can delete the copy"
	IfDeletesStay     Condition = "if deletions are not repeated at the copy"
	IfZoneRedundant   Condition = "if the store spans zones"
	IfFlatNamespace   Condition = "if the namespace is not hierarchical"
	IfLockedOrAccount Condition = "if nobody can delete the copy or it is in another account"
)

// holds evaluates a condition; the text explains a negative or open answer.
func (c Condition) holds(a *model.Asset, m model.Means) (model.Tri, string) {
	switch c {
	case Always:
		return model.Yes, ""
	case IfOtherRegion:
		return or(m.OtherRegion), "the copy is not known to be in another region"
	case IfOtherAccount:
		return or(m.OtherAccount), "the copy is not known to be in another account"
	case IfLocked:
		return or(m.Locked), "administrators can delete the copy"
	case IfDeletesStay:
		return not(or(m.PropagatesDeletes)), "deletions are repeated at the copy"
	case IfZoneRedundant:
		return zoneRedundant(a), "the store and the copy share one zone"
	case IfFlatNamespace:
		return not(hierarchical(a)), "a hierarchical namespace keeps no overwritten content"
	case IfLockedOrAccount:
		return either(or(m.Locked), or(m.OtherAccount)), "whoever can delete the data can delete the copy"
	default:
		return model.No, ""
	}
}

func or(t model.Tri) model.Tri {
	if t == "" {
		return model.Maybe
	}
	return t
}

func not(t model.Tri) model.Tri {
	switch t {
	case model.Yes:
		return model.No
	case model.No:
		return model.Yes
	default:
		return model.Maybe
	}
}

func either(a, b model.Tri) model.Tri {
	if a == model.Yes || b == model.Yes {
		return model.Yes
	}
	if a == model.No && b == model.No {
		return model.No
	}
	return model.Maybe
}

func zoneRedundant(a *model.Asset) model.Tri {
	switch a.Protections[model.ZoneRedundancy].State {
	case model.On:
		return model.Yes
	case model.Undecided:
		return model.Maybe
	default:
		return model.No
	}
}

func hierarchical(a *model.Asset) model.Tri {
	setting, ok := a.Settings["hierarchical_namespace"]
	if !ok {
		return model.No
	}
	return setting.Tri()
}

// Table returns every row, ordered by provider and service.
func Table() []Mechanism {
	return slices.Concat(awsMechanisms, azureMechanisms, azureDatabaseMechanisms, azureStreamMechanisms, azurePlatformMechanisms, databricksMechanisms, fabricMechanisms, googleMechanisms, gitMechanisms, stateMechanisms, guards, declaredMechanisms)
}
