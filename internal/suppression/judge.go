package suppression

import (
	"fmt"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/source"
)

// Scope says what a run looked at, which decides what may be called unused.
type Scope struct {
	// Ran reports whether a rule looked at everything in scope. It is also asked
	// about the rules about ignoring.
	Ran func(*finding.Rule) bool
	// Complete reports whether all of what a file holds could be read, and for ""
	// whether all files could.
	Complete func(file string) bool
}

// Findings judges the decisions themselves. It is called after Mark. The result
// is ordered by place and accepted by entries of the configuration like others.
func (d *Decisions) Findings(scope Scope, reveal bool) (findings []finding.Finding) {
	j := judge{d, scope}
	for _, c := range d.comments {
		findings = append(findings, j.comment(c)...)
	}
	for i := range findings {
		for _, e := range d.entries {
			if !e.covers(&findings[i]) {
				continue
			}
			e.used = true
			if !e.expired && !reveal && findings[i].Suppressed == nil {
				findings[i].Suppressed = &finding.Suppression{Kind: finding.Configured, Reason: e.Reason, Until: e.Until, Owner: e.Owner, At: e.At}
			}
		}
	}
	for _, e := range d.entries {
		findings = append(findings, j.entry(e)...)
	}
	findings = slices.DeleteFunc(findings, func(f finding.Finding) bool { return !scope.Ran(f.Rule) })
	slices.SortStableFunc(findings, func(a, b finding.Finding) int { return a.At.Compare(b.At) })
	finding.Fingerprint(findings)
	return findings
}

type judge struct {
	*Decisions
	scope Scope
}

func (j judge) finding(id, message string, at source.Range, path string) finding.Finding {
	rule := j.rules[slices.IndexFunc(j.rules, func(r *finding.Rule) bool { return r.ID == id })]
	return finding.Finding{Rule: rule, Verdict: finding.Fail, Severity: rule.Severity, Message: message, At: at, Body: at, Path: path}
}

func (j judge) comment(c *comment) (findings []finding.Finding) {
	path := strings.Join(texts(c.rules), ",")
	if c.flaw != "" {
		return []finding.Finding{j.finding(incompleteID, "this comment ignores nothing: "+c.flaw, c.At, path)}
	}
	var unknown, unused []int
	for i, name := range c.rules {
		switch {
		case len(c.matched[i]) == 0 && j.rules.judges(name.text):
			unknown = append(unknown, i)
		case !c.used[i] && len(c.matched[i]) > 0 && j.ran(c.matched[i]) && j.scope.Complete(c.At.File):
			unused = append(unused, i)
		}
	}
	for _, i := range unknown {
		name := c.rules[i]
		at := source.Range{File: c.At.File, Start: c.rulesAt + name.start, End: c.rulesAt + name.end}
		message := fmt.Sprintf("there is no rule %q, so this comment does not ignore it", name.text)
		if nearest := j.rules.suggest(name.text); nearest != "" {
			message += "; " + nearest
		}
		findings = append(findings, j.finding(unknownID, message, at, name.text))
	}
	switch {
	case c.expired:
		f := j.finding(expiredID, "this comment has expired: it was to hold until "+c.until, c.At, path)
		if len(unused) == len(c.rules) {
			f.Message += ", and nothing needs it any more"
			f.Fixes = c.deletion()
		}
		findings = append(findings, f)
	case len(unused) > 0:
		names := texts(pick(c.rules, unused))
		f := j.finding(unusedID, "this comment ignores nothing: here "+silent(names), c.At, strings.Join(names, ","))
		if len(unused) < len(c.rules) {
			f.Message = fmt.Sprintf("%s ignored in vain: here %s", areIs(names), silent(names))
			f.Fixes = c.without(unused)
		} else {
			f.Fixes = c.deletion()
		}
		findings = append(findings, f)
	}
	return findings
}

func (j judge) entry(e *entry) []finding.Finding {
	path := strings.Join([]string{e.Rule, e.Address, e.Path}, " ")
	switch {
	case e.expired:
		f := j.finding(expiredID, "this entry has expired: it was to hold until "+e.Until, e.At, path)
		if !e.used {
			f.Message += ", and nothing needs it any more"
		}
		return []finding.Finding{f}
	case !e.used && j.ran(j.rules.match(e.Rule)) && j.scope.Complete(""):
		return []finding.Finding{j.finding(unusedID, fmt.Sprintf("this entry ignores nothing: %s reports nothing that it selects", e.Rule), e.At, path)}
	}
	return nil
}

// ran reports whether all of several rules looked at everything.
func (j judge) ran(rules []*finding.Rule) bool {
	return len(rules) > 0 && !slices.ContainsFunc(rules, func(r *finding.Rule) bool { return !j.scope.Ran(r) })
}

func texts(rules []named) (texts []string) {
	for _, rule := range rules {
		texts = append(texts, rule.text)
	}
	return texts
}

func pick(rules []named, indices []int) (picked []named) {
	for _, i := range indices {
		picked = append(picked, rules[i])
	}
	return picked
}

func silent(names []string) string {
	if len(names) == 1 {
		return names[0] + " has nothing to report"
	}
	return strings.Join(names, ", ") + " have nothing to report"
}

func areIs(names []string) string {
	if len(names) == 1 {
		return names[0] + " is"
	}
	return strings.Join(names, ", ") + " are"
}
