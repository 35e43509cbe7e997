package policy

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/model"
)

// both loads embedded rules twice: to be compiled, and with their plans.
func both(t *testing.T, files map[string]string) (compiled, planned *Ruleset) {
	t.Helper()
	fsys := customFS(files)
	index, _ := Check(fsys)
	compiled = loaded(t, fsys, index)
	plans, err := Plans(fsys)
	if err != nil {
		t.Fatal(err)
	}
	with := fstest.MapFS{}
	for name, file := range fsys {
		with[name] = file
	}
	for name, data := range plans {
		with[name] = &fstest.MapFile{Data: data}
	}
	return compiled, loaded(t, with, index)
}

func loaded(t *testing.T, fsys fstest.MapFS, index []finding.Rule) *Ruleset {
	t.Helper()
	set, err := Load(fsys, index)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func isPlanned(set *Ruleset) bool { return set.rules[0].group.program != nil }

// says writes a rule that says the value of an expression about every asset.
func says(condition string) string {
	imports := ""
	if strings.Contains(condition, "facts.") {
		imports = "import data.rules.lib.facts\n\n"
	}
	return imports + `deny contains {"asset": a.id, "message": sprintf("%v", [x])} if {` +
		"\n\tsome a in input.assets\n\t" + condition + "\n}\n"
}

const factsLibrary = `package rules.lib.facts

constant := {"a", "b"}

by_state[state] contains id if {
	some id, a in input.by_id
	state := a.protections.versioning.state
}

why := {id: a.protections.versioning.why | some id, a in input.by_id}

grade(a) := "good" if {
	a.protections.versioning.state == "on"
} else := "open" if {
	a.protections.versioning.state == "unknown"
} else := "bad" if a.address

word("on") := "yes"

word(state) := "no" if state != "on"

default limit := 3

limit := 5 if input.platform.data_platform

in_scope := count(input.assets)
`

// What a plan says is what the compiled rule says, for everything that the rule
// language offers.
func TestPlansSayWhatRulesSay(t *testing.T) {
	conditions := map[string]string{
		"a fact":               `x := a.protections.versioning.state`,
		"undefined":            `x := a.tags.there`,
		"negation":             `not a.protections.versioning.state == "on"; x := 1`,
		"a nested negation":    `not a.tags.there; x := "none"`,
		"a function":           `x := facts.grade(a)`,
		"patterns":             `x := facts.word(a.protections.versioning.state)`,
		"a set":                `x := facts.by_state[a.protections.versioning.state]`,
		"no such set":          `x := facts.by_state.missing`,
		"an object":            `x := facts.why[a.id]`,
		"a constant":           `"a" in facts.constant; x := facts.constant`,
		"a default":            `x := facts.limit`,
		"the scope":            `x := facts.in_scope`,
		"a list":               `x := [name | some name, p in a.protections; p.state == "off"]`,
		"a list of lists":      `x := [[n, p.state] | some n, p in a.protections; p.state != "off"]`,
		"a comprehended set":   `x := {p.state | some p in a.protections}`,
		"an object in place":   `x := {n: p.why | some n, p in a.protections; p.state != "off"}`,
		"literals":             `x := [1, 2.5, "c", null, true, {"k": [a.kind]}, {a.kind, "d"}, [], {}, set()]`,
		"every":                `every p in a.protections { p.state in {"on", "off"} }; x := "all"`,
		"every of nothing":     `every s in a.stages { s == "no" }; x := "all"`,
		"every of no list":     `every s in a.kind { s == "no" }; x := "all"`,
		"membership":           `"raw" in a.stages; x := "raw"`,
		"membership by key":    `some "versioning", p in a.protections; x := p.state`,
		"an index":             `x := a.stages[0]`,
		"every index":          `x := a.stages[i]; i >= 0`,
		"several":              `some i, s in a.stages; x := [i, s]`,
		"unification":          `[x, "off"] = [a.id, a.protections.versioning.state]`,
		"an object's pattern":  `{"id": x, "n": 1} = {"id": a.id, "n": 1}`,
		"numbers":              `n := count(a.stages) + 1; n > 1.5; n <= 3; x := n / 2`,
		"order":                `a.id < "s002"; a.id >= "s001"; x := max([1, 3, 2])`,
		"functions":            `x := concat("-", sort([upper(a.id), "Z", replace(a.id, "s", "t")]))`,
		"a template":           "x := $\"{a.id} is {a.kind}\"",
		"equality":             `a.protections == a.protections; x := a.id != "s001"`,
		"false":                `x := false; y := [a.kind == "nothing"]; y == [x]`,
		"a complaint":          `x := to_number(a.id)`,
		"a default inside":     `x := object.get(a, ["protections", "nothing"], "none")`,
		"a path":               `x := object.get(a, ["stages", 0], "none")`,
		"no path":              `x := object.get(a, [], "none") == a`,
		"sets of sets":         `s := {"raw", a.kind}; x := [s | {"b"}, s & {"raw"}, s - {"raw"}, {1} | set()]`,
		"sets of assets":       `all := {b | some b in input.assets}; x := [count(all), count(all - {a}), a in all]`,
		"lists of assets":      `all := array.concat(input.assets, [a]); x := [count(all), all[1].id, all == input.assets]`,
		"keys of a record":     `x := object.keys(a.protections)`,
		"a record for sprintf": `x := a.protections.versioning`,
		"records compared":     `x := max([a.protections, a.protections.versioning, {}]) == a.protections`,
		"records as keys":      `m := {p: n | some n, p in {"v": a.protections.versioning}}; x := m[a.protections.versioning]`,
		"records united":       `x := object.union(a.protections.versioning, {"why": "b"})`,
		"a key and a value":    `"versioning", a.protections.versioning in a.protections; x := 1`,
		"many members":         `x := {m | some n in numbers.range(0, 30); m := (n * 7) % 23}`,
		"many keys":            `x := {k: m | some n in numbers.range(0, 30); k := sprintf("%d", [n]); m := n % 3}`,
		"size of a text":       `x := [count(a.id), count({}), count([1]), count(a.protections) > 3]`,
	}
	files := map[string]string{"lib/facts.rego": factsLibrary}
	for name, condition := range conditions {
		slug := strings.NewReplacer(" ", "_", "'", "").Replace(name)
		files["test/"+strings.ReplaceAll(slug, "_", "-")+"/rule.rego"] = ruleFile("rules.test."+slug, aboutStores, says(condition))
	}
	compiled, planned := both(t, files)
	m := stores()
	for i, a := range m.Assets {
		if i%2 == 0 {
			a.Stages = []model.StageFact{{Stage: model.Raw}, {Stage: model.Cache}}
		}
	}
	want, have := eval(t, compiled, m, Options{}), eval(t, planned, m, Options{})
	if !isPlanned(planned) || isPlanned(compiled) || len(want.Counts) != len(conditions) {
		t.Fatalf("planned: %v and %v, %d rules", isPlanned(planned), isPlanned(compiled), len(want.Counts))
	}
	for _, c := range want.Counts {
		if c.Checked == 0 && c.Rule.ID != "test/a-complaint" {
			t.Errorf("%s is not tested", c.Rule.ID)
		}
	}
	for _, r := range compiled.Rules() {
		if diff := cmp.Diff(all(want, r.ID), all(have, r.ID)); diff != "" {
			t.Errorf("%s: %.400s", r.ID, diff)
		}
	}
}

// all lists everything that an outcome says about a rule.
func all(out Outcome, id string) (lines []string) {
	for _, v := range out.Verdicts {
		if v.Rule.ID != id {
			continue
		}
		lines = append(lines, fmt.Sprint(v.Rule.ID, " ", v.Asset.ID, " ", v.Verdict, " ", v.Message, " ", v.Path, v.At))
	}
	for _, c := range out.Counts {
		if c.Rule.ID != id {
			continue
		}
		lines = append(lines, fmt.Sprint(c.Rule.ID, c.Checked, c.Pass, c.Fail, c.Unknown, c.Exempt))
	}
	for _, p := range out.Problems {
		if p.Rule != id {
			continue
		}
		lines = append(lines, fmt.Sprint(p.Code, p.Error()))
	}
	return lines
}

func TestPlannedRulesFailByThemselves(t *testing.T) {
	loop := says("n := count([1 | some i in numbers.range(1, 1000); some j in numbers.range(1, 1000); some k in numbers.range(1, 1000); i + j + k < 0])\n\tx := n")
	conflict := says("x := two(a)") + "\ntwo(a) := a.id\n\ntwo(a) := a.kind\n"
	_, planned := both(t, map[string]string{
		"lib/facts.rego":          factsLibrary,
		"test/slow/rule.rego":     ruleFile("rules.test.slow", aboutStores, loop),
		"test/conflict/rule.rego": ruleFile("rules.test.conflict", aboutStores, conflict),
		"test/good/rule.rego":     ruleFile("rules.test.good", aboutStores, says("x := a.kind")),
	})
	start := time.Now()
	out := eval(t, planned, &model.Model{Assets: []*model.Asset{store("s", model.Off)}}, Options{Timeout: 50 * time.Millisecond})
	if took := time.Since(start); took > 10*time.Second {
		t.Errorf("the deadline came after %s", took)
	}
	var codes []string
	for _, p := range out.Problems {
		codes = append(codes, p.Rule+" "+p.Code)
	}
	if want := []string{"test/conflict rule/evaluation", "test/slow rule/timeout"}; !slices.Equal(codes, want) || len(out.Verdicts) != 1 {
		t.Errorf("problems %v, verdicts %v", out.Problems, out.Verdicts)
	}
}

// A plan is only used for the very text that it was made of.
func TestStalePlansAreNotUsed(t *testing.T) {
	fsys := customFS(map[string]string{
		"lib/facts.rego":   factsLibrary,
		"test/a/rule.rego": ruleFile("rules.test.a", aboutStores, says("x := facts.grade(a)")),
	})
	index, _ := Check(fsys)
	plans, err := Plans(fsys)
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range plans {
		fsys[name] = &fstest.MapFile{Data: data}
	}
	for _, name := range []string{"lib/facts.rego", "test/a/rule.rego"} {
		before := fsys[name]
		fsys[name] = &fstest.MapFile{Data: append(slices.Clone(before.Data), "\n# changed\n"...)}
		set := loaded(t, fsys, index)
		if out := eval(t, set, stores(), Options{}); isPlanned(set) || len(out.Verdicts) != worthSharing {
			t.Errorf("%s: planned %v, %d verdicts", name, isPlanned(set), len(out.Verdicts))
		}
		fsys[name] = before
	}
	if set := loaded(t, fsys, index); len(eval(t, set, stores(), Options{}).Verdicts) != worthSharing || !isPlanned(set) {
		t.Error("a fresh plan is not used")
	}
}
