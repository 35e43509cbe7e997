package policy

import (
	"context"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/source"
)

// ruleFile writes a rule about object stores with the given condition.
func ruleFile(pkg, custom, body string) string {
	return `# METADATA
# title: A rule
# description: Why it matters
# custom:
#   severity: high
#   guide: [21]
#   fix: Write something else
` + custom + "package " + pkg + "\n\n" + body
}

const aboutStores = "#   kinds: [object_store]\n"

// ruleset loads custom rules, which must have no problem.
func ruleset(t *testing.T, files map[string]string) *Ruleset {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	set, problems := LoadCustom(fsys)
	if len(problems) > 0 {
		t.Fatalf("problems: %v", problems)
	}
	return set
}

func eval(t *testing.T, set *Ruleset, m *model.Model, opts Options) Outcome {
	t.Helper()
	out, err := set.Eval(context.Background(), m, opts)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// store is an object store whose versioning is decided at offset 10.
func store(id string, state model.ProtectionState, stages ...model.Stage) *model.Asset {
	at := source.Range{File: "main.tf", Start: 1, End: 2}
	a := &model.Asset{ID: id, Kind: model.ObjectStore, Address: "aws_s3_bucket." + id, At: at, Protections: map[string]model.Protection{}}
	for _, name := range model.ProtectionsOf(a.Kind) {
		a.Protections[name] = model.Protection{State: model.Off, Why: "nothing provides it", At: at}
	}
	a.Protections[model.Versioning] = model.Protection{State: state, Why: "somebody said so", At: source.Range{File: "main.tf", Start: 10, End: 20}}
	for _, s := range stages {
		a.Stages = append(a.Stages, model.StageFact{Stage: s})
	}
	return a
}

const versioned = `
deny contains {"asset": a.id, "at": "protections.versioning", "message": sprintf("%s: %s", [a.address, a.protections.versioning.why])} if {
	some a in input.assets
	a.protections.versioning.state == "off"
}

unknown contains {"asset": a.id, "at": "protections.versioning", "message": "open"} if {
	some a in input.assets
	a.protections.versioning.state == "unknown"
}

exempt contains {"asset": a.id, "message": "not needed"} if {
	some a in input.assets
	a.protections.versioning.state == "inapplicable"
}
`

func TestEvalComputesVerdicts(t *testing.T) {
	set := ruleset(t, map[string]string{"versioned.rego": ruleFile("custom.lake.is_versioned", aboutStores, versioned)})
	m := &model.Model{Assets: []*model.Asset{
		store("a", model.Off), store("b", model.On), store("c", model.Undecided), store("d", model.Inapplicable), store("e", model.Off),
	}}
	out := eval(t, set, m, Options{})
	var got []string
	for _, v := range out.Verdicts {
		got = append(got, fmt.Sprintf("%s %s %s %s@%d %s", v.Rule.ID, v.Asset.ID, v.Verdict, v.Path, v.At.Start, v.Message))
	}
	want := []string{
		"custom/lake/is-versioned a fail protections.versioning@10 aws_s3_bucket.a: somebody said so",
		"custom/lake/is-versioned c unknown protections.versioning@10 open",
		"custom/lake/is-versioned d exempt @1 not needed",
		"custom/lake/is-versioned e fail protections.versioning@10 aws_s3_bucket.e: somebody said so",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(counts{5, 1, 2, 1, 1}, countsOf(out)); diff != "" {
		t.Error(diff)
	}
}

func TestEvalSaysOnePlaceOnce(t *testing.T) {
	body := `deny contains {"asset": a.id, "at": at, "message": "no"} if {
	some a in input.assets
	some at in ["protections.versioning", "protections.versioning.means.0"]
}`
	a := store("a", model.Off)
	p := a.Protections[model.Versioning]
	p.Means = []model.Means{{State: model.Off, At: p.At}}
	a.Protections[model.Versioning] = p
	set := ruleset(t, map[string]string{"x.rego": ruleFile("custom.x", aboutStores, body)})
	out := eval(t, set, &model.Model{Assets: []*model.Asset{a}}, Options{})
	if len(out.Verdicts) != 1 || out.Verdicts[0].Path != "protections.versioning" {
		t.Errorf("got %+v", out.Verdicts)
	}
}

type counts struct{ Checked, Pass, Fail, Unknown, Exempt int }

func countsOf(out Outcome) counts {
	c := out.Counts[0]
	return counts{c.Checked, c.Pass, c.Fail, c.Unknown, c.Exempt}
}

func TestEvalCountsAnAssetOnce(t *testing.T) {
	body := `
deny contains {"asset": a.id, "at": at, "message": "no"} if {
	some a in input.assets
	some at in ["protections.backup", "protections.versioning"]
}

unknown contains {"asset": a.id, "message": "perhaps"} if some a in input.assets

exempt contains {"asset": a.id, "message": "never mind"} if some a in input.assets
`
	set := ruleset(t, map[string]string{"x.rego": ruleFile("custom.x", aboutStores, body)})
	out := eval(t, set, &model.Model{Assets: []*model.Asset{store("a", model.Off)}}, Options{})
	if diff := cmp.Diff(counts{1, 0, 1, 0, 0}, countsOf(out)); diff != "" {
		t.Error(diff)
	}
	for _, v := range out.Verdicts {
		if v.Verdict == finding.Exempt {
			t.Errorf("a contradicted exemption is kept: %v", v)
		}
	}
	if len(out.Verdicts) != 3 {
		t.Errorf("%d verdicts, want both fails and the unknown", len(out.Verdicts))
	}
}

func TestScope(t *testing.T) {
	account, raw, curated := store("account", model.Off, model.Raw), store("account/raw", model.Off, model.Raw), store("account/curated", model.Off, model.Curated)
	raw.Kind, raw.Within, curated.Kind, curated.Within = model.Container, "account", model.Container, "account"
	lonely, perhaps, unclassified := store("lonely", model.Off, model.Enriched, model.Raw), store("perhaps", model.Off, model.Raw), store("unclassified", model.Off)
	perhaps.Maybe = "var.enabled has no default"
	self := store("self", model.Off)
	self.Kind, self.Settings = model.Repository, map[string]model.Fact{"self": model.KnownFact(true, self.At)}
	mirror := store("mirror", model.Off)
	mirror.Kind = model.Repository
	assets := []*model.Asset{account, curated, raw, lonely, mirror, perhaps, self, unclassified}

	tests := []struct {
		name          string
		kinds, stages []string
		dataPlatform  bool
		want          string
	}{
		{"an outer asset with classified insides is judged there", []string{"object_store", "container"}, []string{"raw"}, true, "account/raw lonely perhaps"},
		{"whatever the stage of the insides", []string{"object_store"}, []string{"raw"}, true, "lonely perhaps"},
		{"without stages every asset of the kinds", []string{"object_store"}, nil, true, "account lonely perhaps unclassified"},
		{"any of several stages", []string{"container", "object_store"}, []string{"curated", "enriched"}, true, "account/curated lonely"},
		{"the scanned repository of a data platform", []string{"repository"}, nil, true, "mirror self"},
		{"the scanned repository of something else", []string{"repository"}, nil, false, "mirror"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := newScopes(&model.Model{Assets: assets, Platform: model.Platform{DataPlatform: test.dataPlatform}})
			var got []string
			for _, a := range s.of(&finding.Rule{Kinds: test.kinds, Stages: test.stages}) {
				got = append(got, a.ID)
			}
			if strings.Join(got, " ") != test.want {
				t.Errorf("got %v, want %s", got, test.want)
			}
		})
	}
}

func TestScopeEndsInACircle(t *testing.T) {
	a, b := store("a", model.Off, model.Raw), store("b", model.Off)
	a.Within, b.Within = "b", "a"
	s := newScopes(&model.Model{Assets: []*model.Asset{a, b}})
	if got := s.of(&finding.Rule{Kinds: []string{"object_store"}, Stages: []string{"raw"}}); len(got) != 0 {
		t.Errorf("got %v", got)
	}
}

func TestFaultsOfARuleAreProblems(t *testing.T) {
	tests := []struct{ name, body, code, message string }{
		{"a path that does not exist", `deny contains {"asset": a.id, "at": "protections.nothing", "message": "x"} if some a in input.assets`,
			"rule/result", `deny: object_store has no place "protections.nothing"`},
		{"an asset outside the scope", `deny contains {"asset": "z", "message": "x"} if count(input.assets) > 0`,
			"rule/result", `deny: asset "z" is not in the scope of the rule`},
		{"no message", `exempt contains {"asset": a.id} if some a in input.assets`,
			"rule/result", "exempt: a statement needs an asset and a message"},
		{"a number for a message", `unknown contains {"asset": a.id, "message": 7} if some a in input.assets`,
			"rule/result", "unknown: message is not a text"},
		{"another key", `deny contains {"asset": a.id, "message": "x", "severity": "low"} if some a in input.assets`,
			"rule/result", `deny: a statement has the key "severity"; asset, at and message are allowed`},
		{"not an object", `deny contains a.id if some a in input.assets`,
			"rule/result", "deny: a statement is not an object"},
		{"a conflict", "deny contains {\"asset\": a.id, \"message\": f} if some a in input.assets\nf := x if some x in [\"1\", \"2\"]",
			"rule/evaluation", `rule data.custom.x.f produced conflicting values: "1" at x.rego:12`},
		{"a failing function", `deny contains {"asset": a.id, "message": "x"} if { some a in input.assets; to_number(a.id) > 0 }`,
			"rule/builtin", "to_number: strconv.ParseFloat"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			set := ruleset(t, map[string]string{"x.rego": ruleFile("custom.x", aboutStores, test.body)})
			out := eval(t, set, &model.Model{Assets: []*model.Asset{store("a", model.Off)}}, Options{})
			if len(out.Problems) != 1 {
				t.Fatalf("problems: %v", out.Problems)
			}
			p := out.Problems[0]
			if p.Code != test.code || !strings.Contains(p.Message, test.message) || p.Rule != "custom/x" || p.File != "x.rego" {
				t.Errorf("got %+v", p)
			}
			if len(out.Verdicts) != 0 || out.Counts[0].Pass != 0 {
				t.Errorf("the silence of a faulty rule counts: %+v", out)
			}
		})
	}
}

