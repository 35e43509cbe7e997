package terraform

import (
	"context"
	"flag"
	"path"
	"slices"
	"testing"

	"github.com/drlint/drlint/analyzers/analyzertest"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

var update = flag.Bool("update", false, "write what the analyzer returns to testdata")

// Each archive holds a repository and, in want, all that is read from it.
func TestGolden(t *testing.T) { analyzertest.Golden(t, analyze, *update) }

// analyze claims files the way a scan does. Installed modules are not claimed,
// since repositories ignore them.
func analyze(tree source.Tree) resource.Result {
	claimed := slices.DeleteFunc(slices.Clone(tree.Files), func(file string) bool {
		return !New().Claims(file) || isInstalled(path.Dir(file))
	})
	return New().Analyze(context.Background(), tree, claimed)
}
