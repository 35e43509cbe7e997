package recoverymap

import (
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/model"
)

// Night is the story of one fault: what is gone, what comes back from where and
// in which order, what has no answer.
type Night struct {
	*Atlas
	Fault    model.Fault
	Chapters []Chapter
}

// Chapter tells one environment; of a lost region, one region.
type Chapter struct {
	Map *Map
	// Region is the region that fails; empty for other faults and for assets
	// whose region is not known.
	Region string
	// Hit are the rows that the fault meets, Events what happens to them.
	Hit    []*Row
	Events []Event
}

// Happening is what becomes of an asset.
type Happening string

// The happenings, in the order in which the story tells them.
const (
	Keeps    Happening = "keeps"    // goes on without interruption
	Restored Happening = "restored" // comes back from a copy
	Rebuilt  Happening = "rebuilt"  // is loaded again through flows
	Lost     Happening = "lost"
	Unsure   Happening = "unknown"
	// CopyHit is a copy or a vault: its original still stands.
	CopyHit Happening = "copy"
)

var happenings = []Happening{Keeps, Restored, Rebuilt, Lost, Unsure, CopyHit}

// Event is one sentence about rows of one group that share a fate.
type Event struct {
	Happening Happening
	Group     Group
	Rows      []*Row
	Cell      Cell
	// Text completes "stlake/raw …".
	Text string
	// Places are where its reasons are written, as file:line, one a reason.
	Places []string
	// Settle says what would decide an open answer.
	Settle string
	// From are the rows that a rebuilt one is loaded from.
	From []*Row
}

// Tell arranges the story of a fault.
func Tell(atlas *Atlas, fault model.Fault) *Night {
	night := &Night{Atlas: atlas, Fault: fault}
	for _, m := range atlas.Maps {
		for _, region := range scenes(m, fault) {
			c := chapter(atlas, m, fault, region)
			if len(c.Hit) > 0 {
				night.Chapters = append(night.Chapters, c)
			}
		}
	}
	return night
}

// scenes are the regions that can fail, the one with most assets first; other
// faults have one scene.
func scenes(m *Map, fault model.Fault) []string {
	if fault != model.RegionFault {
		return []string{""}
	}
	count := map[string]int{}
	var regions []string
	for _, g := range m.Groups {
		for _, row := range g.Rows {
			region := scene(row)
			if count[region] == 0 {
				regions = append(regions, region)
			}
			count[region]++
		}
	}
	slices.SortFunc(regions, func(a, b string) int {
		switch {
		case (a == "") != (b == ""):
			return len(b) - len(a) // what has no known region comes last
		case count[a] != count[b]:
			return count[b] - count[a]
		default:
			return strings.Compare(a, b)
		}
	})
	return regions
}

// scene is the region whose loss meets a row; empty when it is not known.
func scene(row *Row) string { return clean(row.Asset.Region.Text()) }

func chapter(atlas *Atlas, m *Map, fault model.Fault, region string) Chapter {
	n := &narrator{
		atlas: atlas, fault: fault, chapter: Chapter{Map: m, Region: region}, hit: map[*Row]bool{}, back: map[*Row]bool{},
		events: map[string]int{}, loads: map[*Row][]Link{}, rows: map[string]*Row{},
	}
	for _, l := range m.Links {
		if l.Kind == flows {
			n.loads[l.To] = append(n.loads[l.To], l)
		}
	}
	for _, g := range m.Groups {
		for _, row := range g.Rows {
			n.rows[row.Asset.ID] = row
			if c, ok := row.cell(fault); ok && (fault != model.RegionFault || scene(row) == region) {
				n.chapter.Hit = append(n.chapter.Hit, row)
				n.hit[row] = true
				n.pending = append(n.pending, fate{g, row, c})
			}
		}
	}
	n.tell()
	return n.chapter
}

// fate is the answer that one row has in one chapter.
type fate struct {
	group Group
	row   *Row
	cell  Cell
}

