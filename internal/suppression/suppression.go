// Package suppression decides which findings users have accepted, by comments in
// the files and by entries of the configuration, and judges these decisions
// themselves: what has expired, covers nothing or cannot be understood is a
// finding of its own.
package suppression

import (
	"fmt"
	"slices"
	"time"

	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/source"
)

// Decisions are all that users decided to ignore in one repository.
type Decisions struct {
	comments []*comment
	entries  []*entry
	byFile   map[string][]*comment
	rules    names
	today    string // 2026-11-22
}

// comment is a Comment with what it covered.
type comment struct {
	Comment
	expired bool
	// matched are the rules that each of its names stands for, used whether one
	// of them was covered.
	matched [][]*finding.Rule
	used    []bool
}

// entry is one of the configuration's, with what it covered.
type entry struct {
	finding.Acceptance
	expired, used bool
}

// New gathers the decisions. rules are all that exist, those about ignoring
// included; today is the day on which decisions may have expired, and the zero
// time lets none expire.
func New(comments []Comment, entries []finding.Acceptance, rules []*finding.Rule, today time.Time) *Decisions {
	d := &Decisions{byFile: map[string][]*comment{}, rules: rules}
	if !today.IsZero() {
		d.today = today.Format(time.DateOnly)
	}
	for _, c := range comments {
		known := &comment{Comment: c, expired: d.passed(c.until), used: make([]bool, len(c.rules))}
		for _, name := range c.rules {
			about, others := split(d.rules.match(name.text))
			if known.matched = append(known.matched, others); len(others) == 0 && len(about) > 0 && c.flaw == "" {
				known.flaw = fmt.Sprintf("comments cannot ignore %q, .drlint.yaml can", name.text)
			}
		}
		d.comments = append(d.comments, known)
		if known.flaw == "" {
			d.byFile[c.At.File] = append(d.byFile[c.At.File], known)
		}
	}
	for _, e := range entries {
		d.entries = append(d.entries, &entry{Acceptance: e, expired: d.passed(e.Until)})
	}
	return d
}

// split tells the rules about ignoring from the others.
func split(rules []*finding.Rule) (about, others []*finding.Rule) {
	for _, rule := range rules {
		if rule.AboutIgnoring() {
			about = append(about, rule)
		} else {
			others = append(others, rule)
		}
	}
	return about, others
}

// passed reports whether a day, the last on which something holds, is over.
func (d *Decisions) passed(until string) bool { return until != "" && until < d.today }

// Any reports whether anybody decided anything.
func (d *Decisions) Any() bool { return len(d.comments)+len(d.entries) > 0 }

// Mark marks the verdicts that are accepted. They are marked before they are
// grouped: of one cause in five module calls, two may be accepted. With reveal,
// nothing is marked and the decisions still count as used.
func (d *Decisions) Mark(verdicts []finding.Finding, sources *source.Store, reveal bool) {
	if !d.Any() {
		return
	}
	for i := range verdicts {
		f := &verdicts[i]
		if f.Verdict != finding.Fail && f.Verdict != finding.Unknown {
			continue
		}
		if s := d.covering(f, sources); s != nil && !reveal {
			f.Suppressed = s
		}
	}
}

// covering returns what accepts a verdict, comments first, and notes everything
// that would.
func (d *Decisions) covering(f *finding.Finding, sources *source.Store) (by *finding.Suppression) {
	for _, at := range places(f) {
		for _, c := range d.byFile[at.File] {
			line := sources.Place(at).Start.Line
			if !c.wholeFile && c.line != line && c.header != line || !c.covers(f.Rule) || c.expired || by != nil {
				continue
			}
			by = &finding.Suppression{Kind: finding.Inline, Reason: c.reason, Until: c.until, Owner: c.owner, At: c.At}
		}
	}
	for _, e := range d.entries {
		if !e.covers(f) {
			continue
		}
		e.used = true
		if by == nil && !e.expired {
			by = &finding.Suppression{Kind: finding.Configured, Reason: e.Reason, Until: e.Until, Owner: e.Owner, At: e.At}
		}
	}
	return by
}

// places are where a comment about a verdict may stand: the line that decides,
// the block of the asset, and the calls of the modules around it.
func places(f *finding.Finding) []source.Range {
	at := []source.Range{f.At}
	if f.Body != f.At && !f.Body.IsZero() {
		at = append(at, f.Body)
	}
	for _, call := range f.Via {
		at = append(at, call.At)
	}
	return at
}

// covers reports whether a comment names a rule, and notes that it was needed.
func (c *comment) covers(rule *finding.Rule) (covered bool) {
	for i, matched := range c.matched {
		if slices.Contains(matched, rule) {
			c.used[i], covered = true, true
		}
	}
	return covered
}

// covers reports whether an entry accepts a verdict. One that selects by address
// is about assets only.
func (e *entry) covers(f *finding.Finding) bool {
	return finding.Matches(e.Rule, f.Rule) && globs(e.Path, f.At.File) && (e.Address == "" || globs(e.Address, f.Subject.Address))
}
