package recoverymap

import (
	"slices"
	"sync"

	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/recovery"
	"github.com/drlint/drlint/internal/source"
)

// Row is one asset.
type Row struct {
	Asset *model.Asset
	// Outer is the account, server or bucket that holds it; nil for an outer asset.
	Outer *model.Asset
	// Name is what people call it: "stlake/raw".
	Name string
	// Product is the product's own name, Region where it is, as text.
	Product, Region string
	// Note is what else a reader must know: "copy of lake-raw", "for logs".
	Note string
	// Alike counts the inner assets without a row of their own, because they
	// survive what this one survives.
	Alike int
	// CopyOf is set for an asset that only keeps the data of another one.
	CopyOf *model.Asset
	// Counted says whether the row counts in the totals: copies and stores of
	// logs are no data that the platform would miss.
	Counted bool
	// Cells hold the faults that the asset can meet, in the order of model.Faults.
	Cells []Cell
	Worst Worst
	// Objectives are the declared ones, and whether the cells meet them.
	Objectives []Objective
}

// details say what and where it is.
func (row *Row) details() string {
	alike := ""
	if row.Alike > 0 {
		alike = "with " + number(row.Alike) + " inside like it"
	}
	return joined(" · ", row.Product, row.Region, row.Note, alike)
}

// Answer is what a cell says.
type Answer string

// The answers.
const (
	Answered Answer = "answered"
	// Again says that no copy is sure, and that the flows load the data again
	// from what stands or survives.
	Again Answer = "rebuilt"
	Gap   Answer = "gap"
	Open  Answer = "unknown"
)

// Cell is the answer of one asset to one fault.
type Cell struct {
	Fault  model.Fault
	Answer Answer
	// Survival is the answer of package recovery; of what is loaded again, its age
	// is that of what it is loaded from.
	Survival model.Survival
	// Means is what provides the answer; nil when nothing does.
	Means *model.Means
	// Why says why there is no answer, or none that is sure.
	Why string
	// Vague says that several means may answer, of which the survival names one.
	Vague bool
	// Loads says that an open answer hangs on what is loaded into the asset.
	Loads bool
}

// Worst is the worst that can happen to an asset, over all faults.
type Worst struct {
	// Lost counts the faults without an answer, Open the undecided ones.
	Lost, Open int
	// RPO is the oldest age, in hours, of what survives the answered faults;
	// unknown when one of them has no bound.
	RPO model.Fact
	// Typical says that the age is usual rather than promised.
	Typical bool
	// RTO is the slowest class of the answered faults.
	RTO string
	// Hours is how long loading again takes, as declared; absent where nobody
	// declares it or nothing is loaded again.
	Hours model.Fact
}

func cellsOf(a *model.Asset) (cells []Cell) {
	for _, fault := range model.Faults {
		if survival, ok := a.Recovery[fault]; ok {
			cells = append(cells, cellOf(a, fault, survival))
		}
	}
	return cells
}

func cellOf(a *model.Asset, fault model.Fault, s model.Survival) Cell {
	c := Cell{Fault: fault, Survival: s, Means: meansOf(a, s), Why: s.Why}
	switch s.Survives {
	case model.Yes:
		c.Answer = Answered
	case model.No:
		c.Answer = Gap
		if c.Means == nil {
			c.Why, c.Survival.At = reason(a, fault, s)
		}
	default:
		c.Answer, c.Vague = Open, vague(a, fault)
	}
	c.again()
	return c
}

// again turns what no copy answers for sure into what the flows load again, for
// sure or perhaps.
func (c *Cell) again() {
	r := c.Survival.Rebuild
	switch {
	case r == nil || c.Answer == Answered:
	case r.Possible == model.Yes:
		c.Answer, c.Why, c.Means, c.Vague = Again, "", nil, false
		c.Survival.Mechanism, c.Survival.Why, c.Survival.WindowDays = "", "", model.Fact{}
		c.Survival.RPOHours, c.Survival.RPOBasis, c.Survival.RTO = r.RPOHours, r.RPOBasis, rebuildClass
	case r.Possible == model.Maybe && c.Answer == Gap:
		c.Answer, c.Why, c.Means, c.Loads = Open, r.Why, nil, true
		c.Survival.Mechanism, c.Survival.At = "", r.At
	}
}

