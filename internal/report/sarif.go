package report

import (
	"io"
	"net/url"

	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/source"
)

// The part of SARIF 2.1.0 that is written; names are the standard's.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool        sarifTool           `json:"tool"`
		ColumnKind  string              `json:"columnKind"`
		Invocations []sarifInvocation   `json:"invocations"`
		Results     []sarifResult       `json:"results"`
		Properties  *sarifRunProperties `json:"properties,omitempty"`
	}
	sarifRunProperties struct {
		Profile string `json:"profile,omitempty"`
		RuleSet string `json:"ruleSet,omitempty"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name           string      `json:"name"`
		Version        string      `json:"version"`
		InformationURI string      `json:"informationUri"`
		Rules          []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID                   string          `json:"id"`
		ShortDescription     sarifMessage    `json:"shortDescription"`
		FullDescription      sarifMessage    `json:"fullDescription"`
		Help                 sarifMessage    `json:"help"`
		HelpURI              string          `json:"helpUri,omitempty"`
		DefaultConfiguration sarifDefault    `json:"defaultConfiguration"`
		Properties           sarifProperties `json:"properties"`
	}
	sarifDefault struct {
		Level string `json:"level"`
	}
	sarifProperties struct {
		Tags []string `json:"tags"`
	}
	sarifResultProperties struct {
		Environments []string `json:"environments"`
	}
	sarifMessage struct {
		Text     string `json:"text"`
		Markdown string `json:"markdown,omitempty"`
	}
	sarifInvocation struct {
		ExecutionSuccessful        bool                `json:"executionSuccessful"`
		ToolExecutionNotifications []sarifNotification `json:"toolExecutionNotifications"`
	}
	sarifNotification struct {
		Descriptor sarifReference  `json:"descriptor"`
		Level      string          `json:"level"`
		Message    sarifMessage    `json:"message"`
		Locations  []sarifLocation `json:"locations,omitempty"`
	}
	sarifReference struct {
		ID string `json:"id"`
	}
	sarifResult struct {
		RuleID              string                 `json:"ruleId"`
		RuleIndex           int                    `json:"ruleIndex"`
		Level               string                 `json:"level"`
		Kind                string                 `json:"kind"`
		Message             sarifMessage           `json:"message"`
		Locations           []sarifLocation        `json:"locations"`
		RelatedLocations    []sarifLocation        `json:"relatedLocations,omitempty"`
		PartialFingerprints map[string]string      `json:"partialFingerprints"`
		Suppressions        []sarifSuppression     `json:"suppressions,omitempty"`
		Properties          *sarifResultProperties `json:"properties,omitempty"`
	}
	sarifSuppression struct {
		Kind          string         `json:"kind"`
		Justification string         `json:"justification"`
		Location      *sarifLocation `json:"location,omitempty"`
	}
	sarifLocation struct {
		ID               *int           `json:"id,omitempty"`
		PhysicalLocation sarifPhysical  `json:"physicalLocation"`
		LogicalLocations []sarifLogical `json:"logicalLocations,omitempty"`
		Message          *sarifMessage  `json:"message,omitempty"`
	}
	sarifLogical struct {
		FullyQualifiedName string `json:"fullyQualifiedName"`
		Kind               string `json:"kind"`
	}
	sarifPhysical struct {
		ArtifactLocation sarifArtifact `json:"artifactLocation"`
		Region           *sarifRegion  `json:"region,omitempty"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn"`
		EndLine     int `json:"endLine"`
		EndColumn   int `json:"endColumn"`
	}
)

// SARIF writes the failed and undecided verdicts as SARIF 2.1.0. Undecided ones
// have kind "open" and level "none", so that they raise no alert.
func SARIF(w io.Writer, r *Report, o Options) error {
	s := sarifWriter{report: r, options: o, index: map[string]int{}}
	run := sarifRun{
		Tool:        sarifTool{Driver: sarifDriver{Name: "drlint", Version: r.Version, InformationURI: homepage, Rules: s.rules()}},
		ColumnKind:  "unicodeCodePoints",
		Invocations: []sarifInvocation{{ExecutionSuccessful: true, ToolExecutionNotifications: s.notifications()}},
		Results:     []sarifResult{},
	}
	if r.Profile != "" || r.RuleSet != "" {
		run.Properties = &sarifRunProperties{Profile: string(r.Profile), RuleSet: r.RuleSet}
	}
	for i := range r.Findings {
		if f := &r.Findings[i]; f.Verdict == finding.Fail || f.Verdict == finding.Unknown {
			run.Results = append(run.Results, s.result(f))
		}
	}
	return encode(w, sarifLog{
		Schema:  "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
		Version: "2.1.0", Runs: []sarifRun{run},
	})
}

