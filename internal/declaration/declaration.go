// Package declaration adds to the model what people state and no configuration
// of a cloud says: objectives, the answers to the questions of the guide, what
// systems elsewhere do, and protections that somebody else provides. A
// declaration has an owner and counts until a day; afterwards it is unknown.
package declaration

import (
	"time"

	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/source"
)

// Declarations are everything that a configuration declares.
type Declarations struct {
	// PrimaryRegion is where the platform runs and RecoveryRegion where it comes
	// back; absent when nobody says.
	PrimaryRegion, RecoveryRegion model.Fact
	// Entries are in the order in which they are written; later ones win.
	Entries []Entry
}

// Entry states something about the assets that it selects.
type Entry struct {
	// Section is the list of the configuration that holds the entry: "objectives".
	Section string
	Select  Selector
	// Facts are what it says, by the names of model.DeclaredNames.
	Facts []Stated
	// Attests is set for a protection that somebody else provides.
	Attests *Attestation
	Owner   string
	// Until is the last day on which the entry counts; zero when it has no end.
	Until time.Time
	// By names the entry for people: ".drlint.yaml:12".
	By string
	At source.Range
}

// Stated is one fact under one of the names of model.DeclaredNames.
type Stated struct {
	Name string
	Fact model.Fact
}

// Attestation says that something outside the repository provides a protection.
type Attestation struct {
	// Protection is one of the names of model.ProtectionsOf.
	Protection string
	// What provides it, and Where that can be seen.
	What, Where string
	// Region is where the copy is kept, Window how far back it reaches in days and
	// Every the hours between two copies; absent where nobody says.
	Region, Window, Every model.Fact
	// Locked, OtherAccount and RepeatsDeletions are open where nobody says.
	Locked, OtherAccount, RepeatsDeletions model.Tri
}

// lapsed reports whether the last day of an entry has passed.
func (e *Entry) lapsed(today time.Time) bool { return !e.Until.IsZero() && today.After(e.Until) }

// day is the last day on which an entry counts.
func (e *Entry) day() string { return e.Until.Format(time.DateOnly) }

// ended completes "unknown because …" for an entry that has lapsed.
func (e *Entry) ended() string { return "the declaration of " + e.Owner + " ended on " + e.day() }
