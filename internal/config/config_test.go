package config

import (
	"fmt"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/drlint/drlint/internal/declaration"
	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/source"
	"github.com/drlint/drlint/internal/stage"
)

func load(text string) (Config, []string) {
	fsys := fstest.MapFS{".drlint.yaml": {Data: []byte(text)}}
	c, diagnostics := Load(fsys, ".drlint.yaml")
	return c, places(fsys, diagnostics)
}

func places(fsys fstest.MapFS, diagnostics []source.Diagnostic) (lines []string) {
	sources := source.NewStore(fsys)
	for _, d := range diagnostics {
		start := sources.Place(d.At).Start
		line := fmt.Sprintf("%d:%d %s", start.Line, start.Column, d.Summary)
		if d.Detail != "" {
			line += "; " + d.Detail
		}
		lines = append(lines, line)
	}
	return lines
}

func TestLoad(t *testing.T) {
	c, problems := load(`version: 1
include: ["infra/**"]
exclude: [examples/**]
fail-on: high
custom-rules: policy
platform: {name: lake, data: true}
stages:
  - {stage: raw, name: "*-events", tag: zone=raw*}
environments:
  - {root: ./infra, name: prod/eu, files: [env/common.tfvars, env/prod.tfvars]}
rules:
  raw/not-replicated: {severity: low}
  raw/expires-too-soon:
    severity: "off"
    settings: {least_days: 30}
ignore:
  - {rule: raw/*, path: "legacy/**", reason: is being dismantled}
`)
	if problems != nil {
		t.Fatal(problems)
	}
	yes := true
	want := Config{
		File: ".drlint.yaml", Include: []string{"infra/**"}, Exclude: []string{"examples/**"}, FailOn: "high", CustomRules: "policy",
		Platform:     Platform{Name: "lake", Data: &yes},
		Declarations: declaration.Declarations{PrimaryRegion: model.Fact{State: model.Absent}, RecoveryRegion: model.Fact{State: model.Absent}},
		Stages:       []stage.Declaration{{Stage: model.Raw, Name: "*-events", Tag: "zone=raw*"}},
		Environments: []source.Environment{{Root: "infra", Name: "prod/eu", Files: []string{"env/common.tfvars", "env/prod.tfvars"}}},
		Rules: map[string]Rule{
			"raw/not-replicated":   {Severity: finding.Low},
			"raw/expires-too-soon": {Off: true, Settings: map[string]any{"least_days": 30.0}},
		},
		Ignore: []finding.Acceptance{{Rule: "raw/*", Path: "legacy/**", Reason: "is being dismantled"}},
	}
	ignorePlaces := cmp.FilterPath(func(p cmp.Path) bool { return p.Last().String() == ".At" }, cmp.Ignore())
	if diff := cmp.Diff(want, c, ignorePlaces); diff != "" {
		t.Error(diff)
	}
}

func TestLoadPlacesProblems(t *testing.T) {
	cases := map[string][]string{
		"version: 2\n":             {"1:10 version: value must be 1"},
		"include: []\n":            {"1:1 the configuration: missing property 'version'"},
		"version: 1\nversion: 1\n": {`2:1 the key "version" is written twice in one mapping; The last one counts here; other readers refuse the file. Remove one of them.`},
		"version: 1\nrules:\n  raw/x: {sevrity: low}\n":    {`3:11 unknown key "sevrity" in rules.raw/x; did you mean "severity"?`},
		"version: 1\nexclude: [\"a[\"]\n":                  {`2:11 "a[" is not a valid glob`},
		"version: 1\nstages:\n  - stage: raw\n":            {"3:5 an entry of stages needs at least one of address, name, path and tag"},
		"version: 1\nfail-on: hihg\n":                      {`2:10 fail-on cannot be "hihg"; it is one of high, medium, low, info, never; did you mean "high"?`},
		"version: 1\nignore:\n  - {rule: a, reason: no}\n": {"3:23 ignore.0.reason: minLength: got 2, want 3"},
		"version: 1\nenvironments:\n  - {root: ., name: prod, file: [a]}\n": {
			"3:5 environments.0: missing property 'files'", `3:27 unknown key "file" in environments.0; did you mean "files"?`,
		},
		"version: 1\nenvironments:\n  - {root: ., name: my prod, files: [a]}\n":                                {`3:21 environments.0.name cannot be "my prod": it has no space, @ or #`},
		"version: 1\nenvironments:\n  - {root: a, name: x, files: [a]}\n  - {root: a/, name: x, files: [b]}\n": {"4:22 environment x of a is declared twice; List all of its files in one entry."},
		"- 1\n": {"1:1 the configuration: got array, want object"},
		"":      {"1:1 the configuration must be exactly one YAML document"},
	}
	for text, want := range cases {
		_, got := load(text)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q: %s", text, diff)
		}
	}
}

