// Package duration reads lengths of time as configuration files write them.
// A month counts as 30 days and a year as 365.
package duration

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// Lengths of the calendar's units.
const (
	Day   = 24 * time.Hour
	Week  = 7 * Day
	Month = 30 * Day
	Year  = 365 * Day
)

// ISO reads an ISO 8601 duration: "P30D", "PT4H", "P1W", "P1Y2M", "PT0.5S".
func ISO(text string) (time.Duration, bool) {
	rest, ok := strings.CutPrefix(text, "P")
	if !ok || rest == "" {
		return 0, false
	}
	date, clock, hasClock := strings.Cut(rest, "T")
	if hasClock && clock == "" {
		return 0, false
	}
	days, ok1 := units(date, "YMWD", []time.Duration{Year, Month, Week, Day})
	hours, ok2 := units(clock, "HMS", []time.Duration{time.Hour, time.Minute, time.Second})
	sum, ok3 := add(days, hours)
	return sum, ok1 && ok2 && ok3
}

// units reads "1Y2M": numbers with letters, which come in order.
func units(text, letters string, lengths []time.Duration) (time.Duration, bool) {
	var sum time.Duration
	for text != "" {
		end := strings.IndexAny(text, letters)
		if end <= 0 {
			return 0, false
		}
		which := strings.IndexByte(letters, text[end])
		part, ok := times(strings.Replace(text[:end], ",", ".", 1), lengths[which])
		if sum, ok = addOK(sum, part, ok); !ok {
			return 0, false
		}
		letters, lengths = letters[which+1:], lengths[which+1:]
		text = text[end+1:]
	}
	return sum, true
}

// Repeating reads an ISO 8601 repeating interval without an end, such as
// "R/2021-05-23T02:30:00+00:00/P1W", and returns the time between repetitions.
func Repeating(text string) (time.Duration, bool) {
	parts := strings.Split(text, "/")
	if len(parts) != 3 || parts[0] != "R" {
		return 0, false
	}
	d, ok := ISO(parts[2])
	return d, ok && d > 0
}

// Human reads a number and a unit, or several: "15 min", "36h", "7 days", "2w",
// "1 day 12 hours", and Go's "1h30m".
func Human(text string) (time.Duration, bool) {
	rest := strings.ToLower(strings.TrimSpace(text))
	if rest == "" || len(rest) > 100 {
		return 0, false
	}
	var sum time.Duration
	for rest != "" {
		end := strings.IndexFunc(rest, func(c rune) bool { return c != '.' && (c < '0' || c > '9') })
		if end <= 0 {
			return 0, false
		}
		figure := rest[:end]
		rest = strings.TrimLeft(rest[end:], " ")
		end = strings.IndexFunc(rest, func(c rune) bool { return c < 'a' || c > 'z' })
		if end < 0 {
			end = len(rest)
		}
		length, known := unit(rest[:end])
		part, ok := times(figure, length)
		if sum, ok = addOK(sum, part, ok && known); !ok {
			return 0, false
		}
		rest = strings.TrimLeft(rest[end:], " ,")
	}
	return sum, true
}

func unit(name string) (time.Duration, bool) {
	switch name {
	case "s", "sec", "secs", "second", "seconds":
		return time.Second, true
	case "m", "min", "mins", "minute", "minutes":
		return time.Minute, true
	case "h", "hr", "hrs", "hour", "hours":
		return time.Hour, true
	case "d", "day", "days":
		return Day, true
	case "w", "wk", "week", "weeks":
		return Week, true
	case "mo", "month", "months":
		return Month, true
	case "y", "yr", "year", "years":
		return Year, true
	}
	return 0, false
}

// times multiplies a decimal number with a length.
func times(figure string, length time.Duration) (time.Duration, bool) {
	if figure == "" || strings.Trim(figure, "0123456789.") != "" {
		return 0, false
	}
	n, err := strconv.ParseFloat(figure, 64)
	product := n * float64(length)
	if err != nil || product >= math.MaxInt64 {
		return 0, false
	}
	return time.Duration(product), true
}

func add(a, b time.Duration) (time.Duration, bool) {
	if a > math.MaxInt64-b {
		return 0, false
	}
	return a + b, true
}

func addOK(sum, part time.Duration, ok bool) (time.Duration, bool) {
	if !ok {
		return 0, false
	}
	return add(sum, part)
}
