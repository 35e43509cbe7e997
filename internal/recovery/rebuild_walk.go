package recovery

import "github.com/drlint/drlint/internal/model"

// rebuilder walks the flows for one fault.
type rebuilder struct {
	fault model.Fault
	index int // of the fault in model.Faults
	nodes []*node
	// order lists the rebuilt assets, each after what it is loaded from.
	order []*node
	// spare is room for results, which are as many as assets.
	spare []model.Rebuild
}

// begin notes what each asset survives by itself.
func (r *rebuilder) begin() {
	for _, n := range r.nodes {
		n.own, n.level, n.ordered = n.found[r.index].Survives, "", false
	}
}

// walk settles every asset that has its data again at least as surely as asked.
func (r *rebuilder) walk(sure model.Tri) {
	for _, n := range r.nodes {
		if n.missing = 0; n.own == sure && n.level == "" {
			n.level = sure
		}
	}
	var ready []*node
	for _, n := range r.nodes {
		if !n.met[r.index] || n.level != "" || len(n.into) == 0 {
			continue
		}
		if n.missing = r.missing(n, sure); n.missing == 0 {
			ready = append(ready, n)
		}
	}
	for ; len(ready) > 0; ready = ready[1:] {
		from := ready[0]
		from.level, from.ordered = sure, true
		r.order = append(r.order, from)
		for _, to := range from.out {
			if to.missing == 0 || r.stands(from, to) {
				continue
			}
			if to.missing--; to.missing == 0 {
				ready = append(ready, to)
			}
		}
	}
}

// missing counts the loads into an asset that wait for another rebuild. One that
// can never bring its part back makes the count too large to be reached.
func (r *rebuilder) missing(n *node, sure model.Tri) (count int) {
	for _, l := range n.into {
		if rank(l.whole) < rank(sure) || l.from == nil && rank(r.outside()) < rank(sure) {
			return len(n.into) + 1
		}
		if rank(r.source(l, n)) < rank(sure) {
			count++
		}
	}
	return count
}

// source says how sure it is that what an asset is loaded from is there.
func (r *rebuilder) source(l load, to *node) model.Tri {
	switch {
	case l.from == nil:
		return r.outside()
	case r.stands(l.from, to):
		return model.Yes
	case l.from.level != "":
		return l.from.level
	default:
		return model.No
	}
}

// outside answers for a place that no scanned file declares: a fault that meets
// one asset does not meet it, and of the others nobody knows.
func (r *rebuilder) outside() model.Tri {
	if wide(r.fault) {
		return model.Maybe
	}
	return model.Yes
}

// stands holds for a place that the fault does not meet together with what is
// loaded from it.
func (r *rebuilder) stands(from, to *node) bool {
	switch r.fault {
	case model.CompromiseFault:
		return false
	case model.ZoneFault, model.RegionFault:
		return to.region != "" && from.region != "" && to.region != from.region
	case model.DestroyFault:
		return from.outer != to.outer
	default:
		return from.asset.Within != to.asset.ID && to.asset.Within != from.asset.ID
	}
}

func outermost(a *model.Asset) string {
	if a.Within != "" {
		return a.Within
	}
	return a.ID
}

// state writes what the walks found to the assets without a sure answer.
func (r *rebuilder) state() {
	for _, n := range r.order {
		r.write(n)
	}
	for _, n := range r.nodes {
		if !n.ordered && n.met[r.index] && n.own != model.Yes && len(n.into) > 0 {
			r.write(n)
		}
	}
}

func (r *rebuilder) write(n *node) {
	at := n.asset.At
	if len(r.spare) == 0 {
		const many = 128
		r.spare = make([]model.Rebuild, many)
	}
	b := &r.spare[0]
	r.spare = r.spare[1:]
	*b = model.Rebuild{Possible: model.Yes, RPOHours: model.KnownFact(0.0, at), RPOBasis: string(SLA), Hours: r.hours(n), From: n.from, At: at}
	for _, l := range n.into {
		if answer, why := r.brings(l, n); rank(answer) < rank(b.Possible) {
			b.Possible, b.Why = answer, why
		}
		hours, basis := r.age(l, n)
		b.RPOHours, b.RPOBasis = oldest(b.RPOHours, b.RPOBasis, hours, basis)
	}
	n.found[r.index].Rebuild = b
}

// brings says whether one load brings its part back.
func (r *rebuilder) brings(l load, n *node) (model.Tri, string) {
	source := r.source(l, n)
	switch {
	case source == model.No:
		return model.No, l.from.asset.Address + ", which it is loaded from, is gone as well"
	case l.whole != model.Yes:
		return l.whole, l.why
	case source == model.Maybe && l.from == nil:
		return model.Maybe, "nothing states whether the place that it is loaded from survives"
	case source == model.Maybe:
		return model.Maybe, "it is not known whether " + l.from.asset.Address + ", which it is loaded from, survives"
	default:
		return model.Yes, ""
	}
}

// age is how old what an asset is loaded from is.
func (r *rebuilder) age(l load, n *node) (model.Fact, string) {
	if l.from == nil || r.stands(l.from, n) {
		return model.KnownFact(0.0, n.asset.At), string(SLA)
	}
	s := &l.from.found[r.index]
	if s.Survives != model.Yes && s.Rebuild != nil {
		return s.Rebuild.RPOHours, s.Rebuild.RPOBasis
	}
	return s.RPOHours, s.RPOBasis
}

// hours is how long a rebuild takes: the declared time of this asset, after the
// longest of what it waits for. What nobody declares is absent.
func (r *rebuilder) hours(n *node) model.Fact {
	own := n.takes
	total, known := own.Number()
	waits := 0.0
	for _, l := range n.into {
		if !known || l.from == nil || r.stands(l.from, n) || l.from.own == model.Yes {
			continue
		}
		upstream := l.from.found[r.index].Rebuild
		if upstream == nil {
			return model.AbsentFact(n.asset.At)
		}
		hours, sure := upstream.Hours.Number()
		if !sure {
			return upstream.Hours
		}
		waits = max(waits, hours)
	}
	if known {
		own.Value = total + waits
	}
	return own
}

// declaredHours is the time to create the data again, else the time to load it.
func declaredHours(a *model.Asset) model.Fact {
	for _, name := range []string{model.RecreateHours, model.LoadHours} {
		if fact, ok := a.Declared[name]; ok {
			return fact
		}
	}
	return model.AbsentFact(a.At)
}
