package recoverymap

import (
	"fmt"
	"math"
	"strings"

	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/recovery"
)

// Objective is what somebody declares for an asset, and whether it is kept.
type Objective struct {
	Name string // "RPO" or "RTO"
	// Hours is what is declared; unknown for a declaration that has lapsed.
	Hours  model.Fact
	Result Result
	// Why says by which faults, in a few words.
	Why string
}

// Result says whether an objective is kept.
type Result string

// The results.
const (
	Met       Result = "met"
	Missed    Result = "missed"
	Undecided Result = "open" // what is written does not decide it
)

func objectivesOf(a *model.Asset, cells []Cell) (found []Objective) {
	for _, o := range []struct {
		name, key string
		judge     func([]Cell, float64) (Result, string)
	}{{"RPO", model.RPOHours, judgeAge}, {"RTO", model.RTOHours, judgeTime}} {
		fact, declared := a.Declared[o.key]
		if !declared || fact.State == model.Absent || len(cells) == 0 {
			continue
		}
		objective := Objective{Name: o.name, Hours: fact, Result: Undecided, Why: "the declaration is not known: " + fact.Why}
		if hours, known := fact.Number(); known {
			objective.Result, objective.Why = o.judge(cells, hours)
		}
		found = append(found, objective)
	}
	return found
}

// reasons collect the faults that miss an objective or leave it open.
type reasons struct{ lost, late, open []string }

func (r reasons) result(met string) (Result, string) {
	var parts []string
	if len(r.lost) > 0 {
		parts = append(parts, "no answer to "+listed(r.lost))
	}
	parts = append(parts, r.late...)
	switch {
	case len(parts) > 0:
		return Missed, strings.Join(parts, "; ")
	case len(r.open) > 0:
		return Undecided, strings.Join(r.open, "; ")
	default:
		return Met, met
	}
}

// judgeAge compares what may be lost. An age that is usual and not promised
// counts, and the words say so; what nobody bounds is open.
func judgeAge(cells []Cell, hours float64) (Result, string) {
	var r reasons
	var unknown, unbounded []string
	late := map[string][]string{}
	var ages []string
	worst := worstOf(cells)
	for _, c := range cells {
		age, known := c.Survival.RPOHours.Number()
		fault, text := string(c.Fault), ageOf(c.Survival)
		switch {
		case c.Answer == Gap:
			r.lost = append(r.lost, fault)
		case c.Answer == Open:
			unknown = append(unknown, fault)
		case known && age > hours:
			if late[text] == nil {
				ages = append(ages, text)
			}
			late[text] = append(late[text], fault)
		case !known && c.Survival.RPOHours.State == model.Unknown:
			unbounded = append(unbounded, fault)
		}
	}
	for _, age := range ages {
		r.late = append(r.late, age+" after "+listed(late[age]))
	}
	if len(unknown) > 0 {
		r.open = append(r.open, listed(unknown)+" unknown")
	}
	if len(unbounded) > 0 {
		r.open = append(r.open, "no bound after "+listed(unbounded))
	}
	return r.result(worst.worstAge())
}

// spans of the classes of recovery time in hours; what is loaded again takes as
// long as somebody declares.
var spans = map[string]struct{ least, most float64 }{
	"": {0, 0}, "instant": {0, 0}, "minutes": {0, 1}, "hours": {1, 24}, "days": {24, math.Inf(1)}, "support": {1, math.Inf(1)},
}

