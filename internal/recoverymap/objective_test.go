package recoverymap

import (
	"testing"

	"github.com/drlint/drlint/internal/model"
)

func declaring(rpo, rto float64) func(*model.Asset) {
	return func(a *model.Asset) {
		a.Declared = map[string]model.Fact{model.RPOHours: model.KnownFact(rpo, a.At), model.RTOHours: model.KnownFact(rto, a.At)}
	}
}

func TestObjectives(t *testing.T) {
	zone := Cell{Fault: model.ZoneFault, Answer: Answered, Survival: model.Survival{RTO: "instant", RPOHours: model.KnownFact(0.0, model.Fact{}.At), RPOBasis: "sla"}}
	region := Cell{Fault: model.RegionFault, Answer: Answered, Survival: model.Survival{RTO: "hours", RPOHours: model.KnownFact(0.25, model.Fact{}.At), RPOBasis: "typical"}}
	unbounded := Cell{Fault: model.RegionFault, Answer: Answered, Survival: model.Survival{RTO: "minutes", RPOHours: model.UnknownFact("nobody promises a bound", model.Fact{}.At), RPOBasis: "none"}}
	again := func(hours model.Fact) Cell {
		return Cell{Fault: model.DestroyFault, Answer: Again, Survival: model.Survival{RTO: rebuildClass, RPOHours: model.KnownFact(0.0, model.Fact{}.At), RPOBasis: "sla", Rebuild: &model.Rebuild{Possible: model.Yes, Hours: hours}}}
	}
	gap, open := Cell{Fault: model.DeleteFault, Answer: Gap}, Cell{Fault: model.OverwriteFault, Answer: Open}
	cases := []struct {
		name     string
		rpo, rto float64
		cells    []Cell
		want     [2]string
	}{
		{"a usual age says so", 1, 24, []Cell{zone, region}, [2]string{"✓ RPO 1 h met: ~15 min", "✓ RTO 24 h met: hours"}},
		{"too old, and a class that may be too slow", 0.1, 4, []Cell{zone, region}, [2]string{"✗ RPO 6 min missed: ~15 min after region", "? RTO 4 h open: hours after region, no exact time"}},
		{"certainly too slow", 1, 0.5, []Cell{zone, region}, [2]string{"✓ RPO 1 h met: ~15 min", "✗ RTO 30 min missed: hours after region"}},
		{"no bound", 1, 1, []Cell{unbounded}, [2]string{"? RPO 1 h open: no bound after region", "✓ RTO 1 h met: minutes"}},
		{"no answer outweighs what is open", 1, 24, []Cell{gap, open}, [2]string{"✗ RPO 1 h missed: no answer to delete", "✗ RTO 24 h missed: no answer to delete"}},
		{"an unknown answer", 1, 24, []Cell{zone, open}, [2]string{"? RPO 1 h open: overwrite unknown", "? RTO 24 h open: overwrite unknown"}},
		{"loaded again in a declared time", 1, 4, []Cell{again(model.KnownFact(6.0, model.Fact{}.At))}, [2]string{"✓ RPO 1 h met: nothing lost", "✗ RTO 4 h missed: rebuild 6 h after destroy"}},
		{"loaded again in a time that nobody declares", 1, 4, []Cell{again(model.AbsentFact(model.Fact{}.At))}, [2]string{"✓ RPO 1 h met: nothing lost", "? RTO 4 h open: nobody declares how long loading again takes after destroy"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			a := &model.Asset{}
			declaring(c.rpo, c.rto)(a)
			for i, o := range objectivesOf(a, c.cells) {
				if got := o.short(); got != c.want[i] {
					t.Errorf("got  %s\nwant %s", got, c.want[i])
				}
			}
		})
	}
}

func TestALapsedObjectiveIsOpen(t *testing.T) {
	a := &model.Asset{Declared: map[string]model.Fact{model.RPOHours: model.UnknownFact("it counted until 2025-12-31", model.Fact{}.At)}}
	got := objectivesOf(a, []Cell{{Fault: model.ZoneFault, Answer: Gap}})
	if len(got) != 1 || got[0].Result != Undecided {
		t.Errorf("got %+v, want one open objective", got)
	}
}
