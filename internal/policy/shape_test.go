package policy

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/source"
)

// fullModel has something in every field that rules can see.
func fullModel() *model.Model {
	at := source.Range{File: "main.tf", Start: 1, End: 2}
	text, number, truth := model.KnownFact("x", at), model.KnownFact(7.5, at), model.DefaultFact(true, at)
	a := &model.Asset{
		ID: ".#a", Kind: model.ObjectStore, Provider: "aws", Service: "s3", Type: "aws_s3_bucket", Name: text, Address: "a",
		Region: model.UnknownFact("var.region has no default", at), Tags: map[string]string{"team": "lake"},
		Stages: []model.StageFact{{Stage: model.Raw, Basis: "tag", Confidence: model.High, At: at}}, Within: ".#b",
		Protections: map[string]model.Protection{}, Settings: map[string]model.Fact{"hierarchical_namespace": truth, "purpose": model.AbsentFact(at)},
		Expiries:  []model.Expiry{{Target: "current", Days: number, Prefixes: []string{"tmp/"}, Scope: model.Partial, At: at}},
		Relations: []model.Relation{{Type: "replicates_to", Target: ".#b", At: at}},
		Recovery:  map[model.Fault]model.Survival{}, Maybe: "perhaps", At: at, Body: at,
	}
	for _, kind := range model.Kinds {
		for _, name := range model.ProtectionsOf(kind) {
			a.Protections[name] = model.Protection{State: model.Off, Why: "nothing provides it", At: at}
		}
	}
	a.Declared = map[string]model.Fact{}
	for _, name := range model.DeclaredNames {
		a.Declared[name] = number
	}
	a.Lapsed = []model.Lapsed{{What: model.RPOHours, Owner: "team", Until: "2025-12-31", At: at}}
	a.Protections[model.Backup] = model.Protection{State: model.On, Scope: model.Whole, Inherited: ".#b", Means: []model.Means{{
		Mechanism: "aws_backup.snapshot", State: model.On, Scope: model.Whole, Window: number, Interval: number, Region: text,
		OtherRegion: model.Yes, OtherAccount: model.Maybe, Locked: model.No, PropagatesDeletes: model.No, By: "plan", Target: ".#b", At: at,
	}}}
	for _, fault := range model.Faults {
		a.Recovery[fault] = model.Survival{Survives: model.Yes, Mechanism: "m", Why: "w", RPOHours: number, RPOBasis: "sla", WindowDays: number, RTO: "hours", Through: []string{"n"}, Rebuild: &model.Rebuild{Possible: model.Maybe, Why: "w", From: []string{".#b"}, RPOHours: number, RPOBasis: "typical", Hours: number, At: at}, At: at}
	}
	a.Mirrors = []model.Mirror{{
		Form: "push", By: "git push", Target: text, Host: text, SameHost: model.No, Refs: text, History: text, PropagatesDeletes: truth,
		Rewrites: truth, LFS: truth, Triggers: []string{"push"}, Interval: number, Undeletable: truth, TargetAsset: ".#b", At: at,
	}}
	b := &model.Asset{ID: ".#b", Kind: model.ObjectStore, At: at}
	return &model.Model{
		Assets: []*model.Asset{a, b}, Platform: model.Platform{Name: "lake", DataPlatform: true, Basis: []string{"aws_s3_bucket.raw"}},
		Pipelines: []model.Pipeline{{ID: "p", Format: "github-actions", Name: "n", Path: "p.yml", Triggers: []string{"push"}, At: at}},
	}
}

