package recoverymap

import (
	"strings"

	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/recovery"
)

// throughFlows settles what is loaded again, as soon as everything that it is
// loaded from is back.
func (n *narrator) throughFlows(f fate) (Event, bool) {
	if f.cell.Answer != Again {
		return Event{}, false
	}
	for _, id := range f.cell.Survival.Rebuild.From {
		if from := n.rows[id]; from != nil && from != f.row && n.hit[from] && !n.back[from] && !n.stands(from, f.row) {
			return Event{}, false
		}
	}
	return n.rebuilt(f), true
}

// rebuilt tells of what is loaded again.
func (n *narrator) rebuilt(f fate) Event {
	n.back[f.row] = true
	feeds := n.feeds(f.row)
	e := Event{Happening: Rebuilt, Text: n.rebuiltText(f, feeds)}
	for _, feed := range feeds {
		if feed.link.From != nil {
			e.From = append(e.From, feed.link.From)
		}
	}
	return e
}

// feed is one place that a row is loaded from.
type feed struct {
	link  Link
	state feedState
	flow  *model.Flow // the one that decides the state
}

type feedState string

const (
	feedWhole feedState = "whole" // a run loads everything, and the place stands
	feedOpen  feedState = "open"  // it is unknown whether a run loads everything
	feedPart  feedState = "part"  // a run loads only what is new
	feedGone  feedState = "gone"  // the place is gone as well
)

// feeds lists the places that a row is loaded from.
func (n *narrator) feeds(row *Row) (feeds []feed) {
	for _, l := range n.loads[row] {
		f := feed{link: l, flow: l.Flows[0], state: feedPart}
		for _, flow := range l.Flows {
			switch whole, _ := recovery.Repeats(row.Asset, flow); {
			case whole == model.Yes:
				f.flow, f.state = flow, feedWhole
			case whole == model.Maybe && f.state == feedPart:
				f.flow, f.state = flow, feedOpen
			}
		}
		if !n.stands(l.From, row) {
			f.state = feedGone
		}
		feeds = append(feeds, f)
	}
	return feeds
}

// rebuiltText names what a row is loaded from, how old that is and how long it
// takes.
func (n *narrator) rebuiltText(f fate, feeds []feed) string {
	s := f.cell.Survival
	text := "is loaded again in full from " + n.sources(feeds)
	if len(feeds) == 0 {
		text = "is created again from its sources, as declared"
	}
	switch {
	case ageOf(s) == "":
	case s.RPOBasis == string(recovery.NoBound):
		text += "; nobody promises how old what it is loaded from is"
	default:
		text += "; what it is loaded from is " + strings.Replace(agePhrase(s), " it is", "", 1)
	}
	text += tooOld(f)
	if hours, known := s.Rebuild.Hours.Number(); known {
		text += "; that takes " + recovery.Lasting(hours) + ", as declared"
	}
	return text + tooSlow(f)
}

// sources lists places with the pipelines that load from them.
func (n *narrator) sources(feeds []feed) string {
	var parts []string
	for _, f := range feeds {
		parts = append(parts, linkSource(f.link)+" by "+n.pipeline(f.flow))
	}
	const most = 6
	return shortlist(parts, most)
}

// openFeeds tells of flows that may bring a row back, if their runs load
// everything.
func (n *narrator) openFeeds(why string, feeds []feed) Event {
	e := Event{Happening: Unsure, Settle: "a declaration in .drlint.yaml"}
	for _, f := range feeds {
		if f.state == feedOpen {
			e.Text = "has no copy and may be loaded again from " + n.sources(feeds) + ", but whether one run of " + n.pipeline(f.flow) + " loads everything is unknown"
			if f.flow.Mode.Why != "" {
				e.Text += ": " + clean(f.flow.Mode.Why)
			}
			e.Settle = "a full load or a declaration of how " + n.pipeline(f.flow) + " loads" + n.place(f.flow.At)
			return e
		}
	}
	e.Text = "has no copy and may be loaded again from " + n.sources(feeds) + ": " + clean(why)
	return e
}

// remains says what flows bring back of a row that is lost as a whole.
func (n *narrator) remains(feeds []feed) string {
	by := map[feedState][]string{}
	for _, f := range feeds {
		by[f.state] = append(by[f.state], linkSource(f.link))
	}
	var parts []string
	const most = 4
	if places := by[feedWhole]; len(places) > 0 {
		parts = append(parts, "only what comes from "+shortlist(places, most)+" can be loaded again")
	}
	if places := by[feedPart]; len(places) > 0 {
		parts = append(parts, "the loads from "+shortlist(places, most)+" bring only what is new")
	}
	if places := by[feedGone]; len(places) > 0 {
		parts = append(parts, shortlist(places, most)+" that feeds it is gone as well")
		if len(places) > 1 {
			parts[len(parts)-1] = shortlist(places, most) + " that feed it are gone as well"
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return "; " + strings.Join(parts, "; ")
}
