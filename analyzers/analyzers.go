// Package analyzers lists the formats that drlint reads. An analyzer turns the
// files of one format into evaluated, positioned resources; it knows nothing of
// what they mean for a data platform.
package analyzers

import (
	"context"

	"github.com/drlint/drlint/analyzers/githubactions"
	"github.com/drlint/drlint/analyzers/terraform"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// Analyzer reads one format.
type Analyzer interface {
	// Name is the format's name: "terraform".
	Name() string
	// Claims says, by its path alone, whether a file is of this format.
	Claims(path string) bool
	// Analyze evaluates all claimed files, sorted by path. What cannot be read
	// or resolved becomes a diagnostic or an unknown value, never an error.
	Analyze(ctx context.Context, tree source.Tree, files []string) resource.Result
}

// All returns every analyzer, one a format.
func All() []Analyzer {
	return []Analyzer{githubactions.New(), terraform.New()}
}
