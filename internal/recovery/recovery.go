package recovery

import (
	"fmt"
	"maps"
	"slices"

	"github.com/drlint/drlint/internal/model"
)

// DetectionDays is how long a deletion or a bad run may go unnoticed when
// nothing else is declared: a week, the time between two looks at most reports.
const DetectionDays = 7.0

// Compute fills in, for every asset, which faults it survives and by what.
func Compute(m *model.Model) {
	rows := map[string]Mechanism{}
	for _, row := range Table() {
		rows[row.ID] = row
	}
	for _, a := range m.Assets {
		a.Recovery = map[model.Fault]model.Survival{}
		for _, fault := range faultsOf(a.Kind) {
			a.Recovery[fault] = survive(a, fault, rows)
		}
	}
}

// faultsOf lists the faults that an asset of a kind can meet.
func faultsOf(kind model.Kind) []model.Fault {
	switch kind {
	case model.OpaqueModule:
		return nil
	case model.Repository:
		return []model.Fault{model.DestroyFault, model.CompromiseFault, model.RepositoryFault}
	default:
		return []model.Fault{model.DeleteFault, model.OverwriteFault, model.DestroyFault, model.ZoneFault, model.RegionFault, model.CompromiseFault}
	}
}

// survive picks the best answer of all means: a certain one with the smallest
// recovery point, else an open one, else none.
func survive(a *model.Asset, fault model.Fault, rows map[string]Mechanism) model.Survival {
	best := model.Survival{Survives: model.No, Why: "nothing covers it", At: a.At}
	for _, name := range slices.Sorted(maps.Keys(a.Protections)) {
		for _, means := range a.Protections[name].Means {
			answer, relevant := rows[means.Mechanism].answer(a, fault, means)
			if means.Mechanism == "" {
				answer, relevant = doubt(name, fault, means)
			}
			if relevant && means.State != model.Off && better(answer, best) {
				best = answer
			}
		}
	}
	return best
}

// attempts lists the faults that a protection is for, whatever provides it.
var attempts = map[string][]model.Fault{
	model.ZoneRedundancy:     {model.ZoneFault},
	model.GeoReplication:     {model.RegionFault, model.ZoneFault},
	model.Versioning:         {model.DeleteFault, model.OverwriteFault},
	model.SoftDelete:         {model.DeleteFault},
	model.PointInTimeRestore: {model.DeleteFault, model.OverwriteFault},
	model.Backup:             {model.DeleteFault, model.OverwriteFault, model.DestroyFault, model.ZoneFault, model.RegionFault, model.CompromiseFault},
	model.Immutability:       {model.DeleteFault, model.OverwriteFault, model.CompromiseFault},
	model.MirrorCopy:         {model.DestroyFault, model.RepositoryFault},
	model.UndeletableCopy:    {model.DestroyFault, model.RepositoryFault, model.CompromiseFault},
}

// doubt answers for an attachment that may or may not cover the asset: it has
// no mechanism, because nobody knows what it attaches to.
func doubt(protection string, fault model.Fault, means model.Means) (model.Survival, bool) {
	open := model.Survival{Survives: model.Maybe, Why: means.Why, At: means.At, RPOHours: model.UnknownFact(means.Why, means.At)}
	return open, slices.Contains(attempts[protection], fault)
}

// answer says what one means does about a fault; relevant is false when its row
// does not speak of the fault at all.
func (row Mechanism) answer(a *model.Asset, fault model.Fault, means model.Means) (answer model.Survival, relevant bool) {
	condition, covered := row.Covers[fault]
	if !covered {
		return answer, false
	}
	holds, why := condition.holds(a, means)
	if holds == model.Yes {
		holds, why = row.inTime(fault, means)
	}
	if holds == model.Yes && means.State == model.Undecided {
		holds, why = model.Maybe, means.Why
	}
	if holds == model.Yes && means.Scope != model.Whole {
		holds, why = model.Maybe, "it covers only a part"
	}
	answer = model.Survival{
		Survives: holds, Mechanism: row.ID, WindowDays: means.Window, RPOBasis: string(row.Basis), RTO: row.RTO, At: means.At,
		RPOHours: row.point(means),
	}
	if holds != model.Yes {
		answer.Why = why
	}
	return answer, true
}

// inTime compares the window of a means with the time that it takes to notice.
func (row Mechanism) inTime(fault model.Fault, means model.Means) (model.Tri, string) {
	if !row.Windowed || fault != model.DeleteFault && fault != model.OverwriteFault {
		return model.Yes, ""
	}
	days, known := means.Window.Number()
	switch {
	case known && days >= DetectionDays:
		return model.Yes, ""
	case known:
		return model.No, fmt.Sprintf("it reaches back %g days, and noticing may take %g", days, DetectionDays)
	case means.Window.State == model.Unknown:
		return model.Maybe, means.Window.Why
	default:
		return model.Maybe, "how far it reaches back is not stated"
	}
}

func (row Mechanism) point(means model.Means) model.Fact {
	switch row.Basis {
	case Configured:
		if means.Interval.State == "" {
			return model.UnknownFact("the interval is not stated", means.At)
		}
		return means.Interval
	case NoBound:
		return model.UnknownFact("nobody promises a bound", means.At)
	default:
		return model.KnownFact(row.RPOHours, means.At)
	}
}

var ranks = map[model.Tri]int{model.Yes: 2, model.Maybe: 1, model.No: 0}

func better(a, b model.Survival) bool {
	if ranks[a.Survives] != ranks[b.Survives] {
		return ranks[a.Survives] > ranks[b.Survives]
	}
	x, xKnown := a.RPOHours.Number()
	y, yKnown := b.RPOHours.Number()
	if xKnown != yKnown {
		return xKnown
	}
	return b.Mechanism == "" || xKnown && x < y
}