// judgeTime compares how long it takes. A class is no number: it decides only
// where all or none of what it may mean is within the objective.
func judgeTime(cells []Cell, hours float64) (Result, string) {
	var r reasons
	var unknown, undeclared []string
	slow, perhaps := map[string][]string{}, map[string][]string{}
	longest := worstOf(cells)
	for _, c := range cells {
		class, fault := c.Survival.RTO, string(c.Fault)
		span := spans[class]
		if class == rebuildClass {
			declared, known := c.Survival.Rebuild.Hours.Number()
			if span.least, span.most = declared, declared; !known {
				undeclared = append(undeclared, fault)
				continue
			}
		}
		switch {
		case c.Answer == Gap:
			r.lost = append(r.lost, fault)
		case c.Answer == Open:
			unknown = append(unknown, fault)
		case span.least > hours:
			slow[class] = append(slow[class], fault)
		case span.most > hours:
			perhaps[class] = append(perhaps[class], fault)
		}
	}
	for _, class := range recovery.Classes {
		if len(slow[class]) > 0 {
			r.late = append(r.late, class+longest.takesIf(class)+" after "+listed(slow[class]))
		}
		if len(perhaps[class]) > 0 {
			r.open = append(r.open, class+" after "+listed(perhaps[class])+", no exact time")
		}
	}
	if len(undeclared) > 0 {
		r.open = append(r.open, "nobody declares how long loading again takes after "+listed(undeclared))
	}
	if len(unknown) > 0 {
		r.open = append(r.open, listed(unknown)+" unknown")
	}
	return r.result(longest.RTO + longest.takes())
}

func (w Worst) takesIf(class string) string {
	if class != rebuildClass {
		return ""
	}
	return w.takes()
}

// answer is the colour of an objective.
func (o Objective) answer() Answer {
	return map[Result]Answer{Met: Answered, Missed: Gap, Undecided: Open}[o.Result]
}

// figure is what is declared: "RPO 1 h".
func (o Objective) figure() string {
	if hours, known := o.Hours.Number(); known {
		return o.Name + " " + span(hours)
	}
	return o.Name + " ?"
}

// marks tell the results apart without colour.
var marks = map[Result]string{Met: "✓", Missed: "✗", Undecided: "?"}

// short is an objective in a few words: "✗ RPO 1 h missed: …".
func (o Objective) short() string {
	return fmt.Sprintf("%s %s %s: %s", marks[o.Result], o.figure(), o.Result, clean(o.Why))
}

// sentence says what is declared and whether it is kept.
func (o Objective) sentence() string {
	return fmt.Sprintf("%s declared %s: %s (%s)", marks[o.Result], o.figure(), o.Result, clean(o.Why))
}

// stated joins the objectives of a row.
func stated(objectives []Objective) string {
	var parts []string
	for _, o := range objectives {
		parts = append(parts, o.short())
	}
	return strings.Join(parts, "; ")
}

// declares reports whether anybody declares something for some of the rows.
func declares(rows []*Row) bool {
	for _, row := range rows {
		if len(row.Objectives) > 0 {
			return true
		}
	}
	return false
}

// score counts the results of one objective over a map.
type score struct {
	name              string
	met, missed, open int
}

// scores count the declared objectives of the rows that count; a map without
// any has none.
func (m *Map) scores() (list []score) {
	for _, name := range []string{"RPO", "RTO"} {
		s := score{name: name}
		for _, g := range m.Groups {
			for _, row := range g.Rows {
				for _, o := range row.Objectives {
					if o.Name == name && row.Counted {
						s.add(o.Result)
					}
				}
			}
		}
		if s.all() > 0 {
			list = append(list, s)
		}
	}
	return list
}

func (s *score) add(r Result) {
	switch r {
	case Met:
		s.met++
	case Missed:
		s.missed++
	default:
		s.open++
	}
}

func (s score) all() int { return s.met + s.missed + s.open }

func (s score) text() string {
	var parts []string
	for _, part := range []struct {
		n    int
		word Result
	}{{s.met, Met}, {s.missed, Missed}, {s.open, Undecided}} {
		if part.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", part.n, part.word))
		}
	}
	return strings.Join(parts, ", ")
}

// kept says in the head of a picture how many objectives are kept.
func (m *Map) kept() string {
	var parts []string
	for _, s := range m.scores() {
		parts = append(parts, s.name+" "+s.text())
	}
	if len(parts) == 0 {
		return ""
	}
	return " Declared: " + strings.Join(parts, "; ") + "."
}
