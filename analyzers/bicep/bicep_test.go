package bicep

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/drlint/drlint/analyzers/analyzertest"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

func TestClaims(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]bool{
		"main.bicep": true, "infra/prod.bicepparam": true, "Main.BICEP": true,
		"main.json": false, "main.parameters.json": false, "bicep": false, "bicepconfig.json": false,
	} {
		if got := New().Claims(path); got != want {
			t.Errorf("Claims(%q) = %v", path, got)
		}
	}
}

// TestPlaces asserts line and column of a value and of what decides it, through
// a parameter file, a module in a loop and a default.
func TestPlaces(t *testing.T) {
	t.Parallel()
	archive := txtar.Parse([]byte(`
-- main.bicep --
param sku string
module each 'm.bicep' = [for zone in ['raw', 'curated']: {
  name: zone
  params: {
    settings: {
      name: zone
      sku: sku
    }
  }
}]
-- m.bicep --
param settings object
param days int = 7

resource lake 'A.B/c@1' = {
  name: settings.name
  properties: {
    sku: settings.sku
    days: days
  }
}
-- prod.bicepparam --
using 'main.bicep'
param sku = 'Standard_GRS'
`))
	tree, _ := analyzertest.TreeOf(archive)
	result := analyze(tree)
	var r resource.Resource
	for _, candidate := range result.Resources {
		if candidate.ID == "main.bicep@prod#module.each[1]/lake" {
			r = candidate
		}
	}
	place := func(at source.Range) string { return analyzertest.Place(tree.FS, at) }
	places := func(v resource.Value) string {
		text, _ := v.AsString()
		text += " @" + place(v.At)
		for _, origin := range v.Origin {
			text += " ←" + place(origin)
		}
		return text
	}
	for path, want := range map[string]string{
		"name":            "curated @m.bicep:5:9-22 ←main.bicep:6:13-17 ←main.bicep:2:46-55",
		"properties.sku":  "Standard_GRS @m.bicep:7:10-22 ←main.bicep:7:12-15 ←prod.bicepparam:2:13-27",
		"properties.days": "7 @m.bicep:8:11-15 ←m.bicep:2:18-19",
	} {
		if got := places(r.Attrs.Path(path)); got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
	if got := place(r.At); got != "m.bicep:4:1-24" {
		t.Errorf("the header is at %s", got)
	}
	if got := place(r.Via[0].At); r.Via[0].Name != "module.each[1]" || got != "main.bicep:2:1-22" {
		t.Errorf("via %s at %s", r.Via[0].Name, got)
	}
}

func TestEvaluate(t *testing.T) {
	t.Parallel()
	files := fstest.MapFS{"main.bicep": &fstest.MapFile{Data: []byte("param name string = 'x'\nresource r 'A.B/c@1' = {\n  name: name\n}\n")}}
	parameters := map[string]resource.Value{"name": resource.StringAt(source.Range{File: "main.bicep"}, "given")}
	result := Evaluate(context.Background(), source.Tree{FS: files}, "main.bicep", parameters)
	if len(result.Resources) != 1 || result.Resources[0].Attrs.Get("name").Text != "given" || result.Resources[0].Root != "main.bicep" {
		t.Errorf("got %+v", result.Resources)
	}
}

// TestDeterminism evaluates a repository with one and with all cores.
func TestDeterminism(t *testing.T) {
	files := fstest.MapFS{}
	var tree source.Tree
	for i := range 40 {
		name := fmt.Sprintf("r%02d.bicep", i)
		text := fmt.Sprintf("module a 'r%02d.bicep' = {\n  name: nope\n}\nresource r 'A.B/c@1' = {\n  name: 'r'\n  tags: { x: a.outputs.y }\n}\noutput y string = r.id\n", (i*7+1)%80)
		files[name] = &fstest.MapFile{Data: []byte(text)}
		tree.Files = append(tree.Files, name)
	}
	tree.FS = files
	all := analyzertest.Dump(files, analyze(tree))
	previous := runtime.GOMAXPROCS(1)
	defer runtime.GOMAXPROCS(previous)
	if diff := cmp.Diff(all, analyzertest.Dump(files, analyze(tree))); diff != "" {
		t.Errorf("all cores → one:\n%s", diff)
	}
}

func TestCancelled(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	files := fstest.MapFS{"main.bicep": &fstest.MapFile{Data: []byte("resource r 'A.B/c@1' = {\n  name: 'r'\n}\n")}}
	result := New().Analyze(ctx, source.Tree{FS: files, Files: []string{"main.bicep"}}, []string{"main.bicep"})
	if len(result.Resources) != 0 {
		t.Errorf("%d resources", len(result.Resources))
	}
}

func TestUnreadable(t *testing.T) {
	t.Parallel()
	files := fstest.MapFS{
		"binary.bicep": &fstest.MapFile{Data: []byte("\xff\xfe\x00")},
		"good.bicep":   &fstest.MapFile{Data: []byte("resource r 'A.B/c@1' = {\n  name: 'r'\n}\n")},
	}
	result := New().Analyze(context.Background(), source.Tree{FS: files}, []string{"binary.bicep", "gone.bicep", "good.bicep"})
	var codes []string
	for _, d := range result.Diagnostics {
		codes = append(codes, d.At.File+" "+d.Code)
	}
	want := []string{"binary.bicep guard/not-utf8", "gone.bicep guard/unreadable"}
	if diff := cmp.Diff(want, codes); diff != "" || len(result.Resources) != 1 || result.Files != 1 {
		t.Errorf("%d resources, %d files, diagnostics:\n%s", len(result.Resources), result.Files, diff)
	}
}

func TestSplitReference(t *testing.T) {
	t.Parallel()
	for reference, want := range map[string][2]string{
		"br/public:avm/res/storage/storage-account:0.9.1": {"br/public:avm/res/storage/storage-account", "0.9.1"},
		"br:host.azurecr.io/a/b:v1":                       {"br:host.azurecr.io/a/b", "v1"},
		"br:host:5000/a/b":                                {"br:host:5000/a/b", ""},
		"br:host/a@sha256:abc":                            {"br:host/a", "sha256:abc"},
		"ts/team:storage:1.0":                             {"ts/team:storage", "1.0"},
		"br/public:storage":                               {"br/public:storage", ""},
		"./a:b.bicep":                                     {"./a:b.bicep", ""},
	} {
		if from, version := splitReference(reference); from != want[0] || version != want[1] {
			t.Errorf("%s: %q %q", reference, from, version)
		}
	}
}

func TestParseSelector(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"a.b": "a b", "$.a[0].b": "a 0 b", "$['a'].b": "a b", "": "", "a[*]": "-", "$..a": "-", "a[?(@.b)]": "-", "a[": "-",
	} {
		steps, ok := parseSelector(resource.StringAt(source.Range{}, text))
		var names []string
		for _, step := range steps {
			names = append(names, step.name)
		}
		got := strings.Join(names, " ")
		if !ok {
			got = "-"
		}
		if got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// TestFilled makes placeholders of deployment tools unknown and keeps the rest.
func TestFilled(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"plain": "", "#{x}#": "unknown", "a-$(env)-b": "a-\uFFFC-b", "__ENV__": "unknown", "${{ x }}z": "\uFFFCz",
		"a__b": "", "$5 (x)": "", "#x": "",
	} {
		v := filled(resource.StringAt(source.Range{}, text))
		got := v.Hint
		if v.IsUnknown() && v.Hint == "" {
			got = "unknown"
		}
		if got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
