package scan

import (
	"cmp"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/finding"
)

// follow takes back that findings are new which the other revision knows in a file
// that they moved out of.
func (k *keeper) follow() {
	left := map[identity][]identity{} // without file: those with one, in order
	for id, candidates := range k.known {
		if len(candidates) > 0 {
			left[id.nowhere()] = append(left[id.nowhere()], id)
		}
	}
	for _, ids := range left {
		slices.SortFunc(ids, func(a, b identity) int {
			return cmp.Or(strings.Compare(a.file, b.file), strings.Compare(a.rule, b.rule))
		})
	}
	for i := range k.report.Findings {
		f := &k.report.Findings[i]
		if f.Change == finding.New && k.followed(f, left) {
			f.Change = ""
		}
	}
}

// followed reports whether all subjects of a finding were known, as grave and not
// accepted, where they moved from.
func (k *keeper) followed(f *finding.Finding, left map[identity][]identity) bool {
	all := true
	for _, id := range identities(f, f.At.File) {
		at := slices.IndexFunc(left[id.nowhere()], func(old identity) bool {
			return old.file != id.file && len(k.known[old]) > 0 && k.moved(cmp.Or(f.Decider, id.address), old.file, id.file)
		})
		if at < 0 {
			all = false
			continue
		}
		from := left[id.nowhere()][at]
		old := k.known[from][0]
		k.known[from] = k.known[from][1:]
		if f.Severity.Rank() < old.severity.Rank() || old.suppressed && f.Suppressed == nil {
			all = false
		}
	}
	return all
}

// nowhere is what is left of an identity without its file.
func (id identity) nowhere() identity {
	id.file = ""
	return id
}
