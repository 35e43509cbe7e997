package duration

import (
	"testing"
	"time"
)

func TestISO(t *testing.T) {
	tests := map[string]time.Duration{
		"P30D": 30 * Day, "P1W": Week, "PT4H": 4 * time.Hour, "P1M": Month, "P1Y": Year, "P7D": Week,
		"P1Y2M3DT4H5M6S": Year + 2*Month + 3*Day + 4*time.Hour + 5*time.Minute + 6*time.Second,
		"PT0.5H":         30 * time.Minute,
		"PT0,5H":         30 * time.Minute,
		"PT15M":          15 * time.Minute,
		"P0D":            0,
	}
	for text, want := range tests {
		if got, ok := ISO(text); !ok || got != want {
			t.Errorf("ISO(%q) = %v, %t, want %v", text, got, ok, want)
		}
	}
	for _, text := range []string{"", "P", "PT", "30D", "P30", "PD", "P1H", "PT1D", "P1D1Y", "P1D1D", "P-1D", "P1DT", "PT1e9H", "P99999999999Y", "P1.2.3D"} {
		if got, ok := ISO(text); ok {
			t.Errorf("ISO(%q) = %v, want not ok", text, got)
		}
	}
}

func TestRepeating(t *testing.T) {
	tests := map[string]time.Duration{
		"R/2021-05-23T02:30:00+00:00/P1W":  Week,
		"R/2021-05-23T02:30:00+00:00/PT4H": 4 * time.Hour,
		"R5/2021-05-23T02:30:00Z/P1D":      0,
		"R/2021-05-23T02:30:00Z/P0D":       0,
		"R/2021-05-23T02:30:00Z":           0,
		"P1W":                              0,
	}
	for text, want := range tests {
		if got, ok := Repeating(text); ok != (want > 0) || ok && got != want {
			t.Errorf("Repeating(%q) = %v, %t, want %v", text, got, ok, want)
		}
	}
}

func TestHuman(t *testing.T) {
	tests := map[string]time.Duration{
		"15 min": 15 * time.Minute, "36h": 36 * time.Hour, "7 days": Week, "2w": 2 * Week, "1.5 hours": 90 * time.Minute,
		"1 day 12 hours": 36 * time.Hour, "1h30m": 90 * time.Minute, " 3 Months ": 3 * Month, "90s": 90 * time.Second,
		"2 weeks, 1 day": 15 * Day,
	}
	for text, want := range tests {
		if got, ok := Human(text); !ok || got != want {
			t.Errorf("Human(%q) = %v, %t, want %v", text, got, ok, want)
		}
	}
	for _, text := range []string{"", "15", "h", "-1h", "1 fortnight", "1h x", ".h", "999999999999 years"} {
		if got, ok := Human(text); ok {
			t.Errorf("Human(%q) = %v, want not ok", text, got)
		}
	}
}

func FuzzDurations(f *testing.F) {
	f.Add("P1Y2M3DT4H")
	f.Add("1 day 12 hours")
	f.Add("R/x/P1W")
	f.Fuzz(func(t *testing.T, text string) {
		for _, read := range []func(string) (time.Duration, bool){ISO, Human, Repeating} {
			if got, ok := read(text); ok && got < 0 {
				t.Errorf("%q is %v", text, got)
			}
		}
	})
}
