package cron

import (
	"strings"
	"testing"
	"time"
)

const day = 24 * time.Hour

func TestInterval(t *testing.T) {
	tests := []struct {
		expression string
		dialect    Dialect
		want       time.Duration // 0: not ok
	}{
		{"0 2 * * *", POSIX, day},
		{" 0 2 * * * ", POSIX, day},
		{"*/15 * * * *", POSIX, 15 * time.Minute},
		{"*/25 * * * *", POSIX, 25 * time.Minute},
		{"0,30 8-17 * * *", POSIX, 14*time.Hour + 30*time.Minute},
		{"0 3,15 * * *", POSIX, 12 * time.Hour},
		{"0 8 * * 1", POSIX, 7 * day},
		{"0 16 * * 1-5", POSIX, 3 * day},
		{"0 0 * * MON", POSIX, 7 * day},
		{"0 0 1 * *", POSIX, 31 * day},
		{"0 0 31 * *", POSIX, 61 * day}, // 31 March to 31 May
		{"0 0 29 2 *", POSIX, 4*365*day + day},
		{"0 0 1 1 *", POSIX, 366 * day},
		{"0 0 1 * 1", POSIX, 7 * day},
		{"0 0 30 2 *", POSIX, 0},
		{"0 0 * * 7", POSIX, 0},
		{"0 0 * * 7", Unix, 7 * day},
		{"0 0 * * 5-7", Unix, 5 * day},
		{"@daily", POSIX, 0},
		{"@daily", Unix, day},
		{"@weekly", Kubernetes, 7 * day},
		{"@every 36h", Kubernetes, 36 * time.Hour},
		{"@every -1h", Kubernetes, 0},
		{"@reboot", Unix, 0},
		{"CRON_TZ=Europe/Berlin 0 2 * * *", Kubernetes, day},
		{"TZ=x", Kubernetes, 0},
		{"TZ=x", POSIX, 0},
		{"cron(0 5 * * ? *)", AWS, day},
		{"cron(0 5 ? * 1 *)", AWS, 7 * day},
		{"cron(0 5 ? * MON-FRI *)", AWS, 3 * day},
		{"cron(0 5 ? * 2-6 *)", AWS, 3 * day},
		{"cron(0 5 ? * 0 *)", AWS, 0},
		{"cron(0 5 L * ? *)", AWS, 31 * day},
		{"cron(0 5 ? * 2#1 *)", AWS, 35 * day},
		{"cron(0 5 ? * 6L *)", AWS, 35 * day},
		{"cron(0 5 15W * ? *)", AWS, 0},
		{"cron(0 5 * * ? 2024)", AWS, 0},
		{"cron(0/10 * ? * * *)", AWS, 10 * time.Minute},
		{"cron(0 5 1 * 2 *)", AWS, 0},
		{"0 5 * * ? *", AWS, 0},
		{"rate(1 day)", AWS, day},
		{"rate(12 hours)", AWS, 12 * time.Hour},
		{"rate(0 days)", AWS, 0},
		{"at(2024-01-01T00:00:00)", AWS, 0},
		{"0 0 2 * * *", Seconds, day},
		{"*/10 * * * * *", Seconds, 10 * time.Second},
		{"0 2 * * *", Seconds, 0},
		{"0 0 2 * * ?", Quartz, day},
		{"0 0 2 ? * 2", Quartz, 7 * day},
		{"0 0 2 ? * MON-FRI *", Quartz, 3 * day},
		{"0 0 2 * * ? 2030", Quartz, 0},
		{"", POSIX, 0},
		{"* * * *", POSIX, 0},
		{", * * * *", POSIX, 0},
		{"60 * * * *", POSIX, 0},
		{"*/0 * * * *", POSIX, 0},
		{"*/9223372036854775807 * * * *", POSIX, time.Hour},
		{strings.Repeat("1,", 1000), POSIX, 0},
	}
	for _, test := range tests {
		got, ok := Interval(test.expression, test.dialect)
		if ok != (test.want > 0) || got != test.want {
			t.Errorf("Interval(%q, %d) = %v, %t, want %v", test.expression, test.dialect, got, ok, test.want)
		}
	}
}

// The library fires the schedules itself: a year of its firings never shows a
// longer gap than Interval, and shows that gap where a year holds it.
func TestIntervalAgainstFirings(t *testing.T) {
	for _, expression := range []string{"7 3,9 * * 1,4", "*/7 */5 * * *", "0 12 1,15 * *", "0 0 13 * 5", "5-10 4 * 2-11 *"} {
		spec, ok := parse(append([]string{"0"}, strings.Fields(expression)...))
		if !ok {
			t.Fatalf("%s does not parse", expression)
		}
		spec.Location = time.UTC
		at, seen := spec.Next(time.Date(cycleYear, time.January, 1, 0, 0, 0, 0, time.UTC)), time.Duration(0)
		for end := at.AddDate(2, 0, 0); at.Before(end); {
			next := spec.Next(at)
			seen = max(seen, next.Sub(at))
			at = next
		}
		if got, _ := Interval(expression, POSIX); got != seen {
			t.Errorf("Interval(%q) = %v, firings of two years show %v", expression, got, seen)
		}
	}
}

func TestCalendar(t *testing.T) {
	start := time.Date(cycleYear, time.January, 1, 0, 0, 0, 0, time.UTC)
	days := 0
	eachDay(func(n int, d date) {
		days++
		at := start.AddDate(0, 0, n)
		if int(at.Month()) != d.month || at.Day() != d.day || int(at.Weekday()) != d.weekday {
			t.Fatalf("day %d is %v, not %+v", n, at, d)
		}
	})
	if days != cycleDays || days%7 != 0 {
		t.Errorf("%d days, want %d, which are whole weeks", days, cycleDays)
	}
}

func FuzzInterval(f *testing.F) {
	f.Add("*/5 1-3 L * 2#1", uint8(0))
	f.Add("cron(0 5 ? * 6L *)", uint8(3))
	f.Add("CRON_TZ=a @every 1h", uint8(2))
	f.Fuzz(func(t *testing.T, expression string, dialect uint8) {
		if got, ok := Interval(expression, Dialect(dialect%6)); ok && got <= 0 {
			t.Errorf("Interval(%q) = %v", expression, got)
		}
	})
}

func BenchmarkInterval(b *testing.B) {
	for b.Loop() {
		Interval("0 2 * * 1-5", POSIX)
	}
}
