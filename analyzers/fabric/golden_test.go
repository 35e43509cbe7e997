package fabric

import (
	"flag"
	"testing"

	"github.com/drlint/drlint/analyzers/analyzertest"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

var update = flag.Bool("update", false, "write what the analyzer returns to testdata")

// Each archive holds a repository and, in want, all that is read from it.
func TestGolden(t *testing.T) { analyzertest.Golden(t, analyze, *update) }

func analyze(tree source.Tree) resource.Result { return analyzertest.Analyze(New(), tree) }
