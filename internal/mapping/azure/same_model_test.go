package azure_test

import (
	"testing"

	"github.com/drlint/drlint/analyzers/arm"
	"github.com/drlint/drlint/analyzers/bicep"
	"github.com/drlint/drlint/analyzers/terraform"
	"github.com/drlint/drlint/internal/mapping/azure"
	"github.com/drlint/drlint/internal/mapping/maptest"
)

// TestSameModel checks for every service that one platform gives one model, in
// whichever form it is written.
func TestSameModel(t *testing.T) {
	maptest.Forms(t, []maptest.Analyzer{terraform.New(), arm.New(), bicep.New()}, azure.Mappers())
}
