package recoverymap

import (
	"cmp"
	"slices"

	"github.com/drlint/drlint/internal/model"
)

// index answers who holds whom, whatever is shown.
type index struct {
	model   *model.Model
	byID    map[string]*model.Asset
	inner   map[string][]*model.Asset
	sources map[string]string // ID of a copy → ID of its original
}

func newIndex(m *model.Model) *index {
	x := &index{model: m, byID: map[string]*model.Asset{}, inner: map[string][]*model.Asset{}, sources: map[string]string{}}
	for _, a := range m.Assets {
		x.byID[a.ID] = a
		if a.Within != "" {
			x.inner[a.Within] = append(x.inner[a.Within], a)
		}
		for _, r := range a.Relations {
			if r.Type == replicates && x.sources[r.Target] == "" {
				x.sources[r.Target] = a.ID
			}
		}
	}
	return x
}

// The relations that a map draws.
const (
	replicates = "replicates_to"
	backedUp   = "backed_up_by"
)

func drawn(relation string) bool { return relation == replicates || relation == backedUp }

// original returns what an asset is only a copy of; nil when it is more than that.
func (x *index) original(a *model.Asset) *model.Asset {
	source := x.byID[x.sources[a.ID]]
	if source == nil || slices.ContainsFunc(a.Relations, func(r model.Relation) bool { return r.Type == replicates }) {
		return nil
	}
	return source
}

// holdsData reports whether losing an asset loses data, code or secrets.
func holdsData(a *model.Asset) bool {
	return a.Kind != model.Workspace && a.Kind != model.IntegrationRuntime && len(model.ProtectionsOf(a.Kind)) > 0
}

// draw arranges the assets of a view.
func (x *index) draw(v view) *Map {
	m := &Map{Environment: v.environment}
	rows := map[string][]*Row{}
	for _, a := range v.assets {
		if a.Kind == model.OpaqueModule {
			m.Unfollowed = append(m.Unfollowed, a)
		}
		if holdsData(a) && x.deserves(a) {
			row, group := x.row(a)
			rows[group] = append(rows[group], row)
		}
	}
	for _, name := range groupOrder() {
		if len(rows[name]) > 0 {
			slices.SortStableFunc(rows[name], func(a, b *Row) int {
				return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Asset.ID, b.Asset.ID))
			})
			m.Groups = append(m.Groups, Group{name, rows[name]})
		}
	}
	distinguish(m)
	m.Links = x.links(m)
	return m
}

// deserves decides which of an account and its containers are shown: the one
// that carries the stage, and the one that survives something else.
func (x *index) deserves(a *model.Asset) bool {
	outer := x.outer(a)
	if outer == nil {
		return x.outerDeserves(a)
	}
	return len(a.Stages) > 0 || !x.outerDeserves(outer) || !sameCells(cellsOf(a), cellsOf(outer))
}

func (x *index) outer(a *model.Asset) *model.Asset {
	if outer := x.byID[a.Within]; outer != nil && holdsData(outer) {
		return outer
	}
	return nil
}

// outerDeserves hides a server that only holds databases and an account whose
// containers are all classified: what they lose, the inner ones lose.
func (x *index) outerDeserves(a *model.Asset) bool {
	inner := x.inner[a.ID]
	if len(inner) == 0 {
		return true
	}
	if a.Kind == model.DatabaseServer {
		return false
	}
	return slices.ContainsFunc(inner, func(i *model.Asset) bool { return len(i.Stages) == 0 })
}

func (x *index) row(a *model.Asset) (row *Row, group string) {
	row = &Row{
		Asset: a, Outer: x.outer(a), Name: x.name(a), Product: productOf(a), Region: regionOf(a),
		CopyOf: x.original(a), Cells: cellsOf(a), Counted: true,
	}
	row.Worst, row.Objectives = worstOf(row.Cells), objectivesOf(a, row.Cells)
	for _, inner := range x.inner[a.ID] {
		if holdsData(inner) && !x.deserves(inner) {
			row.Alike++
		}
	}
	group = x.group(row)
	if a.Maybe != "" {
		row.Note = joined(", ", row.Note, "if it is created")
	}
	return row, group
}

// group decides where a row stands and says why it is not among the data.
func (x *index) group(row *Row) string {
	a := row.Asset
	purpose := purposes[a.Settings["purpose"].Text()]
	switch {
	case row.CopyOf != nil:
		row.Note, row.Counted = "copy of "+x.name(row.CopyOf), false
		return Copies
	case a.Kind == model.BackupVault:
		row.Counted = false
		return Copies
	case purpose != "" && !declared(a):
		row.Note, row.Counted = purpose, a.Settings["purpose"].Text() == "terraform_state"
		return Infrastructure
	case len(a.Stages) > 0:
		return earliest(row)
	case a.Kind == model.Repository:
		return Scripts
	case slices.Contains([]model.Kind{model.StateStore, model.KeyVault, model.ConfigurationStore, model.VirtualMachine}, a.Kind):
		return Infrastructure
	default:
		return Unclassified
	}
}

// purposes say what the stores are for that hold no data of the platform, as
// the setting "purpose" names it.
var purposes = map[string]string{
	"terraform_lock": "for Terraform's locks", "boot_diagnostics": "for boot diagnostics", "logs": "for logs",
	"diagnostics": "for diagnostics", "static_site": "for a web site", "artifacts": "for artefacts of builds", "function_app": "for functions",
	"terraform_state": "for Terraform states",
}

// declared reports whether somebody said which data it is, which outweighs what
// other resources use it for.
func declared(a *model.Asset) bool {
	return slices.ContainsFunc(a.Stages, func(s model.StageFact) bool { return s.Confidence == model.High })
}

// earliest returns the first stage in the order data flows and notes the others.
func earliest(row *Row) string {
	var found []string
	for _, stage := range model.Stages {
		if slices.ContainsFunc(row.Asset.Stages, func(s model.StageFact) bool { return s.Stage == stage }) {
			found = append(found, string(stage))
		}
	}
	if len(found) == 0 {
		return Unclassified
	}
	if len(found) > 1 {
		row.Note = "also " + listed(found[1:])
	}
	return found[0]
}
