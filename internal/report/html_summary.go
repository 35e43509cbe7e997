package report

import (
	"fmt"

	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/source"
)

// htmlSummary is the head of the page.
type htmlSummary struct {
	// Scope says what was looked at and with which rules.
	Scope []string
	// Against is the revision that is compared with; New and Touched count.
	Against      string
	New, Touched int
	Verdicts     []htmlShare
	Severities   []htmlCount
	Saving       int
	Suppressed   int
	Checked      int
}

// htmlShare is a part of a bar: a name, how many, and where it lies, in
// thousandths of the bar.
type htmlShare struct {
	Name, Class string
	Count       int
	From, Width int
}

// htmlCount is a figure with its name.
type htmlCount struct {
	Name  string
	Count int
}

func (v *htmlView) summary() htmlSummary {
	r := v.report
	text := newTextWriter(nil, r, Options{})
	s := htmlSummary{
		Scope:   []string{count(r.Summary.Files, "file"), text.assets(), text.rules()},
		Against: shown(r.Against), Checked: r.Summary.Checked, Suppressed: r.Summary.Suppressed, Saving: r.Summary.Saving,
		Verdicts: shares([]htmlShare{
			{Name: "pass", Class: "answered", Count: r.Summary.Pass}, {Name: "fail", Class: "gap", Count: r.Summary.Fail - r.Summary.Cost},
			{Name: "saves money", Class: "cost", Count: r.Summary.Cost}, {Name: "unknown", Class: "unknown", Count: r.Summary.Unknown},
			{Name: "exempt", Class: "exempt", Count: r.Summary.Exempt},
		}),
	}
	for _, severity := range finding.Severities {
		s.Severities = append(s.Severities, htmlCount{string(severity), r.Summary.Failing[severity]})
	}
	for i := range r.Findings {
		switch r.Findings[i].Change {
		case finding.New:
			s.New++
		case finding.Touched:
			s.Touched++
		}
	}
	return s
}

// shares lays parts side by side and leaves out the empty ones. Each part that
// counts anything can be seen.
func shares(parts []htmlShare) (list []htmlShare) {
	const whole, least = 1000, 8
	total := 0
	for _, part := range parts {
		if part.Count > 0 {
			total += part.Count
			list = append(list, part)
		}
	}
	left, room := 0, whole-least*len(list)
	for i := range list {
		list[i].From, list[i].Width = left, least+room*list[i].Count/total
		left += list[i].Width
	}
	if len(list) > 0 {
		list[len(list)-1].Width += whole - left
	}
	return list
}

// htmlDiagnostic is what could not be read.
type htmlDiagnostic struct {
	Code, Severity, Summary, Detail, Place string
}

func (v *htmlView) diagnostics() (list []htmlDiagnostic) {
	for _, severity := range []source.Severity{source.Error, source.Warning, source.Note} {
		for _, d := range v.report.Diagnostics {
			if d.Severity == severity {
				list = append(list, htmlDiagnostic{d.Code, string(d.Severity), shown(d.Summary), shown(d.Detail), v.place(d.At)})
			}
		}
	}
	return list
}

// place writes a place as file:line:column; empty for no place.
func (v *htmlView) place(at source.Range) string {
	if at.IsZero() {
		return ""
	}
	place := v.report.Sources.Place(at)
	if place.Start.Line == 0 {
		return shown(place.File)
	}
	return fmt.Sprintf("%s:%d:%d", shown(place.File), place.Start.Line, place.Start.Column)
}

// nothing says why there are no findings.
func (v *htmlView) nothing() string {
	switch {
	case v.report.Summary.Files == 0:
		return unscanned
	case v.report.Against != "":
		return "No finding is new, and none is touched by the change."
	}
	return "No rule has anything to say."
}