func TestCheckRules(t *testing.T) {
	fsys := fstest.MapFS{".drlint.yaml": {Data: []byte("version: 1\nrules:\n  raw/not-replicate: {severity: low}\nignore:\n  - {rule: row/*, reason: because}\n  - {rule: raw/*, reason: because}\n")}}
	c, diagnostics := Load(fsys, ".drlint.yaml")
	if diagnostics != nil {
		t.Fatal(diagnostics)
	}
	want := []string{
		`3:3 unknown rule "raw/not-replicate"; did you mean "raw/not-replicated"?`,
		`5:5 no rule matches "row/*"; did you mean "raw/x"?`,
	}
	if diff := cmp.Diff(want, places(fsys, c.CheckRules([]*finding.Rule{{ID: "raw/not-replicated"}, {ID: "raw/x"}}))); diff != "" {
		t.Error(diff)
	}
}

func TestCheckEnvironments(t *testing.T) {
	fsys := fstest.MapFS{
		".drlint.yaml":     {Data: []byte("version: 1\nenvironments:\n  - {root: infra, name: prod, files: [env/prd.tfvars]}\n  - {root: ., name: dev, files: [env/prod.tfvars]}\n")},
		"env/prod.tfvars":  {},
		"infra/main.bicep": {},
	}
	c, diagnostics := Load(fsys, ".drlint.yaml")
	if diagnostics != nil {
		t.Fatal(diagnostics)
	}
	want := []string{`3:5 environment prod of infra: there is no "env/prd.tfvars" in the repository`}
	if diff := cmp.Diff(want, places(fsys, c.CheckEnvironments(fsys))); diff != "" {
		t.Error(diff)
	}
}

func FuzzLoad(f *testing.F) {
	f.Add("version: 1\nstages:\n  - {stage: raw, name: x}\n")
	f.Add("version: 1\nrules: {a/b: {settings: {x: [1, {y: z}]}}}\nignore: [{rule: '*', reason: abc}]\n")
	f.Add("version: 1\nobjectives: [{stage: raw, rpo: 4h, owner: a}]\nfacts: [{kind: cache, source-keeps: forever, owner: a, until: 2027-06-30}]\n")
	f.Add("version: 1\nattestations: [{protection: mirror, what: a, where: b, every: 1d, locked: true, owner: c, until: 2027-06-30}]\n")
	f.Add("a: &a [*a]\n<<: *a\n")
	f.Fuzz(func(t *testing.T, text string) {
		fsys := fstest.MapFS{".drlint.yaml": {Data: []byte(text)}}
		c, diagnostics := Load(fsys, ".drlint.yaml")
		for _, d := range append(diagnostics, c.CheckRules([]*finding.Rule{{ID: "raw/not-replicated"}})...) {
			if d.At.File != ".drlint.yaml" || d.At.Start < 0 || d.At.End > len(text) || d.Summary == "" {
				t.Errorf("a problem without a place: %+v", d)
			}
		}
	})
}
