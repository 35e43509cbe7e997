package rules_test

import (
	"bytes"
	"context"
	"flag"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/format"

	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/gen/pages"
	"github.com/drlint/drlint/internal/policy"
	"github.com/drlint/drlint/internal/report"
	"github.com/drlint/drlint/internal/ruletest"
	"github.com/drlint/drlint/internal/scan"
	"github.com/drlint/drlint/rules"
)

var update = flag.Bool("update", false, "rewrite the expected verdicts of the examples and the layout of the rules")

// The law for every rule: its metadata is complete, its folder, package and ID
// are one, and its condition compiles strictly against the schema of the input.
func TestRulesAreSound(t *testing.T) {
	index, problems := policy.Check(os.DirFS("."))
	for _, p := range problems {
		t.Error(p)
	}
	for _, rule := range index {
		if _, err := fs.Stat(rules.FS, rule.ID+"/rule.rego"); err != nil {
			t.Errorf("%s is not embedded: %v", rule.ID, err)
		}
	}
}

// Conditions are written the way opa fmt writes them.
func TestRulesAreFormatted(t *testing.T) {
	files, err := fs.Glob(os.DirFS("."), "*/*/*.rego")
	if err != nil {
		t.Fatal(err)
	}
	libraries, err := fs.Glob(os.DirFS("."), "lib/*.rego")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range slices.Concat(files, libraries) {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		formatted, err := format.SourceWithOpts(name, text, format.Opts{RegoVersion: ast.RegoV1})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if *update {
			err = os.WriteFile(name, formatted, 0o644)
		} else if diff := cmp.Diff(string(formatted), string(text)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		if err != nil {
			t.Error(err)
		}
	}
}

// A folder of a rule holds a condition, its plan and examples, and tests if it must.
func TestFoldersHoldOnlyRules(t *testing.T) {
	allowed := []string{"rule.rego", "examples.txtar", "rule_test.rego", "rule.plan"}
	var folders []string
	err := fs.WalkDir(os.DirFS("."), ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && entry.IsDir() && strings.Count(name, "/") == 1 {
			folders = append(folders, name)
		}
		return err
	})
	if err != nil || len(folders) == 0 {
		t.Fatalf("there are no rules (%v)", err)
	}
	for _, folder := range folders {
		entries, err := os.ReadDir(folder)
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, entry := range entries {
			names = append(names, entry.Name())
			if !slices.Contains(allowed, entry.Name()) {
				t.Errorf("%s does not belong into a rule's folder", path.Join(folder, entry.Name()))
			}
		}
		for _, name := range allowed[:2] {
			if !slices.Contains(names, name) {
				t.Errorf("%s has no %s", folder, name)
			}
		}
	}
}

func TestIndexAndPagesAreFresh(t *testing.T) {
	files, err := pages.Generate(os.DirFS("."))
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, f := range files {
		known[filepath.Clean(f.Path)] = true
		have, err := os.ReadFile(f.Path)
		if err != nil || !bytes.Equal(have, f.Data) {
			t.Errorf("%s is stale; run go generate ./rules (%v)", f.Path, err)
		}
	}
	err = filepath.WalkDir("../docs/rules", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && !known[filepath.Clean(name)] {
			t.Errorf("%s belongs to no rule", name)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// Every rule has examples that fail, pass and stay unknown, and each of them
// gives its verdicts, at their places, in the whole pipeline.
func TestExamples(t *testing.T) {
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
		t.Run(rule.ID, func(t *testing.T) {
			name := filepath.Join(filepath.FromSlash(rule.ID), "examples.txtar")
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			prose, examples, err := pages.ParseExamples(data)
			if err != nil {
				t.Fatal(err)
			}
			for _, verdict := range []finding.Verdict{finding.Fail, finding.Pass, finding.Unknown} {
				if !slices.ContainsFunc(examples, func(e pages.Example) bool { return e.Verdict == verdict }) {
					t.Errorf("no example of verdict %s", verdict)
				}
			}
			for j := range examples {
				t.Run(string(examples[j].Verdict)+"/"+examples[j].Name, func(t *testing.T) { check(t, set, rule, &examples[j]) })
			}
			if *update {
				if err := os.WriteFile(name, ruletest.Format(prose, examples), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

func check(t *testing.T, set *policy.Ruleset, rule *finding.Rule, e *pages.Example) {
	got, counts := evaluate(t, set, rule, e)
	if *update {
		e.Want = got
	}
	if diff := cmp.Diff(e.Want, got); diff != "" {
		t.Error(diff)
	}
	if !e.Gives(counts) {
		t.Errorf("the example is not one of verdict %s:\n%s", e.Verdict, got)
	}
}

// evaluate runs one rule over an example and returns its verdicts as text.
func evaluate(t *testing.T, set *policy.Ruleset, rule *finding.Rule, e *pages.Example) (string, report.Summary) {
	t.Helper()
	got, err := ruletest.Run(context.Background(), set, rule, e, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, fault := range got.Faults {
		t.Error(fault)
	}
	return got.Said, got.Summary
}

// optionsOf are what a scan of an example depends on. No rules mean all.
func optionsOf(t *testing.T, set *policy.Ruleset, e *pages.Example, only ...string) scan.Options {
	t.Helper()
	o, faults := e.Options(set, only...)
	for _, fault := range faults {
		t.Error(fault)
	}
	return o
}
