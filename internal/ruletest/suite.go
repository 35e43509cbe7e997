package ruletest

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/guard"
	"github.com/drlint/drlint/internal/policy"
)

// Kind says what was tested.
type Kind string

// The kinds of tests.
const (
	Condition Kind = "rule"    // a file that could not be used
	Unit      Kind = "unit"    // a test in Rego
	Sample    Kind = "example" // an example through the whole pipeline
)

// Result is the result of one test of users' rules.
type Result struct {
	Kind Kind
	// Name is the rule and the example, "custom/owner fail/no-tag", or the unit
	// test, "custom.owner.test_names_it".
	Name string
	// File is below the directory of the rules. Line is 0 where all of it is meant.
	File          string
	Line, Column  int
	Passed, Skips bool
	// Message says why it failed. Want and Got differ where an example's verdicts do.
	Message, Want, Got string
	// Output is what a unit test printed.
	Output string
}

// Suite is what is tested: a directory with users' rules.
type Suite struct {
	FS fs.FS
	// Run chooses tests by name; nil means all.
	Run *regexp.Regexp
	// Coverage, when given, learns what the tests reach.
	Coverage *policy.Coverage
	// Update, when given, takes the archives whose expectations are rewritten to
	// what the rules say.
	Update func(name string, data []byte) error
}

// Outcomes are the results in the order of files, and how many rules there are.
type Outcomes struct {
	Results []Result
	Rules   int
	// Untested are the rules that have no examples, ordered.
	Untested []string
}

// Failed reports whether anything failed.
func (o Outcomes) Failed() bool {
	return slices.ContainsFunc(o.Results, func(r Result) bool { return !r.Passed && !r.Skips })
}

// Test runs everything. The error means that testing was not possible.
func (s Suite) Test(ctx context.Context) (Outcomes, error) {
	set, problems := policy.LoadCustom(s.FS)
	o := Outcomes{Rules: len(set.Rules())}
	unitOptions := policy.UnitOptions{Coverage: s.Coverage}
	if s.Run != nil {
		unitOptions.Run = s.Run.String()
	}
	units, more, err := policy.RunUnits(ctx, s.FS, unitOptions)
	if err != nil {
		return o, err
	}
	for _, p := range append(problems, more...) {
		r := Result{Kind: Condition, Name: p.File, File: p.File, Line: p.Line, Column: p.Column, Message: p.Message}
		if !slices.Contains(o.Results, r) {
			o.Results = append(o.Results, r)
		}
	}
	for _, u := range units {
		o.Results = append(o.Results, unitResult(u))
	}
	for _, rule := range set.Rules() {
		results, tested, err := s.examples(ctx, set, rule)
		if err != nil {
			return o, err
		}
		if !tested {
			o.Untested = append(o.Untested, rule.ID)
		}
		o.Results = append(o.Results, results...)
	}
	slices.SortStableFunc(o.Results, func(a, b Result) int { return strings.Compare(a.File, b.File) })
	return o, nil
}

func unitResult(u policy.Unit) Result {
	r := Result{Kind: Unit, Name: u.Name, File: u.File, Line: u.Line, Passed: u.Passed, Skips: u.Skipped, Message: u.Message, Output: u.Output}
	if u.FailedLine > 0 {
		r.Line = u.FailedLine
	}
	return r
}

// examples tests one rule with the archive in its folder; tested reports
// whether there is one.
func (s Suite) examples(ctx context.Context, set *policy.Ruleset, rule *finding.Rule) (results []Result, tested bool, err error) {
	name := path.Join(path.Dir(set.File(rule.ID)), File)
	if _, err := fs.Stat(s.FS, name); errors.Is(err, fs.ErrNotExist) {
		return nil, false, nil
	}
	fault := func(line int, message string) []Result {
		return []Result{{Kind: Sample, Name: rule.ID, File: name, Line: line, Message: message}}
	}
	data, refused := guard.Read(s.FS, name, guard.Text)
	if refused != nil {
		return fault(0, refused.Summary), true, nil
	}
	for _, other := range set.Rules() {
		if other.ID != rule.ID && path.Dir(set.File(other.ID)) == path.Dir(name) {
			return fault(0, fmt.Sprintf("lies beside %s and %s; give each rule a folder of its own", rule.ID, other.ID)), true, nil
		}
	}
	prose, examples, err := Parse(data)
	var misplaced *MisplacedError
	if errors.As(err, &misplaced) {
		return fault(misplaced.Line, misplaced.Name+" is not named <verdict>/<example>/<path>, where the verdict is fail, pass, unknown or exempt"), true, nil
	}
	for i := range examples {
		r, err := s.example(ctx, set, rule, name, &examples[i])
		if err != nil {
			return nil, true, err
		}
		if r != nil {
			results = append(results, *r)
		}
	}
	if s.Update != nil {
		if updated := Format(prose, examples); string(updated) != string(data) {
			err = s.Update(name, updated)
		}
	}
	return results, true, err
}

// example runs one example; nil where it was not chosen.
func (s Suite) example(ctx context.Context, set *policy.Ruleset, rule *finding.Rule, file string, e *Example) (*Result, error) {
	r := &Result{Kind: Sample, Name: rule.ID + " " + e.Label(), File: file, Line: e.Line}
	if s.Run != nil && !s.Run.MatchString(r.Name) {
		return nil, nil
	}
	got, err := Run(ctx, set, rule, e, s.Coverage)
	if err != nil {
		return nil, err
	}
	if s.Update != nil {
		e.Want = got.Said
	}
	switch {
	case len(got.Faults) > 0:
		r.Message = strings.Join(got.Faults, "; ")
	case got.Said != e.Want:
		r.Message, r.Want, r.Got = "the verdicts differ", e.Want, got.Said
		if e.WantLine > 0 {
			r.Line = e.WantLine
		} else {
			r.Message = "no verdicts are expected yet; drlint test --update writes what the rule says"
		}
	case !e.Gives(got.Summary):
		r.Message, r.Got, r.Want = fmt.Sprintf("lies in %s, and its verdicts are not", e.Verdict), got.Said, got.Said
	default:
		r.Passed = true
	}
	return r, nil
}
