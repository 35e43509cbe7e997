package policy

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/drlint/drlint/internal/model"
)

// stores are as many as make sharing worth it, every third without versions.
func stores() *model.Model {
	m := &model.Model{}
	for i := range worthSharing {
		m.Assets = append(m.Assets, store(fmt.Sprintf("s%03d", i), []model.ProtectionState{model.Off, model.On, model.Undecided}[i%3]))
	}
	return m
}

// sharing is a set of two rules that deny what is in the value of a library.
func sharing(t *testing.T, library string) *Ruleset {
	t.Helper()
	body := "import data.custom.lib.facts\n\n" +
		`deny contains {"asset": a.id, "message": sprintf("%v", [facts.value[a.id]])} if some a in input.assets` + "\n"
	return ruleset(t, map[string]string{
		"facts.rego": "package custom.lib.facts\n\n" + library,
		"a.rego":     ruleFile("custom.a", aboutStores, body),
		"b.rego":     ruleFile("custom.b", aboutStores+"#   settings: [{name: least, description: x, default: 7}]\n", body),
	})
}

// documents names what a rule shares with others.
func documents(t *testing.T, set *Ruleset) (names []string) {
	t.Helper()
	if err := set.Compile(context.Background()); err != nil {
		t.Fatal(err)
	}
	for _, d := range set.rules[0].batch.documentsOf(set.rules[0]) {
		names = append(names, d.name)
	}
	return names
}

func TestOnlyWhatIsTheSameForEveryRuleIsShared(t *testing.T) {
	shared := []string{"data.custom.lib.facts.value"}
	tests := []struct {
		name, library string
		want          []string
	}{
		{"a view of the model", `value := {id: a.kind | some id, a in input.by_id}`, shared},
		{"the platform", `value := {id: input.platform | some id, _ in input.by_id}`, shared},
		{"a choice", "value := {} if {\n\tinput.platform.data_platform\n} else := {id: 1 | some id, _ in input.by_id}", shared},
		{"a default", "default value := {}\n\nvalue := input.by_id", shared},
		{"through a function", "value := {id: kind(a) | some id, a in input.by_id}\n\nkind(a) := a.kind", shared},
		{"a constant", `value := {"s001": 1}`, nil},
		{"the scope", `value := {a.id: 1 | some a in input.assets}`, nil},
		{"the settings", `value := {id: input.settings.least | some id, _ in input.by_id}`, nil},
		{"settings through a function", "value := {id: least(id) | some id, _ in input.by_id}\n\nleast(_) := input.settings.least", nil},
		{"settings in a choice", "value := {} if {\n\tinput.settings.least > 7\n} else := {id: 1 | some id, _ in input.by_id}", nil},
		{"the scope through a value", "value := {id: 1 | some id, _ in input.by_id; id in ids}\n\nids := {a.id | some a in input.assets}", nil},
		{"all of the input", "value := {id: count(input) | some id, _ in input.by_id}", nil},
		{"any of the input", `value := {id: 1 | some id, _ in input.by_id; some key in ["assets", "by_id"]; count(input[key]) > 0}`, nil},
		{"another input", "value := ids if ids := {id: 1 | some id, _ in input.by_id} with input.assets as []", nil},
		{"one entry after the other", "value[id] := 1 if some id, _ in input.by_id", nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			set := sharing(t, test.library)
			if diff := cmp.Diff(test.want, documents(t, set)); diff != "" {
				t.Error(diff)
			}
			m := stores()
			together := eval(t, set, m, Options{})
			alone := slices.Concat(eval(t, set, m, Options{Only: []string{"custom/a"}}).Verdicts, eval(t, set, m, Options{Only: []string{"custom/b"}}).Verdicts)
			if diff := cmp.Diff(said(alone), said(together.Verdicts)); diff != "" || len(alone) == 0 {
				t.Errorf("sharing changes the %d verdicts: %s", len(alone), diff)
			}
		})
	}
}

func said(verdicts []Verdict) (lines []string) {
	for _, v := range verdicts {
		lines = append(lines, v.Rule.ID+" "+v.Asset.ID+" "+v.Message)
	}
	return lines
}

// A document is asked for before those that use it, which get its answer.
func TestDocumentsUseEachOther(t *testing.T) {
	set := sharing(t, `value := {id: sprintf("%s of %d", [kind, count(kinds)]) | some id, kind in kinds}

kinds := {id: a.kind | some id, a in input.by_id}
`)
	if diff := cmp.Diff([]string{"data.custom.lib.facts.value"}, documents(t, set)); diff != "" {
		t.Error(diff)
	}
	out := eval(t, set, stores(), Options{})
	if len(out.Verdicts) != 2*worthSharing || out.Verdicts[0].Message != "object_store of 100" {
		t.Errorf("got %d verdicts, the first %q", len(out.Verdicts), out.Verdicts[0].Message)
	}
}

// What fails when it is shared fails in each rule, which says so.
func TestDocumentThatFails(t *testing.T) {
	set := sharing(t, "value := {kind: id | some id, a in input.by_id; kind := a.kind}")
	out := eval(t, set, stores(), Options{})
	var rules []string
	for _, p := range out.Problems {
		rules = append(rules, p.Rule+" "+p.Code)
	}
	slices.Sort(rules)
	if diff := cmp.Diff([]string{"custom/a rule/evaluation", "custom/b rule/evaluation"}, rules); diff != "" {
		t.Error(diff)
	}
}
