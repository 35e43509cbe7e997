package recoverymap

import (
	"strings"
	"testing"

	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/recovery"
	"github.com/drlint/drlint/internal/source"
)

func answered(mechanism string, rpo model.Fact, basis string, window model.Fact) Cell {
	return Cell{Answer: Answered, Survival: model.Survival{Mechanism: mechanism, RPOHours: rpo, RPOBasis: basis, WindowDays: window, RTO: "hours"}}
}

func known(n float64) model.Fact { return model.KnownFact(n, source.Range{}) }

var absent = model.AbsentFact(source.Range{})

func TestPhrase(t *testing.T) {
	unknown := model.UnknownFact("nobody says", source.Range{})
	cases := []struct {
		want string
		cell Cell
	}{
		{"versions 30 d", answered("s3.versioning", known(0), "sla", known(30))},
		{"versions ∞", answered("s3.versioning", known(0), "sla", known(model.Forever))},
		{"GRS, ~15 min", answered("azure.grs", known(0.25), "typical", absent)},
		{"replica, 15 min", answered("s3.replication_time_control", known(0.25), "sla", absent)},
		{"replica, no bound", answered("s3.replication", unknown, "none", absent)},
		{"vault 24 h/30 d", answered("azure.backup_data_lake", known(24), "configured", known(30))},
		{"vault age ?/30 d", answered("azure.backup_data_lake", unknown, "configured", known(30))},
		{"failover, ~5 s", answered("azuresql.failover_group", known(5.0/3600), "typical", absent)},
		{"backup 4 h/8 h", answered("cosmosdb.periodic_backup", known(4), "configured", known(1.0/3))},
		{"ZRS", answered("azure.zrs", known(0), "sla", absent)},
		{"mirror", answered("git.mirror", absent, "configured", known(0))},
		{"gap", Cell{Answer: Gap, Survival: model.Survival{Mechanism: "azure.grs"}}},
		{"? GRS", Cell{Answer: Open, Survival: model.Survival{Mechanism: "azure.grs"}}},
		{"?", Cell{Answer: Open, Vague: true, Survival: model.Survival{Mechanism: "azure.grs"}}},
		{"?", Cell{Answer: Open}},
	}
	for _, c := range cases {
		if got := phrase(c.cell); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

// TestEveryMechanismHasWords: a row that answers a fault is shown in words that
// fit a cell, not by its ID.
func TestEveryMechanismHasWords(t *testing.T) {
	for _, row := range recovery.Table() {
		short, long := word(row.ID), sentence(row.ID)
		if len(row.Covers) > 0 && (short == "" || width(short) > 20 || strings.ContainsAny(short+long, "_.") || long == "") {
			t.Errorf("%s is called %q and %q", row.ID, short, long)
		}
	}
	for id := range words {
		if _, ok := table()[id]; !ok {
			t.Errorf("%s has a word and no row", id)
		}
	}
	for id := range phrases {
		if _, ok := table()[id]; !ok {
			t.Errorf("%s has a phrase and no row", id)
		}
	}
}

func TestWorst(t *testing.T) {
	fine := answered("s3.versioning", known(0), "sla", known(30))
	slow := answered("azure.backup_data_lake", known(24), "configured", known(30))
	usual := answered("azure.grs", known(36), "typical", absent)
	endless := answered("s3.replication", model.UnknownFact("no promise", source.Range{}), "none", absent)
	fine.Survival.RTO = "minutes"
	cases := []struct {
		want  string
		cells []Cell
	}{
		{"RPO nothing lost, RTO minutes", []Cell{fine}},
		{"RPO 24 h, RTO hours", []Cell{fine, slow}},
		{"RPO ~36 h, RTO hours", []Cell{slow, usual, fine}},
		{"RPO no bound, RTO hours", []Cell{endless, slow}},
		{"unknown in 1 of 2", []Cell{slow, {Answer: Open}}},
		{"loses all in 1 of 3", []Cell{slow, {Answer: Open}, {Answer: Gap}}},
	}
	for _, c := range cases {
		if got := worstOf(c.cells).verdict(len(c.cells)); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

func TestSpan(t *testing.T) {
	for hours, want := range map[float64]string{24: "24 h", 47: "47 h", 48: "2 d", 1: "1 h", 0.25: "15 min", 1.0 / 3600: "1 s", 1.5: "1.5 h", 720: "30 d"} {
		if got := span(hours); got != want {
			t.Errorf("%g: got %q, want %q", hours, got, want)
		}
	}
}

func TestWrappedKeepsToItsWidth(t *testing.T) {
	for _, text := range []string{"", "a", "one two three", strings.Repeat("long", 20), "a " + strings.Repeat("ü", 30) + " b", "x" + glue + "y z"} {
		for _, line := range wrapped(text, 10) {
			if width(line) > 10 {
				t.Errorf("%q is longer than 10", line)
			}
		}
	}
	if got := wrapped("backup 24"+glue+"h/35"+glue+"d", 15); len(got) != 2 || got[1] != "24 h/35 d" {
		t.Errorf("figures came apart: %q", got)
	}
}
