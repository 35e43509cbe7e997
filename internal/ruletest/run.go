package ruletest

import (
	"context"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing/fstest"
	"time"

	"github.com/drlint/drlint/analyzers"
	"github.com/drlint/drlint/internal/config"
	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/policy"
	"github.com/drlint/drlint/internal/report"
	"github.com/drlint/drlint/internal/scan"
	"github.com/drlint/drlint/internal/source"
)

// Outcome is what one rule says about one example.
type Outcome struct {
	// Said is what Example.Want has to be.
	Said    string
	Summary report.Summary
	// Faults are what no example may have: files that cannot be read, rules that
	// break down.
	Faults []string
}

// today is the date of every example, so that verdicts do not change by themselves.
var today = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

// Run scans an example with one rule of a set. The error is that of the scan.
func Run(ctx context.Context, set *policy.Ruleset, rule *finding.Rule, e *Example, coverage *policy.Coverage) (Outcome, error) {
	o, faults := e.Options(set, rule.ID)
	o.Policy.Coverage = coverage
	r, err := scan.Run(ctx, o)
	if err != nil {
		return Outcome{}, err
	}
	for _, d := range r.Diagnostics {
		if d.Severity != source.Note {
			faults = append(faults, placed(r, d))
		}
	}
	lines := said(r)
	passed := silent(r, rule)
	if len(passed) != r.Summary.Pass && len(faults) == 0 {
		faults = append(faults, fmt.Sprintf("%d assets pass, but these are silent: %v", r.Summary.Pass, passed))
	}
	for _, address := range passed {
		lines = append(lines, "pass "+address)
	}
	return Outcome{Said: strings.Join(lines, "\n") + "\n", Summary: r.Summary, Faults: faults}, nil
}

func placed(r *report.Report, d source.Diagnostic) string {
	if place := r.Sources.Place(d.At); place.Start.Line > 0 {
		return fmt.Sprintf("%s:%d:%d: %s [%s]", place.File, place.Start.Line, place.Start.Column, d.Summary, d.Code)
	}
	return fmt.Sprintf("%s [%s]", d.Summary, d.Code)
}

// Gives reports whether the verdicts of an example are what its folder says: no
// graver one occurs.
func (e *Example) Gives(s report.Summary) bool {
	switch e.Verdict {
	case finding.Fail:
		return s.Fail > 0
	case finding.Unknown:
		return s.Fail == 0 && s.Unknown > 0
	case finding.Exempt:
		return s.Fail+s.Unknown == 0 && s.Exempt > 0
	default:
		return s.Fail+s.Unknown == 0 && s.Pass > 0
	}
}

// Options are what a scan of an example depends on; a .drlint.yaml among its
// files counts as it does on the command line. No rules mean all. Faults are
// those of that configuration.
func (e *Example) Options(set *policy.Ruleset, only ...string) (o scan.Options, faults []string) {
	fsys, tree := fstest.MapFS{}, source.Tree{Name: "platform"}
	for _, f := range e.Files {
		if !fs.ValidPath(f.Name) {
			faults = append(faults, f.Name+" is no path of a file")
			continue
		}
		fsys[f.Name] = &fstest.MapFile{Data: f.Data}
		tree.Files = append(tree.Files, f.Name)
	}
	slices.Sort(tree.Files)
	tree.Files = slices.Compact(tree.Files)
	tree.FS = fsys
	o = scan.Options{Tree: tree, Analyzers: analyzers.All(), Rules: set, Policy: policy.Options{Only: only, Now: today}}
	if file := config.Find(fsys); file != "" {
		c, problems := config.Load(fsys, file)
		for _, p := range problems {
			faults = append(faults, p.At.File+": "+p.Summary)
		}
		o.Configure(c)
	}
	return o, faults
}

func said(r *report.Report) (lines []string) {
	for _, f := range r.Findings {
		place := r.Sources.Place(f.At)
		if place.Start.Line == 0 {
			lines = append(lines, "no place: "+f.Message)
			continue
		}
		at := fmt.Sprintf("%s:%d:%d %s ", place.File, place.Start.Line, place.Start.Column, f.Verdict)
		lines = append(lines, at+f.Subject.Address+": "+f.Message)
		for _, instance := range f.Instances {
			lines = append(lines, at+instance.Subject.Address)
		}
	}
	return lines
}

// silent lists the assets in a rule's scope that it says nothing about.
func silent(r *report.Report, rule *finding.Rule) (addresses []string) {
	named := map[string]bool{}
	for _, f := range r.Findings {
		named[f.Subject.ID] = true
		for _, instance := range f.Instances {
			named[instance.Subject.ID] = true
		}
	}
	staged := func(a *model.Asset) bool { return len(rule.Stages) == 0 || len(a.Stages) > 0 }
	for _, a := range r.Assets {
		inScope := slices.Contains(rule.Kinds, string(a.Kind)) && (len(rule.Stages) == 0 ||
			slices.ContainsFunc(a.Stages, func(s model.StageFact) bool { return slices.Contains(rule.Stages, string(s.Stage)) }))
		outer := len(rule.Stages) > 0 && slices.ContainsFunc(r.Assets, func(inner *model.Asset) bool { return inner.Within == a.ID && staged(inner) })
		if inScope && !outer && !named[a.ID] {
			addresses = append(addresses, a.Address)
		}
	}
	return addresses
}
