package recoverymap

import (
	"encoding/json"
	"io"

	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/source"
)

// documentVersion is the version of the JSON documents. docs/map.schema.json
// describes them; a change that breaks a reader raises the version.
const documentVersion = 1

type document struct {
	Version  int           `json:"version"`
	Tool     toolDocument  `json:"tool"`
	Platform string        `json:"platform"`
	Maps     []mapDocument `json:"maps"`
	Unread   []unreadEntry `json:"unread"`
}

type toolDocument struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

type mapDocument struct {
	Environment string                   `json:"environment,omitempty"`
	Groups      []groupDocument          `json:"groups"`
	Links       []linkDocument           `json:"links"`
	Totals      map[string]totalDocument `json:"totals"`
	Unfollowed  []unfollowedDocument     `json:"unfollowed"`
}

type groupDocument struct {
	Name   string        `json:"name"`
	Assets []rowDocument `json:"assets"`
}

type rowDocument struct {
	ID         string                  `json:"id"`
	Address    string                  `json:"address"`
	Name       string                  `json:"name"`
	Kind       string                  `json:"kind"`
	Provider   string                  `json:"provider"`
	Service    string                  `json:"service"`
	Product    string                  `json:"product"`
	Region     string                  `json:"region,omitempty"`
	Within     string                  `json:"within,omitempty"`
	Alike      int                     `json:"alike_inside,omitempty"`
	CopyOf     string                  `json:"copy_of,omitempty"`
	Note       string                  `json:"note,omitempty"`
	Stages     []stageDocument         `json:"stages"`
	Maybe      string                  `json:"maybe,omitempty"`
	Counted    bool                    `json:"counted"`
	Faults     map[string]cellDocument `json:"faults"`
	Worst      worstDocument           `json:"worst"`
	Objectives []objectiveDocument     `json:"objectives,omitempty"`
	Location   placeDocument           `json:"location"`
}

type stageDocument struct {
	Stage      string `json:"stage"`
	Basis      string `json:"basis"`
	Confidence string `json:"confidence"`
}

type cellDocument struct {
	Answer     string         `json:"answer"`
	Text       string         `json:"text"`
	Mechanism  string         `json:"mechanism,omitempty"`
	Why        string         `json:"why,omitempty"`
	RPOHours   *float64       `json:"rpo_hours,omitempty"`
	RPOBasis   string         `json:"rpo_basis,omitempty"`
	WindowDays *float64       `json:"window_days,omitempty"`
	Forever    bool           `json:"forever,omitempty"`
	RTO        string         `json:"rto,omitempty"`
	CopyIn     string         `json:"copy_in,omitempty"`
	Through    []string       `json:"through,omitempty"`
	LoadedFrom []string       `json:"loaded_from,omitempty"`
	Location   *placeDocument `json:"location,omitempty"`
}

type worstDocument struct {
	RPO      string   `json:"rpo"`
	RPOHours *float64 `json:"rpo_hours,omitempty"`
	RTO      string   `json:"rto"`
	Hours    *float64 `json:"rebuild_hours,omitempty"`
	Lost     int      `json:"lost"`
	Unknown  int      `json:"unknown"`
}

type objectiveDocument struct {
	Name   string   `json:"name"`
	Hours  *float64 `json:"hours,omitempty"`
	Result string   `json:"result"`
	Why    string   `json:"why"`
}

type linkDocument struct {
	Kind    string   `json:"kind"`
	From    string   `json:"from,omitempty"`
	To      string   `json:"to,omitempty"`
	Outside string   `json:"outside,omitempty"`
	Flows   []string `json:"flows,omitempty"`
}

type totalDocument struct {
	Answered int `json:"answered"`
	Rebuilt  int `json:"rebuilt"`
	Gaps     int `json:"gaps"`
	Unknown  int `json:"unknown"`
}

type unfollowedDocument struct {
	Address  string        `json:"address"`
	Location placeDocument `json:"location"`
}

type placeDocument struct {
	File  string     `json:"file"`
	Start source.Pos `json:"start"`
	End   source.Pos `json:"end"`
}

type unreadEntry struct {
	Code     string        `json:"code"`
	Summary  string        `json:"summary"`
	Location placeDocument `json:"location"`
}

// JSON writes everything that the map knows, one entry an asset.
func JSON(w io.Writer, atlas *Atlas, _ Options) error {
	s := shaper{atlas.Sources}
	d := document{Version: documentVersion, Tool: toolDocument{"drlint", atlas.Version}, Platform: atlas.Platform, Maps: []mapDocument{}, Unread: s.unread(atlas)}
	for _, m := range atlas.Maps {
		d.Maps = append(d.Maps, s.chart(m))
	}
	return encode(w, d)
}

