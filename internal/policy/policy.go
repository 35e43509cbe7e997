// Package policy evaluates rules written in Rego over the model. It is the only
// package that knows the rule language; it sees no configuration format.
//
// A rule says fail ("deny"), unknown or exempt about assets of its scope. The
// scope is chosen here and the verdict pass is computed here: it is every asset
// in scope that the rule did not name.
package policy

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/source"
)

// DefaultTimeout is how long one rule may take.
const DefaultTimeout = 5 * time.Second

// Ruleset is a set of rules that can be evaluated any number of times, also
// concurrently. Rules are compiled when a model first needs them.
type Ruleset struct {
	rules []*rule // ordered by ID
}

// Rules returns what is known about every rule, ordered by ID.
func (s *Ruleset) Rules() []*finding.Rule {
	rules := make([]*finding.Rule, len(s.rules))
	for i, r := range s.rules {
		rules[i] = r.about
	}
	return rules
}

// File returns the file of a rule below the root of its set; empty for a rule
// that is not in it.
func (s *Ruleset) File(id string) string {
	for _, r := range s.rules {
		if r.about.ID == id {
			return r.path
		}
	}
	return ""
}

// Join returns a set with the rules of both, evaluated together.
func (s *Ruleset) Join(other *Ruleset) *Ruleset {
	joined := &Ruleset{rules: slices.Concat(s.rules, other.rules)}
	joined.sort()
	return joined
}

func (s *Ruleset) sort() {
	slices.SortFunc(s.rules, func(a, b *rule) int { return strings.Compare(a.about.ID, b.about.ID) })
}

// Options choose and adjust rules. Rules are named by ID.
type Options struct {
	// Only limits the evaluation to these rules; empty means all.
	Only []string
	// Disabled rules are not evaluated.
	Disabled []string
	// Profile leaves out the rules that do not belong to it; empty means all.
	Profile finding.Profile
	// RuleSet leaves out the rules that came after this month ("2026-11"), users'
	// own aside; empty means all.
	RuleSet string
	// Named rules are evaluated whatever the profile and the rule set.
	Named []string
	// Settings override a rule's settings by name.
	Settings map[string]map[string]any
	// Now is what rules take for today.
	Now time.Time
	// Timeout is the deadline of each rule; 0 means DefaultTimeout.
	Timeout time.Duration
	// Coverage, when given, learns which lines of users' rules are reached.
	Coverage *Coverage
}

// Enables reports whether a rule is evaluated.
func (o Options) Enables(r *finding.Rule) bool {
	switch {
	case slices.Contains(o.Disabled, r.ID):
		return false
	case len(o.Only) > 0:
		return slices.Contains(o.Only, r.ID)
	case slices.Contains(o.Named, r.ID):
		return true
	case o.RuleSet != "" && r.Since > o.RuleSet && !r.Custom:
		return false
	default:
		return o.Profile == "" || o.Profile.Contains(r.Profile)
	}
}

// Outcome is what the rules say. Everything in it is ordered.
type Outcome struct {
	// Verdicts hold fail, unknown and exempt, ordered by rule, asset and place.
	// An exemption is left out where the rule also says fail or unknown.
	Verdicts []Verdict
	// Problems are the rules' own faults; what a rule with a problem does not
	// say about an asset is not counted as a pass.
	Problems []Problem
	// Counts has an entry for every rule that was enabled, ordered by rule.
	Counts []Count

	jobs []*job
}

// CountsOf counts like Counts, but only the assets that are counted.
func (o Outcome) CountsOf(counted func(*model.Asset) bool) []Count {
	counts := make([]Count, 0, len(o.jobs))
	for _, j := range o.jobs {
		counts = append(counts, j.count(counted))
	}
	return counts
}

// Verdict is one statement of a rule about an asset.
type Verdict struct {
	Rule    *finding.Rule
	Asset   *model.Asset
	Verdict finding.Verdict
	Message string
	// Path is the model path that decides ("protections.backup"), At its place.
	Path string
	At   source.Range
}

// Count says how many assets a rule judged. Checked is the sum of the others.
// An asset with several verdicts counts once: fail, else unknown, else exempt.
type Count struct {
	Rule                                 *finding.Rule
	Checked, Pass, Fail, Unknown, Exempt int
}

// Problem is a fault of a rule, never of the configuration that is scanned.
//
//nolint:errname // it is listed and shown; only the loading of embedded rules returns it
type Problem struct {
	// Code is stable: "rule/parse", "rule/compile", "rule/metadata",
	// "rule/package", "rule/setting", "rule/timeout", "rule/evaluation",
	// "rule/builtin" or "rule/result".
	Code string
	// Rule is the rule's ID; empty when a file could not be read as a rule.
	Rule    string
	Message string
	// File is the rule's file below the root of its set. Line and Column start
	// at 1 and are 0 where the whole file is meant.
	File         string
	Line, Column int
}

// Error writes a problem as file:line:column: message.
func (p Problem) Error() string {
	place := p.File
	if p.Line > 0 {
		place = fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
	}
	return place + ": " + p.Message
}

func sortProblems(problems []Problem) {
	slices.SortStableFunc(problems, func(a, b Problem) int {
		if order := strings.Compare(a.File, b.File); order != 0 {
			return order
		}
		if a.Line != b.Line {
			return a.Line - b.Line
		}
		if a.Column != b.Column {
			return a.Column - b.Column
		}
		return strings.Compare(a.Message, b.Message)
	})
}
