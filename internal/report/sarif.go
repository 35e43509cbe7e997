package report

import (
	"cmp"
	"io"
	"net/url"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/source"
)

// SARIF writes the failed and undecided verdicts as SARIF 2.1.0, what is ignored
// included and marked. Undecided ones have kind "open" and level "none".
func SARIF(w io.Writer, r *Report, o Options) error {
	return writeSARIF(w, r, o, chosen(r, func(f *finding.Finding) bool { return f.Verdict != finding.Exempt }))
}

// GitHubSARIF writes what GitHub's code scanning shall show. It opens an alert
// for each result, whether marked as ignored or as undecided, and closes those
// that are gone; so that only what fails is there, gravest first and no more
// than it takes.
func GitHubSARIF(w io.Writer, r *Report, o Options) error {
	const most = 25_000
	o.Unknown = false
	failing := chosen(r, o.shows)
	slices.SortStableFunc(failing, func(a, b *finding.Finding) int { return cmp.Compare(a.Severity.Rank(), b.Severity.Rank()) })
	return writeSARIF(w, r, o, failing[:min(most, len(failing))])
}

func chosen(r *Report, wanted func(*finding.Finding) bool) (list []*finding.Finding) {
	for i := range r.Findings {
		if wanted(&r.Findings[i]) {
			list = append(list, &r.Findings[i])
		}
	}
	return list
}

