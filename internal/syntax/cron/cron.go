// Package cron tells how often a schedule fires.
package cron

import (
	"strconv"
	"strings"
	"time"

	robfig "github.com/robfig/cron/v3"
)

// Dialect is the notation of a schedule.
type Dialect uint8

const (
	// POSIX has five fields, as in GitHub workflows and Azure Pipelines.
	POSIX Dialect = iota
	// Unix adds 7 for Sunday and @daily and its like, as crontab and GitLab do.
	Unix
	// Kubernetes adds "@every 1h" and a time zone in front, as CronJob and Velero do.
	Kubernetes
	// AWS is an EventBridge expression: "cron(0 5 * * ? *)" with a year, or
	// "rate(1 day)". Days of the week count from 1, which is Sunday.
	AWS
	// Seconds has a field for seconds in front of five, as Azure Functions has.
	Seconds
	// Quartz has seconds, an optional year, and counts days of the week from 1
	// for Sunday, as Databricks jobs do.
	Quartz
)

// Interval returns the longest time between two firings, in UTC. It is not ok
// for what is not a valid schedule of the dialect, for one that ends or fires
// once, and for the W of AWS and Quartz.
func Interval(expression string, dialect Dialect) (longest time.Duration, ok bool) {
	expression = strings.TrimSpace(expression)
	if len(expression) > 1000 {
		return 0, false
	}
	switch dialect {
	case AWS:
		return aws(expression)
	case Quartz:
		return quartz(expression)
	case Seconds:
		return seconds(expression)
	}
	if dialect == Kubernetes {
		expression = withoutZone(expression)
	}
	if strings.HasPrefix(expression, "@") {
		return descriptor(expression, dialect)
	}
	fields := strings.Fields(expression)
	if len(fields) != 5 {
		return 0, false
	}
	if dialect == Unix {
		fields[4] = sundayIsZero(fields[4])
	}
	return fixed(append([]string{"0"}, fields...), false)
}

func seconds(expression string) (time.Duration, bool) {
	fields := strings.Fields(expression)
	if len(fields) != 6 {
		return 0, false
	}
	// NCRONTAB fires when both day fields match.
	return fixed(fields, true)
}

// withoutZone drops "TZ=Europe/Berlin " in front, which moves firings but keeps
// the time between them, apart from the two changes of the clock a year.
func withoutZone(expression string) string {
	if strings.HasPrefix(expression, "TZ=") || strings.HasPrefix(expression, "CRON_TZ=") {
		_, rest, _ := strings.Cut(expression, " ")
		return strings.TrimSpace(rest)
	}
	return expression
}

// descriptor reads "@daily" and "@every 1h". POSIX has neither: GitHub rejects them.
func descriptor(text string, dialect Dialect) (time.Duration, bool) {
	if dialect == POSIX {
		return 0, false
	}
	if every, found := strings.CutPrefix(text, "@every "); found {
		d, err := time.ParseDuration(strings.TrimSpace(every))
		if err != nil || d <= 0 || dialect != Kubernetes {
			return 0, false
		}
		return d, true
	}
	const day = 24 * time.Hour
	switch strings.ToLower(text) {
	case "@hourly":
		return time.Hour, true
	case "@daily", "@midnight":
		return day, true
	case "@weekly":
		return 7 * day, true
	case "@monthly":
		return 31 * day, true
	case "@yearly", "@annually":
		return 366 * day, true
	}
	return 0, false
}

// sundayIsZero rewrites 7 in a list of days of the week. In a range it stands
// only at the end.
func sundayIsZero(field string) string {
	items := strings.Split(field, ",")
	for i, item := range items {
		switch {
		case item == "7":
			items[i] = "0"
		case strings.HasSuffix(item, "-7"):
			items[i] = strings.TrimSuffix(item, "7") + "6,0"
		}
	}
	return strings.Join(items, ",")
}

// schedule is the parsed form: bit sets of a field each, and which days fire.
type schedule struct {
	second, minute, hour uint64
	day                  func(date) bool
}

