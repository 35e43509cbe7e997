package policy

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/drlint/drlint/internal/finding"
)

func customFS(files map[string]string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}

func ids(set *Ruleset) (ids []string) {
	for _, r := range set.Rules() {
		ids = append(ids, r.ID)
	}
	return ids
}

func TestLoadCustomReportsProblemsWithTheirPlace(t *testing.T) {
	const good = `exempt contains {"asset": a.id, "message": "x"} if some a in input.assets`
	tests := []struct{ name, text, problem string }{
		{"a syntax error", ruleFile("custom.x", aboutStores, "deny contains if {"), "x.rego:11:15: unexpected if keyword"},
		{"an embedded rule's package", ruleFile("rules.raw.not_backed_up", aboutStores, good),
			`x.rego:9:1: the package of a rule of your own begins with "custom."`},
		{"the bare prefix", ruleFile("custom", aboutStores, good), `x.rego:9:1: the package of a rule of your own begins with "custom."`},
		{"no metadata", "package custom.x\n\n" + good, "x.rego:1:1: has no METADATA block above its package"},
		{"an unknown kind", ruleFile("custom.x", "#   kinds: [bucket]\n", good), `x.rego:1:1: custom.kinds: "bucket" is none of`},
		{"an unknown stage", ruleFile("custom.x", aboutStores+"#   stages: [bronze]\n", good), `x.rego:1:1: custom.stages: "bronze" is none of`},
		{"an unknown key", ruleFile("custom.x", aboutStores+"#   remediation: none\n", good), `x.rego:1:1: custom: unknown field "remediation"`},
		{"a name of another kind as an alias", ruleFile("custom.x", aboutStores+"#   aliases: [raw/x]\n", good),
			`x.rego:1:1: custom.aliases: only names of rules of your own begin with "custom/", and "raw/x" is an alias of custom/x`},
		{"its own name as an alias", ruleFile("custom.x", aboutStores+"#   aliases: [custom/x]\n", good), `x.rego:1:1: custom.aliases: "custom/x" is a rule`},
		{"an alias twice", ruleFile("custom.x", aboutStores+"#   aliases: [custom/y, custom/y]\n", good),
			`x.rego:1:1: custom.aliases: "custom/y" is an alias of custom/x too`},
		{"an alias that is no name", ruleFile("custom.x", aboutStores+"#   aliases: [Old Name]\n", good), `x.rego:1:1: custom.aliases: "Old Name" is no name`},
		{"no kinds", ruleFile("custom.x", "", good), "x.rego:1:1: custom.kinds is empty"},
		{"a setting without a default", ruleFile("custom.x", aboutStores+"#   settings: [{name: days, description: x}]\n", good),
			`x.rego:1:1: custom.settings: "days" needs a description and a default`},
		{"a verdict that is no set", ruleFile("custom.x", aboutStores, "deny if count(input.assets) > 0"), "x.rego:11:1: deny must be a set"},
		{"no verdict", ruleFile("custom.x", aboutStores, "allow if count(input.assets) > 0"), "x.rego:9:1: defines none of deny, unknown and exempt"},
		{"an unused variable", ruleFile("custom.x", aboutStores, `deny contains {"asset": a.id, "message": "x"} if { some a in input.assets; y := 1 }`),
			"x.rego:11:76: assigned var y unused"},
		{"a function that reaches out", ruleFile("custom.x", aboutStores, `deny contains {"asset": a.id, "message": "x"} if { some a in input.assets; http.send({}) }`),
			"x.rego:11:76: undefined function http.send"},
		{"a clock", ruleFile("custom.x", aboutStores, `deny contains {"asset": a.id, "message": "x"} if { some a in input.assets; time.now_ns() > 0 }`),
			"x.rego:11:76: undefined function time.now_ns"},
		{"the environment", ruleFile("custom.x", aboutStores, `deny contains {"asset": opa.runtime().env.HOME, "message": "x"}`),
			"x.rego:11:25: undefined function opa.runtime"},
		{"a misspelt protection", ruleFile("custom.x", aboutStores, `deny contains {"asset": a.id, "message": "x"} if { some a in input.assets; a.protections.bakcup.state == "off" }`),
			`x.rego:11:76: undefined ref: a.protections.bakcup.state: have: "bakcup", want (one of): ["backup"`},
		{"a number compared with a text", ruleFile("custom.x", aboutStores,
			`deny contains {"asset": a.id, "message": "x"} if { some a in input.assets; a.expiries[_].days.value == "7" }`),
			"x.rego:11:76: match error: left  : number, right : string"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			set, problems := LoadCustom(customFS(map[string]string{
				"x.rego":  test.text,
				"ok.rego": ruleFile("custom.ok", aboutStores, versioned),
			}))
			if len(problems) != 1 || !strings.HasPrefix(problems[0].Error(), test.problem) {
				t.Errorf("got %v, want %s", problems, test.problem)
			}
			if diff := cmp.Diff([]string{"custom/ok"}, ids(set)); diff != "" {
				t.Errorf("the good rule is lost: %s", diff)
			}
		})
	}
}

