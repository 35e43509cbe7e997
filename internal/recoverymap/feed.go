package recoverymap

import (
	"strings"

	"github.com/drlint/drlint/internal/model"
)

// throughFlows settles what full loads bring back, when all that is loaded into
// it comes from places that stand.
func (n *narrator) throughFlows(f fate) (Event, bool) {
	feeds := n.feeds(f.row)
	if len(feeds) == 0 {
		return Event{}, false
	}
	e := Event{Happening: Rebuilt}
	for _, feed := range feeds {
		if feed.state != feedWhole {
			return Event{}, false
		}
		if feed.link.From != nil {
			e.From = append(e.From, feed.link.From)
		}
	}
	e.Text = n.rebuiltText(feeds)
	n.back[f.row] = true
	n.oldest[f.row] = n.ageOfFeeds(feeds)
	return e, true
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
			switch {
			case flow.Mode.Text() == string(model.FullLoad):
				f.flow, f.state = flow, feedWhole
			case flow.Mode.State != model.Known && f.state == feedPart:
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

// rebuiltText names what a row is loaded from and how old that is.
func (n *narrator) rebuiltText(feeds []feed) string {
	age := ""
	if oldest := n.ageOfFeeds(feeds); ageOf(oldest) != "" {
		age = "; what it is loaded from is " + strings.Replace(agePhrase(oldest), " it is", "", 1)
		if oldest.RPOBasis == "none" {
			age = "; nobody promises how old what it is loaded from is"
		}
	}
	return "is loaded again in full from " + n.sources(feeds) + age
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

// ageOfFeeds is the worst age of what a row is loaded from.
func (n *narrator) ageOfFeeds(feeds []feed) model.Survival {
	var worst model.Survival
	for _, f := range feeds {
		s, rebuilt := n.oldest[f.link.From]
		if c, ok := f.link.cell(n.fault); !rebuilt && ok && n.hit[f.link.From] && wide[n.fault] {
			s = c.Survival
		}
		if older(s, worst) {
			worst = s
		}
	}
	return worst
}

func (l Link) cell(fault model.Fault) (Cell, bool) {
	if l.From == nil {
		return Cell{}, false
	}
	return l.From.cell(fault)
}

// older compares ages: what has no bound is older than what has one.
func older(a, b model.Survival) bool {
	x, xKnown := a.RPOHours.Number()
	y, yKnown := b.RPOHours.Number()
	xOpen, yOpen := a.RPOHours.State == model.Unknown, b.RPOHours.State == model.Unknown
	if xOpen != yOpen {
		return xOpen
	}
	return xKnown && (!yKnown || x > y)
}

// openFeeds tells of flows that may bring a row back, if their runs load
// everything.
func (n *narrator) openFeeds(feeds []feed) Event {
	e := Event{Happening: Unsure}
	for _, f := range feeds {
		if f.state == feedOpen && e.Text == "" {
			e.Text = "has no copy and may be loaded again from " + n.sources(feeds) + ", but whether one run of " + n.pipeline(f.flow) + " loads everything is unknown"
			if f.flow.Mode.Why != "" {
				e.Text += ": " + clean(f.flow.Mode.Why)
			}
			e.Settle = "a full load or a declaration of how " + n.pipeline(f.flow) + " loads" + n.place(f.flow.At)
		}
	}
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
