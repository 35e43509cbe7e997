package model

import "github.com/drlint/drlint/internal/source"

// The names of Asset.Declared: what no configuration of a cloud can say and
// people therefore write down, in .drlint.yaml or as tags. Lengths of time are
// hours unless the name says days.
const (
	RPOHours        = "rpo_hours"         // number: how much data may be lost
	RTOHours        = "rto_hours"         // number: how long it may be away
	DetectionHours  = "detection_hours"   // number: how long a loss may go unnoticed
	ReactionHours   = "reaction_hours"    // number: from noticing to acting
	LoadHours       = "load_hours"        // number: to load a complete set into the product
	RecreateHours   = "recreate_hours"    // number: to create the data again from its sources
	Recreatable     = "recreatable"       // bool: its sources can give it again
	SourceKeepsDays = "source_keeps_days" // number: how long the sources keep it; Forever if they do not forget
	BackupCost      = "backup_cost"       // number: what a backup costs a month, in the currency of RecreateCost
	RecreateCost    = "recreate_cost"     // number: what creating the data again costs once
	DeclaredLoad    = "load_mode"         // "full" or "incremental"
	OnlyCopy        = "only_copy"         // bool: nothing can fill this cache again
	BackedUp        = "backed_up"         // bool: a system elsewhere has backups
	RecoveryRegion  = "recovery_region"   // text: the region in which it comes back
	ChangeControl   = "change_control"    // text: where changes are controlled that are not in Git
	Owner           = "owner"             // text: who answers for it
)

// DeclaredNames lists the names of Asset.Declared.
var DeclaredNames = []string{
	RPOHours, RTOHours, DetectionHours, ReactionHours, LoadHours, RecreateHours, Recreatable, SourceKeepsDays,
	BackupCost, RecreateCost, DeclaredLoad, OnlyCopy, BackedUp, RecoveryRegion, ChangeControl, Owner,
}

// Lapsed is a declaration that counted until a day that has passed.
type Lapsed struct {
	What  string // a name of Asset.Declared, or that of a protection
	Owner string
	Until string // RFC 3339 date
	At    source.Range
}
