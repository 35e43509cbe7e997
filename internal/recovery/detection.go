package recovery

import (
	"fmt"
	"math"
	"strconv"

	"github.com/drlint/drlint/internal/model"
)

// DetectionDays is how long a deletion or a bad run may go unnoticed when
// nothing else is declared: a week, the time between two looks at most reports.
const DetectionDays = 7.0

// inTime compares the window of a means with the time that it takes to notice.
func (row *Mechanism) inTime(a *model.Asset, fault model.Fault, means *model.Means) (model.Tri, string) {
	if !row.Windowed || fault != model.DeleteFault && fault != model.OverwriteFault {
		return model.Yes, ""
	}
	days, known := means.Window.Number()
	switch {
	case known:
		return noticed(a, days)
	case means.Window.State == model.Unknown:
		return model.Maybe, means.Window.Why
	default:
		return model.Maybe, "how far it reaches back is not stated"
	}
}

// noticed says whether a fault is noticed within a number of days: as declared,
// else within DetectionDays. A declaration that cannot be read leaves open all
// but what is kept forever.
func noticed(a *model.Asset, days float64) (model.Tri, string) {
	declared, ok := a.Declared[model.DetectionHours]
	hours, known := declared.Number()
	switch {
	case days >= model.Forever:
		return model.Yes, ""
	case ok && declared.State == model.Unknown:
		return model.Maybe, fmt.Sprintf("it reaches back %s, and how long a fault goes unnoticed is not known: %s", Lasting(days*24), declared.Why)
	case known && days*24 >= hours, !known && days >= DetectionDays:
		return model.Yes, ""
	case known:
		return model.No, fmt.Sprintf("it reaches back %s, and noticing may take %s, as declared", Lasting(days*24), Lasting(hours))
	default:
		return model.No, fmt.Sprintf("it reaches back %s, and noticing may take %s", Lasting(days*24), Lasting(DetectionDays*24))
	}
}

// Lasting writes a length of time as people say it: "8 hours", "15 minutes",
// "2.5 days".
func Lasting(hours float64) string {
	switch {
	case hours >= 48:
		return plural(hours/24, "day")
	case hours >= 1:
		return plural(hours, "hour")
	case hours*60 >= 1:
		return plural(hours*60, "minute")
	default:
		return plural(hours*3600, "second")
	}
}

// plural keeps one decimal.
func plural(number float64, unit string) string {
	text := strconv.FormatFloat(math.Round(number*10)/10, 'f', -1, 64)
	if text != "1" {
		unit += "s"
	}
	return text + " " + unit
}
