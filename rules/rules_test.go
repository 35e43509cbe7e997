package rules_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/format"

	"github.com/drlint/drlint/analyzers"
	"github.com/drlint/drlint/internal/config"
	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/gen/pages"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/policy"
	"github.com/drlint/drlint/internal/report"
	"github.com/drlint/drlint/internal/scan"
	"github.com/drlint/drlint/internal/source"
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
				if err := os.WriteFile(name, pages.FormatExamples(prose, examples), 0o644); err != nil {
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
	if !gives(e.Verdict, counts) {
		t.Errorf("the example is not one of verdict %s:\n%s", e.Verdict, got)
	}
}

// gives reports whether the verdicts of an example are what its folder says: no
// graver one occurs.
func gives(verdict finding.Verdict, s report.Summary) bool {
	switch verdict {
	case finding.Fail:
		return s.Fail > 0
	case finding.Unknown:
		return s.Fail == 0 && s.Unknown > 0
	case finding.Exempt:
		return s.Fail+s.Unknown == 0 && s.Exempt > 0
	default:
		return s.Fail+s.Unknown == 0 && s.Pass > 0
	}
}

// evaluate runs one rule over an example and writes its verdicts as text.
func evaluate(t *testing.T, set *policy.Ruleset, rule *finding.Rule, e *pages.Example) (string, report.Summary) {
	t.Helper()
	r, err := scan.Run(context.Background(), optionsOf(t, set, e, rule.ID))
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range r.Diagnostics {
		if d.Severity != source.Note {
			t.Errorf("%s: %s", d.Code, d.Summary)
		}
	}
	lines := said(r)
	passed := silent(r, rule)
	if len(passed) != r.Summary.Pass {
		t.Errorf("%d assets pass, but these are silent: %v", r.Summary.Pass, passed)
	}
	for _, address := range passed {
		lines = append(lines, "pass "+address)
	}
	return strings.Join(lines, "\n") + "\n", r.Summary
}

// optionsOf are what a scan of an example depends on; a .drlint.yaml among its
// files counts as it does on the command line. No rules mean all.
func optionsOf(t *testing.T, set *policy.Ruleset, e *pages.Example, only ...string) scan.Options {
	t.Helper()
	fsys, tree := fstest.MapFS{}, source.Tree{Name: "platform"}
	for _, f := range e.Files {
		fsys[f.Name] = &fstest.MapFile{Data: f.Data}
		tree.Files = append(tree.Files, f.Name)
	}
	slices.Sort(tree.Files)
	tree.FS = fsys
	o := scan.Options{
		Tree: tree, Analyzers: analyzers.All(), Rules: set,
		Policy: policy.Options{Only: only, Now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)},
	}
	if file := config.Find(fsys); file != "" {
		c, problems := config.Load(fsys, file)
		for _, p := range problems {
			t.Errorf("%s: %s", p.At.File, p.Summary)
		}
		o.Configure(c)
	}
	return o
}

func said(r *report.Report) (lines []string) {
	for _, f := range r.Findings {
		place := r.Sources.Place(f.At)
		if place.Start.Line == 0 {
			lines = append(lines, "no place: "+f.Message)
			continue
		}
		at := fmt.Sprintf("%s:%d:%d %s ", place.File, place.Start.Line, place.Start.Column, f.Verdict)
		lines = append(lines, at+f.Subject.Address+": "+f.Message)
		for _, instance := range f.Instances {
			lines = append(lines, at+instance.Subject.Address)
		}
	}
	return lines
}

// silent lists the assets in a rule's scope that it says nothing about.
func silent(r *report.Report, rule *finding.Rule) (addresses []string) {
	named := map[string]bool{}
	for _, f := range r.Findings {
		named[f.Subject.ID] = true
		for _, instance := range f.Instances {
			named[instance.Subject.ID] = true
		}
	}
	staged := func(a *model.Asset) bool { return len(rule.Stages) == 0 || len(a.Stages) > 0 }
	for _, a := range r.Assets {
		inScope := slices.Contains(rule.Kinds, string(a.Kind)) && (len(rule.Stages) == 0 ||
			slices.ContainsFunc(a.Stages, func(s model.StageFact) bool { return slices.Contains(rule.Stages, string(s.Stage)) }))
		outer := len(rule.Stages) > 0 && slices.ContainsFunc(r.Assets, func(inner *model.Asset) bool { return inner.Within == a.ID && staged(inner) })
		if inScope && !outer && !named[a.ID] {
			addresses = append(addresses, a.Address)
		}
	}
	return addresses
}
