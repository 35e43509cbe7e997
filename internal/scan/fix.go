package scan

import (
	"context"
	"slices"

	"github.com/drlint/drlint/internal/edit"
	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/overlay"
	"github.com/drlint/drlint/internal/report"
	"github.com/drlint/drlint/internal/source"
)

// Repair is a fix that was chosen for a finding.
type Repair struct {
	Finding *finding.Finding // of the report before
	Fix     finding.Fix
	// Left says why the fix is not made; empty when it is.
	Left string
}

// Fixing is what fixes come to. Nothing is written yet.
type Fixing struct {
	Before, After *report.Report
	Repairs       []Repair
	Changes       []edit.Change
	// Withheld counts the findings whose only fixes were not asked for.
	Withheld int
}

// Fix scans, edits a copy in memory and scans that: only what lets its rule pass
// and leaves the files readable is kept. Fixes that are not safe are made when
// unsafe is set, and none outside of the paths that the options ask for.
func Fix(ctx context.Context, o Options, unsafe bool) (*Fixing, error) {
	before, err := Run(ctx, o)
	if err != nil {
		return nil, err
	}
	f := &Fixing{Before: before, After: before}
	f.choose(o.Only, unsafe)
	for {
		again, err := f.try(ctx, o)
		if err != nil || !again {
			return f, err
		}
	}
}

// choose takes the first fix of every finding that may be made.
func (f *Fixing) choose(only []string, unsafe bool) {
	for i := range f.Before.Findings {
		of := &f.Before.Findings[i]
		if of.Suppressed != nil || of.Verdict != finding.Fail || len(of.Fixes) == 0 {
			continue
		}
		allowed := slices.IndexFunc(of.Fixes, func(fix finding.Fix) bool { return fix.Safe || unsafe })
		if allowed < 0 {
			f.Withheld++
			continue
		}
		r := Repair{Finding: of, Fix: of.Fixes[allowed]}
		if slices.ContainsFunc(r.Fix.Edits, func(e finding.Edit) bool { return !below(only, e.At.File) }) {
			r.Left = "it would edit a file outside of the given paths"
		}
		f.Repairs = append(f.Repairs, r)
	}
}

// try makes the fixes that are left and looks at the result. It reports whether
// some of them have to go.
func (f *Fixing) try(ctx context.Context, o Options) (again bool, err error) {
	var fixes []finding.Fix
	var indexes []int
	for i, r := range f.Repairs {
		if r.Left == "" || r.Left == contradicts {
			f.Repairs[i].Left = ""
			fixes, indexes = append(fixes, r.Fix), append(indexes, i)
		}
	}
	plan, err := edit.Merge(o.Tree.FS, fixes)
	if err != nil {
		return false, err
	}
	for _, i := range plan.Left {
		f.Repairs[indexes[i]].Left = contradicts
	}
	f.Changes, f.After = plan.Changes, f.Before
	if len(plan.Changes) == 0 {
		return false, nil
	}
	o.Tree.FS = overlay.New(o.Tree.FS, edit.Contents(plan.Changes))
	if f.After, err = Run(ctx, o); err != nil {
		return false, err
	}
	return f.reject(), nil
}

const contradicts = "it contradicts another fix; run drlint fix again"

// reject leaves out the fixes that do not do what they promise.
func (f *Fixing) reject() (rejected bool) {
	spoilt := map[string]bool{}
	for _, d := range f.After.Diagnostics {
		if d.Severity == source.Error && !slices.ContainsFunc(f.Before.Diagnostics, func(old source.Diagnostic) bool { return old.Code == d.Code && old.At.File == d.At.File }) {
			spoilt[d.At.File] = true
		}
	}
	failing := map[string]bool{}
	for _, left := range f.After.Findings {
		failing[left.Fingerprint] = left.Verdict == finding.Fail
	}
	harmed := Harm(f.Before.Model, f.After.Model)
	for i := range f.Repairs {
		r := &f.Repairs[i]
		switch {
		case r.Left != "":
		case harmed[r.Finding.Subject.ID]:
			r.Left, rejected = "it would take another protection away", true
		case slices.ContainsFunc(r.Fix.Edits, func(e finding.Edit) bool { return spoilt[e.At.File] }):
			r.Left, rejected = "the file could not be read afterwards", true
		case failing[r.Finding.Fingerprint]:
			r.Left, rejected = "the rule would still not pass", true
		}
	}
	return rejected
}