func writeSARIF(w io.Writer, r *Report, o Options, findings []*finding.Finding) error {
	s := sarifWriter{report: r, options: o, index: map[string]int{}, known: compared(r)}
	run := sarifRun{
		Tool:        sarifTool{Driver: sarifDriver{Name: "drlint", Version: r.Version, InformationURI: homepage, Rules: s.rules()}},
		ColumnKind:  "unicodeCodePoints",
		Invocations: []sarifInvocation{{ExecutionSuccessful: true, ToolExecutionNotifications: s.notifications()}},
		Results:     []sarifResult{},
	}
	if r.Profile != "" || r.RuleSet != "" {
		run.Properties = &sarifRunProperties{Profile: string(r.Profile), RuleSet: r.RuleSet}
	}
	for _, f := range findings {
		run.Results = append(run.Results, s.result(f))
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
	// known says that something tells new results from old ones.
	known bool
}

func (s *sarifWriter) rules() []sarifRule {
	rules, providers := []sarifRule{}, providersOf(s.report)
	for i, rule := range rulesOf(s.report) {
		s.index[rule.ID] = i
		d := sarifRule{
			ID: rule.ID, ShortDescription: sarifMessage{Text: rule.Title}, FullDescription: sarifMessage{Text: rule.Description},
			Help:                 help(rule, rule.Fix.For(providers[rule.ID]...)),
			DefaultConfiguration: sarifDefault{Level: level(rule.Severity)},
			Properties:           sarifProperties{Tags: tags(rule)},
		}
		if !rule.Custom {
			d.HelpURI = RulePage(rule.ID)
		}
		rules = append(rules, d)
	}
	return rules
}

// help is the page of a rule in short, for readers that show Markdown.
func help(rule *finding.Rule, advice string) sarifMessage {
	parts := []string{"## " + rule.Title, rule.Description, "**Fix:** " + advice}
	var links []string
	for _, reference := range rule.References {
		if reference.URL == "" {
			links = append(links, "- "+reference.Description)
		} else {
			links = append(links, "- ["+cmp.Or(reference.Description, reference.URL)+"]("+reference.URL+")")
		}
	}
	if len(links) > 0 {
		parts = append(parts, strings.Join(links, "\n"))
	}
	if !rule.Custom {
		parts = append(parts, "[Examples and settings]("+RulePage(rule.ID)+")")
	}
	return sarifMessage{Text: rule.Description + "\n\nFix: " + advice, Markdown: strings.Join(parts, "\n\n") + "\n"}
}

// providersOf lists whose products each rule has results about, by rule: its
// help is for the users of these.
func providersOf(r *Report) map[string][]string {
	providers := map[string][]string{}
	for i := range r.Findings {
		f := &r.Findings[i]
		providers[f.Rule.ID] = append(providers[f.Rule.ID], f.Providers()...)
	}
	return providers
}

// tags say what a rule is about; readers take no more than twenty.
func tags(rule *finding.Rule) []string {
	const most = 20
	all := append([]string{"backup-and-recovery"}, rule.Tags...)
	for _, stage := range rule.Stages {
		all = append(all, "stage/"+stage)
	}
	return all[:min(most, len(all))]
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
	if f.Subject.Address != "" {
		result.Locations[0].LogicalLocations = []sarifLogical{{FullyQualifiedName: f.Subject.Address, Kind: "resource"}}
	}
	result.RelatedLocations = s.related(f)
	result.Properties = &sarifResultProperties{Severity: string(f.Severity), Environments: f.Environments}
	if len(f.Environments) > 0 {
		result.Message.Text += ", in " + f.Where()
	}
	for _, fix := range f.Fixes {
		result.Fixes = append(result.Fixes, s.fix(fix))
	}
	if s.known {
		result.BaselineState = s.baselineState(f)
	}
	if f.Suppressed != nil {
		result.Suppressions = []sarifSuppression{s.suppression(f.Suppressed)}
	}
	return result
}

func (s *sarifWriter) suppression(by *finding.Suppression) sarifSuppression {
	d := sarifSuppression{Kind: "external", Status: "accepted", Justification: by.Reason}
	if by.Kind == finding.Inline {
		d.Kind = "inSource"
	}
	if by.Until != "" {
		d.Justification += " (until " + by.Until + ")"
	}
	if !by.At.IsZero() {
		where := s.location(by.At, "")
		d.Location = &where
	}
	return d
}

// fix writes the edits of a fix, those of a file together.
func (s *sarifWriter) fix(fix finding.Fix) sarifFix {
	d := sarifFix{Description: sarifMessage{Text: fix.Title}, Changes: []sarifChange{}, Properties: sarifFixProperties{Safe: fix.Safe}}
	for _, edit := range fix.Edits {
		file := uri(s.options.path(edit.At.File))
		if last := len(d.Changes) - 1; last < 0 || d.Changes[last].ArtifactLocation.URI != file {
			d.Changes = append(d.Changes, sarifChange{ArtifactLocation: sarifArtifact{URI: file}})
		}
		replacement := sarifReplacement{Deleted: region(s.report.Sources.Place(edit.At))}
		if edit.New != "" {
			replacement.Inserted = &sarifContent{Text: edit.New}
		}
		change := &d.Changes[len(d.Changes)-1]
		change.Replacements = append(change.Replacements, replacement)
	}
	return d
}

// compared reports whether a report knows which findings are old: it was
// compared with another revision, or a baseline had some of them.
func compared(r *Report) bool {
	return r.Against != "" || slices.ContainsFunc(r.Findings, func(f finding.Finding) bool {
		return f.Suppressed != nil && f.Suppressed.Kind == finding.Baseline
	})
}

// baselineState puts what a comparison says into the standard's words.
func (s *sarifWriter) baselineState(f *finding.Finding) string {
	switch {
	case f.Suppressed != nil && f.Suppressed.Kind == finding.Baseline:
		return "unchanged"
	case f.Change == finding.Touched:
		return "updated"
	case f.Change == "" && s.report.Against != "":
		return "unchanged"
	default:
		return "new"
	}
}

func (s *sarifWriter) related(f *finding.Finding) (locations []sarifLocation) {
	const most = 100 // readers take no more
	add := func(at source.Range, message string) {
		if len(locations) == most {
			return
		}
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
		span := region(place)
		location.PhysicalLocation.Region = &span
	}
	if message != "" {
		location.Message = &sarifMessage{Text: message}
	}
	return location
}

func region(place source.Place) sarifRegion {
	return sarifRegion{StartLine: place.Start.Line, StartColumn: place.Start.Column, EndLine: place.End.Line, EndColumn: place.End.Column}
}

func (s *sarifWriter) notifications() []sarifNotification {
	notifications := []sarifNotification{}
	for _, d := range s.report.Diagnostics {
		n := sarifNotification{Descriptor: sarifReference{ID: d.Code}, Level: string(d.Severity), Message: sarifMessage{Text: strings.TrimSuffix(d.Summary+": "+d.Detail, ": ")}}
		if !d.At.IsZero() {
			n.Locations = []sarifLocation{s.location(d.At, "")}
		}
		notifications = append(notifications, n)
	}
	return notifications
}

// uri percent-encodes a path so that it is a valid relative reference; before a
// colon would be a scheme.
func uri(file string) string {
	return strings.ReplaceAll((&url.URL{Path: file}).EscapedPath(), ":", "%3A")
}
