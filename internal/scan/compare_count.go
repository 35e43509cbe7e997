package scan

import (
	"strings"

	"github.com/drlint/drlint/internal/finding"
)

// protectionOf returns the name in a path such as "protections.backup.means.0".
func protectionOf(path string) (string, bool) {
	rest, ok := strings.CutPrefix(path, "protections.")
	name, _, _ := strings.Cut(rest, ".")
	return name, ok
}

// count makes the summary one of what was kept: what passes was not looked for.
func (k *keeper) count(existing int) {
	s := &k.report.Summary
	s.Checked, s.Pass, s.Fail, s.Unknown, s.Exempt, s.Cost = 0, 0, 0, 0, 0, 0
	s.Suppressed, s.Saving, s.Failing = 0, 0, map[finding.Severity]int{}
	s.New, s.Touched, s.Existing = 0, 0, existing
	for i := range k.report.Findings {
		f := &k.report.Findings[i]
		members := 1 + len(f.Instances)
		s.Checked += members
		switch f.Verdict {
		case finding.Fail:
			s.Fail += members
		case finding.Unknown:
			s.Unknown += members
		case finding.Exempt:
			s.Exempt += members
		}
		if f.Verdict == finding.Fail && f.Rule.Saves() {
			s.Cost += members
		}
		switch {
		case f.Suppressed != nil:
			s.Suppressed++
			continue
		case f.Verdict != finding.Fail:
			continue
		case f.Rule.Saves():
			s.Saving++
		default:
			s.Failing[f.Severity]++
		}
		if f.Change == finding.New {
			s.New++
		} else {
			s.Touched++
		}
	}
}