func TestDeadline(t *testing.T) {
	slow := `deny contains {"asset": a.id, "message": "x"} if { some a in input.assets; some i in numbers.range(1, 100000); some j in numbers.range(1, 100000); i + j < 0 }`
	set := ruleset(t, map[string]string{
		"slow.rego": ruleFile("custom.slow", aboutStores, slow),
		"ok.rego":   ruleFile("custom.ok", aboutStores, versioned),
	})
	m := &model.Model{Assets: []*model.Asset{store("a", model.Off)}}
	out := eval(t, set, m, Options{Timeout: 200 * time.Millisecond})
	if len(out.Problems) != 1 || out.Problems[0].Code != "rule/timeout" || out.Problems[0].Rule != "custom/slow" {
		t.Errorf("problems: %v", out.Problems)
	}
	if len(out.Verdicts) != 1 || out.Verdicts[0].Rule.ID != "custom/ok" {
		t.Errorf("the other rule is lost: %v", out.Verdicts)
	}
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := set.Eval(cancelled, m, Options{}); err == nil {
		t.Error("a cancelled evaluation gives no error")
	}
}

func TestSettings(t *testing.T) {
	custom := aboutStores + `#   settings:
#   - {name: least_days, description: At least so many days, default: 7}
#   - {name: names, description: Names, default: [x]}
`
	body := `deny contains {"asset": a.id, "message": sprintf("%v %v %s", [input.settings.least_days, input.settings.names, input.now])} if some a in input.assets`
	set := ruleset(t, map[string]string{"x.rego": ruleFile("custom.x", custom, body)})
	m := &model.Model{Assets: []*model.Asset{store("a", model.Off)}}
	now := time.Date(2026, 3, 4, 5, 6, 7, 0, time.FixedZone("CET", 3600))
	tests := []struct {
		name     string
		settings map[string]any
		message  string
		problem  string
	}{
		{"defaults", nil, `7 ["x"] 2026-03-04T04:06:07Z`, ""},
		{"given", map[string]any{"least_days": 30, "names": []any{"y"}}, `30 ["y"] 2026-03-04T04:06:07Z`, ""},
		{"another type", map[string]any{"least_days": "30"}, `7 ["x"] 2026-03-04T04:06:07Z`, "least_days is a number, not a text"},
		{"another name", map[string]any{"days": 30.0}, `7 ["x"] 2026-03-04T04:06:07Z`, "the rule has no setting days"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			out := eval(t, set, m, Options{Now: now, Settings: map[string]map[string]any{"custom/x": test.settings}})
			if out.Verdicts[0].Message != test.message {
				t.Errorf("got %s, want %s", out.Verdicts[0].Message, test.message)
			}
			var problem string
			if len(out.Problems) > 0 {
				problem = out.Problems[0].Message
			}
			if problem != test.problem {
				t.Errorf("got problem %q, want %q", problem, test.problem)
			}
		})
	}
}

