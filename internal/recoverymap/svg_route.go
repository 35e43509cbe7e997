package recoverymap

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// route is the way of one arrow: out of a box into a gutter between two columns,
// through the gaps between the blocks of the columns in between, into a box.
// Arrows of one kind to one box share their way, so that ten backups are one
// trunk with ten roots.
type route struct {
	link     Link
	from, to *node
	trunk    *trunk
	exit     int // y where it leaves
	right    bool
	hops     []hop
}

// hop is the part of a way in one gutter: a vertical line from the height at
// which it arrives to the height at which it leaves.
type hop struct{ gutter, from, to int }

// trunk is what the arrows of one kind to one box have in common.
type trunk struct {
	to    *node
	kind  string
	entry int         // y where they enter
	cross map[int]int // column → y at which it is crossed
	track map[int]int // gutter → place of the vertical line
	drawn [][2]point  // the lines that are drawn already
}

type interval struct{ low, high int }

// route finds the ways of all arrows. Gutter i lies before column i.
func (s *scenery) route(m *Map) {
	s.stackUp()
	s.collect(m)
	s.ports()
	slots := map[[2]int]int{}
	for _, r := range s.routes {
		s.walk(r, slots)
	}
	s.tracks()
}

func (s *scenery) collect(m *Map) {
	type key struct {
		to   *node
		kind string
	}
	type way struct {
		from *node
		key
	}
	trunks := map[key]*trunk{}
	drawn := map[way]bool{}
	for _, l := range m.Links {
		from, to := s.ends(l)
		k := key{to, l.Kind}
		if from == nil || to == nil || from == to || drawn[way{from, k}] {
			continue
		}
		drawn[way{from, k}] = true
		if trunks[k] == nil {
			trunks[k] = &trunk{to: to, kind: l.Kind, cross: map[int]int{}, track: map[int]int{}}
		}
		r := &route{link: l, from: from, to: to, trunk: trunks[k], right: from.column <= to.column}
		s.routes = append(s.routes, r)
	}
	slices.SortStableFunc(s.routes, func(a, b *route) int {
		return cmp.Or(cmp.Compare(a.from.column, b.from.column), cmp.Compare(a.from.y, b.from.y), cmp.Compare(a.to.column, b.to.column), cmp.Compare(a.to.y, b.to.y), cmp.Compare(a.link.Kind, b.link.Kind))
	})
}

// ports spreads the ends of arrows over the sides of their boxes: they enter in
// the upper half and leave from the lower, so that no two lie on one line.
func (s *scenery) ports() {
	leaving := map[*node][]*route{}
	entering := map[*node][]*trunk{}
	var nodes []*node
	for _, r := range s.routes {
		if leaving[r.from] == nil {
			nodes = append(nodes, r.from)
		}
		leaving[r.from] = append(leaving[r.from], r)
		if !slices.Contains(entering[r.to], r.trunk) {
			entering[r.to] = append(entering[r.to], r.trunk)
		}
	}
	for _, n := range nodes {
		for i, r := range leaving[n] {
			r.exit = n.y + n.h/2 + (n.h/2-6)*(i+1)/(len(leaving[n])+1)
		}
	}
	for n, trunks := range entering {
		slices.SortStableFunc(trunks, func(a, b *trunk) int { return strings.Compare(a.kind, b.kind) })
		for i, t := range trunks {
			t.entry = n.y + 6 + (n.h/2-6)*(i+1)/(len(trunks)+1)
		}
	}
}

// walk finds the hops of one arrow.
func (s *scenery) walk(r *route, slots map[[2]int]int) {
	at, target := r.exit, r.trunk.entry
	first, last, step := r.from.column+1, r.to.column, 1
	if !r.right { // backwards: out on the left, in on the right
		first, last, step = r.from.column, r.to.column+1, -1
	} else if r.from.column == r.to.column {
		last = first
	}
	for gutter := first; ; gutter += step {
		next := target
		if gutter != last {
			column := gutter
			if step < 0 {
				column = gutter - 1
			}
			next = s.crossing(r.trunk, column, slots)
		}
		r.hops = append(r.hops, hop{gutter, at, next})
		at = next
		if gutter == last {
			return
		}
	}
}

// crossing is the height at which a trunk passes a column: the gap between
// blocks that is nearest to where it goes.
func (s *scenery) crossing(t *trunk, column int, slots map[[2]int]int) int {
	if y, ok := t.cross[column]; ok {
		return y
	}
	gaps := []int{laneTop}
	for _, st := range s.columns[column] {
		gaps = append(gaps, st.y+st.h+blockGap/2)
	}
	best := 0
	for i, y := range gaps {
		if distance(y, t.entry) < distance(gaps[best], t.entry) {
			best = i
		}
	}
	key := [2]int{column, best}
	offset := (slots[key] + 1) / 2 * 5
	if slots[key]%2 == 1 {
		offset = -offset
	}
	slots[key]++
	t.cross[column] = gaps[best] + max(-blockGap/2+3, min(blockGap/2-3, offset))
	return t.cross[column]
}

