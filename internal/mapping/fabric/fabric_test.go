package fabric_test

import (
	"slices"
	"testing"

	afabric "github.com/drlint/drlint/analyzers/fabric"
	"github.com/drlint/drlint/analyzers/terraform"
	"github.com/drlint/drlint/internal/mapping/azure"
	"github.com/drlint/drlint/internal/mapping/databricks"
	"github.com/drlint/drlint/internal/mapping/fabric"
	"github.com/drlint/drlint/internal/mapping/maptest"
)

// Notebooks of Fabric are mapped with those of Databricks.
func TestGolden(t *testing.T) {
	analyzers := []maptest.Analyzer{afabric.New(), terraform.New()}
	maptest.Golden(t, analyzers, slices.Concat(azure.Mappers(), databricks.Mappers(), fabric.Mappers()))
}