// narrator decides what becomes of each row of a chapter.
type narrator struct {
	atlas   *Atlas
	fault   model.Fault
	chapter Chapter
	hit     map[*Row]bool
	back    map[*Row]bool   // rows that hold their data again
	events  map[string]int  // by what they say
	loads   map[*Row][]Link // the flows into a row
	rows    map[string]*Row // by asset ID
	pending []fate
}

// tell takes the copies first, then what the flows can load again from what is
// back, in the order data flows, until nothing more comes back.
func (n *narrator) tell() {
	n.each(n.fromCopies)
	for n.each(n.throughFlows) {
		continue
	}
	n.each(n.leftOver)
	slices.SortStableFunc(n.chapter.Events, func(a, b Event) int {
		return slices.Index(happenings, a.Happening) - slices.Index(happenings, b.Happening)
	})
}

// each offers every pending row to a step and reports whether it settled any.
func (n *narrator) each(step func(fate) (Event, bool)) (settled bool) {
	var left []fate
	for _, f := range n.pending {
		e, ok := step(f)
		if !ok {
			left = append(left, f)
			continue
		}
		settled = true
		e.Group, e.Cell = f.group, f.cell
		n.add(e, f.row)
	}
	n.pending = left
	return settled
}

// add puts a row to the event that says the same of another row of its group.
func (n *narrator) add(e Event, row *Row) {
	key := strings.Join([]string{string(e.Happening), e.Group.Name, e.Text, e.Settle}, "\x00")
	at, told := n.events[key]
	if !told {
		at = len(n.chapter.Events)
		n.events[key] = at
		n.chapter.Events = append(n.chapter.Events, e)
	}
	known := &n.chapter.Events[at]
	known.Rows = append(known.Rows, row)
	for _, place := range e.Places {
		if !slices.Contains(known.Places, place) {
			known.Places = append(known.Places, place)
		}
	}
}

// fromCopies settles what goes on or is restored, and what is only a copy.
func (n *narrator) fromCopies(f fate) (Event, bool) {
	switch {
	case f.group.Name == Copies:
		return Event{Happening: CopyHit, Text: n.copyText(f)}, true
	case f.cell.Answer == Answered && f.cell.Survival.RTO == "instant":
		n.back[f.row] = true
		return Event{Happening: Keeps, Text: keepsText(f.cell) + tooOld(f)}, true
	case f.cell.Answer == Answered:
		n.back[f.row] = true
		return Event{Happening: Restored, Text: n.restoredText(f)}, true
	default:
		return Event{}, false
	}
}

// stands reports whether a row can be loaded again from another: the fault did
// not meet that one, or it is back. An account goes with all its containers. A
// place outside the repository is taken to stand, which the sentence says.
func (n *narrator) stands(from, to *Row) bool {
	if from == nil || !n.hit[from] || n.back[from] {
		return true
	}
	return !wide[n.fault] && (n.fault != model.DestroyFault || account(from) != account(to))
}

// account is what is destroyed with a row: the outer asset, else itself.
func account(row *Row) *model.Asset {
	if row.Outer != nil {
		return row.Outer
	}
	return row.Asset
}

// wide faults meet many assets at once; the others meet one at a time.
var wide = map[model.Fault]bool{model.ZoneFault: true, model.RegionFault: true, model.CompromiseFault: true}

// leftOver settles the rest: lost, or unknown.
func (n *narrator) leftOver(f fate) (Event, bool) {
	feeds := n.feeds(f.row)
	switch {
	case f.cell.Answer == Again:
		return n.rebuilt(f), true
	case f.cell.Answer == Open && f.cell.Loads && len(feeds) > 0:
		return n.openFeeds(f.cell.Why, feeds), true
	case f.cell.Answer == Open:
		return Event{Happening: Unsure, Text: openText(f), Places: n.places(f), Settle: settle(f.cell, n.atlas.Sources)}, true
	}
	if remains := n.remains(feeds); remains != "" {
		return Event{Happening: Lost, Text: lostText(f) + n.place(f.cell.Survival.At) + remains}, true
	}
	return Event{Happening: Lost, Text: lostText(f), Places: n.places(f)}, true
}
