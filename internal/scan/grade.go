package scan

import (
	"cmp"

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
}

func gradesOf(o Options, resources []resource.Resource) grades {
	evaluations := map[string][]string{}
	for i := range resources {
		root := environment.Root(resources[i].Root, resources[i].Environment)
		evaluations[root] = nil
	}
	for root, names := range environmentsOf(resources) {
		evaluations[root] = names
	}
	return grades{chosen: o.Severities, rehearsals: environment.Rehearsals(evaluations)}
}

// of returns the severity of a rule's finding on an asset and, where the asset
// belongs to a rehearsal of production, the one that it has in production.
func (g grades) of(r *finding.Rule, a *model.Asset) (severity, lowered finding.Severity) {
	severity = cmp.Or(g.chosen[r.ID], r.Severity)
	if g.rehearsals[a.Root] && g.chosen[r.ID] == "" && severity.Rank() < finding.Low.Rank() {
		return finding.Low, severity
	}
	return severity, ""
}
