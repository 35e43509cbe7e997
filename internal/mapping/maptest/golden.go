package maptest

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
)

var update = flag.Bool("update", false, "write what the mappers say into the archives")

// Golden maps the files of every archive in testdata and compares the described
// model with the archive's own file "want". It returns the models.
func Golden(t *testing.T, analyzers []Analyzer, mappers []draft.Mapper) (models []*model.Model) {
	t.Helper()
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) { models = append(models, golden(t, path, analyzers, mappers)) })
	}
	return models
}

func golden(t *testing.T, path string, analyzers []Analyzer, mappers []draft.Mapper) *model.Model {
	t.Helper()
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(archive.Files, func(f txtar.File) bool { return f.Name == "want" })
	if at < 0 {
		archive.Files = append(archive.Files, txtar.File{Name: "want"})
		at = len(archive.Files) - 1
	}
	inputs := &txtar.Archive{Files: slices.Delete(slices.Clone(archive.Files), at, at+1)}
	m := Model(t, inputs, analyzers, mappers)
	got := Describe(inputs, m)
	if *update {
		archive.Files[at].Data = []byte(got)
		if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(string(archive.Files[at].Data), got); diff != "" {
		t.Errorf("model differs (-want +got):\n%s", diff)
	}
	return m
}
