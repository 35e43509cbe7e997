package datafactory

import (
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

// schedule is what starts a pipeline, directly or through others.
type schedule struct {
	triggers []string // sorted: "schedule", "tumbling_window", "event", "manual"
	interval model.Fact
}

// hoursOf are the lengths of the units of a recurrence, in hours. A month is
// the twelfth part of a year.
var hoursOf = map[string]float64{"Minute": 1.0 / 60, "Hour": 1, "Day": 24, "Week": 168, "Month": 730, "Year": 8760}

// starts collects the triggers that reach a pipeline.
func (o *object) starts() schedule {
	var triggers []*object
	o.collectTriggers(&triggers, map[*object]bool{})
	s := schedule{interval: model.AbsentFact(o.r.At)}
	for _, trigger := range triggers {
		word := trigger.word()
		if !slices.Contains(s.triggers, word) {
			s.triggers = append(s.triggers, word)
		}
		if word == "event" {
			continue
		}
		s.interval = sooner(s.interval, trigger.interval(word))
	}
	if len(triggers) == 0 {
		s.triggers = []string{"manual"}
	}
	slices.Sort(s.triggers)
	return s
}

func (o *object) collectTriggers(found *[]*object, seen map[*object]bool) {
	if seen[o] {
		return
	}
	seen[o] = true
	for _, c := range o.callers() {
		if c.activity != nil {
			c.activity.pipeline.collectTriggers(found, seen)
		} else if !slices.Contains(*found, c.trigger) {
			*found = append(*found, c.trigger)
		}
	}
}

// sooner returns the shorter of two intervals; one that is known counts more
// than one that may never run.
func sooner(a, b model.Fact) model.Fact {
	x, xOK := a.Number()
	y, yOK := b.Number()
	switch {
	case a.State == model.Absent, !xOK && yOK, xOK && yOK && y < x:
		return b
	default:
		return a
	}
}

// word is the model's name for a type of trigger.
func (o *object) word() string {
	switch o.typ() {
	case "ScheduleTrigger":
		return "schedule"
	case "TumblingWindowTrigger":
		return "tumbling_window"
	default:
		return "event"
	}
}

// interval is the time between two runs of a trigger that is started and does
// not end; names of triggers say nothing about it.
func (o *object) interval(word string) model.Fact {
	recurrence := o.at("typeProperties")
	if word == "schedule" {
		recurrence = o.at("typeProperties.recurrence")
	}
	state := o.at("runtimeState")
	if text, ok := state.AsString(); !ok || text != "Started" {
		switch {
		case ok:
			return model.UnknownFact("trigger "+o.name+" is "+text, state.At)
		case state.IsUnknown():
			return model.UnknownFact(state.Why, state.At)
		default:
			return model.UnknownFact("trigger "+o.name+" does not say whether it is started", o.r.At)
		}
	}
	if end := recurrence.Get("endTime"); end.State != resource.Absent && !end.IsAbsent() {
		text, _ := end.AsString()
		return model.UnknownFact("trigger "+o.name+" ends at "+text, end.At)
	}
	frequency, interval := recurrence.Get("frequency"), recurrence.Get("interval")
	unit, ok := frequency.AsString()
	hours, known := hoursOf[unit]
	count, counted := interval.AsNumber()
	switch {
	case !ok || !known:
		return model.UnknownFact(whyOr(frequency, "the frequency of trigger "+o.name+" is not known"), orElse(frequency.At, o.r.At))
	case interval.State == resource.Absent:
		count = 1
	case !counted || count <= 0:
		return model.UnknownFact(whyOr(interval, "the interval of trigger "+o.name+" is not known"), interval.At)
	}
	return model.KnownFact(longestGap(recurrence.Get("schedule"), unit, hours*count), frequency.At)
}

// longestGap is the longest time between two runs of a recurrence, in hours: how
// old the data can get. A schedule lists times of day, or days, of each period:
// each hour with each minute on each day.
func longestGap(schedule resource.Value, unit string, period float64) float64 {
	days := numbers(schedule.Get("monthDays"), nil)
	switch unit {
	case "Day":
		days = nil
	case "Week":
		days = numbers(schedule.Get("weekDays"), weekDays)
	case "Month":
	default:
		return period
	}
	var times []float64
	for _, day := range orZero(days) {
		for _, hour := range orZero(numbers(schedule.Get("hours"), nil)) {
			for _, minute := range orZero(numbers(schedule.Get("minutes"), nil)) {
				times = append(times, 24*day+hour+minute/60)
			}
		}
	}
	slices.Sort(times)
	longest := times[0] + period - times[len(times)-1]
	for i := range len(times) - 1 {
		longest = max(longest, times[i+1]-times[i])
	}
	return longest
}

var weekDays = map[string]float64{"monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6}

// maxTimes bounds the times of one schedule; the services allow no more of each.
const maxTimes = 60

// numbers reads a list of numbers or of names for them.
func numbers(list resource.Value, names map[string]float64) (out []float64) {
	for _, item := range list.Items {
		if len(out) == maxTimes {
			break
		}
		if number, ok := item.AsNumber(); ok {
			out = append(out, number)
		} else if number, ok := names[strings.ToLower(item.Text)]; ok {
			out = append(out, number)
		}
	}
	return out
}

func orZero(list []float64) []float64 {
	if len(list) == 0 {
		return []float64{0}
	}
	return list
}
