package report

import (
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/recoverymap"
)

// unshifted is said where a comparison finds no answer changed.
const unshifted = "What survives which fault stays as it was."

// shift is an answer that the change made worse or better, in plain words that
// no output has escaped yet.
type shift struct {
	Direction        string // "worse" or "better"
	Name, Fault      string
	Before, After    string
	BeforeKind, Kind recoverymap.Answer
}

// shiftsOf lists what survives less than in the revision compared with, then
// what survives more. compared is false where nothing is compared.
func shiftsOf(r *Report) (shifts []shift, compared bool) {
	if r.Before == nil || r.Model == nil {
		return nil, false
	}
	changes := recoverymap.Compare(atlasOf(r, r.Before), atlasOf(r, r.Model))
	slices.SortStableFunc(changes, func(a, b recoverymap.Shift) int { return order(a.Better) - order(b.Better) })
	for _, c := range changes {
		s := shift{
			Direction: "worse", Name: c.Row.Name, Fault: string(c.Fault),
			Before: c.Before.Text(), After: c.After.Text(), BeforeKind: c.Before.Answer, Kind: c.After.Answer,
		}
		if c.Better {
			s.Direction = "better"
		}
		if c.Environment != "" {
			s.Name += " in " + c.Environment
		}
		shifts = append(shifts, s)
	}
	return shifts, true
}

func order(better bool) int {
	if better {
		return 1
	}
	return 0
}

// shiftTotals counts: "2 answers worse, 1 answer better".
func shiftTotals(shifts []shift) string {
	var parts []string
	for _, direction := range []string{"worse", "better"} {
		n := 0
		for _, s := range shifts {
			if s.Direction == direction {
				n++
			}
		}
		if n > 0 {
			parts = append(parts, count(n, "answer")+" "+direction)
		}
	}
	return strings.Join(parts, ", ")
}

func atlasOf(r *Report, of *model.Model) *recoverymap.Atlas {
	shown := r.Shown
	if shown == nil {
		shown = func(*model.Asset) bool { return true }
	}
	return recoverymap.Build(recoverymap.Source{Version: r.Version, Model: of, Shown: shown, Sources: r.Sources})
}
