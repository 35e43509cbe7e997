package bicep

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

// FuzzAnalyze evaluates a repository of four files: a root, a module that it may
// call, and a parameter file in each syntax.
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
		var texts [4]string
		for _, file := range archive.Files {
			switch {
			case strings.HasSuffix(file.Name, ".bicepparam"):
				texts[2] = string(file.Data)
			case strings.HasSuffix(file.Name, ".json"):
				texts[3] = string(file.Data)
			case strings.HasSuffix(file.Name, "main.bicep"):
				texts[0] = string(file.Data)
			default:
				texts[1] = string(file.Data)
			}
		}
		f.Add(texts[0], texts[1], texts[2], texts[3])
	}
	f.Add("module m 'm.bicep' = [for i in range(0, 3): { params: { x: m[i].outputs.y } }]\n", "param x array\noutput y array = x\n", "using 'main.bicep'\nextends 'main.bicepparam'\n", "{}")
	f.Fuzz(func(t *testing.T, root, module, assigned, json string) {
		files := fstest.MapFS{
			"m.bicep":                   &fstest.MapFile{Data: []byte(module)},
			"main.bicep":                &fstest.MapFile{Data: []byte(root)},
			"main.bicepparam":           &fstest.MapFile{Data: []byte(assigned)},
			"main.parameters.prod.json": &fstest.MapFile{Data: []byte(json)},
		}
		tree := source.Tree{FS: files, Files: []string{"m.bicep", "main.bicep", "main.bicepparam", "main.parameters.prod.json"}}
		checkResult(t, tree, analyze(tree))
	})
}

// checkResult asserts what holds for every input: unique addresses, places
// inside of files, reasons for everything unknown, no defects.
func checkResult(t *testing.T, tree source.Tree, result resource.Result) {
	t.Helper()
	c := checker{t: t, files: tree.FS, sizes: map[string]int{}}
	seen := map[string]bool{}
	for _, r := range result.Resources {
		if seen[r.ID] {
			t.Errorf("%s is reported twice", r.ID)
		}
		seen[r.ID] = true
		c.inside(r.ID, r.At)
		c.inside(r.ID, r.Body)
		if !r.Body.Contains(r.At) {
			t.Errorf("%s: the header %v lies outside of the body %v", r.ID, r.At, r.Body)
		}
		for _, call := range r.Via {
			c.inside(r.ID, call.At)
		}
		c.value(r.ID, r.Attrs)
	}
	for _, d := range result.Diagnostics {
		c.inside(d.Code, d.At)
		if d.Code == "guard/internal-error" {
			t.Errorf("defect: %+v", d)
		}
	}
}

type checker struct {
	t     *testing.T
	files fs.FS
	sizes map[string]int
}

func (c *checker) inside(what string, at source.Range) {
	size, known := c.sizes[at.File]
	if !known {
		data, err := fs.ReadFile(c.files, at.File)
		if err != nil {
			c.t.Fatalf("%s at %+v: %v", what, at, err)
		}
		size = len(data)
		c.sizes[at.File] = size
	}
	if at.Start < 0 || at.End < at.Start || at.End > size {
		c.t.Errorf("%s lies outside of its file: %v of %d bytes", what, at, size)
	}
}

func (c *checker) value(id string, v resource.Value) {
	c.inside(id, v.At)
	for _, origin := range v.Origin {
		c.inside(id, origin)
	}
	if v.State == resource.Unknown && v.Why == "" {
		c.t.Errorf("%s: unknown for no reason at %v", id, v.At)
	}
	if v.State == resource.Known && v.Why != "" {
		c.t.Errorf("%s: known, but %s, at %v", id, v.Why, v.At)
	}
	for _, item := range v.Items {
		c.value(id, item)
	}
	names := map[string]bool{}
	for _, field := range v.Fields {
		if names[field.Name] {
			c.t.Errorf("%s: %s occurs twice at %v", id, field.Name, v.At)
		}
		names[field.Name] = true
		c.inside(id, field.At)
		c.value(id, field.Value)
	}
}
