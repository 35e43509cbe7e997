package scan

import (
	"context"

	"github.com/drlint/drlint/internal/difference"
	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/remedy"
	"github.com/drlint/drlint/internal/report"
	"github.com/drlint/drlint/internal/source"
)

// Comparison is what a scan is compared with.
type Comparison struct {
	// Name names the revision for people: "main (1a2b3c4)".
	Name string
	// Base are the options for a scan of that revision.
	Base Options
	// Changes are those between the revision and the scanned tree. They list
	// every file that some analyzer claims and those that configure the scan.
	Changes *difference.Set
	// Reconfigured says that the configuration there says something else.
	Reconfigured bool
}

// Compare scans a tree and what it is compared with, and reports the findings
// that are new and those that the changed lines decide. Both are read in full: a
// protection that went away in one file exposes a store in another.
func Compare(ctx context.Context, o Options, with Comparison) (*report.Report, error) {
	only := o.Only
	o.Only, with.Base.Only = nil, nil
	s := readBoth(ctx, o, with)
	after, before, err := s.conclude(ctx)
	if err != nil {
		return nil, err
	}
	k := newKeeper(after, before, with.Changes)
	all := after.Findings
	k.moved = o.sorted().moved
	k.keep(only)
	remedy.Attach(remedy.Scan{
		FS: o.Tree.FS, Model: after.Model, Resources: s.after.resources, Settings: o.Policy.Settings, Failures: all,
	}, after.Findings)
	after.Against, after.Before = with.Name, before.Model
	after.Assets = assetsWithin(only, after.Model.Assets)
	after.Shown = func(a *model.Asset) bool { return below(only, a.At.File) }
	return after, nil
}

// keeper decides which findings a comparison reports.
type keeper struct {
	report  *report.Report
	changes *difference.Set
	known   map[identity][]known
	moved   func(address, from, to string) bool
	before  []source.Diagnostic
	assets  map[string]*model.Asset
}

// identity names a finding about one subject by what an edit elsewhere does not
// change.
type identity struct {
	rule, file, address, path string
	verdict                   finding.Verdict
}

// known is a finding of the other revision.
type known struct {
	severity   finding.Severity
	suppressed bool
}

func newKeeper(after, before *report.Report, changes *difference.Set) *keeper {
	k := &keeper{report: after, changes: changes, known: map[identity][]known{}, before: before.Diagnostics, assets: map[string]*model.Asset{}}
	for _, a := range after.Model.Assets {
		k.assets[a.ID] = a
	}
	for i := range before.Findings {
		f := &before.Findings[i]
		for _, id := range identities(f, changes.Newer(f.Home())) {
			k.known[id] = append(k.known[id], known{f.Severity, f.Suppressed != nil})
		}
	}
	return k
}

// identities are those of all subjects of a finding.
func identities(f *finding.Finding, file string) []identity {
	ids := []identity{{f.Rule.ID, file, f.Subject.Address, f.Path, f.Verdict}}
	for _, i := range f.Instances {
		ids = append(ids, identity{f.Rule.ID, file, i.Subject.Address, f.Path, f.Verdict})
	}
	return ids
}

// keep drops what existed before and no changed line decides, and marks the rest.
func (k *keeper) keep(only []string) {
	r := k.report
	touched := make([]bool, len(r.Findings))
	// What nobody touched is the same as before in the first place: of two alike,
	// the one on a changed line is the new one.
	for _, second := range []bool{false, true} {
		for i := range r.Findings {
			f := &r.Findings[i]
			if touched[i] = k.touched(f); touched[i] == second && !k.absorb(f) {
				f.Change = finding.New
			}
		}
	}
	k.follow()
	var kept []finding.Finding
	existing := 0
	for i, f := range r.Findings {
		if f.Change == "" && touched[i] {
			f.Change = finding.Touched
		}
		switch {
		case !concerns(only, f):
		case f.Change != "":
			kept = append(kept, f)
		case f.Suppressed == nil && f.Verdict == finding.Fail:
			existing++
		}
	}
	r.Findings = kept
	k.diagnostics()
	k.count(existing)
}

// absorb takes what the other revision knows of a finding, and reports whether
// it knew all of it, as grave and not accepted.
func (k *keeper) absorb(f *finding.Finding) bool {
	all := true
	for _, id := range identities(f, f.Home()) {
		candidates := k.known[id]
		if len(candidates) == 0 {
			all = false
			continue
		}
		old := candidates[0]
		k.known[id] = candidates[1:]
		if f.Severity.Rank() < old.severity.Rank() || old.suppressed && f.Suppressed == nil {
			all = false
		}
	}
	return all
}

// touched reports whether a changed line decides a finding: its place, the
// header of its block, a call that leads to it, the value that is set
// elsewhere, or what provides the protection that it is about.
func (k *keeper) touched(f *finding.Finding) bool {
	places := []source.Range{f.At, {File: f.Body.File, Start: f.Body.Start, End: f.Body.Start}}
	for _, call := range f.Via {
		places = append(places, call.At)
	}
	for _, i := range f.Instances {
		for _, call := range i.Via {
			places = append(places, call.At)
		}
	}
	for _, r := range f.Related {
		if r.Quote {
			places = append(places, r.At)
		}
	}
	places = append(places, k.attached(f)...)
	for _, at := range places {
		if f.Everywhere && at.File == f.At.File && at.Start == f.At.Start {
			continue // it is only shown there
		}
		if k.changed(at) {
			return true
		}
	}
	return false
}

// attached are the places of what provides the protection that decides.
func (k *keeper) attached(f *finding.Finding) (places []source.Range) {
	a := k.assets[f.Subject.ID]
	name, ok := protectionOf(f.Path)
	if a == nil || !ok {
		return nil
	}
	protection := a.Protections[name]
	places = append(places, protection.At)
	for _, m := range protection.Means {
		places = append(places, m.At)
	}
	return places
}

// changed reports whether a place lies on a changed line.
func (k *keeper) changed(at source.Range) bool {
	if at.IsZero() || !k.changes.Changed(at.File) {
		return false
	}
	lines := k.report.Sources.Lines(at.File)
	if lines == nil {
		return true
	}
	return k.changes.Touches(at.File, lines.Pos(at.Start).Line, lines.Pos(max(at.Start, at.End-1)).Line)
}

// diagnostics keeps those about files that changed, and those about no file
// that the other revision has not.
func (k *keeper) diagnostics() {
	old := map[source.Diagnostic]bool{}
	for _, d := range k.before {
		old[d] = true
	}
	var kept []source.Diagnostic
	for _, d := range k.report.Diagnostics {
		if k.changes.Changed(d.At.File) || d.At.IsZero() && d.Severity != source.Note && !old[d] {
			kept = append(kept, d)
		}
	}
	k.report.Diagnostics = kept
}
