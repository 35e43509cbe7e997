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
	// RTO is a class: "instant", "minutes", "hours", "days", "support"; how long
	// data takes to load or a person to act is no part of it.
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

// Table returns every row, ordered by provider and service.
func Table() []Mechanism {
	return slices.Concat(awsMechanisms, awsWarehouseMechanisms, azureMechanisms, azureDatabaseMechanisms, azureStreamMechanisms, azurePlatformMechanisms, databricksMechanisms, fabricMechanisms, googleMechanisms, gitMechanisms, stateMechanisms, guards, declaredMechanisms)
}
