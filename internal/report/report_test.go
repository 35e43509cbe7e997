package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/source"
)

const lake = "module \"lake\" {\n  source = \"./lake\"\n}\n"

const account = "resource \"azurerm_storage_account\" \"this\" {\n  # größe\n\taccount_replication_type = \"LRS\" # \x1b[31m\n}\n"

// sample is a report with one of everything and hostile text in it.
func sample() *Report {
	fsys := fstest.MapFS{"main.tf": {Data: []byte(lake)}, "lake/dir name/main.tf": {Data: []byte(account)}}
	in := func(file, data, text string) source.Range {
		start := strings.Index(data, text)
		return source.Range{File: file, Start: start, End: start + len(text)}
	}
	decides := in("lake/dir name/main.tf", account, `"LRS"`)
	header := in("lake/dir name/main.tf", account, `resource "azurerm_storage_account" "this"`)
	call := in("main.tf", lake, `module "lake"`)
	rule := &finding.Rule{
		ID: "raw/not-replicated", Title: "Raw data has a copy in another region", Severity: finding.High,
		Description: "The source may have dropped what was copied.", Fix: finding.Advice{finding.Everywhere: "Use GRS."}, Guide: []finding.Statement{"22"}, Tags: []string{"dr"},
	}
	subject := finding.Subject{ID: ".#module.lake.x", Address: "module.lake.azurerm_storage_account.this", Type: "azurerm_storage_account", Kind: "object_store", Stages: []string{"raw"}}
	asset := &model.Asset{
		ID: subject.ID, Address: subject.Address, Type: subject.Type, Kind: model.ObjectStore, Provider: "azure", Service: "storage", Root: ".",
		Name: model.UnknownFact("var.name has no default", header), Region: model.KnownFact("westeurope", header), At: header,
		Stages:   []model.StageFact{{Stage: model.Raw, Basis: "address token \"raw\"", Confidence: model.Low, At: header}},
		Settings: map[string]model.Fact{"shared_key_access": model.DefaultFact(true, header)},
		Protections: map[string]model.Protection{
			model.GeoReplication: {State: model.Off, Why: "account_replication_type is LRS", At: decides},
			model.SoftDelete: {State: model.On, Scope: model.Whole, At: header, Means: []model.Means{{
				Mechanism: "azure.blob_soft_delete", State: model.On, Scope: model.Whole, Window: model.KnownFact(14.0, header), By: subject.Address, At: header,
			}}},
		},
		Missing: []model.Missing{{What: "dataset", Name: "Orders", At: header}}, Maybe: "var.on has no default",
		Recovery: map[model.Fault]model.Survival{model.RegionFault: {
			Survives: model.No, Why: "nothing covers it", RTO: "hours", Through: []string{"azure.grs"},
			Rebuild: &model.Rebuild{Possible: model.Yes, From: []string{".#erp"}, RPOHours: model.KnownFact(24.0, source.Range{}), RPOBasis: "typical"},
		}},
		Declared: map[string]model.Fact{model.RPOHours: model.KnownFact(1.0, source.Range{})},
		Lapsed:   []model.Lapsed{{What: model.RTOHours, Owner: "BI", Until: "2025-12-31"}},
	}
	fail := finding.Finding{
		Rule: rule, Verdict: finding.Fail, Severity: finding.High, Message: "Raw store \x1b[2Jlake has no copy in another region", Subject: subject,
		At: decides, Body: header, Via: []finding.Call{{Name: "module.lake", At: call}}, Fingerprint: "0123456789abcdef",
		Related:   []finding.Related{{Message: "the account is declared", At: header}},
		Instances: []finding.Instance{{Subject: subject, Via: []finding.Call{{Name: "module.lake", At: call}}}},
	}
	fail.Environments = []string{"dev", "test"}
	fail.Others = []finding.Other{{Environment: "prod"}, {Environment: "qa", Verdict: finding.Unknown}}
	fail.Instances[0].Environments = []string{"dev"}
	open, ignored := fail, fail
	open.Verdict, open.Environments, open.Others = finding.Unknown, []string{"qa"}, nil
	ignored.Suppressed = &finding.Suppression{Kind: "inline", Reason: "rebuilt from the source", At: header}
	return &Report{
		Version: "1.2.3", Rules: []*finding.Rule{rule}, Findings: []finding.Finding{fail, open, ignored}, Assets: []*model.Asset{asset},
		Diagnostics: []source.Diagnostic{{Code: "terraform/syntax", Severity: source.Error, Summary: "a brace is missing", Detail: "close it", At: call}},
		Flows: []model.Flow{{
			ID: "p/copy", Address: "pipeline/load/activities/copy", Activity: "copy", Pipeline: "p", To: subject.ID, At: call,
			Source: model.KnownFact("dbo.\x1b[2JOrders", call), Sink: model.KnownFact("raw/orders", call), Mode: model.KnownFact("full", call),
			Write: model.UnknownFact("the sink is not declared", call), Dated: model.KnownFact(true, call),
			Interval: model.KnownFact(24.0, call), Triggers: []string{"schedule"},
		}},
		Pipelines: []model.Pipeline{{
			ID: "ci", Format: "azure-pipelines", Name: "Release", Path: "ci.yml", Triggers: []string{"push"}, At: call,
			Deploys: []model.Deployment{{
				What: "data_factory", By: "publish", Source: model.KnownFact("factory", call), Environment: model.KnownFact("prod", call),
				Region: model.AbsentFact(call), Approved: model.No, At: call,
			}},
		}},
		Summary: Summary{Files: 2, Assets: 1, Rules: 1, Checked: 2, Fail: 1, Unknown: 1, Suppressed: 1, Failing: map[finding.Severity]int{finding.High: 1}},
		Sources: source.NewStore(fsys),
	}
}

