// Package recoverymap draws the answer to "if this goes wrong tonight, what do
// we lose, and how long are we down?": one row an asset that holds data, one
// cell a fault, grouped by stage in the order data flows, and the story of one
// night. It only arranges what package recovery found out; it decides nothing.
package recoverymap

import (
	"cmp"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/environment"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/source"
)

// Atlas is everything that the map command shows: one map an environment.
type Atlas struct {
	Version  string // of drlint
	Platform string
	Maps     []*Map
	// Unread are the files and values that the scan could not read: the map may
	// lack what they hold.
	Unread  []source.Diagnostic
	Sources *source.Store

	model *model.Model
}

// Map is the map of one environment.
type Map struct {
	// Environment is empty for what no environment distinguishes.
	Environment string
	// Groups are never empty and stand in the order data flows.
	Groups []Group
	// Links are the flows and copies between rows, ordered by their ends.
	Links []Link
	// Unfollowed are modules that were not read and may hold stores.
	Unfollowed []*model.Asset
}

// Group holds the rows of one stage or layer.
type Group struct {
	// Name is a model.Stage or one of the layers below.
	Name string
	Rows []*Row
}

// The layers of a platform that are no stage of its data.
const (
	Scripts        = "scripts"        // repositories
	Infrastructure = "infrastructure" // states, secrets, machines, stores of logs
	Copies         = "copies"         // vaults, and stores that are only copies
	Unclassified   = "unclassified"
)

// groupOrder lists the groups as maps show them.
func groupOrder() []string {
	var order []string
	for _, stage := range model.Stages {
		order = append(order, string(stage))
	}
	return append(order, Scripts, Infrastructure, Copies, Unclassified)
}

// titles are the headings of groups whose name alone does not say enough.
var titles = map[string]string{
	string(model.SourceStage): "Systems of record", string(model.ModelStore): "Model store",
	string(model.Modeled): "Prep and train", Copies: "Copies and backups",
}

// Title is the heading of the group.
func (g Group) Title() string {
	if title, ok := titles[g.Name]; ok {
		return title
	}
	return capital(g.Name)
}

// Source is what an atlas is made of.
type Source struct {
	Version string
	Model   *model.Model
	// Shown says which assets get a row; the others still appear as the place of
	// a copy.
	Shown       func(*model.Asset) bool
	Diagnostics []source.Diagnostic
	Sources     *source.Store
	// Environment chooses one environment and what none distinguishes; empty
	// keeps all apart.
	Environment string
}

// Build arranges a model whose recovery is computed.
func Build(s Source) *Atlas {
	atlas := &Atlas{Version: s.Version, Platform: s.Model.Platform.Name, Sources: s.Sources, model: s.Model}
	for _, d := range s.Diagnostics {
		if d.Severity == source.Error {
			atlas.Unread = append(atlas.Unread, d)
		}
	}
	index := newIndex(s.Model)
	for _, view := range views(s) {
		if m := index.draw(view); len(m.Groups) > 0 || len(m.Unfollowed) > 0 {
			atlas.Maps = append(atlas.Maps, m)
		}
	}
	return atlas
}

// Environments lists the environments that a model distinguishes, production
// before its rehearsals.
func Environments(m *model.Model) []string {
	var names []string
	for _, a := range m.Assets {
		if a.Environment != "" {
			names = append(names, a.Environment)
		}
	}
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(rank(environment.Rehearses(a))-rank(environment.Rehearses(b)), strings.Compare(a, b))
	})
	return slices.Compact(names)
}

func rank(late bool) int {
	if late {
		return 1
	}
	return 0
}

// view is what one map shows.
type view struct {
	environment string
	assets      []*model.Asset
}

// views splits the assets by environment. What no environment distinguishes is
// a map of its own, the last one, unless one environment is chosen, which it is part of; an
// asset that exchanges data with an environment is shown there too.
func views(s Source) []view {
	byName := map[string][]*model.Asset{}
	for _, a := range s.Model.Assets {
		if s.Shown == nil || s.Shown(a) {
			byName[a.Environment] = append(byName[a.Environment], a)
		}
	}
	if s.Environment != "" {
		return []view{{s.Environment, ordered(slices.Concat(byName[""], byName[s.Environment]))}}
	}
	var list []view
	for _, name := range Environments(s.Model) {
		list = append(list, view{name, ordered(slices.Concat(byName[name], partners(s.Model, byName[name], byName[""])))})
	}
	return append(list, view{"", byName[""]})
}

func ordered(assets []*model.Asset) []*model.Asset {
	slices.SortFunc(assets, func(a, b *model.Asset) int { return strings.Compare(a.ID, b.ID) })
	return assets
}

// partners returns the shared assets that some of an environment's assets
// exchange data with.
func partners(m *model.Model, own, shared []*model.Asset) (found []*model.Asset) {
	mine := map[string]bool{}
	for _, a := range own {
		mine[a.ID] = true
	}
	linked := map[string]bool{}
	link := func(a, b string) {
		if mine[a] {
			linked[b] = true
		}
		if mine[b] {
			linked[a] = true
		}
	}
	for i := range m.Flows {
		link(m.Flows[i].From, m.Flows[i].To)
	}
	for _, a := range m.Assets {
		for _, r := range a.Relations {
			if drawn(r.Type) {
				link(a.ID, r.Target)
			}
		}
	}
	for _, a := range shared {
		if linked[a.ID] {
			found = append(found, a)
		}
	}
	return found
}
