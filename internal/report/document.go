package report

import (
	"cmp"
	"maps"
	"slices"

	"github.com/drlint/drlint/internal/environment"
	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/source"
)

// The JSON documents of check and inventory, version 1. docs/report.schema.json
// describes them; a change that breaks a reader raises the version.

type document struct {
	Version     int               `json:"version"`
	Tool        toolDocument      `json:"tool"`
	Profile     string            `json:"profile,omitempty"`
	RuleSet     string            `json:"rule_set,omitempty"`
	Summary     summaryDocument   `json:"summary"`
	Findings    []findingDocument `json:"findings"`
	Assets      []assetDocument   `json:"assets"`
	Diagnostics []diagDocument    `json:"diagnostics"`
}

type inventoryDocument struct {
	Version     int                `json:"version"`
	Tool        toolDocument       `json:"tool"`
	Assets      []assetDocument    `json:"assets"`
	Flows       []flowDocument     `json:"flows"`
	Pipelines   []pipelineDocument `json:"pipelines"`
	Diagnostics []diagDocument     `json:"diagnostics"`
}

type toolDocument struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

type summaryDocument struct {
	Files      int `json:"files"`
	Assets     int `json:"assets"`
	Rules      int `json:"rules"`
	Checked    int `json:"checked"`
	Pass       int `json:"pass"`
	Fail       int `json:"fail"`
	Cost       int `json:"cost"`
	Unknown    int `json:"unknown"`
	Exempt     int `json:"exempt"`
	Suppressed int `json:"suppressed"`
}

type placeDocument struct {
	File  string     `json:"file"`
	Start source.Pos `json:"start"`
	End   source.Pos `json:"end"`
}

type subjectDocument struct {
	Address string   `json:"address"`
	Type    string   `json:"type"`
	Kind    string   `json:"kind"`
	Stages  []string `json:"stages"`
	Root    string   `json:"root,omitempty"`
}

type noteDocument struct {
	Message  string        `json:"message"`
	Location placeDocument `json:"location"`
}

type instanceDocument struct {
	Asset        subjectDocument `json:"asset"`
	Via          []noteDocument  `json:"via"`
	Environments []string        `json:"environments,omitempty"`
}

type otherDocument struct {
	Environment string `json:"environment"`
	Verdict     string `json:"verdict,omitempty"`
}

type suppressionDocument struct {
	Kind     string        `json:"kind"`
	Reason   string        `json:"reason"`
	Location placeDocument `json:"location"`
}

type findingDocument struct {
	Rule         string               `json:"rule"`
	Verdict      string               `json:"verdict"`
	Severity     string               `json:"severity"`
	Lowered      string               `json:"severity_in_production,omitempty"`
	Message      string               `json:"message"`
	Asset        subjectDocument      `json:"asset"`
	Location     placeDocument        `json:"location"`
	Via          []noteDocument       `json:"via"`
	Related      []noteDocument       `json:"related"`
	Instances    []instanceDocument   `json:"instances,omitempty"`
	Environments []string             `json:"environments,omitempty"`
	Others       []otherDocument      `json:"other_environments,omitempty"`
	Fix          string               `json:"fix"`
	Fingerprint  string               `json:"fingerprint"`
	Suppressed   *suppressionDocument `json:"suppressed,omitempty"`
}

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
}

type diagDocument struct {
	Code     string        `json:"code"`
	Severity string        `json:"severity"`
	Summary  string        `json:"summary"`
	Detail   string        `json:"detail,omitempty"`
	Location placeDocument `json:"location"`
}

// shaper turns a report into its documents.
type shaper struct{ sources *source.Store }

func (s shaper) place(at source.Range) placeDocument {
	place := s.sources.Place(at)
	return placeDocument{File: place.File, Start: place.Start, End: place.End}
}

func (s shaper) finding(f *finding.Finding) findingDocument {
	d := findingDocument{
		Rule: f.Rule.ID, Verdict: string(f.Verdict), Severity: string(f.Severity), Lowered: string(f.Lowered), Message: f.Message,
		Asset: subject(f.Subject), Location: s.place(f.At), Via: s.calls(f.Via), Related: []noteDocument{},
		Fix: f.Rule.Fix, Fingerprint: f.Fingerprint, Environments: f.Environments,
	}
	for _, related := range f.Related {
		d.Related = append(d.Related, noteDocument{Message: related.Message, Location: s.place(related.At)})
	}
	for _, instance := range f.Instances {
		d.Instances = append(d.Instances, instanceDocument{
			Asset: subject(instance.Subject), Via: s.calls(instance.Via), Environments: instance.Environments,
		})
	}
	for _, other := range f.Others {
		d.Others = append(d.Others, otherDocument{Environment: other.Environment, Verdict: string(other.Verdict)})
	}
	if f.Suppressed != nil {
		d.Suppressed = &suppressionDocument{Kind: f.Suppressed.Kind, Reason: f.Suppressed.Reason, Location: s.place(f.Suppressed.At)}
	}
	return d
}

func (s shaper) calls(calls []finding.Call) []noteDocument {
	notes := []noteDocument{}
	for _, call := range calls {
		notes = append(notes, noteDocument{Message: call.Name, Location: s.place(call.At)})
	}
	return notes
}

func subject(a finding.Subject) subjectDocument {
	return subjectDocument{Address: a.Address, Type: a.Type, Kind: a.Kind, Stages: orEmpty(a.Stages), Root: a.Root}
}

func (s shaper) diagnostic(d source.Diagnostic) diagDocument {
	return diagDocument{Code: d.Code, Severity: string(d.Severity), Summary: d.Summary, Detail: d.Detail, Location: s.place(d.At)}
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
	for _, name := range slices.Sorted(maps.Keys(a.Settings)) {
		if d.Settings == nil {
			d.Settings = map[string]factDocument{}
		}
		d.Settings[name] = *s.fact(a.Settings[name])
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
		d.Recovery[string(fault)] = survivalDocument{
			Survives: string(survival.Survives), Mechanism: survival.Mechanism, Why: survival.Why,
			RPOHours: s.stated(survival.RPOHours), RPOBasis: survival.RPOBasis, RTO: survival.RTO,
		}
	}
	return d
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

func orEmpty(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}
