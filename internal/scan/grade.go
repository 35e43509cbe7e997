package scan

import (
	"cmp"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/environment"
	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

// grades say how grave a finding is.
type grades struct {
	// chosen are the severities that the configuration gives to rules.
	chosen map[string]finding.Severity
	// rehearsals are the evaluations in which nobody's data is at stake.
	rehearsals map[string]bool
	// rehearsing are the stores that say so by their names, beside those of production.
	rehearsing map[string]bool
}

func gradesOf(o Options, resources []resource.Resource, m *model.Model) grades {
	evaluations := map[string][]string{}
	for i := range resources {
		root := environment.Root(resources[i].Root, resources[i].Environment)
		evaluations[root] = nil
	}
	for root, names := range environmentsOf(resources) {
		evaluations[root] = names
	}
	return grades{chosen: o.Severities, rehearsals: environment.Rehearsals(evaluations), rehearsing: rehearsingStores(m)}
}

// rehearsingStores returns the stores that a root keeps for a rehearsal beside
// those of production, which nothing but their names tells: "test-orders-raw"
// where the same root has "orders-raw".
func rehearsingStores(m *model.Model) map[string]bool {
	type store struct {
		root, name string
		kind       model.Kind
	}
	known, found := map[store]bool{}, map[string]bool{}
	for _, a := range m.Assets {
		known[store{a.Root, unversioned(a.Name.Text()), a.Kind}] = true
	}
	for _, a := range m.Assets {
		for _, name := range environment.StoresOfProduction(a.Name.Text()) {
			if known[store{a.Root, unversioned(name), a.Kind}] {
				found[a.ID] = true
			}
		}
	}
	return found
}

// unversioned is a name without the number of a further version at its end:
// production may have come to "orders-raw-v2" since "test-orders-raw".
func unversioned(name string) string {
	rest := strings.TrimRight(name, "0123456789")
	if shorter := strings.TrimSuffix(rest, "v"); rest != name && shorter != rest {
		return strings.TrimRight(shorter, "-_.")
	}
	return name
}

// of returns the severity of a rule's finding on an asset and, where the asset
// belongs to a rehearsal of production, the one that it has in production.
func (g grades) of(r *finding.Rule, a *model.Asset) (severity, lowered finding.Severity) {
	severity = cmp.Or(g.chosen[r.ID], r.Severity)
	if (g.rehearsals[a.Root] || g.rehearsing[a.ID]) && g.chosen[r.ID] == "" && severity.Rank() < finding.Low.Rank() {
		return finding.Low, severity
	}
	return severity, ""
}

// soften makes information of what concerns rehearsals of a root alone while its
// production is in order: being smaller is what they are for.
func soften(findings []finding.Finding) {
	for i := range findings {
		f := &findings[i]
		inOrder := func(o finding.Other) bool { return o.Verdict == "" && !environment.Rehearses(o.Environment) }
		if f.Lowered != "" && slices.ContainsFunc(f.Others, inOrder) {
			f.Severity = finding.Info
		}
	}
}
