package finding

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/source"
)

// cause is what makes verdicts one finding: the same rule says the same of what
// the same text decides. What users accepted is a finding of its own beside what
// the same text decides for others.
type cause struct {
	rule     string
	verdict  Verdict
	at       source.Range
	accepted bool
}

// member is a subject of a cause, whatever the environment.
type member struct {
	cause         cause
	root, address string
}

// Group turns verdicts into findings: what the same text decides for several
// assets, for one asset reached by several module calls, or for one asset in
// several environments, is one finding. environments lists those of each root.
// Only what concerns somebody becomes a finding: what concerns him in one
// environment does so in all. The result is ordered and every finding has its
// fingerprint.
func Group(verdicts []Finding, environments map[string][]string, concerns func(Finding) bool) []Finding {
	slices.SortStableFunc(verdicts, compareSubjects)
	g := grouping{index: map[cause]int{}, members: map[member][]string{}}
	wanted := map[member]bool{}
	for _, f := range verdicts {
		if concerns(f) {
			wanted[memberOf(causeOf(f), f.Subject)] = true
		}
	}
	for _, f := range verdicts {
		if wanted[memberOf(causeOf(f), f.Subject)] {
			g.add(f)
		}
	}
	g.name(verdicts, environments)
	Fingerprint(g.findings)
	Sort(g.findings)
	return g.findings
}

// Sort orders findings by place, rule and subject.
func Sort(findings []Finding) { slices.SortStableFunc(findings, comparePlaces) }

type grouping struct {
	findings []Finding
	index    map[cause]int
	members  map[member][]string // their environments
}

func causeOf(f Finding) cause { return cause{f.Rule.ID, f.Verdict, f.At, f.Suppressed != nil} }

func memberOf(c cause, s Subject) member { return member{c, s.Root, s.Address} }

func (g *grouping) add(f Finding) {
	c := causeOf(f)
	m := memberOf(c, f.Subject)
	known, again := g.members[m]
	repeated := again && slices.Contains(known, f.Subject.Environment)
	if !repeated {
		g.members[m] = append(known, f.Subject.Environment)
	}
	first, seen := g.index[c]
	switch {
	case !seen:
		g.index[c] = len(g.findings)
		g.findings = append(g.findings, f)
	case !again:
		g.findings[first].Instances = append(g.findings[first].Instances, Instance{Subject: f.Subject, Via: f.Via})
	case !repeated && memberOf(c, g.findings[first].Subject) == m:
		g.findings[first].merge(f)
	}
}

// merge adds where a further environment differs: the value that is set there,
// else what the rule says of it.
func (f *Finding) merge(further Finding) {
	const most = 12 // places that help
	in, quoted := " in "+further.Subject.Environment, false
	for _, r := range further.Related {
		if len(f.Related) < most && !slices.ContainsFunc(f.Related, func(known Related) bool { return known.At == r.At }) {
			r.Message += in
			f.Related = append(f.Related, r)
			quoted = quoted || r.Quote
		}
	}
	if further.Message != f.Message && !quoted && len(f.Related) < most {
		f.Related = append(f.Related, Related{Message: further.Message + "," + in, At: further.At})
	}
}

// name tells every finding where it holds and what the rule says elsewhere.
func (g *grouping) name(verdicts []Finding, environments map[string][]string) {
	type view struct{ rule, root, address, environment string }
	said := map[view]Verdict{}
	for _, f := range verdicts {
		if s := f.Subject; s.Environment != "" {
			key := view{f.Rule.ID, s.Root, s.Address, s.Environment}
			said[key] = graver(said[key], f.Verdict)
		}
	}
	for i := range g.findings {
		f := &g.findings[i]
		f.Environments = g.environments(causeOf(*f), f.Subject)
		for j := range f.Instances {
			f.Instances[j].Environments = g.environments(causeOf(*f), f.Instances[j].Subject)
		}
		if len(f.Environments) == 0 {
			continue
		}
		for _, name := range environments[f.Subject.Root] {
			if !slices.Contains(f.Environments, name) {
				verdict := said[view{f.Rule.ID, f.Subject.Root, f.Subject.Address, name}]
				f.Others = append(f.Others, Other{Environment: name, Verdict: verdict})
			}
		}
		slices.SortFunc(f.Others, func(a, b Other) int { return strings.Compare(a.Environment, b.Environment) })
	}
}

func (g *grouping) environments(c cause, s Subject) []string {
	names := slices.DeleteFunc(slices.Clone(g.members[memberOf(c, s)]), func(name string) bool { return name == "" })
	slices.Sort(names)
	if len(names) == 0 {
		return nil
	}
	return names
}

// graver returns the verdict that says more: a failure, then what is open.
func graver(a, b Verdict) Verdict {
	if rank(a) <= rank(b) {
		return a
	}
	return b
}

func rank(v Verdict) int {
	order := []Verdict{Fail, Unknown, Exempt, Pass}
	if at := slices.Index(order, v); at >= 0 {
		return at
	}
	return len(order)
}

// compareSubjects compares environments last, so that which verdict stands for
// a finding does not depend on how many there are. It puts the gravest subject of a cause first: it heads the finding
// and gives it its severity.
func compareSubjects(a, b Finding) int {
	return cmp.Or(
		cmp.Compare(a.Severity.Rank(), b.Severity.Rank()),
		strings.Compare(a.Rule.ID, b.Rule.ID), strings.Compare(a.Subject.Root, b.Subject.Root),
		strings.Compare(a.Subject.Address, b.Subject.Address),
		strings.Compare(a.Path, b.Path), strings.Compare(a.Subject.Environment, b.Subject.Environment),
		strings.Compare(a.Message, b.Message),
	)
}

func comparePlaces(a, b Finding) int {
	return cmp.Or(a.At.Compare(b.At), strings.Compare(a.Rule.ID, b.Rule.ID), strings.Compare(a.Subject.ID, b.Subject.ID))
}

// last is 1 for what users accepted: that they did renames nothing else.
func last(f Finding) int {
	if f.Suppressed != nil {
		return 1
	}
	return 0
}

// Fingerprint gives each finding its identity: what does not move when lines do. What only
// the order of findings tells apart is ordered by verdict and place, so that a
// further environment renames nothing.
func Fingerprint(findings []Finding) {
	order := make([]int, len(findings))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(rank(findings[a].Verdict)-rank(findings[b].Verdict), last(findings[a])-last(findings[b]), findings[a].At.Compare(findings[b].At))
	})
	ordinals := map[string]int{}
	for _, i := range order {
		f := &findings[i]
		address := cmp.Or(f.Decider, f.Subject.Address)
		parts := []string{f.Rule.ID, f.Home(), address, f.Path}
		if f.Verdict != Fail {
			parts = append(parts, string(f.Verdict))
		}
		known := strings.Join(parts, "\x00")
		f.Identity = Identity{Rule: f.Rule.ID, File: f.Home(), Address: address, Path: f.Path, Ordinal: ordinals[known]}
		sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%d", known, ordinals[known]))
		ordinals[known]++
		f.Fingerprint = hex.EncodeToString(sum[:8])
	}
}
