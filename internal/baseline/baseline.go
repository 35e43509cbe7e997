// Package baseline remembers the findings that a repository had when it was
// adopted, so that only new ones are reported. An entry names a finding by what
// does not move when lines do, and absorbs one finding.
package baseline

import (
	"cmp"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/source"
)

// DefaultFile is where a baseline lies below the root unless users say otherwise.
const DefaultFile = ".drlint-baseline.json"

// Baseline is the content of one file.
type Baseline struct {
	// File is its path as users know it.
	File string
	// Entries are ordered; no two are equal.
	Entries []Entry
}

// Entry is one known finding.
type Entry struct {
	finding.Identity
	// At is the entry's place in the file; zero for one that is not written yet.
	At source.Range
}

func compare(a, b Entry) int {
	return cmp.Or(
		strings.Compare(a.File, b.File), strings.Compare(a.Rule, b.Rule), strings.Compare(a.Address, b.Address),
		strings.Compare(a.Path, b.Path), a.Ordinal-b.Ordinal,
	)
}

// Known reports whether a finding belongs into a baseline: it fails, and nobody
// decided to ignore it. What is wrong with an ignore is remedied, not kept.
func Known(f *finding.Finding) bool {
	kept := f.Suppressed != nil && f.Suppressed.Kind == finding.Baseline
	return f.Verdict == finding.Fail && (f.Suppressed == nil || kept) && !f.Rule.AboutIgnoring()
}

// Rename gives entries the names that their rules have now. rules are all that
// exist.
func (b *Baseline) Rename(rules []*finding.Rule) {
	now := map[string]string{}
	for _, rule := range rules {
		for _, alias := range rule.Aliases {
			now[alias] = rule.ID
		}
	}
	for i := range b.Entries {
		b.Entries[i].Rule = cmp.Or(now[b.Entries[i].Rule], b.Entries[i].Rule)
	}
	b.Entries = tidy(b.Entries)
}

// Marked is what became of the entries of a baseline in a run.
type Marked struct {
	// Unmatched are the entries that no finding needs, in order.
	Unmatched []Entry
	// Moved are the present names of findings that entries know by former ones.
	Moved map[finding.Identity]finding.Identity
}

// Mark marks the findings that the baseline knows, each by one entry. Marked
// findings stay in the list. Where the finding of an entry is gone, the entry
// stands for one that is the same but for its file, if it may have moved there.
func (b *Baseline) Mark(findings []finding.Finding, moved func(address, from, to string) bool) Marked {
	index := make(map[finding.Identity]int, len(b.Entries))
	for i, e := range b.Entries {
		index[e.Identity] = i
	}
	used := make([]bool, len(b.Entries))
	mark := func(f *finding.Finding, at int) {
		f.Suppressed = &finding.Suppression{Kind: finding.Baseline, At: b.Entries[at].At}
		used[at] = true
	}
	var strange []*finding.Finding
	for i := range findings {
		f := &findings[i]
		if !Known(f) {
			continue
		}
		if at, ok := index[f.Identity]; ok && !used[at] {
			mark(f, at)
		} else {
			strange = append(strange, f)
		}
	}
	m := Marked{Moved: map[finding.Identity]finding.Identity{}}
	free := map[finding.Identity][]int{}
	for i, e := range b.Entries {
		if !used[i] {
			free[nowhere(e.Identity)] = append(free[nowhere(e.Identity)], i)
		}
	}
	for _, f := range strange {
		for _, at := range free[nowhere(f.Identity)] {
			if from := b.Entries[at].Identity; !used[at] && from.File != f.Identity.File && moved(from.Address, from.File, f.Identity.File) {
				mark(f, at)
				m.Moved[from] = f.Identity
				break
			}
		}
	}
	for i, e := range b.Entries {
		if !used[i] {
			m.Unmatched = append(m.Unmatched, e)
		}
	}
	return m
}

// nowhere is what is left of an identity without its file.
func nowhere(id finding.Identity) finding.Identity {
	id.File, id.Ordinal = "", 0
	return id
}

// Of returns the entries that stand for the findings of a run.
func Of(findings []finding.Finding) (entries []Entry) {
	for i := range findings {
		if Known(&findings[i]) {
			entries = append(entries, Entry{Identity: findings[i].Identity})
		}
	}
	return tidy(entries)
}

// tidy sorts entries and drops repeated ones, which a merge leaves behind.
func tidy(entries []Entry) []Entry {
	sorted := slices.SortedStableFunc(slices.Values(entries), compare)
	return slices.CompactFunc(sorted, func(a, b Entry) bool { return a.Identity == b.Identity })
}
