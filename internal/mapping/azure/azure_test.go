package azure_test

import (
	"testing"

	"github.com/drlint/drlint/analyzers/terraform"
	"github.com/drlint/drlint/internal/mapping/azure"
	"github.com/drlint/drlint/internal/mapping/maptest"
)

func TestModels(t *testing.T) {
	maptest.Golden(t, []maptest.Analyzer{terraform.New()}, azure.Mappers())
}
