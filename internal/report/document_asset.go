package report

import (
	"cmp"

	"github.com/drlint/drlint/internal/environment"
	"github.com/drlint/drlint/internal/model"
)

// The documents of assets, as the inventory shows them.

type stageDocument struct {
	Stage      string `json:"stage"`
	Basis      string `json:"basis"`
	Confidence string `json:"confidence"`
}

type factDocument struct {
	State     string         `json:"state"`
	Value     any            `json:"value,omitempty"`
	Why       string         `json:"why,omitempty"`
	Defaulted bool           `json:"defaulted,omitempty"`
	Location  *placeDocument `json:"location,omitempty"`
}

type protectionDocument struct {
	State     string          `json:"state"`
	Why       string          `json:"why,omitempty"`
	Scope     string          `json:"scope,omitempty"`
	Defaulted bool            `json:"defaulted,omitempty"`
	Inherited string          `json:"inherited,omitempty"`
	Location  placeDocument   `json:"location"`
	Means     []meansDocument `json:"means,omitempty"`
}

type meansDocument struct {
	Mechanism    string        `json:"mechanism,omitempty"`
	State        string        `json:"state"`
	Why          string        `json:"why,omitempty"`
	Scope        string        `json:"scope,omitempty"`
	By           string        `json:"by,omitempty"`
	WindowDays   *factDocument `json:"window_days,omitempty"`
	Interval     *factDocument `json:"interval_hours,omitempty"`
	Region       *factDocument `json:"region,omitempty"`
	OtherRegion  string        `json:"other_region,omitempty"`
	OtherAccount string        `json:"other_account,omitempty"`
	Locked       string        `json:"locked,omitempty"`
	Location     placeDocument `json:"location"`
}

type assetDocument struct {
	ID          string                        `json:"id"`
	Address     string                        `json:"address"`
	Type        string                        `json:"type"`
	Kind        string                        `json:"kind"`
	Provider    string                        `json:"provider"`
	Service     string                        `json:"service"`
	Root        string                        `json:"root"`
	Environment string                        `json:"environment,omitempty"`
	Name        factDocument                  `json:"name"`
	Region      factDocument                  `json:"region"`
	Stages      []stageDocument               `json:"stages"`
	Within      string                        `json:"within,omitempty"`
	Settings    map[string]factDocument       `json:"settings,omitempty"`
	Protections map[string]protectionDocument `json:"protections"`
	Declared    map[string]factDocument       `json:"declared,omitempty"`
	Lapsed      []lapsedDocument              `json:"lapsed,omitempty"`
	Recovery    map[string]survivalDocument   `json:"recovery,omitempty"`
	Missing     []missingDocument             `json:"missing,omitempty"`
	Maybe       string                        `json:"maybe,omitempty"`
	Location    placeDocument                 `json:"location"`
}

type survivalDocument struct {
	Survives  string        `json:"survives"`
	Mechanism string        `json:"mechanism,omitempty"`
	Why       string        `json:"why,omitempty"`
	RPOHours  *factDocument `json:"rpo_hours,omitempty"`
	RPOBasis  string        `json:"rpo_basis,omitempty"`
	RTO       string        `json:"rto,omitempty"`
	// Through are the further hops of a chain of copies.
	Through []string         `json:"through,omitempty"`
	Rebuild *rebuildDocument `json:"rebuild,omitempty"`
}

type rebuildDocument struct {
	Possible string        `json:"possible"`
	Why      string        `json:"why,omitempty"`
	From     []string      `json:"from,omitempty"`
	RPOHours *factDocument `json:"rpo_hours,omitempty"`
	RPOBasis string        `json:"rpo_basis,omitempty"`
	Hours    *factDocument `json:"hours,omitempty"`
}

type lapsedDocument struct {
	What     string        `json:"what"`
	Owner    string        `json:"owner"`
	Until    string        `json:"until"`
	Location placeDocument `json:"location"`
}

