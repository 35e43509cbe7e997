package rules_test

import (
	"bytes"
	"context"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/hcl/v2/hclwrite"

	"github.com/drlint/drlint/internal/edit"
	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/gen/pages"
	"github.com/drlint/drlint/internal/overlay"
	"github.com/drlint/drlint/internal/policy"
	"github.com/drlint/drlint/internal/remedy"
	"github.com/drlint/drlint/internal/report"
	"github.com/drlint/drlint/internal/scan"
	"github.com/drlint/drlint/internal/source"
)

// The law for every rule that offers remedies: an example uses each of them, and
// every fix of every example lets the rule pass, makes no other rule fail, leaves
// files that are read as before, keeps what people wrote, and is final.
func TestRemedies(t *testing.T) {
	index, problems := policy.Check(os.DirFS("."))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	set, err := policy.Load(os.DirFS("."), index)
	if err != nil {
		t.Fatal(err)
	}
	for i := range index {
		rule := &index[i]
		if len(rule.Remedies) == 0 {
			continue
		}
		t.Run(rule.ID, func(t *testing.T) {
			used := map[string]bool{}
			for _, e := range examplesOf(t, rule) {
				if e.Verdict == finding.Fail {
					t.Run(e.Name, func(t *testing.T) { tryRemedies(t, set, rule, &e, used) })
				}
			}
			known := remedy.Lookup(rule.Remedies)
			if len(known) != len(rule.Remedies) {
				t.Errorf("%v are not all in the catalogue", rule.Remedies)
			}
			for _, r := range known {
				if !used[r.Title] {
					t.Errorf("no example uses %s", r.Name)
				}
			}
		})
	}
}

func examplesOf(t *testing.T, rule *finding.Rule) []pages.Example {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(filepath.FromSlash(rule.ID), "examples.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	_, examples, err := pages.ParseExamples(data)
	if err != nil {
		t.Fatal(err)
	}
	return examples
}

// tryRemedies makes every fix of an example by itself.
func tryRemedies(t *testing.T, set *policy.Ruleset, rule *finding.Rule, e *pages.Example, used map[string]bool) {
	before := scanned(t, optionsOf(t, set, e))
	for _, f := range before.Findings {
		if f.Rule.ID != rule.ID {
			continue
		}
		for _, fix := range f.Fixes {
			used[fix.Title] = true
			t.Run(fix.Title, func(t *testing.T) { tryFix(t, set, e, before, &f, fix) })
		}
	}
}

func scanned(t *testing.T, o scan.Options) *report.Report {
	t.Helper()
	r, err := scan.Run(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func tryFix(t *testing.T, set *policy.Ruleset, e *pages.Example, before *report.Report, f *finding.Finding, fix finding.Fix) {
	o := optionsOf(t, set, e)
	plan, err := edit.Merge(o.Tree.FS, []finding.Fix{fix})
	if err != nil || len(plan.Changes) == 0 {
		t.Fatalf("it changes nothing (%v)", err)
	}
	for _, c := range plan.Changes {
		t.Logf("%s", c.Unified())
		keepsText(t, c, fix)
	}
	o.Tree.FS = overlay.New(o.Tree.FS, edit.Contents(plan.Changes))
	after := scanned(t, o)
	if diff := cmp.Diff(flaws(before), flaws(after)); diff != "" {
		t.Errorf("what cannot be read differs: %s", diff)
	}
	harmless(t, f, before, after)
	for _, left := range after.Findings {
		if left.Rule.ID != f.Rule.ID || left.Subject.ID != f.Subject.ID {
			continue
		}
		if left.Verdict == finding.Fail || left.Verdict == finding.Unknown {
			t.Errorf("the rule does not pass: %s", left.Message)
		}
	}
}

func flaws(r *report.Report) (found []string) {
	for _, d := range r.Diagnostics {
		if d.Severity != source.Note {
			found = append(found, d.Code+" "+d.Summary)
		}
	}
	return found
}

// harmless checks that an edit makes nothing worse. Rules give each other the
// word, so once one passes another may speak about the same asset: of what was
// missing before as well. A rule that says what is too much may not.
func harmless(t *testing.T, f *finding.Finding, before, after *report.Report) {
	t.Helper()
	for id := range scan.Harm(before.Model, after.Model) {
		t.Errorf("%s is worse off", id)
	}
	was := failures(before)
	for key, late := range failures(after) {
		_, early := was[key]
		if !early && (late.Subject.ID != f.Subject.ID || late.Rule.Saves()) {
			t.Errorf("newly fails: %s", late.Message)
		}
	}
}

// failures lists what fails, by rule and asset.
func failures(r *report.Report) map[string]*finding.Finding {
	found := map[string]*finding.Finding{}
	for i := range r.Findings {
		f := &r.Findings[i]
		if f.Verdict != finding.Fail {
			continue
		}
		found[f.Rule.ID+" "+f.Subject.ID] = f
		for _, instance := range f.Instances {
			found[f.Rule.ID+" "+instance.Subject.ID] = f
		}
	}
	return found
}

// keepsText checks what an edit does to the lines of a file: it takes away no
// more lines than it has places, no comment, and no layout of terraform fmt.
func keepsText(t *testing.T, c edit.Change, fix finding.Fix) {
	t.Helper()
	removed := 0
	for line := range strings.Lines(string(c.Unified())) {
		if strings.HasPrefix(line, "-") && !strings.HasPrefix(line, "--- ") {
			removed++
		}
	}
	if removed > len(fix.Edits) {
		t.Errorf("%d edits take %d lines away", len(fix.Edits), removed)
	}
	for line := range strings.Lines(string(c.Before)) {
		if at := strings.IndexAny(line, "#"); at >= 0 && !bytes.Contains(c.After, []byte(line[at:])) {
			t.Errorf("the comment %q is lost", line[at:])
		}
	}
	if path.Ext(c.File) == ".tf" && slices.Equal(hclwrite.Format(c.Before), c.Before) {
		if diff := cmp.Diff(string(hclwrite.Format(c.After)), string(c.After)); diff != "" {
			t.Errorf("terraform fmt would change it: %s", diff)
		}
	}
}
