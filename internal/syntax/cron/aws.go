package cron

import (
	"strconv"
	"strings"
	"time"
)

// aws reads the expressions of EventBridge and of the AWS Backup plans, which
// use them: "rate(value unit)" and "cron(minutes hours day month weekday year)"
// (Amazon EventBridge User Guide, "Cron expressions" and "Rate expressions").
// "at(…)" fires once.
func aws(expression string) (time.Duration, bool) {
	if inner, ok := inside(expression, "rate("); ok {
		return rate(strings.Fields(inner))
	}
	inner, ok := inside(expression, "cron(")
	if !ok {
		return 0, false
	}
	fields := strings.Fields(inner)
	if len(fields) != 6 || !everyYear(fields[5]) {
		return 0, false
	}
	return monthly(append([]string{"0"}, fields[:5]...))
}

func inside(text, open string) (string, bool) {
	inner, ok := strings.CutPrefix(text, open)
	if !ok {
		return "", false
	}
	return strings.CutSuffix(inner, ")")
}

func rate(fields []string) (time.Duration, bool) {
	if len(fields) != 2 {
		return 0, false
	}
	n, ok := number(fields[0], 1, 100_000)
	if !ok {
		return 0, false
	}
	unit := map[string]time.Duration{
		"minute": time.Minute, "hour": time.Hour, "day": 24 * time.Hour,
	}[strings.TrimSuffix(fields[1], "s")]
	return time.Duration(n) * unit, unit > 0
}

// everyYear reports whether a year field never ends the schedule.
func everyYear(field string) bool { return field == "*" || field == "?" }

// quartz reads the expressions of the Quartz scheduler (its CronTrigger
// tutorial): six fields and an optional year.
func quartz(expression string) (time.Duration, bool) {
	fields := strings.Fields(expression)
	if len(fields) == 7 && everyYear(fields[6]) {
		fields = fields[:6]
	}
	if len(fields) != 6 {
		return 0, false
	}
	return monthly(fields)
}

// monthly reads six fields, seconds first, whose day fields know L and # and
// count weekdays from 1. One of the day fields is "?" and matches every day.
func monthly(fields []string) (time.Duration, bool) {
	if fields[3] != "?" && fields[5] != "?" && fields[3] != "*" && fields[5] != "*" {
		return 0, false
	}
	dom, domOK := dayOfMonth(fields[3])
	dow, dowOK := dayOfWeek(fields[5])
	spec, ok := parse([]string{fields[0], fields[1], fields[2], "*", fields[4], "*"})
	if !domOK || !dowOK || !ok {
		return 0, false
	}
	return longest(schedule{spec.Second, spec.Minute, spec.Hour, func(d date) bool {
		return has(spec.Month, d.month) && dom(d) && dow(d)
	}})
}

func dayOfMonth(field string) (func(date) bool, bool) {
	if field == "L" {
		return func(d date) bool { return d.day == d.last }, true
	}
	spec, ok := parse([]string{"0", "0", "0", field, "*", "*"})
	if !ok {
		return nil, false
	}
	return func(d date) bool { return has(spec.Dom, d.day) }, true
}

// dayOfWeek reads "2-6", "MON,WED", "2#1" (the first Monday) and "6L" (the last
// Friday).
func dayOfWeek(field string) (func(date) bool, bool) {
	if day, nth, found := strings.Cut(field, "#"); found {
		weekday, ok := weekdayOf(day)
		n, nok := number(nth, 1, 5)
		return func(d date) bool { return d.weekday == weekday && (d.day-1)/7+1 == n }, ok && nok
	}
	if day, found := strings.CutSuffix(field, "L"); found {
		if day == "" {
			day = "7"
		}
		weekday, ok := weekdayOf(day)
		last := func(d date) bool {
			return d.weekday == weekday && (field == "L" || d.day+7 > d.last)
		}
		return last, ok
	}
	spec, ok := parse([]string{"0", "0", "0", "*", "*", fromZero(field)})
	if !ok {
		return nil, false
	}
	return func(d date) bool { return has(spec.Dow, d.weekday) }, true
}

func weekdayOf(day string) (int, bool) {
	spec, ok := parse([]string{"0", "0", "0", "*", "*", fromZero(day)})
	if !ok {
		return 0, false
	}
	found, count := 0, 0
	for n := range 7 {
		if has(spec.Dow, n) {
			found = n
			count++
		}
	}
	return found, count == 1
}

// fromZero subtracts one from the numbers of a weekday field, but not from the
// step after a slash. Zero, which the dialect does not have, stays invalid.
func fromZero(field string) string {
	var b strings.Builder
	step := false
	for i := 0; i < len(field); {
		end := i
		for end < len(field) && field[end] >= '0' && field[end] <= '9' {
			end++
		}
		if end == i {
			step = field[i] == '/'
			b.WriteByte(field[i])
			i++
			continue
		}
		if n, ok := number(field[i:end], 1, 7); ok && !step {
			b.WriteString(strconv.Itoa(n - 1))
		} else if step {
			b.WriteString(field[i:end])
		} else {
			b.WriteString("99")
		}
		i = end
	}
	return b.String()
}
