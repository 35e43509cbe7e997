package fabric

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

var update = flag.Bool("update", false, "write what the analyzer returns to testdata")

const wantFile = "want.txt"

// analyze runs the analyzer over files held in memory.
func analyze(files fstest.MapFS) resource.Result {
	tree := source.Tree{FS: files}
	for name := range files {
		tree.Files = append(tree.Files, name)
	}
	slices.Sort(tree.Files)
	claimed := slices.DeleteFunc(slices.Clone(tree.Files), func(name string) bool { return !New().Claims(name) })
	return New().Analyze(context.Background(), tree, claimed)
}

// Each archive holds a repository and, in want.txt, all that is read from it,
// with the line and column of every value.
func TestGolden(t *testing.T) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("no archives in testdata: %v", err)
	}
	for _, name := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) { golden(t, name) })
	}
}

func golden(t *testing.T, name string) {
	archive, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	files, want := fstest.MapFS{}, -1
	for i, f := range archive.Files {
		if f.Name == wantFile {
			want = i
			continue
		}
		files[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	result := analyze(files)
	checkPlaces(t, files, result)
	got := dump(files, result)
	if want < 0 {
		want = len(archive.Files)
		archive.Files = append(archive.Files, txtar.File{Name: wantFile})
	}
	if *update {
		archive.Files[want].Data = []byte(got)
		if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(string(archive.Files[want].Data), got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// checkPlaces wants every place to lie in a file and every unknown value to say why.
func checkPlaces(t *testing.T, files fstest.MapFS, result resource.Result) {
	t.Helper()
	within := func(at source.Range, what string) {
		f, ok := files[at.File]
		if !ok || at.Start < 0 || at.End > len(f.Data) || at.Start > at.End {
			t.Errorf("%s is placed at %+v, outside of a file", what, at)
		}
	}
	var visit func(v resource.Value, path string)
	visit = func(v resource.Value, path string) {
		within(v.At, path)
		if v.IsUnknown() && v.Why == "" {
			t.Errorf("%s is unknown without a reason", path)
		}
		for _, origin := range v.Origin {
			within(origin, "an origin of "+path)
		}
		for _, item := range v.Items {
			visit(item, path+"[]")
		}
		for _, f := range v.Fields {
			within(f.At, "the name "+path+"."+f.Name)
			visit(f.Value, path+"."+f.Name)
		}
	}
	for _, r := range result.Resources {
		within(r.At, r.ID)
		within(r.Body, r.ID)
		visit(r.Attrs, r.ID)
	}
	for _, d := range result.Diagnostics {
		within(d.At, d.Code)
		if d.Summary == "" {
			t.Errorf("%s has no summary", d.Code)
		}
	}
}