func (s shaper) asset(a *model.Asset) assetDocument {
	d := assetDocument{
		ID: a.ID, Maybe: a.Maybe, Address: a.Address, Type: a.Type, Kind: string(a.Kind), Provider: a.Provider, Service: a.Service,
		Root: environment.Root(a.Root, a.Environment), Environment: a.Environment,
		Name: *s.fact(a.Name), Region: *s.fact(a.Region), Stages: []stageDocument{}, Within: a.Within,
		Protections: map[string]protectionDocument{}, Location: s.place(a.At),
	}
	for _, stage := range a.Stages {
		d.Stages = append(d.Stages, stageDocument{Stage: string(stage.Stage), Basis: stage.Basis, Confidence: string(stage.Confidence)})
	}
	d.Settings, d.Declared = s.facts(a.Settings), s.facts(a.Declared)
	for _, l := range a.Lapsed {
		d.Lapsed = append(d.Lapsed, lapsedDocument{What: l.What, Owner: l.Owner, Until: l.Until, Location: s.place(l.At)})
	}
	for _, m := range a.Missing {
		d.Missing = append(d.Missing, missingDocument{What: m.What, Name: m.Name, Location: s.place(m.At)})
	}
	for name, protection := range a.Protections {
		d.Protections[name] = s.protection(protection)
	}
	for fault, survival := range a.Recovery {
		if d.Recovery == nil {
			d.Recovery = map[string]survivalDocument{}
		}
		d.Recovery[string(fault)] = s.survival(survival)
	}
	return d
}

func (s shaper) survival(of model.Survival) survivalDocument {
	d := survivalDocument{
		Survives: string(of.Survives), Mechanism: of.Mechanism, Why: of.Why,
		RPOHours: s.stated(of.RPOHours), RPOBasis: of.RPOBasis, RTO: of.RTO, Through: of.Through,
	}
	if r := of.Rebuild; r != nil {
		d.Rebuild = &rebuildDocument{
			Possible: string(r.Possible), Why: r.Why, From: r.From,
			RPOHours: s.stated(r.RPOHours), RPOBasis: r.RPOBasis, Hours: s.stated(r.Hours),
		}
	}
	return d
}

// facts shapes facts by name; nil where there are none.
func (s shaper) facts(of map[string]model.Fact) map[string]factDocument {
	if len(of) == 0 {
		return nil
	}
	shaped := make(map[string]factDocument, len(of))
	for name, fact := range of {
		shaped[name] = *s.fact(fact)
	}
	return shaped
}

func (s shaper) protection(p model.Protection) protectionDocument {
	d := protectionDocument{State: string(p.State), Why: p.Why, Scope: string(p.Scope), Defaulted: p.Defaulted, Inherited: p.Inherited, Location: s.place(p.At)}
	for _, m := range p.Means {
		d.Means = append(d.Means, meansDocument{
			Mechanism: m.Mechanism, State: string(m.State), Why: m.Why, Scope: string(m.Scope), By: m.By,
			WindowDays: s.stated(m.Window), Interval: s.stated(m.Interval), Region: s.stated(m.Region),
			OtherRegion: string(m.OtherRegion), OtherAccount: string(m.OtherAccount), Locked: string(m.Locked), Location: s.place(m.At),
		})
	}
	return d
}

func (s shaper) fact(f model.Fact) *factDocument {
	d := &factDocument{State: string(cmp.Or(f.State, model.Absent)), Why: f.Why, Defaulted: f.Defaulted}
	if f.State == model.Known {
		d.Value = f.Value
	}
	if !f.At.IsZero() {
		place := s.place(f.At)
		d.Location = &place
	}
	return d
}

// stated leaves out a fact that does not apply.
func (s shaper) stated(f model.Fact) *factDocument {
	if f.State == "" || f.State == model.Absent {
		return nil
	}
	return s.fact(f)
}