func TestLoadCustomReadsLibrariesAndSkipsTests(t *testing.T) {
	set, problems := LoadCustom(customFS(map[string]string{
		"lake/tagged.rego":      ruleFile("custom.lake.is_tagged", aboutStores, "import data.custom.lib.words\n\n"+`deny contains {"asset": a.id, "message": words.no} if some a in input.assets`),
		"lib/words.rego":        "package custom.lib.words\n\nno := \"no\"\n",
		"lake/tagged_test.rego": "package custom.lake.is_tagged_test\n\nbroken if {",
		"README.md":             "not a rule",
	}))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	rule := set.Rules()[0]
	want := &finding.Rule{
		ID: "custom/lake/is-tagged", Title: "A rule", Description: "Why it matters", Fix: finding.Advice{finding.Everywhere: "Write something else"}, Severity: finding.High,
		Kinds: []string{"object_store"}, Stages: []string{}, Guide: []finding.Statement{"21"}, Custom: true,
		Profile: finding.DefaultProfile, Since: finding.FirstRuleSet,
	}
	if diff := cmp.Diff(want, rule); diff != "" {
		t.Error(diff)
	}
}

func TestLoadCustomKeepsTheFirstOfTwoRulesWithOnePackage(t *testing.T) {
	set, problems := LoadCustom(customFS(map[string]string{
		"a.rego": ruleFile("custom.x", aboutStores, versioned),
		"b.rego": ruleFile("custom.x", aboutStores, versioned),
	}))
	if len(problems) != 1 || problems[0].Error() != "b.rego:9:1: the package is already that of a.rego" {
		t.Errorf("got %v", problems)
	}
	if len(set.Rules()) != 1 {
		t.Errorf("got %v", ids(set))
	}
}

func TestCheckDemandsThatFolderAndPackageAgree(t *testing.T) {
	const body = `exempt contains {"asset": a.id, "message": "x"} if some a in input.assets`
	index, problems := Check(customFS(map[string]string{
		"raw/is-versioned/rule.rego": ruleFile("rules.raw.is_versioned", aboutStores, body),
		"raw/other/rule.rego":        ruleFile("rules.raw.others", aboutStores, body),
		"lib/words.rego":             "package rules.lib.words\n\nx := 1\n",
		"raw/bare/rule.rego":         strings.Replace(ruleFile("rules.raw.bare", aboutStores, body), "#   guide: [21]\n#   fix: Write something else\n", "", 1),
	}))
	var got []string
	for _, p := range problems {
		got = append(got, p.Error())
	}
	want := []string{
		"raw/bare/rule.rego:1:1: custom.fix is empty: it says what to write instead",
		"raw/bare/rule.rego:1:1: custom.guide is empty: it numbers the statements of the guide",
		"raw/other/rule.rego:9:1: the package is rules.raw.others, but its folder asks for rules.raw.other in <category>/<slug>/rule.rego",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if len(index) != 2 || index[0].ID != "raw/bare" || index[1].ID != "raw/is-versioned" {
		t.Errorf("got %v", index)
	}
}

func TestOnlyPureFunctionsAreAllowed(t *testing.T) {
	listed := strings.Fields(allowed)
	have := map[string]bool{}
	for _, b := range capabilities().Builtins {
		have[b.Name] = true
		if b.Nondeterministic {
			t.Errorf("%s is not deterministic", b.Name)
		}
	}
	if diff := cmp.Diff(slices.Sorted(slices.Values(listed)), slices.Sorted(maps.Keys(have))); diff != "" {
		t.Errorf("names that this version of OPA does not know: %s", diff)
	}
	for _, name := range []string{"http.send", "opa.runtime", "time.now_ns", "rand.intn", "uuid.rfc4122", "net.lookup_ip_addr", "rego.parse_module", "trace"} {
		if have[name] {
			t.Errorf("%s is allowed", name)
		}
	}
}
