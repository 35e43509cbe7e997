package databricks_test

import (
	"slices"
	"testing"

	adatabricks "github.com/drlint/drlint/analyzers/databricks"
	"github.com/drlint/drlint/analyzers/terraform"
	"github.com/drlint/drlint/internal/mapping/azure"
	"github.com/drlint/drlint/internal/mapping/databricks"
	"github.com/drlint/drlint/internal/mapping/maptest"
)

func TestGolden(t *testing.T) {
	analyzers := []maptest.Analyzer{adatabricks.New(), terraform.New()}
	maptest.Golden(t, analyzers, slices.Concat(azure.Mappers(), databricks.Mappers()))
}
