package report

import (
	"fmt"
	"io"
)

func (t *textWriter) summary() {
	s := t.report.Summary
	if len(t.report.Diagnostics) > 0 {
		fmt.Fprintln(t.out)
	}
	fmt.Fprintln(t.out, t.totals())
	switch {
	case s.Unknown > 0 && !t.options.Unknown:
		fmt.Fprintln(t.out, t.dim.Sprint("What is unknown, and what would settle it: --unknown"))
	case s.Files == 0:
		fmt.Fprintln(t.out, unscanned)
	}
}

// unscanned is said where no format reads any file.
const unscanned = "Nothing to scan: no Terraform, Bicep or ARM, no pipelines, and nothing else that drlint reads was found."

// Headline is the one line that says how a run went.
func Headline(r *Report) string { return newTextWriter(io.Discard, r, Options{}).totals() }

// totals counts what was judged; in a comparison, where only what changed is
// judged aloud, what came of that.
func (t *textWriter) totals() string {
	scope := fmt.Sprintf("%s, %s, %s", count(t.report.Summary.Files, "file"), t.assets(), t.rules())
	if t.report.Against != "" {
		return scope + printable("; "+t.comparison()) + t.elapsed()
	}
	return scope + ": " + t.verdicts() + t.elapsed()
}

// comparison says what is new, and how much is as it was.
func (t *textWriter) comparison() string {
	s := t.report.Summary
	text := fmt.Sprintf("compared with %s: %d new, %d touched", t.report.Against, s.New, s.Touched)
	if s.Unknown > 0 {
		text += fmt.Sprintf(", %d unknown", s.Unknown)
	}
	return text + setAside(t.report) + "; " + count(s.Existing, "finding") + " existed before"
}

func (t *textWriter) elapsed() string {
	if !t.options.Timed || t.report.Summary.Elapsed <= 0 {
		return ""
	}
	return fmt.Sprintf(" (%.2f s)", t.report.Summary.Elapsed.Seconds())
}

// assets counts the assets. One in three environments is three: each can be lost.
func (t *textWriter) assets() string {
	text := count(len(t.report.Assets), "asset")
	names := map[string]bool{}
	for _, a := range t.report.Assets {
		if a.Environment != "" {
			names[a.Environment] = true
		}
	}
	if len(names) > 0 {
		text += " in " + count(len(names), "environment")
	}
	return text
}

// rules counts the rules and says what chose them.
func (t *textWriter) rules() string {
	text := count(t.report.Summary.Rules, "rule")
	if t.report.Profile != "" {
		text += " of profile " + string(t.report.Profile)
	}
	if t.report.RuleSet != "" {
		text += " as of " + t.report.RuleSet
	}
	return text
}

func (t *textWriter) verdicts() string {
	s := t.report.Summary
	text := fmt.Sprintf("%d checked, %d pass, %d fail, %d unknown, %d exempt", s.Checked, s.Pass, s.Fail-s.Cost, s.Unknown, s.Exempt)
	if s.Cost > 0 {
		text += fmt.Sprintf(", %d that save money", s.Cost)
	}
	return text + setAside(t.report)
}

// setAside tells what people decided to ignore from what was there before them.
func setAside(r *Report) (text string) {
	by := summary(r).Ignored
	if n := by.Inline + by.Configuration; n > 0 {
		text += fmt.Sprintf(", %d ignored", n)
	}
	if by.Baseline > 0 {
		text += fmt.Sprintf(", %d known from the baseline", by.Baseline)
	}
	return text
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
