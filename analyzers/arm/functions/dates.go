package functions

import (
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/drlint/drlint/internal/resource"
)

var dateFunctions = []function{
	{name: "dateTimeAdd", least: 2, most: 3, call: (*caller).dateTimeAdd},
	{name: "dateTimeFromEpoch", least: 1, most: 1, call: (*caller).dateTimeFromEpoch},
	{name: "dateTimeToEpoch", least: 1, most: 1, call: (*caller).dateTimeToEpoch},
	{name: "utcNow", most: 1, partial: true, call: (*caller).atDeployment},
}

// layouts are the ways in which the documentation writes points in time.
var layouts = []string{
	time.RFC3339Nano, "2006-01-02 15:04:05Z07:00", "2006-01-02T15:04:05", "2006-01-02 15:04:05",
	"20060102T150405Z", "2006-01-02", "20060102",
}

func readTime(v resource.Value) (time.Time, bool) {
	if !v.IsKnown() || v.Kind != resource.String {
		return time.Time{}, false
	}
	for _, layout := range layouts {
		if moment, err := time.Parse(layout, v.Text); err == nil {
			return moment.UTC(), true
		}
	}
	return time.Time{}, false
}

// dateTimeAdd needs a format to have a known result: how Azure writes a time
// without one is not documented.
func (c *caller) dateTimeAdd(args []resource.Value) resource.Value {
	moment, ok := readTime(args[0])
	shifted, valid := addISO(moment, args[1].Text)
	switch {
	case !ok || !valid || args[1].Kind != resource.String:
		return c.misused("takes a point in time and an ISO 8601 duration", args...)
	case len(args) < 3 || args[2].IsAbsent():
		return c.misused("is given no format, and how Azure writes its result then is not documented", args...)
	}
	text, ok := formatTime(shifted, args[2].Text)
	if !ok {
		return c.misused("is given a format that drlint does not know", args...)
	}
	return c.text(text, args...)
}

// addISO adds an ISO 8601 duration by the calendar: months and years have no
// fixed length.
func addISO(moment time.Time, text string) (time.Time, bool) {
	sign := 1
	if strings.HasPrefix(text, "-") {
		sign, text = -1, text[1:]
	}
	rest, ok := strings.CutPrefix(text, "P")
	if !ok || rest == "" || strings.HasSuffix(rest, "T") {
		return moment, false
	}
	date, clock, _ := strings.Cut(rest, "T")
	days, ok1 := amounts(date, "YMWD")
	hours, ok2 := amounts(clock, "HMS")
	if !ok1 || !ok2 {
		return moment, false
	}
	moment = moment.AddDate(sign*days[0], sign*days[1], sign*(7*days[2]+days[3]))
	seconds := hours[0]*3600 + hours[1]*60 + hours[2]
	return moment.Add(time.Duration(sign*seconds) * time.Second), true
}

// amounts reads whole numbers before letters that come in order.
func amounts(text, letters string) (found [4]int, ok bool) {
	const limit = 1_000_000
	next := 0
	for text != "" {
		end := strings.IndexAny(text, letters[next:])
		if end <= 0 {
			return found, false
		}
		amount, err := strconv.Atoi(text[:end])
		if err != nil || amount < 0 || amount > limit {
			return found, false
		}
		place := strings.IndexByte(letters, text[end])
		found[place] = amount
		next, text = place+1, text[end+1:]
	}
	return found, true
}

// formatTime knows .NET's formats u, s and o and custom formats of the usual
// letters.
func formatTime(moment time.Time, format string) (string, bool) {
	switch format {
	case "u":
		return moment.Format("2006-01-02 15:04:05Z"), true
	case "s":
		return moment.Format("2006-01-02T15:04:05"), true
	case "o", "O":
		return moment.Format("2006-01-02T15:04:05.0000000Z"), true
	}
	var out strings.Builder
	for format != "" {
		length := len(format) - len(strings.TrimLeft(format, format[:1]))
		layout, known := customLetters[format[:length]]
		switch {
		case known:
			out.WriteString(moment.Format(layout))
		case format[0] == 'f' && length <= 7:
			out.WriteString(moment.Format("." + strings.Repeat("0", length))[1:])
		case strings.ContainsRune("-:/. _TZ", rune(format[0])):
			out.WriteString(format[:length])
		default:
			return "", false
		}
		format = format[length:]
	}
	return out.String(), true
}

var customLetters = map[string]string{
	"yyyy": "2006", "yy": "06", "MM": "01", "MMM": "Jan", "MMMM": "January", "dd": "02", "ddd": "Mon", "dddd": "Monday",
	"HH": "15", "hh": "03", "mm": "04", "ss": "05", "tt": "PM",
}

func (c *caller) dateTimeFromEpoch(args []resource.Value) resource.Value {
	const limit = 1 << 40
	seconds, ok := args[0].AsNumber()
	if !ok || math.Abs(seconds) > limit {
		return c.misused("is not given seconds", args...)
	}
	return c.text(time.Unix(int64(seconds), 0).UTC().Format("2006-01-02T15:04:05Z"), args...)
}

func (c *caller) dateTimeToEpoch(args []resource.Value) resource.Value {
	moment, ok := readTime(args[0])
	if !ok {
		return c.misused("is not given a point in time", args...)
	}
	return c.number(float64(moment.Unix()), args...)
}
