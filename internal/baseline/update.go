package baseline

import (
	"slices"

	"github.com/drlint/drlint/internal/finding"
)

// Update is what writing a baseline anew changes. Everything is ordered.
type Update struct {
	Entries              []Entry // of the new file
	Added, Removed, Kept []Entry
}

// Renew compares a baseline, nil where there is none, with the entries for the
// findings of a run. Outdated entries go, moved ones take their new names; what
// the run could not judge is kept. With prune, nothing is added.
func Renew(old *Baseline, found []Entry, outdated []finding.Identity, moved map[finding.Identity]finding.Identity, prune bool) (u Update) {
	before, gone := map[finding.Identity]bool{}, map[finding.Identity]bool{}
	for _, id := range outdated {
		gone[id] = true
	}
	if old != nil {
		for _, e := range old.Entries {
			if to, ok := moved[e.Identity]; ok {
				e = Entry{Identity: to}
			}
			before[e.Identity] = true
			if gone[e.Identity] {
				u.Removed = append(u.Removed, e)
			} else {
				u.Kept = append(u.Kept, e)
			}
		}
	}
	for _, e := range found {
		if !prune && !before[e.Identity] {
			u.Added = append(u.Added, e)
		}
	}
	u.Entries = tidy(slices.Concat(u.Kept, u.Added))
	return u
}