func distance(a, b int) int { return max(a-b, b-a) }

// tracks gives the vertical lines of each gutter their places side by side and
// the gutters the width that they need.
func (s *scenery) tracks() {
	const apart = 8
	s.gutters = make([]int, len(s.columns)+1)
	for gutter := range s.gutters {
		var trunks []*trunk
		spans := map[*trunk]interval{}
		for _, r := range s.routes {
			for _, h := range r.hops {
				if h.gutter != gutter {
					continue
				}
				low, high := min(h.from, h.to)-apart, max(h.from, h.to)+apart
				if old, ok := spans[r.trunk]; ok {
					low, high = min(low, old.low), max(high, old.high)
				} else {
					trunks = append(trunks, r.trunk)
				}
				spans[r.trunk] = interval{low, high}
			}
		}
		s.gutters[gutter] = gutterWidth(pack(trunks, spans, gutter))
	}
}

func gutterWidth(tracks int) int { return 2*gutterSide + 8 + max(0, tracks-1)*trackGap + 12 }

// pack puts each trunk on the first track where nothing overlaps and returns the
// number of tracks.
func pack(trunks []*trunk, spans map[*trunk]interval, gutter int) int {
	var taken [][]interval
	for _, t := range trunks {
		own := spans[t]
		at := slices.IndexFunc(taken, func(used []interval) bool {
			return !slices.ContainsFunc(used, func(u interval) bool { return u.low < own.high && own.low < u.high })
		})
		if at < 0 {
			at = len(taken)
			taken = append(taken, nil)
		}
		taken[at] = append(taken[at], own)
		t.track[gutter] = at
	}
	return len(taken)
}

// point is a corner of a way.
type point struct{ x, y int }

// corners lists the corners of a way from box to box.
func (s *scenery) corners(r *route) []point {
	start := r.from.x + boxWidth
	if !r.right {
		start = r.from.x
	}
	points := []point{{start, r.exit}}
	for _, h := range r.hops {
		x := s.trackX(h.gutter, r.trunk)
		points = append(points, point{x, h.from}, point{x, h.to})
	}
	end := r.to.x
	if !r.right || r.from.column == r.to.column {
		end = r.to.x + boxWidth
	}
	return append(points, point{end, r.trunk.entry})
}

// trackX is the place of a trunk's vertical line in a gutter.
func (s *scenery) trackX(gutter int, t *trunk) int {
	left := lanePadding
	if gutter > 0 {
		left = s.lefts[gutter-1] + columnWidth
	}
	return left + gutterSide + 4 + t.track[gutter]*trackGap
}

// join cuts a way where it first meets a line of its trunk.
func (t *trunk) join(points []point) (kept []point, joins bool) {
	kept = points[:1]
	for i := 1; i < len(points); i++ {
		from, to := points[i-1], points[i]
		if at, ok := t.meets(from, to); ok {
			kept, joins = append(slices.Clone(kept), at), true
			break
		}
		kept = points[:i+1]
	}
	for i := 1; i < len(kept); i++ {
		t.drawn = append(t.drawn, [2]point{kept[i-1], kept[i]})
	}
	return kept, joins
}

// meets finds the point of a line that is nearest to its beginning and lies on
// a line of the trunk.
func (t *trunk) meets(from, to point) (best point, ok bool) {
	for _, line := range t.drawn {
		x, xOK := shared(from.x, to.x, line[0].x, line[1].x)
		y, yOK := shared(from.y, to.y, line[0].y, line[1].y)
		if at := (point{x, y}); xOK && yOK && (!ok || reach(from, at) < reach(from, best)) {
			best, ok = at, true
		}
	}
	return best, ok
}

// shared returns the value nearest to a that lies between a and b and between c
// and d.
func shared(a, b, c, d int) (int, bool) {
	low, high := max(min(a, b), min(c, d)), min(max(a, b), max(c, d))
	return max(low, min(high, a)), low <= high
}

// outline writes corners as an SVG path with rounded bends.
func outline(points []point) string {
	points = slices.Compact(points)
	var b strings.Builder
	fmt.Fprintf(&b, "M%d %d", points[0].x, points[0].y)
	for i := 1; i < len(points)-1; i++ {
		before, at, after := points[i-1], points[i], points[i+1]
		radius := min(7, reach(before, at)/2, reach(at, after)/2)
		in, out := toward(at, before, radius), toward(at, after, radius)
		fmt.Fprintf(&b, "L%d %dQ%d %d %d %d", in.x, in.y, at.x, at.y, out.x, out.y)
	}
	last := points[len(points)-1]
	fmt.Fprintf(&b, "L%d %d", last.x, last.y)
	return b.String()
}

func reach(a, b point) int { return distance(a.x, b.x) + distance(a.y, b.y) }

// toward moves along one axis from a point to another.
func toward(from, to point, by int) point {
	return point{from.x + cmp.Compare(to.x, from.x)*by, from.y + cmp.Compare(to.y, from.y)*by}
}
