package adf

import "strings"

// moments maps the functions that make or change a date to where their format
// stands among the arguments and to the finest part of a date that is left of it
// (Microsoft Learn, Date functions).
var moments = map[string]struct {
	format int
	rest   Moment
}{
	"utcnow":           {0, timestamp},
	"getpasttime":      {2, timestamp},
	"getfuturetime":    {2, timestamp},
	"formatdatetime":   {1, timestamp},
	"converttimezone":  {3, timestamp},
	"convertfromutc":   {2, timestamp},
	"converttoutc":     {2, timestamp},
	"adddays":          {2, timestamp},
	"addhours":         {2, timestamp},
	"addminutes":       {2, timestamp},
	"addseconds":       {2, timestamp},
	"addtotime":        {3, timestamp},
	"subtractfromtime": {3, timestamp},
	"startofhour":      {1, timestamp},
	"startofday":       {1, date},
	"startofmonth":     {1, Year | Month},
	"ticks":            {9, timestamp},
	"date":             {9, date},
	"dayofyear":        {9, Month | Day},
	"dayofmonth":       {9, Day},
	"dayofweek":        {9, 0},
}

// ownMoment are the functions that read the clock instead of an argument.
func ownMoment(function string) bool {
	return function == "utcnow" || function == "getpasttime" || function == "getfuturetime"
}

// MomentOf returns the parts of a date that a .NET format string writes.
func MomentOf(format string) (m Moment) {
	if len(format) == 1 {
		return standardFormat(format[0])
	}
	for at := 0; at < len(format); {
		char := format[at]
		end := at + 1
		switch char {
		case '\\':
			end++
		case '\'', '"':
			if closing := strings.IndexByte(format[at+1:], char); closing >= 0 {
				end = at + closing + 2
			}
		default:
			for end < len(format) && format[end] == char {
				end++
			}
			m |= customFormat(char, end-at)
		}
		at = end
	}
	return m
}

func customFormat(char byte, length int) Moment {
	switch char {
	case 'y':
		return Year
	case 'M':
		return Month
	case 'd':
		if length > 2 {
			return 0 // the day of the week
		}
		return Day
	case 'h', 'H', 'm', 's', 'f', 'F':
		return Hour
	default:
		return 0
	}
}

func standardFormat(char byte) Moment {
	switch char {
	case 'd', 'D':
		return date
	case 'f', 'F', 'g', 'G', 'o', 'O', 'r', 'R', 's', 'u', 'U':
		return timestamp
	case 'm', 'M':
		return Month | Day
	case 'y', 'Y':
		return Year | Month
	case 't', 'T':
		return Hour
	default:
		return 0
	}
}

// sliceOf returns the parts of a date within a slice of its default form,
// "2024-01-31T23:59:59.0000000Z".
func sliceOf(start, length int) (m Moment) {
	for _, field := range []struct {
		from, to int
		part     Moment
	}{{0, 4, Year}, {5, 7, Month}, {8, 10, Day}, {11, 13, Hour}} {
		if start <= field.from && start+length >= field.to {
			m |= field.part
		}
	}
	return m
}