// decoded is the input of a rule about all assets of a model, as JSON decodes it.
func decoded(t *testing.T, m *model.Model) map[string]any {
	t.Helper()
	in := newInputs(m, newScopes(m), time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC))
	in.translate()
	value := in.library.of(m.Assets, ast.ObjectTerm(ast.Item(ast.StringTerm("days"), ast.InternedTerm(7))))
	plain, err := ast.JSON(value)
	if err != nil {
		t.Fatal(err)
	}
	data, err := json.Marshal(plain)
	if err != nil {
		t.Fatal(err)
	}
	var out map[string]any
	if err := json.Unmarshal(data, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestInputFitsTheSchema(t *testing.T) {
	compiler := jsonschema.NewCompiler()
	data, err := json.Marshal(Schema())
	if err != nil {
		t.Fatal(err)
	}
	document, err := jsonschema.UnmarshalJSON(strings.NewReader(string(data)))
	if err != nil {
		t.Fatal(err)
	}
	if err := compiler.AddResource("input.json", document); err != nil {
		t.Fatal(err)
	}
	compiled, err := compiler.Compile("input.json")
	if err != nil {
		t.Fatal(err)
	}
	for name, m := range map[string]*model.Model{"full": fullModel(), "empty": {}, "bare": {Assets: []*model.Asset{{ID: "x"}}}} {
		if err := compiled.Validate(decoded(t, m)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Every key of the schema occurs in the input of a full model, so that the
// schema promises nothing that rules never see.
func TestSchemaPromisesOnlyWhatIsThere(t *testing.T) {
	var walk func(path string, of schema, value any)
	walk = func(path string, of schema, value any) {
		switch of["type"] {
		case "object":
			object, _ := value.(map[string]any)
			properties, _ := of["properties"].(schema)
			for _, name := range slices.Sorted(maps.Keys(properties)) {
				child, ok := object[name]
				if !ok {
					if name != "value" { // only a known fact has one
						t.Errorf("%s.%s is promised and missing", path, name)
					}
					continue
				}
				walk(path+"."+name, properties[name].(schema), child)
			}
		case "array":
			items, _ := value.([]any)
			if len(items) == 0 {
				return
			}
			walk(path+"[0]", of["items"].(schema), items[0])
		}
	}
	walk("input", rootSchema(), decoded(t, fullModel()))
}

// Every field of the model is either shown to rules or left out on purpose.
func TestEveryFieldOfTheModelIsConsidered(t *testing.T) {
	left := map[string]string{
		"At": "place", "Body": "place", "Via": "place", "Calls": "place", "Root": "place", "Environment": "place",
		"NameHint": "supports inferences of Go only",
	}
	renamed := map[string]string{
		"Window": "window_days", "Interval": "interval_hours", "RPOHours": "rpo_hours", "RPOBasis": "rpo_basis",
		"WindowDays": "window_days", "RTO": "rto", "LFS": "lfs", "ID": "id", "Stages": "stage_facts",
	}
	for _, test := range []struct {
		of    any
		shown map[string]any
	}{
		{model.Asset{}, properties(assetShape.schema())}, {model.StageFact{}, properties(stageShape.schema())},
		{model.Protection{}, properties(protectionShape.schema())}, {model.Means{}, properties(meansShape.schema())},
		{model.Expiry{}, properties(expiryShape.schema())}, {model.Mirror{}, properties(mirrorShape.schema())},
		{model.Relation{}, properties(relationShape.schema())}, {model.Survival{}, properties(survivalShape.schema())}, {model.Rebuild{}, properties(rebuildShape.schema())},
		{model.Fact{}, properties(factShape.schema())}, {model.Pipeline{}, properties(pipelineShape.schema())},
		{model.Platform{}, properties(platformShape.schema())}, {model.Lapsed{}, properties(lapsedShape.schema())},
	} {
		kind := reflect.TypeOf(test.of)
		for i := range kind.NumField() {
			name := kind.Field(i).Name
			key, ok := renamed[name]
			if !ok {
				key = snake(name)
			}
			_, shown := test.shown[key]
			if _, hidden := left[name]; hidden == shown {
				t.Errorf("%s.%s: shown as %q: %v, listed as left out: %v", kind.Name(), name, key, shown, hidden)
			}
		}
	}
}

func properties(of schema) map[string]any { return of["properties"].(schema) }

func snake(name string) string {
	var b strings.Builder
	for i, r := range name {
		if r >= 'A' && r <= 'Z' && i > 0 {
			b.WriteByte('_')
		}
		b.WriteString(strings.ToLower(string(r)))
	}
	return b.String()
}

func TestInputOfAnAsset(t *testing.T) {
	input := decoded(t, fullModel())
	assets := input["assets"].([]any)
	a, b := assets[0].(map[string]any), assets[1].(map[string]any)
	if diff := cmp.Diff(a, input["by_id"].(map[string]any)[".#a"]); diff != "" {
		t.Errorf("by_id differs: %s", diff)
	}
	want := map[string]any{
		"name":       map[string]any{"state": "known", "value": "x", "why": "", "defaulted": false},
		"region":     map[string]any{"state": "unknown", "why": "var.region has no default", "defaulted": false},
		"stages":     []any{"raw"},
		"tags":       map[string]any{"team": "lake"},
		"replica_of": []any{},
		"settings": map[string]any{
			"hierarchical_namespace": map[string]any{"state": "known", "value": true, "why": "", "defaulted": true},
			"purpose":                map[string]any{"state": "absent", "why": "", "defaulted": false},
		},
	}
	for name, value := range want {
		if diff := cmp.Diff(value, a[name]); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	if diff := cmp.Diff([]any{[]any{".#a"}, []any{".#a"}}, []any{b["contains"], b["replica_of"]}); diff != "" {
		t.Errorf("what others say: %s", diff)
	}
	if input["now"] != "2026-01-02T03:04:05Z" {
		t.Errorf("now is %v", input["now"])
	}
}

func TestWholeNumbersHaveNoFraction(t *testing.T) {
	for value, want := range map[float64]string{7: "7", 36500: "36500", 0.25: "0.25", 1e6: "1000000"} {
		if got := number(value).String(); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}
