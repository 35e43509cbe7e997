package recovery

import (
	"maps"
	"slices"

	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/source"
)

// computer answers asset by asset; what a copy rests on is answered first.
type computer struct {
	rows map[string]*Mechanism
	// order holds the assets as the model has them, byID the same by ID.
	order []answers
	byID  map[string]*answers
	names map[model.Kind][]string // the sorted names of protections
}

// answers are those of one asset, by the place of the fault in model.Faults.
type answers struct {
	asset *model.Asset
	// begun keeps copies that lead in a circle from being followed forever: what
	// is being answered adds nothing to its own answer.
	begun bool
	node  *node // where the asset stands between flows; nil without any
	met   [faultCount]bool
	found [faultCount]model.Survival
}

// faultCount is the number of model.Faults.
const faultCount = 7

// candidate is something that may answer a fault: a means with its row of the
// table, or a protection that nothing decides.
type candidate struct {
	protection string
	means      *model.Means
	row        *Mechanism
	// why and at are those of an answer without a row.
	why string
	at  source.Range
}

// answer answers for an asset, once.
func (c *computer) answer(of *answers) {
	if of.begun {
		return
	}
	of.begun = true
	meets := faultsOf(of.asset.Kind)
	if len(meets) == 0 {
		return
	}
	candidates := c.candidates(of.asset)
	for i, fault := range model.Faults {
		if of.met[i] = slices.Contains(meets, fault); of.met[i] {
			of.found[i] = c.survive(of.asset, i, candidates)
		}
	}
}

// candidates lists what may answer for an asset, in order of the protections. A
// protection that is not decided counts by itself where none of its means can
// answer anything.
func (c *computer) candidates(a *model.Asset) (list []candidate) {
	for _, name := range c.protections(a) {
		protection := a.Protections[name]
		recovers := false
		for i := range protection.Means {
			means := &protection.Means[i]
			row := c.rows[means.Mechanism]
			switch {
			case means.State == model.Off:
			case means.Mechanism == "":
				list, recovers = append(list, candidate{protection: name, why: means.Why, at: means.At}), true
			case row != nil && len(row.Covers) > 0:
				list, recovers = append(list, candidate{protection: name, means: means, row: row}), true
			}
		}
		if protection.State == model.Undecided && !recovers {
			list = append(list, candidate{protection: name, why: protection.Why, at: protection.At})
		}
	}
	return list
}

// protections lists the names of an asset's protections in alphabetical order.
// Assets of one kind have the same.
func (c *computer) protections(a *model.Asset) []string {
	names, ok := c.names[a.Kind]
	if !ok {
		names = slices.Sorted(slices.Values(model.ProtectionsOf(a.Kind)))
		c.names[a.Kind] = names
	}
	if len(names) != len(a.Protections) {
		return slices.Sorted(maps.Keys(a.Protections))
	}
	return names
}

// survive picks the best answer of all candidates: a certain one with the
// smallest recovery point, else an open one, else none.
func (c *computer) survive(a *model.Asset, fault int, candidates []candidate) model.Survival {
	best := model.Survival{Survives: model.No, Why: Uncovered, At: a.At}
	for i := range candidates {
		answer, relevant := c.candidate(a, fault, &candidates[i])
		if relevant && better(&answer, &best) {
			best = answer
		}
	}
	return best
}

func (c *computer) candidate(a *model.Asset, fault int, of *candidate) (answer model.Survival, relevant bool) {
	if of.row == nil {
		return doubt(of.protection, model.Faults[fault], of.why, of.at)
	}
	condition, covered := of.row.Covers[model.Faults[fault]]
	if !covered {
		return answer, false
	}
	return c.means(of.row, hop{a, fault, of.means, condition}), true
}

// Uncovered is the reason where nothing at all speaks of a fault.
const Uncovered = "nothing covers it"

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

// doubt answers for an attachment that may or may not cover the asset, and for a
// protection that nothing decides: neither has a mechanism.
func doubt(protection string, fault model.Fault, why string, at source.Range) (model.Survival, bool) {
	if !slices.Contains(attempts[protection], fault) {
		return model.Survival{}, false
	}
	return model.Survival{Survives: model.Maybe, Why: why, At: at, RPOHours: model.UnknownFact(why, at)}, true
}

// means says what one means does about a fault that its row speaks of.
func (c *computer) means(row *Mechanism, h hop) model.Survival {
	means := h.means
	answer := model.Survival{
		Mechanism: row.ID, WindowDays: means.Window, RPOBasis: string(row.Basis), RTO: row.RTO, At: means.At, RPOHours: row.point(means),
	}
	holds, why := h.condition.holds(h.asset, means)
	holds, why = c.chain(&answer, h, holds, why)
	if holds == model.Yes {
		holds, why = row.inTime(h.asset, model.Faults[h.fault], means)
	}
	if holds == model.Yes && means.State == model.Undecided {
		holds, why = model.Maybe, means.Why
	}
	if holds == model.Yes && means.Scope != model.Whole {
		holds, why = model.Maybe, "it covers only a part"
	}
	answer.Survives = holds
	if holds != model.Yes {
		answer.Why = why
	}
	return answer
}

func (row *Mechanism) point(means *model.Means) model.Fact {
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

// rank orders answers by how sure they are.
func rank(t model.Tri) int {
	switch t {
	case model.Yes:
		return 2
	case model.Maybe:
		return 1
	default:
		return 0
	}
}

func better(a, b *model.Survival) bool {
	if rank(a.Survives) != rank(b.Survives) {
		return rank(a.Survives) > rank(b.Survives)
	}
	x, xKnown := a.RPOHours.Number()
	y, yKnown := b.RPOHours.Number()
	if xKnown != yKnown {
		return xKnown
	}
	return b.Mechanism == "" && a.Mechanism != "" || xKnown && x < y
}
