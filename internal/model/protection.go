package model

import "github.com/drlint/drlint/internal/source"

// ProtectionState is the verdict on one kind of protection of one asset.
type ProtectionState string

// The states of a protection. Every protection that an asset of a kind can
// have is stated, so no rule depends on absence.
const (
	On           ProtectionState = "on"
	Off          ProtectionState = "off"
	Undecided    ProtectionState = "unknown"
	Inapplicable ProtectionState = "inapplicable"
)

// Scope says how much of an asset something covers.
type Scope string

// The scopes.
const (
	Whole        Scope = "whole"
	Partial      Scope = "partial"
	UnknownScope Scope = "unknown"
)

// The names of protections.
const (
	ZoneRedundancy      = "zone_redundancy"       // data in several zones of its region
	GeoReplication      = "geo_replication"       // a continuously kept copy in another region
	Versioning          = "versioning"            // overwritten and deleted objects keep earlier versions
	SoftDelete          = "soft_delete"           // deleted objects can be undeleted for a window
	ContainerSoftDelete = "container_soft_delete" // deleted containers can be undeleted for a window
	PointInTimeRestore  = "point_in_time_restore" // any moment of a window can be restored
	Backup              = "backup"                // copies apart from the live data: vault, snapshot, export
	Immutability        = "immutability"          // data cannot be changed or deleted before a term
	PurgeProtection     = "purge_protection"      // what is soft-deleted cannot be purged before its term
	DeleteGuard         = "delete_guard"          // the platform refuses to delete the resource
	DestroyGuard        = "destroy_guard"         // the infrastructure tool refuses to destroy it
	MirrorCopy          = "mirror"                // a repository has a copy on another host
	UndeletableCopy     = "undeletable_copy"      // one copy of a repository cannot be deleted
	BranchProtection    = "branch_protection"     // the default branch cannot be deleted or rewritten
)

// ProtectionsOf lists the protections that assets of a kind can have.
func ProtectionsOf(kind Kind) []string {
	switch kind {
	case ObjectStore, Container:
		return []string{ZoneRedundancy, GeoReplication, Versioning, SoftDelete, ContainerSoftDelete, PointInTimeRestore, Backup, Immutability, DeleteGuard, DestroyGuard}
	case Database, DatabaseServer, Table:
		return []string{ZoneRedundancy, GeoReplication, PointInTimeRestore, Backup, DeleteGuard, DestroyGuard}
	case FileShare:
		return []string{ZoneRedundancy, GeoReplication, SoftDelete, Backup, DeleteGuard, DestroyGuard}
	case SemanticModel:
		return []string{GeoReplication, Backup, DeleteGuard, DestroyGuard}
	case CacheStore, EventStream, VirtualMachine:
		return []string{ZoneRedundancy, GeoReplication, Backup, DeleteGuard, DestroyGuard}
	case KeyVault:
		return []string{SoftDelete, PurgeProtection, DeleteGuard, DestroyGuard}
	case ConfigurationStore:
		return []string{GeoReplication, SoftDelete, PurgeProtection, DeleteGuard, DestroyGuard}
	case IntegrationRuntime:
		return []string{Backup}
	case Workspace:
		return []string{GeoReplication, DeleteGuard, DestroyGuard}
	case BackupVault:
		return []string{ZoneRedundancy, GeoReplication, SoftDelete, Immutability, DeleteGuard, DestroyGuard}
	case Repository:
		return []string{MirrorCopy, UndeletableCopy, BranchProtection, DeleteGuard, DestroyGuard}
	case StateStore:
		return []string{ZoneRedundancy, GeoReplication, Versioning, SoftDelete, Backup, Immutability, DeleteGuard, DestroyGuard}
	default:
		return nil
	}
}