func TestTextShowsThePlaceAndEscapesTheTerminal(t *testing.T) {
	var b bytes.Buffer
	if err := Text(&b, sample(), Options{}); err != nil {
		t.Fatal(err)
	}
	want := `lake/dir name/main.tf:3:29: high: Raw store \u001b[2Jlake has no copy in another region [raw/not-replicated]
    3 |  account_replication_type = "LRS" # \u001b[31m
      |                             ^^^^^
      = in    dev, test (unknown in qa; not in prod)
      = via   module.lake at main.tf:1:1
      = see   the account is declared at lake/dir name/main.tf:1:1
      = also  module.lake.azurerm_storage_account.this via main.tf:1:1 in dev
      = why   The source may have dropped what was copied.
      = fix   Use GRS.

main.tf:1:1: error: a brace is missing [terraform/syntax]
      = help  close it

2 files, 1 asset, 1 rule: 2 checked, 0 pass, 1 fail, 1 unknown, 0 exempt, 1 ignored
What is unknown, and what would settle it: --unknown
`
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
}

func TestTextQuotesNoBinaryFile(t *testing.T) {
	r := sample()
	r.Sources = source.NewStore(fstest.MapFS{
		"lake/dir name/main.tf": {Data: []byte("PK\x03\x04\x14\x00\x00 " + strings.Repeat("x", 200))},
		"main.tf":               {Data: []byte("PK\x00")},
	})
	var b bytes.Buffer
	if err := Text(&b, r, Options{}); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(b.String(), " | ") || !strings.Contains(b.String(), "has no copy in another region") {
		t.Errorf("got\n%s", b.String())
	}
}

