package recoverymap

import (
	"cmp"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/recovery"
)

// Shift is one answer that a change made better or worse. Assets that only one
// of two atlases has make none: what is new is no better than nothing.
type Shift struct {
	// Row is the asset as the later atlas shows it, or as the earlier one does
	// where the later one tells nothing apart by it.
	Row *Row
	// Group is where the row stands, Environment the one of its map.
	Group, Environment string
	Fault              model.Fault
	Before, After      Cell
	// Better says that more survives, or something younger, further back or
	// sooner; else it is worse.
	Better bool
}

// Text is the answer in a few words, as tables have it: "PITR 1 h/35 d", "gap".
func (c Cell) Text() string { return phrase(c) }

// Compare lists what became better or worse from one atlas to a later one:
// ordered by environment and group as maps show them, then by row and fault.
func Compare(before, after *Atlas) []Shift {
	c := &comparison{before: before.assets(), after: after.assets(), seen: map[string]bool{}}
	for _, atlas := range []*Atlas{after, before} {
		for _, m := range atlas.Maps {
			for _, g := range m.Groups {
				for _, row := range g.Rows {
					c.row(m.Environment, g.Name, row)
				}
			}
		}
	}
	environments := slices.Concat(Environments(after.model), Environments(before.model), []string{""})
	slices.SortStableFunc(c.shifts, func(a, b Shift) int {
		return cmp.Or(
			slices.Index(environments, a.Environment)-slices.Index(environments, b.Environment),
			slices.Index(groupOrder(), a.Group)-slices.Index(groupOrder(), b.Group),
			strings.Compare(a.Row.Name, b.Row.Name), strings.Compare(a.Row.Asset.ID, b.Row.Asset.ID),
			slices.Index(model.Faults, a.Fault)-slices.Index(model.Faults, b.Fault))
	})
	return c.shifts
}

func (a *Atlas) assets() map[string]*model.Asset {
	byID := map[string]*model.Asset{}
	for _, asset := range a.model.Assets {
		byID[asset.ID] = asset
	}
	return byID
}

type comparison struct {
	before, after map[string]*model.Asset
	seen          map[string]bool // environment and ID
	shifts        []Shift
}

// row compares the cells of an asset. They come from the models, because a row
// may have appeared only because it began to differ from that of its account.
func (c *comparison) row(environment, group string, row *Row) {
	id := row.Asset.ID
	before, after := c.before[id], c.after[id]
	key := environment + "\x00" + id
	if c.seen[key] || before == nil || after == nil {
		return
	}
	c.seen[key] = true
	older := cellsOf(before)
	for _, cell := range cellsOf(after) {
		at := slices.IndexFunc(older, func(o Cell) bool { return o.Fault == cell.Fault })
		if at < 0 {
			continue
		}
		if order := gain(older[at], cell); order != 0 {
			c.shifts = append(c.shifts, Shift{
				Row: row, Group: group, Environment: environment, Fault: cell.Fault, Before: older[at], After: cell, Better: order > 0,
			})
		}
	}
}

// gain is positive where the later answer is better and negative where it is
// worse: by what it is, then by the age of what survives, then by how far back
// it goes, then by how long it takes.
func gain(before, after Cell) int {
	order := []Answer{Gap, Open, Again, Answered}
	if kind := slices.Index(order, after.Answer) - slices.Index(order, before.Answer); kind != 0 || after.Answer == Gap || after.Answer == Open {
		return kind
	}
	b, a := before.Survival, after.Survival
	return cmp.Or(
		-compareFacts(b.RPOHours, a.RPOHours), compareFacts(b.WindowDays, a.WindowDays),
		slices.Index(recovery.Classes, b.RTO)-slices.Index(recovery.Classes, a.RTO))
}

// compareFacts compares two figures. One that is not known is compared with
// nothing: whether it grew is not known either.
func compareFacts(before, after model.Fact) int {
	older, wasKnown := before.Number()
	newer, isKnown := after.Number()
	if !wasKnown || !isKnown {
		return 0
	}
	return cmp.Compare(newer, older)
}