// Protection is the state of one kind of protection and everything that provides it.
type Protection struct {
	State ProtectionState
	// Why completes "off because …", "unknown because …" or "does not apply because …".
	Why string
	// Scope is meaningful when the state is on.
	Scope Scope
	// Means are what provides the protection, and what looks as if it did
	// (state off: suspended, paused, disabled), in order of address.
	Means []Means
	// Defaulted marks a state that follows from a provider's default.
	Defaulted bool
	// At is the attribute that decides; the asset's header where nothing is written.
	At source.Range
	// Inherited is the ID of the outer asset that decides; empty for its own.
	Inherited string
}

// Means is one thing that provides a protection.
type Means struct {
	// Mechanism names a row of the recovery table: "s3.versioning".
	Mechanism string
	State     ProtectionState // on, off or unknown
	Why       string
	Scope     Scope
	// Window is how far back one can go, in days; Forever when unlimited.
	Window Fact
	// Interval is the time between two recovery points, in hours.
	Interval Fact
	// Region is where the copy is kept.
	Region Fact
	// OtherRegion and OtherAccount compare the copy's place with the asset's.
	OtherRegion  Tri
	OtherAccount Tri
	// Locked says whether nobody, administrators included, can delete the copy within its window.
	Locked Tri
	// PropagatesDeletes says whether deleting the original deletes the copy.
	PropagatesDeletes Tri
	// By is the address of the resource that writes the means.
	By string
	// Target is the asset ID of the copy's place when it is in the model: a vault, a bucket.
	Target    string
	Defaulted bool
	At        source.Range
}

// Forever is the window, in days, of something that is never deleted.
const Forever = 36500.0

// Fault is something that goes wrong.
type Fault string

// The faults of the guide and of every recovery plan.
const (
	DeleteFault     Fault = "delete"     // rows or objects deleted
	OverwriteFault  Fault = "overwrite"  // corruption, a bad run
	DestroyFault    Fault = "destroy"    // the resource or its stack deleted
	ZoneFault       Fault = "zone"       // one zone lost
	RegionFault     Fault = "region"     // one region lost
	CompromiseFault Fault = "compromise" // credentials stolen, ransomware
	RepositoryFault Fault = "repo"       // repository deleted or rewritten
)

// Faults lists every fault in the order reports show them.
var Faults = []Fault{DeleteFault, OverwriteFault, DestroyFault, ZoneFault, RegionFault, CompromiseFault, RepositoryFault}

// Survival answers for one asset and one fault.
type Survival struct {
	Survives Tri
	// Mechanism is the best surviving row of the recovery table; empty when there is none.
	Mechanism string
	// Why explains an open or negative answer.
	Why string
	// RPOHours is the age of what survives, in hours.
	RPOHours Fact
	// RPOBasis says how firm the figure is: "sla", "typical", "configured" or "none".
	RPOBasis string
	// WindowDays is how long after the fault it can still be noticed.
	WindowDays Fact
	// RTO is a class: "instant", "minutes", "hours", "days" or "support".
	RTO string
	// Through are the further rows of the recovery table that the answer rests
	// on, from the first copy on: a vault's own copy in another region. The
	// recovery point is the worst of all hops.
	Through []string
	// Rebuild says whether the data can be loaded again where no copy is sure to
	// bring it back; nil where the data survives or nothing is loaded into it.
	Rebuild *Rebuild
	At      source.Range
}

// Rebuild is what the flows into an asset bring back after a fault. It is no
// copy: it takes the time of a load, and it hangs on everything upstream.
type Rebuild struct {
	// Possible is Yes when everything that is loaded into the asset can be loaded
	// again from what stands, survives or is rebuilt itself; Maybe when that hangs
	// on something that is not known; No when a part cannot.
	Possible Tri
	// Why explains an open or negative answer.
	Why string
	// From are the IDs of the assets that it is loaded from, sorted; a place that
	// no scanned file declares has none.
	From []string
	// RPOHours is the worst age of what it is loaded from, RPOBasis how firm that is.
	RPOHours Fact
	RPOBasis string
	// Hours is how long it takes, upstream included, as declared; absent where
	// nobody declares it.
	Hours Fact
	At    source.Range
}
