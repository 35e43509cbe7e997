package scan

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/environment"
	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/policy"
	"github.com/drlint/drlint/internal/report"
	"github.com/drlint/drlint/internal/source"
)

// judge evaluates the rules and gives their verdicts places and texts.
func judge(ctx context.Context, o Options, m *model.Model, set origins, g grades) (judgement, error) {
	o.tell(Judging, len(m.Assets))
	outcome, err := o.Rules.Eval(ctx, m, o.Policy)
	if err != nil {
		return judgement{}, err
	}
	var j judgement
	concerned := map[*model.Asset]bool{}
	assets := map[string]*model.Asset{}
	for _, a := range m.Assets {
		assets[a.ID] = a
	}
	for _, v := range outcome.Verdicts {
		f := toFinding(v, holder(assets, v.Asset, v.At), g, set)
		j.verdicts = append(j.verdicts, f)
		if concerns(o.Only, f) {
			concerned[v.Asset] = true
		}
	}
	for _, p := range outcome.Problems {
		j.faulty = append(j.faulty, p.Rule)
		j.problems = append(j.problems, source.Diagnostic{
			Code: p.Code, Severity: source.Error, Summary: p.Error(), Detail: "the verdicts of this rule are incomplete",
		})
	}
	j.counts = outcome.CountsOf(func(a *model.Asset) bool { return concerned[a] || below(o.Only, a.At.File) })
	return j, nil
}

// judgement is what the rules said. The counts are limited to the paths that
// were asked for.
type judgement struct {
	verdicts []finding.Finding
	problems []source.Diagnostic
	counts   []policy.Count
	faulty   []string // rules whose verdicts are incomplete
}

// holder is the asset whose text decides about another: itself, or what it lies
// within, which another call of another module may have made.
func holder(assets map[string]*model.Asset, a *model.Asset, at source.Range) *model.Asset {
	const deepest = 8
	outer := a
	for range deepest {
		if outer.Body.Contains(at) {
			return outer
		}
		if outer = assets[outer.Within]; outer == nil {
			break
		}
	}
	return a
}

// toFinding gives a verdict its texts and places. The chain of calls is that of
// the asset which holds the deciding place.
func toFinding(v policy.Verdict, held *model.Asset, g grades, set origins) finding.Finding {
	a := v.Asset
	severity, lowered := g.of(v.Rule, a)
	f := finding.Finding{
		Rule: v.Rule, Verdict: v.Verdict, Severity: severity, Lowered: lowered, Message: v.Message,
		Subject: finding.Subject{ID: a.ID, Address: a.Address, Type: a.Type, Kind: string(a.Kind), Provider: a.Provider, Root: environment.Root(a.Root, a.Environment), Environment: a.Environment},
		At:      v.At, Body: a.Body, Path: v.Path, Decider: decider(held, v.At), Everywhere: v.At == held.At && itself(held),
	}
	for _, s := range a.Stages {
		f.Subject.Stages = append(f.Subject.Stages, string(s.Stage))
	}
	for i, call := range held.Via {
		f.Via = append(f.Via, finding.Call{Name: held.Calls[i], At: call})
	}
	f.Related = set.related(held, v.At)
	if v.At != a.At && !a.Body.Contains(v.At) && !itself(a) {
		f.Related = append(f.Related, finding.Related{Message: a.Address + " is declared", At: a.At})
	}
	if a.Maybe != "" {
		f.Related = append(f.Related, finding.Related{Message: "whether it is created is unknown (" + a.Maybe + "); it is declared", At: a.At})
	}
	return f
}

func summarize(r *report.Report, counts []policy.Count, files int) report.Summary {
	s := report.Summary{Files: files, Assets: len(r.Assets), Rules: len(r.Rules), Failing: map[finding.Severity]int{}}
	for _, c := range counts {
		s.Checked += c.Checked
		s.Pass += c.Pass
		s.Fail += c.Fail
		s.Unknown += c.Unknown
		s.Exempt += c.Exempt
		if c.Rule.Saves() {
			s.Cost += c.Fail
		}
	}
	for _, f := range r.Findings {
		switch {
		case f.Suppressed != nil:
			s.Suppressed++
		case f.Verdict == finding.Fail && f.Rule.Saves():
			s.Saving++
		case f.Verdict == finding.Fail:
			s.Failing[f.Severity]++
		}
	}
	return s
}

// evaluated lists the rules that were enabled, ordered by ID.
func evaluated(counts []policy.Count) (rules []*finding.Rule) {
	for _, c := range counts {
		rules = append(rules, c.Rule)
	}
	return rules
}

func ordered(lists ...[]source.Diagnostic) []source.Diagnostic {
	all := slices.Concat(lists...)
	slices.SortStableFunc(all, func(a, b source.Diagnostic) int {
		return cmp.Or(a.At.Compare(b.At), strings.Compare(a.Code, b.Code), strings.Compare(a.Summary, b.Summary))
	})
	return slices.Compact(all)
}

// concerns reports whether the deciding place of a finding, its asset, its
// module chain or the value that decides lies below one of the paths.
func concerns(paths []string, f finding.Finding) bool {
	return below(paths, f.At.File) || below(paths, f.Body.File) ||
		slices.ContainsFunc(f.Via, func(c finding.Call) bool { return below(paths, c.At.File) }) ||
		slices.ContainsFunc(f.Related, func(r finding.Related) bool { return r.Quote && below(paths, r.At.File) })
}

func assetsWithin(paths []string, assets []*model.Asset) []*model.Asset {
	return slices.DeleteFunc(slices.Clone(assets), func(a *model.Asset) bool { return !below(paths, a.At.File) })
}

// below reports whether a file is one of the paths or lies in one of them; no
// paths mean everything.
func below(paths []string, file string) bool {
	for _, path := range paths {
		if path == "." || file == path || strings.HasPrefix(file, path+"/") {
			return true
		}
	}
	return len(paths) == 0
}
