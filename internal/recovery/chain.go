package recovery

import "github.com/drlint/drlint/internal/model"

// hop is a copy that one means keeps somewhere, looked at for one fault.
type hop struct {
	asset     *model.Asset
	fault     int // in model.Faults
	means     *model.Means
	condition Condition
}

// chain asks the place of the copy where the copy alone does not settle a fault:
// a vault in the same region may keep its copies in another one, a bucket may be
// locked. A deletion or a bad run does not meet the copy, so nothing is asked.
func (c *computer) chain(answer *model.Survival, h hop, holds model.Tri, why string) (model.Tri, string) {
	place := c.place(h)
	if place == nil {
		return holds, why
	}
	next := &place.found[h.fault]
	switch {
	case holds == model.Yes && (next.Survives != model.Yes || !h.near(place.asset)):
		return holds, why // the copy is out of reach without any help
	case next.Survives == model.Yes:
		extend(answer, next)
		return model.Yes, ""
	case holds == model.No && next.Survives == model.Maybe:
		return model.Maybe, next.Why
	default:
		return holds, why
	}
}

// place is the answered asset that keeps the copy, where asking it helps.
func (c *computer) place(h hop) *answers {
	if h.means.Target == "" || h.condition == Always || !wide(model.Faults[h.fault]) {
		return nil
	}
	place := c.byID[h.means.Target]
	if place == nil || place.asset == h.asset {
		return nil
	}
	c.answer(place)
	return place
}

// wide faults meet many assets at once; the others meet one.
func wide(fault model.Fault) bool {
	return fault == model.ZoneFault || fault == model.RegionFault || fault == model.CompromiseFault
}

// near holds for a copy that the fault meets together with its original. Whether
// it does is what its condition says, but a vault answers for its region what its
// copies elsewhere make true.
func (h hop) near(place *model.Asset) bool {
	own, there := h.asset.Region.Text(), place.Region.Text()
	return place.Kind == model.BackupVault && model.Faults[h.fault] != model.CompromiseFault && (own == "" || there == "" || own == there)
}

// extend makes an answer that of a chain: as old as its oldest hop, as slow as
// its slowest, and no firmer than its weakest.
func extend(answer, next *model.Survival) {
	answer.Through = append([]string{next.Mechanism}, next.Through...)
	answer.RPOHours, answer.RPOBasis = oldest(answer.RPOHours, answer.RPOBasis, next.RPOHours, next.RPOBasis)
	if slower(next.RTO, answer.RTO) {
		answer.RTO = next.RTO
	}
}

// oldest is the worse of two recovery points. One that is not known is worse than
// any figure, and a figure that rests on a usual one is a usual one.
func oldest(a model.Fact, aBasis string, b model.Fact, bBasis string) (model.Fact, string) {
	x, xKnown := a.Number()
	y, yKnown := b.Number()
	switch {
	case a.State == model.Unknown:
		return a, aBasis
	case b.State == model.Unknown:
		return b, bBasis
	case !yKnown || y == 0 && xKnown:
		return a, aBasis
	case !xKnown || x == 0:
		return b, bBasis
	}
	basis := aBasis
	if y > x {
		a, basis = b, bBasis
	}
	if aBasis == string(Typical) || bBasis == string(Typical) {
		basis = string(Typical)
	}
	return a, basis
}

// Classes lists the classes of recovery time from fast to slow.
var Classes = []string{"", "instant", "minutes", "hours", "days", "support", "rebuild"}

func slower(a, b string) bool { return class(a) > class(b) }

func class(rto string) int {
	for i, c := range Classes {
		if c == rto {
			return i
		}
	}
	return 0
}