func TestOnlyAndDisabled(t *testing.T) {
	files := map[string]string{}
	for _, name := range []string{"a", "b", "c"} {
		files[name+".rego"] = ruleFile("custom."+name, aboutStores, versioned)
	}
	set := ruleset(t, files)
	m := &model.Model{Assets: []*model.Asset{store("a", model.Off)}}
	for _, test := range []struct {
		opts Options
		want string
	}{
		{Options{}, "custom/a custom/b custom/c"},
		{Options{Only: []string{"custom/c", "custom/a"}}, "custom/a custom/c"},
		{Options{Disabled: []string{"custom/b"}}, "custom/a custom/c"},
		{Options{Only: []string{"custom/a"}, Disabled: []string{"custom/a"}}, ""},
	} {
		var got []string
		for _, c := range eval(t, set, m, test.opts).Counts {
			got = append(got, c.Rule.ID)
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("%+v: got %v, want %s", test.opts, got, test.want)
		}
	}
}

func TestLoadParsesOnlyWhatTheModelNeeds(t *testing.T) {
	fsys := fstest.MapFS{
		"raw/is-versioned/rule.rego": {Data: []byte(ruleFile("rules.raw.is_versioned", aboutStores, versioned))},
		"scripts/broken/rule.rego":   {Data: []byte("package rules.scripts.broken\n\ndeny contains if {")},
		"lib/words.rego":             {Data: []byte("package rules.lib.words\n\nx := 1\n")},
	}
	index := []finding.Rule{
		{ID: "scripts/broken", Kinds: []string{"repository"}},
		{ID: "raw/is-versioned", Kinds: []string{"object_store"}},
	}
	set, err := Load(fsys, index)
	if err != nil {
		t.Fatal(err)
	}
	bucket := store("a", model.Off)
	out := eval(t, set, &model.Model{Assets: []*model.Asset{bucket}}, Options{})
	if len(out.Verdicts) != 1 || out.Verdicts[0].Rule.ID != "raw/is-versioned" || len(out.Counts) != 2 {
		t.Errorf("got %+v", out)
	}
	repository := store("r", model.Off)
	repository.Kind = model.Repository
	_, err = set.Eval(context.Background(), &model.Model{Assets: []*model.Asset{repository}}, Options{})
	if err == nil || !strings.Contains(err.Error(), "scripts/broken/rule.rego:3:") {
		t.Errorf("got error %v", err)
	}
	if _, err := Load(fsys, []finding.Rule{{ID: "raw/missing"}}); err == nil {
		t.Error("a rule of the index without a file is accepted")
	}
}