func TestInventoryShowsWhatMovesAndWhatIsRolledOut(t *testing.T) {
	var b bytes.Buffer
	if err := Inventory(&b, sample(), Options{}); err != nil {
		t.Fatal(err)
	}
	_, got, _ := strings.Cut(b.String(), "flow ")
	want := `pipeline/load/activities/copy main.tf:1:1
  load                   copy, full
  from                   dbo.\u001b[2JOrders
  to                     raw/orders (module.lake.azurerm_storage_account.this)
  write                  unknown: the sink is not declared
  dated                  yes
  started                schedule, every 1 day

pipeline "Release" main.tf:1:1
  format                 azure-pipelines
  started                push
  deploys                data_factory factory to prod by publish, without an approval main.tf:1:1

main.tf:1:1: error: a brace is missing [terraform/syntax]
      = help  close it
2 files, 1 asset
`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if !strings.Contains(b.String(), "missing                dataset Orders, lake/dir name/main.tf:1:1") {
		t.Errorf("the missing dataset is not told:\n%s", b.String())
	}
}

func TestTextColour(t *testing.T) {
	var b bytes.Buffer
	if err := Text(&b, sample(), Options{Color: true}); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(b.String(), "\x1b[31;1mhigh\x1b") {
		t.Errorf("the severity has no colour:\n%q", b.String())
	}
	if strings.Contains(b.String(), "\x1b[2J") {
		t.Error("text of the repository reached the terminal unescaped")
	}
}

func TestJSONFollowsItsSchema(t *testing.T) {
	for name, write := range map[string]Writer{"report": JSON, "inventory": InventoryJSON} {
		schema := published(t, name)
		for _, r := range []*Report{sample(), hostile()} {
			var b bytes.Buffer
			if err := write(&b, r, Options{}); err != nil {
				t.Fatal(err)
			}
			validate(t, schema, b.Bytes())
		}
	}
}

func TestJSONPlaces(t *testing.T) {
	var b bytes.Buffer
	if err := JSON(&b, sample(), Options{}); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Findings []struct{ Location placeDocument }
	}
	if err := json.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	want := placeDocument{File: "lake/dir name/main.tf", Start: source.Pos{Line: 3, Column: 29}, End: source.Pos{Line: 3, Column: 34}}
	if got.Findings[0].Location != want {
		t.Errorf("got %+v, want %+v", got.Findings[0].Location, want)
	}
}

// TestSARIFIsReadByAnotherImplementation validates against the schema of the
// standard, which that library carries, and fails on fields it does not know.
func TestSARIFIsReadByAnotherImplementation(t *testing.T) {
	results := read(t, "sarif", sample())
	if len(results) != 3 || len(results[2].Suppressions) != 1 || results[1].Kind != "open" {
		t.Errorf("got %d results: %+v", len(results), results)
	}
	if uri := *results[0].Locations[0].PhysicalLocation.ArtifactLocation.URI; uri != "lake/dir%20name/main.tf" {
		t.Errorf("uri %q", uri)
	}
}

func read(t *testing.T, format string, r *Report) []*sarif.Result {
	t.Helper()
	text := written(t, format, r, Options{})
	validate(t, compile(t, sarifSchema(t)), text)
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	var log sarif.Report
	if err := decoder.Decode(&log); err != nil {
		t.Fatal(err)
	}
	for _, result := range log.Runs[0].Results {
		if rule := log.Runs[0].Tool.Driver.Rules[result.RuleIndex]; *rule.ID != *result.RuleID {
			t.Errorf("a result of %s points to %s", *result.RuleID, *rule.ID)
		}
	}
	return log.Runs[0].Results
}

