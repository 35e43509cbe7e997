package scan

import (
	"fmt"
	"strings"

	"github.com/drlint/drlint/internal/baseline"
	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/source"
)

// recognise marks the findings that the baseline knows and returns the entries that
// the run shows to be outdated: their rules ran, their directories were asked for
// and could be read, and nothing needs them.
func recognise(o Options, j *judgement, findings []finding.Finding, complete func(string) bool) (outdated []baseline.Entry, moved map[finding.Identity]finding.Identity) {
	if o.Baseline == nil || o.NoIgnore {
		return nil, nil
	}
	ran := j.ran(o)
	rules := map[string]*finding.Rule{}
	for _, rule := range o.Rules.Rules() {
		rules[rule.ID] = rule
	}
	marked := o.Baseline.Mark(findings, o.moved)
	for _, e := range marked.Unmatched {
		rule, exists := rules[e.Rule]
		judged := exists && ran(rule) || !exists && !strings.HasPrefix(e.Rule, "custom/")
		file := e.File
		if file == finding.Whole {
			file = "" // any file may be what it stands for
		}
		if judged && below(o.Only, e.File) && complete(file) {
			outdated = append(outdated, e)
		}
	}
	return outdated, marked.Moved
}

// movedNote tells how many entries of a baseline name another file than today's.
func movedNote(b *baseline.Baseline, moved map[finding.Identity]finding.Identity) []source.Diagnostic {
	if len(moved) == 0 {
		return nil
	}
	summary := fmt.Sprintf("%d entries of the baseline name findings by files that they moved out of", len(moved))
	if len(moved) == 1 {
		summary = "an entry of the baseline names a finding by a file that it moved out of"
	}
	return []source.Diagnostic{{
		Code: "baseline/moved", Severity: source.Note, Summary: summary, At: source.Range{File: b.File},
		Detail: "drlint baseline --prune writes where they are now.",
	}}
}

// outdatedNote names the entries of a baseline that nothing needs.
func outdatedNote(b *baseline.Baseline, outdated []baseline.Entry) []source.Diagnostic {
	if len(outdated) == 0 {
		return nil
	}
	names := make([]string, 0, len(outdated))
	for _, e := range outdated {
		where := "in " + e.File + " " + e.Address
		if e.File == finding.Whole {
			where = "of the repository"
		}
		names = append(names, strings.TrimSpace(e.Rule+" "+where))
	}
	summary := fmt.Sprintf("%d entries of the baseline stand for nothing any more: %s", len(names), someOf(names))
	if len(names) == 1 {
		summary = "an entry of the baseline stands for nothing any more: " + names[0]
	}
	at := outdated[0].At
	if at.IsZero() {
		at.File = b.File
	}
	return []source.Diagnostic{{
		Code: "baseline/outdated", Severity: source.Note, Summary: summary, At: at,
		Detail: "drlint baseline --prune removes what was remedied or renamed.",
	}}
}
