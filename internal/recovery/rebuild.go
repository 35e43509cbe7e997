package recovery

import (
	"slices"

	"github.com/drlint/drlint/internal/model"
)

// rebuild finds what can be loaded again after each fault: everything that is
// fed only from what stands, survives or is rebuilt itself. Each fault takes two
// walks along the flows, one that counts only what is sure and one that also
// counts what may be, so the effort grows with the flows and circles end it.
func (c *computer) rebuild(m *model.Model) {
	nodes := c.network(m)
	for i, fault := range model.Faults {
		r := &rebuilder{fault: fault, index: i, nodes: nodes}
		r.begin()
		r.walk(model.Yes)
		r.walk(model.Maybe)
		r.state()
	}
}

// node is an asset between its flows.
type node struct {
	*answers
	// What all faults have in common: the region, the outer asset that goes with
	// it, and the time that is declared for creating or loading it.
	region, outer string
	takes         model.Fact
	into          []load
	from          []string // the IDs of what it is loaded from, sorted
	out           []*node
	// What one fault does to it: its own answer, and how sure it is that it has
	// its data again, by its own answer or by a rebuild; empty for not at all.
	own, level model.Tri
	missing    int // loads that wait for another rebuild
	ordered    bool
}

// load is all that is loaded into an asset from one place.
type load struct {
	from  *node     // nil for a place that no scanned file declares
	whole model.Tri // whether one run loads everything
	why   string    // explains an open or negative answer
}

// network returns the assets that flows lead to or from, in order of their first
// flow. A flow within an asset feeds nothing. Of several flows between two ends,
// the one that brings back most decides.
func (c *computer) network(m *model.Model) (nodes []*node) {
	at := func(of *answers) *node {
		if of.node == nil {
			of.node = &node{answers: of, region: of.asset.Region.Text(), outer: outermost(of.asset), takes: declaredHours(of.asset)}
			nodes = append(nodes, of.node)
		}
		return of.node
	}
	places := map[way]int{}
	for i := range m.Flows {
		flow := &m.Flows[i]
		target, from := c.byID[flow.To], c.byID[flow.From]
		if target == nil || target == from {
			continue
		}
		n := at(target)
		l, key := load{}, way{to: n, place: flow.Source.Text()}
		if from != nil && len(model.ProtectionsOf(from.asset.Kind)) > 0 {
			l.from = at(from)
			key = way{to: n, from: l.from}
		}
		l.whole, l.why = Repeats(target.asset, flow)
		n.feed(l, key, places)
	}
	for i := range c.order {
		a := c.order[i].asset
		if a.Declared[model.Recreatable].Tri() == model.Yes && (c.order[i].node == nil || len(c.order[i].node.into) == 0) {
			at(&c.order[i]).into = []load{{whole: model.Yes}}
		}
	}
	for _, n := range nodes {
		slices.Sort(n.from)
	}
	return nodes
}

// way is what all flows between two ends have in common; from is nil for a place
// outside, which is told by its name.
type way struct {
	to, from *node
	place    string
}

func (n *node) feed(l load, key way, places map[way]int) {
	known, ok := places[key]
	switch {
	case !ok:
		places[key] = len(n.into)
		n.into = append(n.into, l)
		if l.from != nil {
			n.from = append(n.from, l.from.asset.ID)
			l.from.out = append(l.from.out, n)
		}
	case rank(l.whole) > rank(n.into[known].whole):
		n.into[known] = l
	}
}

// Repeats says whether running a flow once more brings back everything that it
// ever loaded into an asset: a full load does, increments do where somebody
// declares that the sources can give the data again or never forget.
func Repeats(target *model.Asset, flow *model.Flow) (model.Tri, string) {
	recreatable, asked := target.Declared[model.Recreatable]
	if asked && recreatable.State == model.Known {
		return recreatable.Tri(), "it is declared that its sources cannot give it again"
	}
	mode := flow.Mode
	if declared, ok := target.Declared[model.DeclaredLoad]; ok {
		mode = declared
	}
	keeps, kept := target.Declared[model.SourceKeepsDays].Number()
	switch {
	case mode.Text() == string(model.FullLoad), kept && keeps >= model.Forever:
		return model.Yes, ""
	case mode.Text() == string(model.IncrementalLoad):
		return model.No, "the load brings only what is new"
	case mode.Why != "":
		return model.Maybe, "whether one run loads everything is not known: " + mode.Why
	default:
		return model.Maybe, "nothing states whether one run loads everything"
	}
}