// TestSARIFTellsOldFromNew follows the baseline states and suppressions.
func TestSARIFTellsOldFromNew(t *testing.T) {
	var got []string
	for _, result := range read(t, "sarif", hostile()) {
		line := *result.BaselineState
		for _, by := range result.Suppressions {
			line += " " + *by.Kind + " " + *by.Status
			if by.Justification != nil {
				line += " " + *by.Justification
			}
		}
		got = append(got, line)
	}
	want := []string{
		"new", "updated", "unchanged external accepted", "new", "new", "new",
		"new inSource accepted because | <i> ] (until 2027-01-31)", "new external accepted agreed",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for _, result := range read(t, "sarif", sample()) {
		if result.BaselineState != nil {
			t.Errorf("nothing was compared, yet a result is %q", *result.BaselineState)
		}
	}
}

func TestSARIFCarriesFixes(t *testing.T) {
	fix := read(t, "sarif", hostile())[0].Fixes[0]
	replacement := fix.ArtifactChanges[0].Replacements[0]
	if r := replacement.DeletedRegion; *r.StartLine != 2 || *r.StartColumn != 7 || *r.EndLine != 2 || *r.EndColumn != 12 {
		t.Errorf("%+v", r)
	}
	if !strings.HasPrefix(*replacement.InsertedContent.Text, `"GRS"`) {
		t.Errorf("%+v", replacement)
	}
}

// TestGitHubSARIFHoldsOnlyWhatFails leaves out what code scanning would open
// alerts for although nobody has to act on it.
func TestGitHubSARIFHoldsOnlyWhatFails(t *testing.T) {
	results := read(t, "github-sarif", hostile())
	if len(results) != 4 || *results[0].RuleID != "raw/not-replicated" {
		t.Errorf("got %d results", len(results))
	}
	for _, result := range results {
		if len(result.Suppressions) > 0 || result.Kind != "fail" {
			t.Errorf("%+v", result)
		}
	}
	many := hostile()
	first := finding.Finding{Rule: many.Rules[0], Verdict: finding.Fail, Severity: finding.Info}
	many.Findings = slices.Repeat([]finding.Finding{first}, 25_000)
	many.Findings = append(many.Findings, hostile().Findings[0])
	var log struct {
		Runs []struct{ Results []struct{ RuleID string } }
	}
	if err := json.Unmarshal(written(t, "github-sarif", many, Options{}), &log); err != nil {
		t.Fatal(err)
	}
	if cut := log.Runs[0].Results; len(cut) != 25_000 || cut[0].RuleID != "raw/not-replicated" {
		t.Errorf("%d results, the first of %s", len(cut), cut[0].RuleID)
	}
}

// sarifSchema takes the standard's schema out of the source of the library,
// which keeps it to itself.
func sarifSchema(t *testing.T) string {
	t.Helper()
	library, err := build.Import("github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif", ".", build.FindOnly)
	if err != nil {
		t.Fatal(err)
	}
	file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(library.Dir, "schema.go"), nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, decl := range file.Decls {
		if d, ok := decl.(*ast.GenDecl); ok && d.Tok == token.CONST {
			literal := d.Specs[0].(*ast.ValueSpec).Values[0].(*ast.BasicLit)
			return strings.Trim(literal.Value, "`")
		}
	}
	t.Fatal("the library holds no schema")
	return ""
}

func compile(t *testing.T, text string) *jsonschema.Schema {
	t.Helper()
	document, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("schema.json", document); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// published compiles a schema of docs, which may refer to another one.
func published(t *testing.T, name string) *jsonschema.Schema {
	t.Helper()
	const base = "https://drlint.dev/schema/"
	compiler := jsonschema.NewCompiler()
	for _, name := range []string{"report", "inventory", "ndjson"} {
		file, err := os.Open("../../docs/" + name + ".schema.json")
		if err != nil {
			t.Fatal(err)
		}
		document, err := jsonschema.UnmarshalJSON(file)
		if err := errors.Join(err, file.Close(), compiler.AddResource(base+name+".schema.json", document)); err != nil {
			t.Fatal(err)
		}
	}
	schema, err := compiler.Compile(base + name + ".schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func validate(t *testing.T, schema *jsonschema.Schema, text []byte) {
	t.Helper()
	instance, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(instance); err != nil {
		t.Error(err)
	}
}

func TestWindow(t *testing.T) {
	for _, c := range []struct {
		days float64
		want string
	}{
		{model.Forever, "kept forever"}, {30, "30 days"}, {1, "1 day"}, {1.25, "1.3 days"},
		{0.5, "12 hours"}, {1.0 / 86400, "1 second"}, {0, "0 days"},
	} {
		if got := window(c.days); got != c.want {
			t.Errorf("%g: got %q, want %q", c.days, got, c.want)
		}
	}
}
