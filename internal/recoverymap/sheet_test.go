package recoverymap

import (
	"testing"

	"github.com/drlint/drlint/internal/model"
)

// TestSheetsSayWhatTheTableSays: every row stands on one line of one group, each
// line has a cell a fault, and the totals are those of the table.
func TestSheetsSayWhatTheTableSays(t *testing.T) {
	b := retail()
	b.add(model.KeyVault, "azure key_vault", "kv\u202e\x00vault")
	atlas := b.atlas()
	for i, sheet := range Sheets(atlas) {
		m := atlas.Maps[i]
		tallies := m.tallies()
		for j, fault := range sheet.Faults {
			want := tallies[string(fault)]
			if got := sheet.Totals[j]; got != (Total{want.answered, want.again, want.gaps, want.open}) {
				t.Errorf("%s: totals %v, want %v", fault, got, want)
			}
		}
		rows, lines := map[string]int{}, map[string]int{}
		for _, g := range m.Groups {
			for _, row := range g.Rows {
				rows[clean(row.Name)]++
			}
		}
		for _, g := range sheet.Groups {
			for _, line := range g.Lines {
				checkLine(t, sheet, line)
				for _, name := range line.Names {
					lines[name]++
				}
			}
		}
		if len(rows) != len(lines) {
			t.Errorf("%d names of rows, %d of lines", len(rows), len(lines))
		}
		for name, n := range rows {
			if lines[name] != n {
				t.Errorf("%q: %d rows, %d lines", name, n, lines[name])
			}
		}
	}
}

func checkLine(t *testing.T, sheet Sheet, line Line) {
	t.Helper()
	if len(line.Cells) != len(sheet.Faults) || len(line.IDs) != len(line.Names) {
		t.Errorf("%v: %d cells, %d IDs", line.Names, len(line.Cells), len(line.IDs))
	}
	for j, c := range line.Cells {
		if c.Fault != sheet.Faults[j] {
			t.Errorf("%v: column %d is %s", line.Names, j, c.Fault)
		}
		if (c.Answer == Gap || c.Answer == Open) && c.Why == "" || c.Answer == Answered && c.Word == "" {
			t.Errorf("%v: %s says nothing: %+v", line.Names, c.Fault, c)
		}
	}
}
