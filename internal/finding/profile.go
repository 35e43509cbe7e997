package finding

import "slices"

// Profile is how much users want to be told.
type Profile string

// The profiles, smallest first; each contains the ones before it.
const (
	MinimalProfile Profile = "minimal" // what nobody can answer for: no copy, no backup, no way back
	DefaultProfile Profile = "default" // what the guide insists on
	StrictProfile  Profile = "strict"  // declarations, housekeeping and advice as well
)

// Profiles lists the profiles, smallest first.
var Profiles = []Profile{MinimalProfile, DefaultProfile, StrictProfile}

// FirstRuleSet is the month of the oldest rules.
const FirstRuleSet = "2026-11"

// Cost is the tag of rules whose findings save money and endanger nothing.
const Cost = "cost"

// Saves reports whether a rule gives advice that saves money.
func (r *Rule) Saves() bool { return slices.Contains(r.Tags, Cost) }

// Contains reports whether a rule that belongs to another profile belongs to p.
func (p Profile) Contains(other Profile) bool {
	return slices.Index(Profiles, other) <= slices.Index(Profiles, p)
}
