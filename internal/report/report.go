// Package report writes the result of a scan, one file a format. It knows
// neither how files are read nor how rules are evaluated.
package report

import (
	"slices"
	"strings"
	"time"

	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/source"
)

// Report is everything that a scan has to say. Findings, diagnostics, rules and
// assets are ordered; writers keep that order.
type Report struct {
	Version string // of drlint
	// Root is the scanned directory as the user named it.
	Root string
	// Rules are the rules that were evaluated, ordered by ID.
	Rules []*finding.Rule
	// Profile and RuleSet are what chose the rules; empty where they were named.
	Profile finding.Profile
	RuleSet string
	// Findings holds verdicts fail, unknown and exempt, suppressed ones
	// included; ordered by file, place, rule.
	Findings    []finding.Finding
	Diagnostics []source.Diagnostic
	Assets      []*model.Asset
	// Flows and Pipelines are filled by an inventory.
	Flows     []model.Flow
	Pipelines []model.Pipeline
	Summary   Summary
	// Sources shows the text at a place.
	Sources *source.Store
	// Model is everything that was found, for reports that draw the map. Shown
	// says which of its assets were asked for.
	Model *model.Model
	Shown func(*model.Asset) bool
	// Outdated are the entries of the baseline that nothing needs any more.
	Outdated []finding.Identity
	// Moved are the names of findings by those that the baseline knows them by.
	Moved map[finding.Identity]finding.Identity
	// Against names the revision that a run compares with, and Before is the
	// model of that revision; empty where nothing is compared.
	Against string
	Before  *model.Model
}

// Summary counts. Checked = Pass + Fail + Unknown + Exempt, each pair of a rule
// and an asset once.
type Summary struct {
	Files, Assets, Rules                 int
	Checked, Pass, Fail, Unknown, Exempt int
	// Suppressed counts findings that users decided to ignore or that a baseline
	// knows; they are not in Failing.
	Suppressed int
	// Cost counts what of Fail only saves money.
	Cost int
	// Failing counts the findings with verdict fail by severity, and Saving those
	// that only save money, which are not in Failing.
	Failing map[finding.Severity]int
	Saving  int
	// New and Touched count the failing findings that a comparison keeps, and
	// Existing those that it leaves out because nothing about them changed.
	New, Touched, Existing int
	// Elapsed is shown on request only: the same input gives the same bytes.
	Elapsed time.Duration
}

// Worst reports whether a finding with verdict fail, not suppressed, is at
// least as grave as the threshold.
func (r *Report) Worst(threshold finding.Severity) bool {
	for severity, count := range r.Summary.Failing {
		if count > 0 && severity.Rank() <= threshold.Rank() {
			return true
		}
	}
	return false
}

// rulesOf lists the rules that were evaluated and those of further findings,
// which are about comments and entries rather than assets.
func rulesOf(r *Report) []*finding.Rule {
	rules, known := slices.Clone(r.Rules), map[string]bool{}
	for _, rule := range rules {
		known[rule.ID] = true
	}
	for i := range r.Findings {
		if rule := r.Findings[i].Rule; !known[rule.ID] {
			known[rule.ID] = true
			rules = append(rules, rule)
		}
	}
	slices.SortStableFunc(rules, func(a, b *finding.Rule) int { return strings.Compare(a.ID, b.ID) })
	return rules
}
