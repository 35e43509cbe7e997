package terraform_test

import (
	"slices"
	"testing"

	"github.com/drlint/drlint/analyzers/terraform"
	"github.com/drlint/drlint/internal/mapping/aws"
	"github.com/drlint/drlint/internal/mapping/azure"
	"github.com/drlint/drlint/internal/mapping/google"
	"github.com/drlint/drlint/internal/mapping/maptest"
	state "github.com/drlint/drlint/internal/mapping/terraform"
)

// TestModels puts storage first, as the whole pipeline does.
func TestModels(t *testing.T) {
	mappers := slices.Concat(aws.Mappers(), azure.Mappers(), google.Mappers(), state.Mappers())
	maptest.Golden(t, []maptest.Analyzer{terraform.New()}, mappers)
}
