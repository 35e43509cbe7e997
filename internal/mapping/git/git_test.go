package git_test

import (
	"slices"
	"testing"

	"github.com/drlint/drlint/analyzers/azurepipelines"
	"github.com/drlint/drlint/analyzers/githubactions"
	"github.com/drlint/drlint/analyzers/terraform"
	"github.com/drlint/drlint/internal/mapping/aws"
	"github.com/drlint/drlint/internal/mapping/azure"
	"github.com/drlint/drlint/internal/mapping/git"
	"github.com/drlint/drlint/internal/mapping/google"
	"github.com/drlint/drlint/internal/mapping/maptest"
)

// TestModels puts storage first, as the whole pipeline does.
func TestModels(t *testing.T) {
	mappers := slices.Concat(aws.Mappers(), azure.Mappers(), google.Mappers(), git.Mappers())
	maptest.Golden(t, []maptest.Analyzer{azurepipelines.New(), githubactions.New(), terraform.New()}, mappers)
}
