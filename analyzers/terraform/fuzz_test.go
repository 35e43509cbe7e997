package terraform

import (
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// FuzzAnalyze evaluates a repository of three files: a root module in native
// syntax, one in JSON, and a module in m that either may call.
func FuzzAnalyze(f *testing.F) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range archives {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			f.Fatal(err)
		}
		var texts [3]string
		for _, file := range archive.Files {
			switch {
			case strings.HasSuffix(file.Name, ".json"):
				texts[1] = string(file.Data)
			case strings.HasPrefix(file.Name, "m"):
				texts[0] = string(file.Data)
			default:
				texts[2] = string(file.Data)
			}
		}
		f.Add(texts[0], texts[1], texts[2])
	}
	f.Add("resource \"a\" \"b\" {\n  x = [for k, v in a.b : (k)...]\n}\n", `{"resource": [{"a": [{"b": [{"dynamic": {"c": [1]}}]}]}]}`, "")
	f.Add("module \"m\" {\n  source = \"./m\"\n  x = module.m.y\n}\n", "", "variable \"x\" {}\noutput \"y\" {\n  value = var.x\n}\n")
	f.Fuzz(func(t *testing.T, native, json, called string) {
		files := fstest.MapFS{
			"main.tf":        &fstest.MapFile{Data: []byte(native)},
			"j/main.tf.json": &fstest.MapFile{Data: []byte(json)},
			"m/main.tf":      &fstest.MapFile{Data: []byte(called)},
		}
		tree := source.Tree{FS: files, Files: []string{"j/main.tf.json", "m/main.tf", "main.tf"}}
		checkResult(t, tree, analyze(tree))
	})
}

// checkResult asserts what holds for every input: unique addresses, places
// inside of files, reasons for everything unknown, no defects.
func checkResult(t *testing.T, tree source.Tree, result resource.Result) {
	t.Helper()
	sizes := map[string]int{}
	inside := func(what string, at source.Range) {
		size, known := sizes[at.File]
		if !known {
			data, err := fs.ReadFile(tree.FS, at.File)
			if err != nil {
				t.Fatalf("%s: %v", what, err)
			}
			size = len(data)
			sizes[at.File] = size
		}
		if at.Start < 0 || at.End < at.Start || at.End > size {
			t.Errorf("%s lies outside of its file: %v of %d bytes", what, at, size)
		}
	}
	var check func(id string, v resource.Value)
	check = func(id string, v resource.Value) {
		inside(id, v.At)
		for _, origin := range v.Origin {
			inside(id, origin)
		}
		if v.State == resource.Unknown && v.Why == "" {
			t.Errorf("%s: unknown for no reason at %v", id, v.At)
		}
		for _, item := range v.Items {
			check(id, item)
		}
		for _, field := range v.Fields {
			inside(id, field.At)
			check(id, field.Value)
		}
	}
	seen := map[string]bool{}
	for _, r := range result.Resources {
		if seen[r.ID] {
			t.Errorf("%s is reported twice", r.ID)
		}
		seen[r.ID] = true
		inside(r.ID, r.At)
		inside(r.ID, r.Body)
		check(r.ID, r.Attrs)
	}
	for _, d := range result.Diagnostics {
		inside(d.Code, d.At)
		if d.Code == "guard/internal-error" {
			t.Errorf("defect: %+v", d)
		}
	}
}
