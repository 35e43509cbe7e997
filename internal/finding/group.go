package finding

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/source"
)

// Group turns verdicts into findings: what the same text decides for several
// assets, or for one asset reached by several module calls, is one finding.
// The result is ordered and every finding has its fingerprint.
func Group(verdicts []Finding) []Finding {
	slices.SortStableFunc(verdicts, compareSubjects)
	type cause struct {
		rule    string
		verdict Verdict
		at      source.Range
	}
	type share struct {
		cause   cause
		subject string
	}
	index, named := map[cause]int{}, map[share]bool{}
	var grouped []Finding
	for _, f := range verdicts {
		key := cause{f.Rule.ID, f.Verdict, f.At}
		again := named[share{key, f.Subject.ID}]
		named[share{key, f.Subject.ID}] = true
		if first, seen := index[key]; !seen {
			index[key] = len(grouped)
			grouped = append(grouped, f)
		} else if !again {
			grouped[first].Instances = append(grouped[first].Instances, Instance{Subject: f.Subject, Via: f.Via})
		}
	}
	fingerprint(grouped)
	slices.SortStableFunc(grouped, comparePlaces)
	return grouped
}

func compareSubjects(a, b Finding) int {
	return cmp.Or(strings.Compare(a.Rule.ID, b.Rule.ID), strings.Compare(a.Subject.ID, b.Subject.ID), strings.Compare(a.Path, b.Path), strings.Compare(a.Message, b.Message))
}

func comparePlaces(a, b Finding) int {
	return cmp.Or(a.At.Compare(b.At), strings.Compare(a.Rule.ID, b.Rule.ID), strings.Compare(a.Subject.ID, b.Subject.ID))
}

// fingerprint names each finding by what does not move when lines do.
func fingerprint(findings []Finding) {
	ordinals := map[string]int{}
	for i := range findings {
		f := &findings[i]
		identity := strings.Join([]string{f.Rule.ID, f.At.File, f.Subject.Address, f.Path}, "\x00")
		sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%d", identity, ordinals[identity]))
		ordinals[identity]++
		f.Fingerprint = hex.EncodeToString(sum[:8])
	}
}
