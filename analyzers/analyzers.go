// Package analyzers lists the formats that drlint reads. An analyzer turns the
// files of one format into evaluated, positioned resources; it knows nothing of
// what they mean for a data platform.
package analyzers

import (
	"context"

	"github.com/drlint/drlint/analyzers/arm"
	"github.com/drlint/drlint/analyzers/azurepipelines"
	"github.com/drlint/drlint/analyzers/bicep"
	"github.com/drlint/drlint/analyzers/databricks"
	"github.com/drlint/drlint/analyzers/datafactory"
	"github.com/drlint/drlint/analyzers/fabric"
	"github.com/drlint/drlint/analyzers/githubactions"
	"github.com/drlint/drlint/analyzers/terraform"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// Analyzer reads one format.
type Analyzer interface {
	// Name is the format's name: "terraform".
	Name() string
	// Claims says, by its path alone, whether a file may be of this format. What
	// else a file of that name can be, Analyze leaves alone.
	Claims(path string) bool
	// Analyze evaluates all claimed files, sorted by path. What cannot be read
	// or resolved becomes a diagnostic or an unknown value, never an error.
	Analyze(ctx context.Context, tree source.Tree, files []string) resource.Result
}

// All returns every analyzer, one a format.
func All() []Analyzer {
	return []Analyzer{
		arm.New(),
		azurepipelines.New(),
		bicep.New(),
		databricks.New(),
		datafactory.New(),
		fabric.New(),
		githubactions.New(),
		terraform.New(),
	}
}
