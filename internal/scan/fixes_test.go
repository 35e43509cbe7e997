package scan_test

import (
	"testing"

	"github.com/drlint/drlint/analyzers"
	"github.com/drlint/drlint/internal/scan"
)

// TestEachFixIsOfferedOnce: no finding shows the same edits twice.
func TestEachFixIsOfferedOnce(t *testing.T) {
	set, fixes := load(t), 0
	for _, tree := range examples(t) {
		for _, f := range run(t, scan.Options{Tree: tree, Analyzers: analyzers.All(), Rules: set}).Findings {
			titles := map[string]bool{}
			for _, fix := range f.Fixes {
				if titles[fix.Title] {
					t.Errorf("%s: %s at %s: %q twice", tree.Name, f.Rule.ID, f.At.File, fix.Title)
				}
				titles[fix.Title] = true
				fixes++
			}
		}
	}
	if fixes == 0 {
		t.Error("no example has a fix")
	}
}