func TestJoinEvaluatesBothSets(t *testing.T) {
	fsys := fstest.MapFS{"raw/is-versioned/rule.rego": {Data: []byte(ruleFile("rules.raw.is_versioned", aboutStores, versioned))}}
	embedded, err := Load(fsys, []finding.Rule{{ID: "raw/is-versioned", Kinds: []string{"object_store"}}})
	if err != nil {
		t.Fatal(err)
	}
	set := embedded.Join(ruleset(t, map[string]string{"x.rego": ruleFile("custom.x", aboutStores, versioned)}))
	out := eval(t, set, &model.Model{Assets: []*model.Asset{store("a", model.Off)}}, Options{})
	var got []string
	for _, v := range out.Verdicts {
		got = append(got, v.Rule.ID)
	}
	if diff := cmp.Diff([]string{"custom/x", "raw/is-versioned"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestEvalIsTheSameEveryTime(t *testing.T) {
	files := map[string]string{}
	for i := range 12 {
		files[fmt.Sprintf("r%d.rego", i)] = ruleFile(fmt.Sprintf("custom.r%d", i), aboutStores, versioned)
	}
	set := ruleset(t, files)
	m := &model.Model{}
	for i := range 700 {
		m.Assets = append(m.Assets, store(fmt.Sprintf("a%04d", i), model.Off))
	}
	texts := func() (all []string) {
		for _, v := range eval(t, set, m, Options{}).Verdicts {
			all = append(all, v.Rule.ID+" "+v.Asset.ID+" "+v.Message)
		}
		return all
	}
	first := texts()
	if len(first) != 12*700 {
		t.Fatalf("%d verdicts", len(first))
	}
	for range 3 {
		if !slices.Equal(first, texts()) {
			t.Fatal("the verdicts differ")
		}
	}
}

func TestConcurrentEvaluations(t *testing.T) {
	fsys := fstest.MapFS{"raw/is-versioned/rule.rego": {Data: []byte(ruleFile("rules.raw.is_versioned", aboutStores, versioned))}}
	set, err := Load(fs.FS(fsys), []finding.Rule{{ID: "raw/is-versioned", Kinds: []string{"object_store"}}})
	if err != nil {
		t.Fatal(err)
	}
	m := &model.Model{Assets: []*model.Asset{store("a", model.Off), store("b", model.On)}}
	parallel(8, func(int) {
		out, err := set.Eval(context.Background(), m, Options{})
		if err != nil || len(out.Verdicts) != 1 {
			t.Errorf("got %v, %v", out, err)
		}
	})
}
