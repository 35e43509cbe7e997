package report

import (
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/source"
)

// The part of JUnit's XML that test reports of CI systems read.
type (
	junitSuites struct {
		XMLName  xml.Name      `xml:"testsuites"`
		Name     string        `xml:"name,attr"`
		Tests    int           `xml:"tests,attr"`
		Failures int           `xml:"failures,attr"`
		Errors   int           `xml:"errors,attr"`
		Skipped  int           `xml:"skipped,attr"`
		Suites   []*junitSuite `xml:"testsuite"`
	}
	junitSuite struct {
		Name     string      `xml:"name,attr"`
		Tests    int         `xml:"tests,attr"`
		Failures int         `xml:"failures,attr"`
		Errors   int         `xml:"errors,attr"`
		Skipped  int         `xml:"skipped,attr"`
		Cases    []junitCase `xml:"testcase"`
	}
	junitCase struct {
		Class   string        `xml:"classname,attr"`
		Name    string        `xml:"name,attr"`
		File    string        `xml:"file,attr,omitempty"`
		Line    int           `xml:"line,attr,omitempty"`
		Failure *junitOutcome `xml:"failure"`
		Skipped *junitOutcome `xml:"skipped"`
	}
	junitOutcome struct {
		Message string `xml:"message,attr"`
		Type    string `xml:"type,attr,omitempty"`
		Text    string `xml:",chardata"`
	}
)

// JUnit writes a test report: a suite a category, a failed case a finding, and a
// passed case for each rule that found nothing. What was ignored, is undecided
// or could not be read is skipped.
func JUnit(w io.Writer, r *Report, o Options) error {
	j := junitWriter{report: r, options: o, names: map[string]int{}, suites: map[string]*junitSuite{}}
	byRule := map[string][]*finding.Finding{}
	for i := range r.Findings {
		if f := &r.Findings[i]; f.Verdict != finding.Exempt {
			byRule[f.Rule.ID] = append(byRule[f.Rule.ID], f)
		}
	}
	for _, rule := range rulesOf(r) {
		for _, f := range byRule[rule.ID] {
			j.finding(f)
		}
		if len(byRule[rule.ID]) == 0 {
			j.add(category(rule.ID), junitCase{Class: rule.ID, Name: printable(rule.Title)})
		}
	}
	for _, d := range r.Diagnostics {
		if d.Severity == source.Error {
			place := o.place(r, d.At)
			j.add("input", junitCase{
				Class: d.Code, Name: printable(cmp.Or(place.File, d.Summary)), File: printable(place.File), Line: place.Start.Line,
				Skipped: &junitOutcome{Message: printable(d.Summary), Text: prose(d.Detail)},
			})
		}
	}
	return j.write(w)
}

type junitWriter struct {
	report  *Report
	options Options
	names   map[string]int
	suites  map[string]*junitSuite
	all     junitSuites
}

func category(rule string) string {
	name, _, _ := strings.Cut(rule, "/")
	return name
}

// finding adds a finding as a case whose name survives edits of the file.
func (j *junitWriter) finding(f *finding.Finding) {
	place := j.options.place(j.report, f.At)
	c := junitCase{
		Class: f.Rule.ID, Name: printable(strings.TrimPrefix(f.Subject.Address+" in "+place.File, " in ")),
		File: printable(place.File), Line: place.Start.Line,
	}
	a := annotate(j.report, f, j.options)
	outcome := &junitOutcome{Message: a.lines[0], Type: string(f.Severity), Text: a.text()}
	switch {
	case f.Suppressed != nil:
		c.Skipped = &junitOutcome{Message: printable(strings.TrimSuffix("ignored ("+f.Suppressed.Kind+"): "+f.Suppressed.Reason, ": "))}
	case f.Verdict == finding.Unknown:
		c.Skipped = &junitOutcome{Message: "unknown: " + outcome.Message}
	case f.Rule.Saves():
		c.Skipped = &junitOutcome{Message: "saves money: " + outcome.Message, Text: outcome.Text}
	default:
		c.Failure = outcome
	}
	j.add(category(f.Rule.ID), c)
}

func (j *junitWriter) add(name string, c junitCase) {
	suite := j.suites[name]
	if suite == nil {
		suite = &junitSuite{Name: name}
		j.suites[name] = suite
		j.all.Suites = append(j.all.Suites, suite)
	}
	key := c.Class + "\x00" + c.Name
	j.names[key]++
	if n := j.names[key]; n > 1 {
		c.Name += fmt.Sprintf(" (%d)", n)
	}
	suite.Cases = append(suite.Cases, c)
	suite.Tests++
	j.all.Tests++
	if c.Failure != nil {
		suite.Failures++
		j.all.Failures++
	}
	if c.Skipped != nil {
		suite.Skipped++
		j.all.Skipped++
	}
}

func (j *junitWriter) write(w io.Writer) error {
	j.all.Name = "drlint"
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	encoder := xml.NewEncoder(w)
	encoder.Indent("", "  ")
	if err := encoder.Encode(j.all); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}
