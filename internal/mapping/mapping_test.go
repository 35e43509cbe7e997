package mapping_test

import (
	"path/filepath"
	"slices"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/drlint/drlint/analyzers"
	"github.com/drlint/drlint/internal/mapping"
	"github.com/drlint/drlint/internal/mapping/maptest"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/recovery"
)

// TestEveryMeansIsStated holds over all fixtures of all providers: every
// protection is stated, every means has a row in the recovery table, and what
// is not on says why.
func TestEveryMeansIsStated(t *testing.T) {
	archives, err := filepath.Glob("*/testdata/*.txtar")
	forms, errForms := filepath.Glob("*/testdata/forms/*.txtar")
	if archives = append(archives, forms...); err != nil || errForms != nil || len(archives) < 20 {
		t.Fatalf("got %d archives: %v, %v", len(archives), err, errForms)
	}
	var rows []string
	for _, row := range recovery.Table() {
		rows = append(rows, row.ID)
	}
	var readers []maptest.Analyzer
	for _, analyzer := range analyzers.All() {
		readers = append(readers, analyzer)
	}
	for _, file := range archives {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range maptest.Model(t, archive, readers, mapping.Mappers()).Assets {
			for _, name := range model.ProtectionsOf(a.Kind) {
				checkProtection(t, file+": "+a.Address+": "+name, a.Protections[name], rows)
			}
		}
	}
}

func checkProtection(t *testing.T, where string, p model.Protection, rows []string) {
	t.Helper()
	if p.State == "" || p.At.IsZero() || p.State != model.On && p.Why == "" {
		t.Errorf("%s is not stated: %+v", where, p)
	}
	for _, m := range p.Means {
		if m.Mechanism != "" && !slices.Contains(rows, m.Mechanism) {
			t.Errorf("%s: %s has no row in the recovery table", where, m.Mechanism)
		}
		if incomplete(m) {
			t.Errorf("%s: %s by %s is not stated: %+v", where, m.Mechanism, m.By, m)
		}
	}
}

// incomplete reports whether a rule that reads a means could meet nothing.
func incomplete(m model.Means) bool {
	tris := []model.Tri{m.OtherRegion, m.OtherAccount, m.Locked, m.PropagatesDeletes}
	facts := []model.State{m.Window.State, m.Interval.State, m.Region.State}
	return slices.Contains(tris, "") || slices.Contains(facts, "") || m.Scope == "" || m.At.IsZero() || m.State != model.On && m.Why == ""
}
