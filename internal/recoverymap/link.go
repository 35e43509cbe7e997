package recoverymap

import (
	"cmp"
	"slices"

	"github.com/drlint/drlint/internal/model"
)

// Link is an arrow: data that flows, or a copy that is kept.
type Link struct {
	// From and To are rows; nil for a place that no scanned file declares, which
	// Outside names.
	From, To *Row
	Outside  string
	// Kind is "flow", "replicates_to" or "backed_up_by".
	Kind string
	// Flows are the flows of an arrow that stands for several between two rows.
	Flows []*model.Flow
}

const flows = "flow"

// links collects the arrows between the rows of a map. An asset without a row
// is represented by the account that holds it.
func (x *index) links(m *Map) []Link {
	rows := map[string]*Row{}
	for _, g := range m.Groups {
		for _, row := range g.Rows {
			rows[row.Asset.ID] = row
		}
	}
	l := &linker{index: x, rows: rows, known: map[linkKey]int{}}
	for i := range x.model.Flows {
		l.flow(&x.model.Flows[i])
	}
	for _, g := range m.Groups {
		for _, row := range g.Rows {
			l.relations(row)
		}
	}
	slices.SortStableFunc(l.links, compareLinks)
	return l.links
}

type linkKey struct {
	from, to      *Row
	kind, outside string
}

type linker struct {
	*index
	rows  map[string]*Row
	known map[linkKey]int
	links []Link
}

func (l *linker) add(link Link) {
	if link.From == link.To {
		return
	}
	key := linkKey{link.From, link.To, link.Kind, link.Outside}
	at, ok := l.known[key]
	if !ok {
		l.known[key] = len(l.links)
		l.links = append(l.links, link)
		return
	}
	l.links[at].Flows = append(l.links[at].Flows, link.Flows...)
}

// at returns the row of an asset or of what holds it.
func (l *linker) at(id string) *Row {
	if row := l.rows[id]; row != nil {
		return row
	}
	if a := l.byID[id]; a != nil {
		return l.rows[a.Within]
	}
	return nil
}

func (l *linker) flow(f *model.Flow) {
	link := Link{From: l.at(f.From), To: l.at(f.To), Kind: flows, Flows: []*model.Flow{f}}
	switch {
	case link.From == nil && link.To == nil:
		return
	case link.From == nil:
		link.Outside = l.outside(f.From, f.Source)
	case link.To == nil:
		link.Outside = l.outside(f.To, f.Sink)
	}
	l.add(link)
}

// outside names a place that has no row, as far as it is readable.
func (l *linker) outside(id string, place model.Fact) string {
	if a := l.byID[id]; a != nil {
		return l.name(a)
	}
	return cmp.Or(clean(place.Text()), "a place that is not readable")
}

// relations draws the copies of a row. Those of an account count for its
// containers where one of their own means leads to the same place.
func (l *linker) relations(row *Row) {
	for _, r := range row.Asset.Relations {
		l.relation(row, r)
	}
	if row.Outer == nil {
		return
	}
	for _, r := range row.Outer.Relations {
		if targets(row.Asset, r.Target) {
			l.relation(row, r)
		}
	}
}

func (l *linker) relation(row *Row, r model.Relation) {
	if target := l.at(r.Target); drawn(r.Type) && target != nil {
		l.add(Link{From: row, To: target, Kind: r.Type})
	}
}

// targets reports whether a means of an asset keeps its copy at a place.
func targets(a *model.Asset, target string) bool {
	for _, p := range a.Protections {
		if slices.ContainsFunc(p.Means, func(m model.Means) bool { return m.Target == target && m.State != model.Off }) {
			return true
		}
	}
	return false
}

func compareLinks(a, b Link) int {
	return cmp.Or(cmp.Compare(idOf(a.From), idOf(b.From)), cmp.Compare(idOf(a.To), idOf(b.To)), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Outside, b.Outside))
}

func idOf(row *Row) string {
	if row == nil {
		return ""
	}
	return row.Asset.ID
}
