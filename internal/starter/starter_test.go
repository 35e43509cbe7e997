package starter_test

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/drlint/drlint/analyzers"
	"github.com/drlint/drlint/internal/config"
	"github.com/drlint/drlint/internal/discover"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/scan"
	"github.com/drlint/drlint/internal/source"
	"github.com/drlint/drlint/internal/stage"
	"github.com/drlint/drlint/internal/starter"
)

// sourceOf surveys a repository as the command does.
func sourceOf(t *testing.T, root *os.Root) starter.Source {
	t.Helper()
	tree, problems, err := discover.Walk(root.FS(), discover.Options{})
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	survey := scan.Survey(context.Background(), scan.Options{Tree: tree, Analyzers: analyzers.All()})
	return starter.Source{Model: survey.Model, Files: tree.Files, RuleSet: "2026-11"}
}

func load(t *testing.T, text string) (config.Config, []source.Diagnostic) {
	t.Helper()
	return config.Load(fstest.MapFS{".drlint.yaml": {Data: []byte(text)}}, ".drlint.yaml")
}

var (
	suggestion = regexp.MustCompile(`^#\S`)
	blanks     = strings.NewReplacer(
		"stage: ____", "stage: raw", "rpo: ____", "rpo: 1 day", "rto: ____", "rto: 4h", "detection: ____", "detection: 7 days",
		"until: ____", "until: 2027-06-30", "____", "answered",
	)
)

// taken is the configuration with all suggestions taken and all blanks filled.
func taken(text string) string {
	var lines []string
	for line := range strings.Lines(text) {
		if suggestion.MatchString(line) {
			line = blanks.Replace(strings.TrimPrefix(line, "#"))
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "")
}

// checkText says of a configuration what holds of every one.
func checkText(t *testing.T, m *model.Model, text string) {
	t.Helper()
	if _, problems := load(t, text); len(problems) > 0 {
		t.Fatalf("as it is written: %v\n%s", problems, text)
	}
	c, problems := load(t, taken(text))
	if len(problems) > 0 {
		t.Fatalf("with all suggestions taken: %v\n%s", problems, taken(text))
	}
	if got := strings.Count(text, "\n#- {stage: ") - strings.Count(text, ", rpo: "); got != len(c.Stages) {
		t.Errorf("%d suggestions for stages became %d declarations", got, len(c.Stages))
	}
	for _, declared := range c.Stages {
		if !matchesAny(declared, m) {
			t.Errorf("nothing matches %+v", declared)
		}
	}
}

func matchesAny(d stage.Declaration, m *model.Model) bool {
	for _, a := range m.Assets {
		if d.Matches(a) {
			return true
		}
	}
	return false
}

// What is written is valid, as it is and with every suggestion taken, and every
// suggestion is about something that was found.
func TestEverySuggestionCanBeTaken(t *testing.T) {
	repositories, err := filepath.Glob(filepath.Join("..", "..", "testdata", "repos", "*"))
	if err != nil || len(repositories) < 3 {
		t.Fatalf("got %v (%v)", repositories, err)
	}
	for _, dir := range repositories {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			root, err := os.OpenRoot(dir)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = root.Close() }()
			from := sourceOf(t, root)
			text := starter.Write(from)
			checkText(t, from.Model, text)
			if again := starter.Write(sourceOf(t, root)); again != text {
				t.Error("the same repository gives another text")
			}
		})
	}
}

// Whatever the code calls its stores, no name leaves its comment or its scalar.
func TestNamesOfTheRepositoryStayNames(t *testing.T) {
	for _, name := range []string{
		"orders", "true", "0123", "a\nversion: 2", "a\r#b", `quo"te'd`, "a # b", "{x: y}", "[a]", "a*b?", `back\slash`, "\u202edlog", "- a", "a: b", "~", "&a", "é",
	} {
		at := source.Range{File: name + "/main.tf"}
		m := &model.Model{Assets: []*model.Asset{
			{ID: "1", Kind: model.ObjectStore, Address: "aws_s3_bucket." + name, Name: model.KnownFact(name, at), Region: model.KnownFact(name, at), At: at, Root: name},
			{ID: "2", Kind: model.Table, Address: name, Name: model.UnknownFact("", at), At: at, Root: name + "@" + name, Environment: name,
				Stages: []model.StageFact{{Stage: model.Raw, Basis: name, Confidence: model.Low}}},
			{ID: "3", Kind: model.Container, Address: "c", Name: model.KnownFact("gold"+name, at), At: at, Root: ".",
				Stages: []model.StageFact{{Stage: model.Curated, Basis: name, Confidence: model.Medium}}},
		}}
		m.Platform.DataPlatform, m.Platform.Basis = true, []string{name}
		checkText(t, m, starter.Write(starter.Source{Model: m, Files: []string{name + "/tests/a.tf"}, RuleSet: "2026-11"}))
	}
}

// A region is taken for the primary one when most stores are there, and another
// for the recovery region when something is copied to it.
func TestRegions(t *testing.T) {
	at := source.Range{File: "main.tf"}
	store := func(id, region string, relations ...model.Relation) *model.Asset {
		return &model.Asset{ID: id, Kind: model.ObjectStore, Address: id, Region: model.KnownFact(region, at), At: at, Relations: relations}
	}
	copied := model.Relation{Type: "replicates_to", Target: "d"}
	for _, test := range []struct {
		want   string
		assets []*model.Asset
	}{
		{"{primary: west, recovery: north}", []*model.Asset{store("a", "west"), store("b", "west"), store("c", "west", copied), store("d", "north")}},
		{"{primary: west, recovery: ____}", []*model.Asset{store("a", "west"), store("b", "west"), store("d", "north")}},
		{"{primary: ____, recovery: ____}", []*model.Asset{store("a", "west"), store("b", "north")}},
	} {
		if text := starter.Write(starter.Source{Model: &model.Model{Assets: test.assets}, RuleSet: "2026-11"}); !strings.Contains(text, test.want) {
			t.Errorf("want %s in\n%s", test.want, text)
		}
	}
}

// A directory of tests is offered to be left out; an environment called test is not.
func TestEnvironmentsAreNoTests(t *testing.T) {
	text := starter.Write(starter.Source{Model: &model.Model{}, Files: []string{"tests/a.tf", "vars/dev/main.tf", "vars/test/main.tf"}})
	if !strings.Contains(text, "'tests/**'") || strings.Contains(text, "vars/test") {
		t.Error(text)
	}
}
