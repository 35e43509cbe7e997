package recoverymap

import (
	"cmp"
	"math"
	"slices"
)

// arrange orders the blocks of each lane so that arrows cross less: a block
// stands as high as what leads to it.
func (s *scenery) arrange(m *Map) {
	leads := map[*node][]*node{}
	for _, l := range m.Links {
		from, to := s.ends(l)
		leads[to] = append(leads[to], from)
		leads[from] = append(leads[from], to)
	}
	height := map[*node]float64{}
	for _, l := range s.lanes {
		list := l.columns[0]
		wish := map[*stack]float64{}
		for i, st := range list {
			wish[st] = float64(i) / float64(len(list))
			var sum, n float64
			for _, inner := range st.nodes {
				for _, other := range leads[inner] {
					if h, ok := height[other]; ok {
						sum, n = sum+h, n+1
					}
				}
			}
			if n > 0 {
				wish[st] = sum / n
			}
		}
		slices.SortStableFunc(list, func(a, b *stack) int { return cmp.Compare(wish[a], wish[b]) })
		for i, st := range list {
			for _, inner := range st.nodes {
				height[inner] = float64(i) / float64(len(list))
			}
		}
	}
}

// split gives long lanes several columns, so that the whole is about as wide as
// a wall picture.
func (s *scenery) split() {
	total, tallest := 0, 0
	for _, l := range s.lanes {
		for _, st := range l.columns[0] {
			total += st.h + blockGap
			tallest = max(tallest, st.h+2*blockGap)
		}
	}
	const aspect = 1.6
	limit := max(leastHeight, tallest, int(math.Sqrt(float64(total*(columnWidth+60))/aspect)))
	room := 0 // what a following layer may fill of the last column
	for _, l := range s.lanes {
		l.columns = even(l.columns[0], limit)
		need := laneTop + blockGap
		for _, st := range l.columns[0] {
			need += st.h + blockGap
		}
		l.first = len(s.columns)
		if l.joins && len(l.columns) == 1 && need <= room {
			l.first--
			s.columns[l.first] = append(s.columns[l.first], l.columns[0]...)
			room -= need
		} else {
			s.columns = append(s.columns, l.columns...)
			room = 0
			if l.hosts && len(l.columns) == 1 {
				room = limit - need
			}
		}
		for i, column := range l.columns {
			for _, st := range column {
				for _, n := range st.nodes {
					n.column = l.first + i
				}
			}
		}
	}
}

// even spreads blocks over as few columns as the limit allows, all about as tall.
func even(list []*stack, limit int) (columns [][]*stack) {
	total := 0
	for _, st := range list {
		total += st.h + blockGap
	}
	count := (total + limit - 1) / limit
	goal := total / max(count, 1)
	var column []*stack
	used := 0
	for _, st := range list {
		if len(column) > 0 && used+(st.h+blockGap)/2 > goal && len(columns) < count-1 {
			columns = append(columns, column)
			column, used = nil, 0
		}
		column = append(column, st)
		used += st.h + blockGap
	}
	return append(columns, column)
}

// place gives every box its coordinates; the widths of the gutters follow from
// the arrows in them.
func (s *scenery) place() {
	x := lanePadding
	for i, column := range s.columns {
		if i > 0 || s.gutters[0] > gutterWidth(0) {
			x += s.gutters[i]
		}
		s.lefts = append(s.lefts, x)
		for _, st := range column {
			st.x = x
			for _, n := range st.nodes {
				n.x = x + framePadding
			}
		}
		x += columnWidth
	}
	s.width = x + s.gutters[len(s.columns)]
	for _, l := range s.lanes {
		last := l.first + len(l.columns) - 1
		l.x = s.lefts[l.first] - lanePadding
		l.w = s.lefts[last] + columnWidth + lanePadding - l.x
	}
}

// stackUp gives lanes and boxes their heights, before arrows are routed.
func (s *scenery) stackUp() {
	bottoms := make([]int, len(s.columns))
	for _, l := range s.lanes {
		l.y = bottoms[l.first]
		if l.y > 0 {
			l.y += blockGap / 2
		}
		for i, column := range l.columns {
			y := l.y + laneTop + blockGap/2
			for _, st := range column {
				st.rise(y)
				y += st.h + blockGap
			}
			bottoms[l.first+i] = y
			l.h = max(l.h, y-l.y)
		}
	}
	s.height = max(0, slices.Max(bottoms))
	s.stretch()
}

// rise places a block and its boxes at a height.
func (st *stack) rise(y int) {
	st.y = y
	if st.block.outer != nil {
		y += frameTitle
	}
	for _, n := range st.nodes {
		n.y = y
		y += n.h + innerGap
	}
}

// stretch makes the last lane of each column reach the bottom.
func (s *scenery) stretch() {
	for i, l := range s.lanes {
		if i == len(s.lanes)-1 || s.lanes[i+1].first != l.first {
			l.h = s.height - l.y
		}
	}
}
