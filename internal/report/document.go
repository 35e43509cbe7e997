package report

import (
	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/source"
)

// The JSON documents of check and inventory, version 1. docs/report.schema.json
// describes them; a change that breaks a reader raises the version.

type document struct {
	Version     int               `json:"version"`
	Tool        toolDocument      `json:"tool"`
	Profile     string            `json:"profile,omitempty"`
	RuleSet     string            `json:"rule_set,omitempty"`
	Against     string            `json:"against,omitempty"`
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
	Kind     string         `json:"kind"`
	Reason   string         `json:"reason,omitempty"`
	Until    string         `json:"until,omitempty"`
	Owner    string         `json:"owner,omitempty"`
	Location *placeDocument `json:"location,omitempty"`
}

type fixDocument struct {
	Title string         `json:"title"`
	Safe  bool           `json:"safe"`
	Edits []editDocument `json:"edits"`
}

type editDocument struct {
	Location placeDocument `json:"location"`
	New      string        `json:"new"`
}

type findingDocument struct {
	Rule         string               `json:"rule"`
	Verdict      string               `json:"verdict"`
	Severity     string               `json:"severity"`
	Lowered      string               `json:"severity_in_production,omitempty"`
	Message      string               `json:"message"`
	Asset        *subjectDocument     `json:"asset,omitempty"`
	Location     placeDocument        `json:"location"`
	Via          []noteDocument       `json:"via"`
	Related      []noteDocument       `json:"related"`
	Instances    []instanceDocument   `json:"instances,omitempty"`
	Environments []string             `json:"environments,omitempty"`
	Others       []otherDocument      `json:"other_environments,omitempty"`
	Fix          string               `json:"fix"`
	Fixes        []fixDocument        `json:"fixes,omitempty"`
	Change       string               `json:"change,omitempty"`
	Fingerprint  string               `json:"fingerprint"`
	Suppressed   *suppressionDocument `json:"suppressed,omitempty"`
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
		Asset: about(f.Subject), Location: s.place(f.At), Via: s.calls(f.Via), Related: []noteDocument{},
		Fix: f.Advice(), Fingerprint: f.Fingerprint, Change: string(f.Change), Environments: f.Environments,
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
	for _, fix := range f.Fixes {
		d.Fixes = append(d.Fixes, s.fix(fix))
	}
	if by := f.Suppressed; by != nil {
		d.Suppressed = &suppressionDocument{Kind: by.Kind, Reason: by.Reason, Until: by.Until, Owner: by.Owner}
		if !by.At.IsZero() {
			place := s.place(by.At)
			d.Suppressed.Location = &place
		}
	}
	return d
}

func (s shaper) fix(fix finding.Fix) fixDocument {
	d := fixDocument{Title: fix.Title, Safe: fix.Safe, Edits: []editDocument{}}
	for _, edit := range fix.Edits {
		d.Edits = append(d.Edits, editDocument{Location: s.place(edit.At), New: edit.New})
	}
	return d
}

// about is the subject of a finding; a few findings are about no asset.
func about(a finding.Subject) *subjectDocument {
	if a.Address == "" {
		return nil
	}
	d := subject(a)
	return &d
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

func orEmpty(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}
