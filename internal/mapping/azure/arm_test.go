package azure

import (
	"testing"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// A parameter file may leave the location to a script that fills it in.
func TestEmptyLocation(t *testing.T) {
	at := source.Range{File: "main.bicep", Start: 1, End: 3}
	for text, want := range map[string]resource.State{"": resource.Unknown, "northeurope": resource.Known} {
		if got := written(attr{Value: resource.StringAt(at, text)}); got.State != want || got.At != at {
			t.Errorf("%q: %v", text, got)
		}
	}
}