const homepage = "https://github.com/drlint/drlint"

// RulePage is the address of a rule's documentation.
func RulePage(id string) string { return homepage + "/blob/main/docs/rules/" + id + ".md" }

type sarifWriter struct {
	report  *Report
	options Options
	index   map[string]int
}

func (s *sarifWriter) rules() []sarifRule {
	rules := []sarifRule{}
	for i, rule := range s.report.Rules {
		s.index[rule.ID] = i
		d := sarifRule{
			ID: rule.ID, ShortDescription: sarifMessage{Text: rule.Title}, FullDescription: sarifMessage{Text: rule.Description},
			Help: sarifMessage{
				Text:     rule.Description + "\n\nFix: " + rule.Fix,
				Markdown: rule.Description + "\n\n**Fix:** " + rule.Fix,
			},
			DefaultConfiguration: sarifDefault{Level: level(rule.Severity)},
			Properties:           sarifProperties{Tags: append([]string{"backup-and-recovery"}, rule.Tags...)},
		}
		if !rule.Custom {
			d.HelpURI = RulePage(rule.ID)
		}
		rules = append(rules, d)
	}
	return rules
}

func level(severity finding.Severity) string {
	switch severity {
	case finding.High:
		return "error"
	case finding.Medium:
		return "warning"
	default:
		return "note"
	}
}

func (s *sarifWriter) result(f *finding.Finding) sarifResult {
	result := sarifResult{
		RuleID: f.Rule.ID, RuleIndex: s.index[f.Rule.ID], Level: level(f.Severity), Kind: "fail",
		Message:             sarifMessage{Text: f.Message},
		Locations:           []sarifLocation{s.location(f.At, "")},
		PartialFingerprints: map[string]string{"drlint/v1": f.Fingerprint},
	}
	if f.Verdict == finding.Unknown {
		result.Level, result.Kind = "none", "open"
	}
	result.Locations[0].LogicalLocations = []sarifLogical{{FullyQualifiedName: f.Subject.Address, Kind: "resource"}}
	result.RelatedLocations = s.related(f)
	if len(f.Environments) > 0 {
		result.Message.Text += ", in " + f.Where()
		result.Properties = &sarifResultProperties{Environments: f.Environments}
	}
	if f.Suppressed != nil {
		where := s.location(f.Suppressed.At, "")
		kind := map[string]string{"inline": "inSource"}[f.Suppressed.Kind]
		if kind == "" {
			kind = "external"
		}
		result.Suppressions = []sarifSuppression{{Kind: kind, Justification: f.Suppressed.Reason, Location: &where}}
	}
	return result
}

func (s *sarifWriter) related(f *finding.Finding) (locations []sarifLocation) {
	add := func(at source.Range, message string) {
		location, id := s.location(at, message), len(locations)+1
		location.ID = &id
		locations = append(locations, location)
	}
	for _, call := range f.Via {
		add(call.At, "through "+call.Name)
	}
	for _, related := range f.Related {
		add(related.At, related.Message)
	}
	for _, instance := range f.Instances {
		for _, call := range instance.Via {
			add(call.At, instance.Subject.Address+" through "+call.Name)
		}
	}
	return locations
}

func (s *sarifWriter) location(at source.Range, message string) sarifLocation {
	place := s.report.Sources.Place(at)
	location := sarifLocation{PhysicalLocation: sarifPhysical{ArtifactLocation: sarifArtifact{URI: uri(s.options.path(at.File))}}}
	if place.Start.Line > 0 {
		location.PhysicalLocation.Region = &sarifRegion{
			StartLine: place.Start.Line, StartColumn: place.Start.Column, EndLine: place.End.Line, EndColumn: place.End.Column,
		}
	}
	if message != "" {
		location.Message = &sarifMessage{Text: message}
	}
	return location
}

func (s *sarifWriter) notifications() []sarifNotification {
	notifications := []sarifNotification{}
	for _, d := range s.report.Diagnostics {
		n := sarifNotification{Descriptor: sarifReference{ID: d.Code}, Level: string(d.Severity), Message: sarifMessage{Text: d.Summary}}
		if !d.At.IsZero() {
			n.Locations = []sarifLocation{s.location(d.At, "")}
		}
		notifications = append(notifications, n)
	}
	return notifications
}

// uri percent-encodes a path so that it is a valid relative reference.
func uri(file string) string { return (&url.URL{Path: file}).EscapedPath() }
