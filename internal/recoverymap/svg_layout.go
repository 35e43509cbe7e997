package recoverymap

import (
	"slices"

	"github.com/drlint/drlint/internal/model"
)

// The measures of the picture in pixels.
const (
	cellColumns   = 3
	boxWidth      = cellColumns*cellWide + (cellColumns-1)*cellGap + 2*framePadding
	framePadding  = 10
	frameTitle    = 26
	lanePadding   = 12
	columnWidth   = boxWidth + 2*framePadding
	blockGap      = 30 // between blocks, where arrows pass
	innerGap      = 10 // between the boxes of one account
	laneTop       = 44 // from the top of a lane to its first block
	nameSize      = 15 // of bold letters that are 14 high
	nameLine      = 18
	nameLines     = 3
	objectiveLine = 20
	cellWide      = 78
	cellHeight    = 47
	cellGap       = 4
	outsideBox    = 44
	margin        = 28
	leastHeight   = 620
	trackGap      = 9
	gutterSide    = 17
)

// node is one box of the picture.
type node struct {
	band    band
	names   []string // lines
	outside string   // the name of a place that no scanned file declares
	column  int
	x, y, h int
}

// stack is a block with its place.
type stack struct {
	block block
	nodes []*node
	x, y  int
	h     int
}

// lane is a group with its columns.
type lane struct {
	title   string
	joins   bool // may stand below the lane before it
	hosts   bool // may have a lane below it
	columns [][]*stack
	first   int // index of the first column
	x, w    int
	y, h    int
	outside bool
}

// scenery is a laid-out map.
type scenery struct {
	lanes   []*lane
	columns [][]*stack
	lefts   []int // left edges of the columns
	byRow   map[*Row]*node
	outside map[string]*node // "from name", "to name"
	routes  []*route
	gutters []int // widths, one before each column and one after the last
	height  int
	width   int
}

// lay arranges a map out: lanes from left to right, blocks from top to bottom.
func lay(m *Map) *scenery {
	s := &scenery{byRow: map[*Row]*node{}, outside: map[string]*node{}}
	s.outsiders(m, true)
	for _, g := range m.Groups {
		joins := slices.Contains(asides, g.Name)
		l := &lane{title: g.Title(), joins: joins, hosts: joins || g.Name == string(model.ModelStore), columns: [][]*stack{s.stacks(g)}}
		s.lanes = append(s.lanes, l)
		if first := s.lanes[0]; first.outside && g.Name == string(model.SourceStage) {
			l.hosts, first.joins = true, true // systems of record stand above those that no file declares
			s.lanes[0], s.lanes[1] = l, first
		}
	}
	s.outsiders(m, false)
	s.arrange(m)
	s.split()
	s.route(m)
	s.place()
	return s
}

// asides are the groups through which data does not flow on: they may stand
// below one another.
var asides = []string{string(model.Cache), string(model.Sandbox), string(model.Archive), Scripts, Infrastructure, Copies, Unclassified}

func (s *scenery) stacks(g Group) (list []*stack) {
	for _, k := range blocks(g) {
		st := &stack{block: k}
		for _, b := range k.bands {
			n := &node{band: b, names: fitLines(k.label(b), nameSize, boxWidth-2*framePadding, nameLines)}
			rows := (len(b.first().Cells) + cellColumns - 1) / cellColumns
			n.h = framePadding + len(n.names)*nameLine + 24 + min(1, len(b.first().Objectives))*objectiveLine + rows*(cellHeight+cellGap) - cellGap + framePadding
			for _, row := range b.rows {
				s.byRow[row] = n
			}
			st.nodes = append(st.nodes, n)
		}
		st.measure()
		list = append(list, st)
	}
	return list
}

func (st *stack) measure() {
	for i, n := range st.nodes {
		if i > 0 {
			st.h += innerGap
		}
		st.h += n.h
	}
	if st.block.outer != nil {
		st.h += frameTitle + framePadding
	}
}

// outsiders makes a lane of the places outside the repository: where data comes
// from on the left, where it goes on the right. The last box stands for the rest
// of a long list.
func (s *scenery) outsiders(m *Map, sources bool) {
	const most = 8
	l := &lane{title: "Outside this repository", outside: true, joins: !sources, columns: [][]*stack{nil}}
	for _, link := range m.Links {
		if link.Outside == "" || (link.From == nil) != sources {
			continue
		}
		key := outsideKey(link)
		if s.outside[key] != nil {
			continue
		}
		list := l.columns[0]
		if len(list) == most {
			last := list[most-1].nodes[0]
			last.outside, last.names = "more places", []string{"more places"}
			s.outside[key] = last
			continue
		}
		n := &node{outside: link.Outside, names: []string{fit(link.Outside, nameSize, boxWidth-2*framePadding)}, h: outsideBox}
		s.outside[key] = n
		l.columns[0] = append(list, &stack{nodes: []*node{n}, h: outsideBox})
	}
	if len(l.columns[0]) > 0 {
		s.lanes = append(s.lanes, l)
	}
}

func outsideKey(l Link) string {
	if l.From == nil {
		return "from " + l.Outside
	}
	return "to " + l.Outside
}

// ends returns the boxes of an arrow.
func (s *scenery) ends(l Link) (from, to *node) {
	from, to = s.byRow[l.From], s.byRow[l.To]
	if l.From == nil {
		from = s.outside[outsideKey(l)]
	}
	if l.To == nil {
		to = s.outside[outsideKey(l)]
	}
	return from, to
}
