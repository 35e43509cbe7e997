package recoverymap

import "strings"

// band is rows of one group that survive the same in the same way: one line for
// all of them.
type band struct {
	rows []*Row
}

func (b band) first() *Row { return b.rows[0] }

// names lists what the band stands for.
func (b band) names() (names []string) {
	for _, row := range b.rows {
		names = append(names, row.Name)
	}
	return names
}

// fold puts rows of one product, region and answers together, in order of the
// first of each.
func fold(rows []*Row) (bands []band) {
	index := map[string]int{}
	for _, row := range rows {
		key := row.key()
		at, known := index[key]
		if !known {
			at = len(bands)
			index[key] = at
			bands = append(bands, band{})
		}
		bands[at].rows = append(bands[at].rows, row)
	}
	return bands
}

// key is what rows of one band have in common.
func (row *Row) key() string {
	parts := []string{row.Product, row.Region, row.Note, number(row.Alike)}
	for _, c := range row.Cells {
		parts = append(parts, string(c.Fault), string(c.Answer), phrase(c), c.Why, c.Survival.RTO)
	}
	for _, o := range row.Objectives {
		parts = append(parts, o.sentence())
	}
	return strings.Join(parts, "\x00")
}

// tally counts the answers to one fault.
type tally struct{ answered, again, gaps, open int }

// all is the number of assets that can meet the fault.
func (t tally) all() int { return t.answered + t.again + t.gaps + t.open }

// tallies counts the answers of all rows that count, by fault.
func (m *Map) tallies() map[string]tally {
	totals := map[string]tally{}
	for _, g := range m.Groups {
		for _, row := range g.Rows {
			for _, c := range row.Cells {
				if row.Counted {
					t := totals[string(c.Fault)]
					t.add(c.Answer)
					totals[string(c.Fault)] = t
				}
			}
		}
	}
	return totals
}

func (t *tally) add(a Answer) {
	switch a {
	case Answered:
		t.answered++
	case Again:
		t.again++
	case Gap:
		t.gaps++
	default:
		t.open++
	}
}

// counted is the number of rows that count in the totals.
func (m *Map) counted() (n int) {
	for _, g := range m.Groups {
		for _, row := range g.Rows {
			if row.Counted {
				n++
			}
		}
	}
	return n
}
