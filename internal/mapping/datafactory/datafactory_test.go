package datafactory_test

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/drlint/drlint/analyzers/arm"
	layout "github.com/drlint/drlint/analyzers/datafactory"
	"github.com/drlint/drlint/analyzers/terraform"
	"github.com/drlint/drlint/internal/mapping/azure"
	"github.com/drlint/drlint/internal/mapping/datafactory"
	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/mapping/maptest"
)

func analyzers() []maptest.Analyzer {
	return []maptest.Analyzer{arm.New(), layout.New(), terraform.New()}
}

func mappers() []draft.Mapper { return slices.Concat(azure.Mappers(), datafactory.Mappers()) }

func TestModels(t *testing.T) {
	maptest.Golden(t, analyzers(), mappers())
}

// TestFlows compares the flows alone: the folders they lead to repeat that their
// accounts are not known.
func TestFlows(t *testing.T) {
	paths, err := filepath.Glob("testdata/flows/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) { flows(t, path) })
	}
}

func flows(t *testing.T, path string) {
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	last := len(archive.Files) - 1
	if archive.Files[last].Name != "want" {
		t.Fatal("the last file must be want")
	}
	inputs := &txtar.Archive{Files: slices.Clone(archive.Files[:last])}
	got := maptest.Describe(inputs, maptest.Model(t, inputs, analyzers(), mappers()))
	got = got[strings.Index(got, "\nflow ")+1:]
	if flag.Lookup("update").Value.String() == "true" {
		archive.Files[last].Data = []byte(got)
		if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(string(archive.Files[last].Data), got); diff != "" {
		t.Errorf("flows differ (-want +got):\n%s", diff)
	}
}
