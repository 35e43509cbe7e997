package policy

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/model"
)

// custom is the part of a rule's metadata that the rule language leaves open.
type custom struct {
	Severity finding.Severity    `json:"severity"`
	Kinds    []string            `json:"kinds"`
	Stages   []string            `json:"stages"`
	Guide    []finding.Statement `json:"guide"`
	Fix      finding.Advice      `json:"fix"`
	Tags     []string            `json:"tags"`
	Profile  finding.Profile     `json:"profile"`
	Since    string              `json:"since"`
	Settings []finding.Setting   `json:"settings"`
	Aliases  []string            `json:"aliases"`
	Remedies []string            `json:"remedies"`
}

// about reads the METADATA block above a file's package. The rule has no ID yet.
func (f *file) about() (*finding.Rule, []Problem) {
	note := f.annotation()
	if note == nil {
		return nil, []Problem{problemAt("rule/metadata", "has no METADATA block above its package", f.module.Package.Location)}
	}
	var own custom
	if err := decodeStrictly(note.Custom, &own); err != nil {
		return nil, []Problem{problemAt("rule/metadata", err.Error(), note.Location)}
	}
	rule := &finding.Rule{
		Title: note.Title, Description: strings.TrimSpace(note.Description), Fix: own.Fix, Severity: own.Severity,
		Kinds: own.Kinds, Stages: own.Stages, Guide: own.Guide, Tags: own.Tags, Settings: own.Settings, Remedies: own.Remedies, Aliases: own.Aliases,
		Profile: cmp.Or(own.Profile, finding.DefaultProfile), Since: cmp.Or(own.Since, finding.FirstRuleSet),
	}
	if rule.Stages == nil {
		rule.Stages = []string{}
	}
	for _, r := range note.RelatedResources {
		rule.References = append(rule.References, finding.Reference{URL: r.Ref.String(), Description: r.Description})
	}
	var problems []Problem
	for _, fault := range slices.Concat(faults(rule), settingFaults(rule.Settings)) {
		problems = append(problems, problemAt("rule/metadata", fault, note.Location))
	}
	return rule, problems
}

func (f *file) annotation() *ast.Annotations {
	for _, note := range f.module.Annotations {
		if note.Scope == "package" {
			return note
		}
	}
	return nil
}

func decodeStrictly(from map[string]any, into *custom) error {
	data, err := json.Marshal(from)
	if err != nil {
		return fmt.Errorf("custom: %w", err)
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		return fmt.Errorf("custom: %s", strings.TrimPrefix(err.Error(), "json: "))
	}
	return nil
}

// faults lists what every rule needs, users' own included.
func faults(r *finding.Rule) (faults []string) {
	if r.Title == "" || strings.HasSuffix(r.Title, ".") {
		faults = append(faults, "title must be a sentence without a final stop")
	}
	if r.Severity.Rank() == len(finding.Severities) {
		faults = append(faults, fmt.Sprintf("custom.severity %q is none of %v", r.Severity, finding.Severities))
	}
	if !slices.Contains(finding.Profiles, r.Profile) {
		faults = append(faults, fmt.Sprintf("custom.profile %q is none of %v", r.Profile, finding.Profiles))
	}
	if !ruleSetName.MatchString(r.Since) {
		faults = append(faults, fmt.Sprintf("custom.since %q is no month such as %q", r.Since, finding.FirstRuleSet))
	}
	if len(r.Kinds) == 0 {
		faults = append(faults, "custom.kinds is empty")
	}
	for _, kind := range r.Kinds {
		if !slices.Contains(model.Kinds, model.Kind(kind)) {
			faults = append(faults, fmt.Sprintf("custom.kinds: %q is none of %v", kind, model.Kinds))
		}
	}
	for _, stage := range r.Stages {
		if !slices.Contains(model.Stages, model.Stage(stage)) {
			faults = append(faults, fmt.Sprintf("custom.stages: %q is none of %v", stage, model.Stages))
		}
	}
	for _, fault := range r.Fix.Faults() {
		faults = append(faults, "custom.fix: "+fault)
	}
	for _, statement := range r.Guide {
		if fault := statement.Fault(); fault != "" {
			faults = append(faults, "custom.guide: "+fault)
		}
	}
	return faults
}

// embeddedFaults lists what rules that are part of drlint need besides.
func embeddedFaults(r *finding.Rule) (faults []string) {
	if r.Description == "" {
		faults = append(faults, "description is empty: it says why the rule matters")
	}
	if len(r.Fix) == 0 {
		faults = append(faults, "custom.fix is empty: it says what to write instead")
	}
	if len(r.Guide) == 0 {
		faults = append(faults, "custom.guide is empty: it numbers the statements of the guide")
	}
	return faults
}

// aliasFaults lists former names that are no names of rules, or that several
// rules have: each name stands for one rule.
func aliasFaults(rules []*rule) (faults []Problem) {
	owner := map[string]string{}
	for _, r := range rules {
		owner[r.about.ID] = r.about.ID
	}
	for _, r := range rules {
		for _, alias := range r.about.Aliases {
			fault := ""
			switch other, taken := owner[alias]; {
			case !ruleName.MatchString(alias):
				fault = fmt.Sprintf("custom.aliases: %q is no name such as %q", alias, "raw/not-replicated")
			case strings.HasPrefix(alias, customPrefix+"/") != strings.HasPrefix(r.about.ID, customPrefix+"/"):
				fault = fmt.Sprintf("custom.aliases: only names of rules of your own begin with %q, and %q is an alias of %s", customPrefix+"/", alias, r.about.ID)
			case taken && other == alias:
				fault = fmt.Sprintf("custom.aliases: %q is a rule", alias)
			case taken:
				fault = fmt.Sprintf("custom.aliases: %q is an alias of %s too", alias, other)
			}
			if fault != "" {
				faults = append(faults, Problem{Code: "rule/metadata", Rule: r.about.ID, Message: fault, File: r.path, Line: 1, Column: 1})
				continue
			}
			owner[alias] = r.about.ID
		}
	}
	return faults
}

var ruleName = regexp.MustCompile(`^[a-z][a-z0-9-]*(/[a-z][a-z0-9-]*)+$`)

var ruleSetName = regexp.MustCompile(`^\d{4}-(0[1-9]|1[0-2])$`)

var settingName = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

func settingFaults(settings []finding.Setting) (faults []string) {
	for i, s := range settings {
		if !settingName.MatchString(s.Name) {
			faults = append(faults, fmt.Sprintf("custom.settings: the name %q is not in snake case", s.Name))
		}
		if slices.ContainsFunc(settings[:i], func(earlier finding.Setting) bool { return earlier.Name == s.Name }) {
			faults = append(faults, fmt.Sprintf("custom.settings: %q is listed twice", s.Name))
		}
		if s.Description == "" || s.Default == nil {
			faults = append(faults, fmt.Sprintf("custom.settings: %q needs a description and a default", s.Name))
		}
	}
	return faults
}
