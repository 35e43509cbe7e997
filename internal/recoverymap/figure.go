package recoverymap

import (
	"fmt"
	"math"
	"strconv"

	"github.com/drlint/drlint/internal/model"
)

// phrase is what a cell says in a few words: "versions 30 d", "GRS, ~15 min",
// "vault 24 h/30 d"; "gap" and "?" where there is no answer.
func phrase(c Cell) string {
	name, figures := c.words()
	return joined(" ", name, figures)
}

// words is the phrase in two parts: what it is, and how old and how far back.
func (c Cell) words() (name, figures string) {
	name = word(c.Survival.Mechanism)
	switch {
	case c.Answer == Gap:
		return "gap", ""
	case c.Answer == Open && c.Loads:
		return "? " + rebuildClass, ""
	case c.Answer == Open && c.Vague:
		return "?", ""
	case c.Answer == Open:
		return joined(" ", "?", name), ""
	}
	if c.Answer == Again {
		name = rebuildClass
	}
	age, window := ageOf(c.Survival), windowOf(c.Survival)
	if age != "" && window == "" {
		name += ","
	}
	return name, joined("/", age, window)
}

// ageOf is how old what survives can be; empty when nothing is lost. "~" marks
// a figure that is usual rather than promised.
func ageOf(s model.Survival) string {
	hours, known := s.RPOHours.Number()
	switch {
	case known && hours == 0, !known && s.RPOHours.State != model.Unknown:
		return ""
	case known && s.RPOBasis == "typical":
		return "~" + span(hours)
	case known:
		return span(hours)
	case s.RPOBasis == "none":
		return "no bound"
	default:
		return "age ?"
	}
}

// windowOf is how far back one can go; "∞" until somebody deletes it.
func windowOf(s model.Survival) string {
	days, known := s.WindowDays.Number()
	switch {
	case !known || days == 0:
		return ""
	case days >= model.Forever:
		return "∞"
	default:
		return span(days * 24)
	}
}

// span writes a time in the unit in which people say it.
func span(hours float64) string {
	switch {
	case hours >= 48:
		return rounded(hours/24) + " d"
	case hours >= 1:
		return rounded(hours) + " h"
	case hours*60 >= 1:
		return rounded(hours*60) + " min"
	default:
		return rounded(hours*3600) + " s"
	}
}

// rounded keeps one decimal.
func rounded(number float64) string {
	return strconv.FormatFloat(math.Round(number*10)/10, 'f', -1, 64)
}

func number(n int) string { return strconv.Itoa(n) }

// count writes "1 store", "3 stores".
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return number(n) + " " + noun + "s"
}

// verdict is the worst that can happen, in a few words; of is the number of
// faults that the asset can meet.
func (w Worst) verdict(of int) string {
	switch {
	case w.Lost > 0:
		return fmt.Sprintf("loses all in %d of %d", w.Lost, of)
	case w.Open > 0:
		return fmt.Sprintf("unknown in %d of %d", w.Open, of)
	default:
		return fmt.Sprintf("RPO %s, RTO %s", w.worstAge(), w.RTO) + w.takes()
	}
}

// worstAge is the worst RPO in words.
func (w Worst) worstAge() string {
	hours, known := w.RPO.Number()
	switch {
	case w.Lost > 0:
		return "total loss"
	case w.Open > 0:
		return "unknown"
	case known && hours == 0, w.RPO.State == model.Absent:
		return "nothing lost"
	case known && w.Typical:
		return "~" + span(hours)
	case known:
		return span(hours)
	default:
		return "no bound"
	}
}

// takes says how long loading again takes, where that is declared.
func (w Worst) takes() string {
	if hours, known := w.Hours.Number(); known && w.RTO == rebuildClass {
		return " " + span(hours)
	}
	return ""
}

// worstTime is the worst RTO class; "never" when something is lost.
func (w Worst) worstTime() string {
	switch {
	case w.Lost > 0:
		return "never"
	case w.Open > 0:
		return "unknown"
	default:
		return w.RTO
	}
}
