package recoverymap

import (
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/environment"
	"github.com/drlint/drlint/internal/model"
)

// block is what pictures draw as one thing: an account with its containers, or
// bands that stand alone.
type block struct {
	// Outer is the account around the bands; nil for a band of its own.
	outer *model.Asset
	title string
	bands []band
}

// blocks puts the rows of a group into the boxes of their accounts. An account
// of which only one band is shown needs no box.
func blocks(g Group) (list []block) {
	var alone []*Row
	byOuter := map[*model.Asset][]*Row{}
	var outers []*model.Asset
	for _, row := range g.Rows {
		if row.Outer == nil {
			alone = append(alone, row)
			continue
		}
		if byOuter[row.Outer] == nil {
			outers = append(outers, row.Outer)
		}
		byOuter[row.Outer] = append(byOuter[row.Outer], row)
	}
	for _, outer := range outers {
		bands := fold(byOuter[outer])
		if len(bands) == 1 && len(bands[0].rows) == 1 {
			alone = append(alone, bands[0].rows[0])
			continue
		}
		list = append(list, block{outer: outer, title: ownName(outer), bands: bands})
	}
	for _, b := range fold(alone) {
		list = append(list, block{bands: []band{b}})
	}
	slices.SortStableFunc(list, func(a, b block) int { return strings.Compare(a.bands[0].first().Name, b.bands[0].first().Name) })
	entitle(list)
	return list
}

// label names a band within its block: what stands in the box of an account
// leaves out the account.
func (k block) label(b band) []string {
	if k.outer == nil {
		return b.names()
	}
	var names []string
	for _, row := range b.rows {
		names = append(names, ownName(row.Asset))
	}
	return names
}

// entitle adds the root to the names that several accounts share.
func entitle(list []block) {
	count := map[string]int{}
	for _, k := range list {
		count[k.title]++
	}
	for i, k := range list {
		if k.outer != nil && count[k.title] > 1 {
			list[i].title += " (" + clean(folder(environment.Root(k.outer.Root, k.outer.Environment))) + ")"
		}
	}
}