// date is a day of the calendar; weekday counts from 0 for Sunday, and last is
// the number of days of the month.
type date struct{ month, day, weekday, last int }

// fixed reads six fields, seconds first. Where both day fields are restricted,
// cron fires on either, unless both have to match.
func fixed(fields []string, both bool) (time.Duration, bool) {
	spec, ok := parse(fields)
	if !ok {
		return 0, false
	}
	return longest(schedule{spec.Second, spec.Minute, spec.Hour, func(d date) bool {
		if !has(spec.Month, d.month) {
			return false
		}
		dom, dow := has(spec.Dom, d.day), has(spec.Dow, d.weekday)
		if both || spec.Dom&star != 0 || spec.Dow&star != 0 {
			return dom && dow
		}
		return dom || dow
	}})
}

// star is the bit that marks a field written as "*".
const star = 1 << 63

var parser = robfig.NewParser(robfig.Second | robfig.Minute | robfig.Hour | robfig.Dom | robfig.Month | robfig.Dow)

// parse reads six fields. Every field has to allow something: the library
// accepts "," as a field that never matches.
func parse(fields []string) (*robfig.SpecSchedule, bool) {
	text := strings.Join(fields, " ")
	if strings.Contains(text, "=") || strings.HasPrefix(text, "@") {
		return nil, false
	}
	parsed, err := parser.Parse(text)
	if err != nil {
		return nil, false
	}
	spec, ok := parsed.(*robfig.SpecSchedule)
	if !ok {
		return nil, false
	}
	for _, set := range []uint64{spec.Second, spec.Minute, spec.Hour, spec.Dom, spec.Month, spec.Dow} {
		if set&^star == 0 {
			return nil, false
		}
	}
	return spec, true
}

func has(set uint64, n int) bool { return set>>uint(n)&1 == 1 }

// The calendar repeats after 28 years, weekdays included, as long as no year is
// left out as a leap year; so 28 years from 2024 hold every gap there is.
const (
	cycleYear    = 2024 // a leap year, begun on a Monday
	cycleYears   = 28
	cycleDays    = cycleYears*365 + cycleYears/4
	cycleWeekday = 1
)

// eachDay calls visit for each day of the cycle, counted from 0.
func eachDay(visit func(n int, d date)) {
	n := 0
	for year := range cycleYears {
		for month := 1; month <= 12; month++ {
			last := daysIn(month, year%4 == 0)
			for day := 1; day <= last; day++ {
				visit(n, date{month, day, (n + cycleWeekday) % 7, last})
				n++
			}
		}
	}
}

func daysIn(month int, leap bool) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if leap {
			return 29
		}
		return 28
	}
	return 31
}

// longest combines the longest gap within a day with the longest between days:
// all days that fire do so at the same times.
func longest(s schedule) (time.Duration, bool) {
	first, last, within := timesOfDay(s)
	firstDay, previous, apart := -1, -1, 0
	eachDay(func(n int, d date) {
		if !s.day(d) {
			return
		}
		if firstDay < 0 {
			firstDay = n
		} else {
			apart = max(apart, n-previous)
		}
		previous = n
	})
	if firstDay < 0 {
		return 0, false
	}
	apart = max(apart, firstDay+cycleDays-previous)
	overnight := time.Duration(apart)*24*time.Hour - (last - first)
	return max(within, overnight), true
}

// timesOfDay returns the first and the last firing of a day and the longest gap
// between two of them.
func timesOfDay(s schedule) (first, last, gap time.Duration) {
	last = -1
	for minute := range 24 * 60 {
		if !has(s.hour, minute/60) || !has(s.minute, minute%60) {
			continue
		}
		for second := range 60 {
			if !has(s.second, second) {
				continue
			}
			at := time.Duration(minute)*time.Minute + time.Duration(second)*time.Second
			if last < 0 {
				first = at
			} else {
				gap = max(gap, at-last)
			}
			last = at
		}
	}
	return first, last, gap
}

// number reads a small decimal number.
func number(text string, low, high int) (int, bool) {
	n, err := strconv.Atoi(text)
	return n, err == nil && n >= low && n <= high
}