// rebuildClass is the class of recovery time of what is loaded again.
const rebuildClass = "rebuild"

// vague reports whether more than one mechanism may answer a fault.
func vague(a *model.Asset, fault model.Fault) bool {
	candidates := map[string]bool{}
	for _, p := range a.Protections {
		for _, m := range p.Means {
			if _, covered := table()[m.Mechanism].Covers[fault]; covered && m.State != model.Off {
				candidates[m.Mechanism] = true
			}
		}
	}
	return len(candidates) > 1
}

// meansOf finds the means that gave an answer: a survival keeps its row of the
// recovery table and its place.
func meansOf(a *model.Asset, s model.Survival) *model.Means {
	if s.Mechanism == "" {
		return nil
	}
	for _, name := range model.ProtectionsOf(a.Kind) {
		means := a.Protections[name].Means
		for i := range means {
			if means[i].Mechanism == s.Mechanism && means[i].At == s.At {
				return &means[i]
			}
		}
	}
	return nil
}

// answering lists, by fault, the protections that would answer it, the most
// usual first.
var answering = map[model.Fault][]string{
	model.DeleteFault:     {model.SoftDelete, model.Versioning, model.PointInTimeRestore, model.Backup},
	model.OverwriteFault:  {model.Versioning, model.PointInTimeRestore, model.Backup},
	model.DestroyFault:    {model.Backup, model.MirrorCopy},
	model.ZoneFault:       {model.ZoneRedundancy},
	model.RegionFault:     {model.GeoReplication, model.Backup},
	model.CompromiseFault: {model.Immutability, model.UndeletableCopy, model.Backup},
	model.RepositoryFault: {model.MirrorCopy, model.UndeletableCopy},
}

// table is the recovery table by ID.
var table = sync.OnceValue(func() map[string]recovery.Mechanism {
	rows := map[string]recovery.Mechanism{}
	for _, row := range recovery.Table() {
		rows[row.ID] = row
	}
	return rows
})

// reason explains a gap by the attribute that leaves it open, where one is written.
func reason(a *model.Asset, fault model.Fault, s model.Survival) (string, source.Range) {
	for _, name := range answering[fault] {
		p := a.Protections[name]
		if p.State == model.Off && !p.Defaulted && p.Why != "" && p.Why != nothing {
			return p.Why, p.At
		}
	}
	return s.Why, s.At
}

// nothing is how the model says that nobody wrote anything about a protection.
const nothing = "nothing provides it"

func worstOf(cells []Cell) Worst {
	w := Worst{RPO: model.Fact{State: model.Absent}, Hours: model.Fact{State: model.Absent}}
	for _, c := range cells {
		switch c.Answer {
		case Gap:
			w.Lost++
		case Open:
			w.Open++
		default:
			w.age(c.Survival)
		}
	}
	return w
}

func (w *Worst) age(s model.Survival) {
	if slices.Index(recovery.Classes, s.RTO) > slices.Index(recovery.Classes, w.RTO) {
		w.RTO = s.RTO
	}
	if s.RTO == rebuildClass {
		longest, _ := w.Hours.Number()
		if hours, known := s.Rebuild.Hours.Number(); known && hours > longest {
			w.Hours = s.Rebuild.Hours
		}
	}
	hours, known := s.RPOHours.Number()
	oldest, _ := w.RPO.Number()
	switch {
	case s.RPOHours.State == model.Unknown:
		w.RPO = s.RPOHours
	case known && w.RPO.State != model.Unknown && (w.RPO.State == model.Absent || hours > oldest):
		w.RPO, w.Typical = s.RPOHours, s.RPOBasis == "typical"
	}
}

// sameCells reports whether two assets survive the same in the same way.
func sameCells(a, b []Cell) bool {
	return slices.EqualFunc(a, b, func(x, y Cell) bool {
		return x.Fault == y.Fault && x.Answer == y.Answer && x.Why == y.Why && phrase(x) == phrase(y) && x.Survival.RTO == y.Survival.RTO
	})
}