func encode(w io.Writer, document any) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(document)
}

// shaper turns an atlas into its documents.
type shaper struct{ sources *source.Store }

func (s shaper) place(at source.Range) placeDocument {
	place := s.sources.Place(at)
	return placeDocument{place.File, place.Start, place.End}
}

func (s shaper) unread(atlas *Atlas) []unreadEntry {
	entries := []unreadEntry{}
	for _, d := range atlas.Unread {
		entries = append(entries, unreadEntry{d.Code, d.Summary, s.place(d.At)})
	}
	return entries
}

func (s shaper) chart(m *Map) mapDocument {
	d := mapDocument{Environment: m.Environment, Groups: []groupDocument{}, Links: []linkDocument{}, Totals: map[string]totalDocument{}, Unfollowed: []unfollowedDocument{}}
	for _, g := range m.Groups {
		group := groupDocument{Name: g.Name}
		for _, row := range g.Rows {
			group.Assets = append(group.Assets, s.row(row))
		}
		d.Groups = append(d.Groups, group)
	}
	for _, l := range m.Links {
		link := linkDocument{Kind: l.Kind, From: idOf(l.From), To: idOf(l.To), Outside: l.Outside}
		for _, f := range l.Flows {
			link.Flows = append(link.Flows, f.ID)
		}
		d.Links = append(d.Links, link)
	}
	for fault, t := range m.tallies() {
		d.Totals[fault] = totalDocument{t.answered, t.again, t.gaps, t.open}
	}
	for _, a := range m.Unfollowed {
		d.Unfollowed = append(d.Unfollowed, unfollowedDocument{a.Address, s.place(a.At)})
	}
	return d
}

func (s shaper) row(row *Row) rowDocument {
	a := row.Asset
	d := rowDocument{
		ID: a.ID, Address: a.Address, Name: row.Name, Kind: string(a.Kind), Provider: a.Provider, Service: a.Service,
		Product: row.Product, Region: a.Region.Text(), Within: a.Within, Alike: row.Alike, Note: row.Note, Stages: []stageDocument{},
		Maybe: a.Maybe, Counted: row.Counted, Faults: map[string]cellDocument{}, Location: s.place(a.At),
		Worst: worstDocument{RPO: row.Worst.worstAge(), RPOHours: row.Worst.hours(), RTO: row.Worst.worstTime(), Hours: numeric(row.Worst.Hours), Lost: row.Worst.Lost, Unknown: row.Worst.Open},
	}
	if row.CopyOf != nil {
		d.CopyOf = row.CopyOf.ID
	}
	for _, stage := range a.Stages {
		d.Stages = append(d.Stages, stageDocument{string(stage.Stage), stage.Basis, string(stage.Confidence)})
	}
	for _, o := range row.Objectives {
		d.Objectives = append(d.Objectives, objectiveDocument{o.Name, numeric(o.Hours), string(o.Result), o.Why})
	}
	for _, c := range row.Cells {
		d.Faults[string(c.Fault)] = s.cell(c)
	}
	return d
}

func (s shaper) cell(c Cell) cellDocument {
	d := cellDocument{Answer: string(c.Answer), Text: phrase(c), Mechanism: c.Survival.Mechanism, Why: c.Why}
	if c.Answer != Gap {
		d.RPOHours, d.RPOBasis, d.RTO = numeric(c.Survival.RPOHours), c.Survival.RPOBasis, c.Survival.RTO
		d.WindowDays = numeric(c.Survival.WindowDays)
	}
	if d.WindowDays != nil && *d.WindowDays >= model.Forever {
		d.WindowDays, d.Forever = nil, true
	}
	if c.Answer == Again {
		d.LoadedFrom = c.Survival.Rebuild.From
	}
	d.Through = c.Survival.Through
	if c.Means != nil {
		d.CopyIn = c.Means.Region.Text()
	}
	if !c.Survival.At.IsZero() {
		place := s.place(c.Survival.At)
		d.Location = &place
	}
	return d
}

func numeric(f model.Fact) *float64 {
	if n, known := f.Number(); known {
		return &n
	}
	return nil
}

// hours is the worst age as a number, where it is one.
func (w Worst) hours() *float64 {
	if w.Lost > 0 || w.Open > 0 {
		return nil
	}
	if w.RPO.State == model.Absent {
		zero := 0.0
		return &zero
	}
	return numeric(w.RPO)
}
