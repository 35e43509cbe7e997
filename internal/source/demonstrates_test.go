package source

import "testing"

func TestDemonstrates(t *testing.T) {
	for path, want := range map[string]bool{
		"examples/basic": true, "single_tech_samples/lake": true, "SamplesV2/x": true, "samples2": true, "tests": true, "docs/reference/vm": true, "docsearch": false,
		"infra/prod": false, "latest/v2": false, "testing": false, "v2": false, ".": false, "": false,
	} {
		if got := Demonstrates(path); got != want {
			t.Errorf("%q: got %v", path, got)
		}
	}
}
