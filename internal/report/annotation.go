package report

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/source"
)

// annotation is what a service shows beside a line: a finding, or a part of a
// file that could not be read.
type annotation struct {
	// grade is a severity, so that each service has its own words for it.
	grade finding.Severity
	// rule is the rule or the code of the diagnostic, title a few words for a heading.
	rule, title string
	// lines are the message and what helps to act on it; printable.
	lines []string
	// place is the deciding text; its file is raw and starts at the repository.
	place       source.Place
	fingerprint string
}

// text is the whole annotation with the place at its end, for logs that show
// nothing else.
func (a annotation) text() string {
	lines := a.lines
	if a.place.File != "" {
		lines = append(slices.Clone(lines), "at "+spot(a.place))
	}
	return strings.Join(lines, "\n")
}

// annotations lists what services show, gravest first because they cut long
// lists. Warnings and notes about the input are left to the other formats:
// beside a line they would say nothing about it.
func annotations(r *Report, o Options) (list []annotation) {
	seen := map[string]int{}
	add := func(a annotation) {
		a.fingerprint = distinct(a.fingerprint, seen)
		list = append(list, a)
	}
	for i := range r.Findings {
		if f := &r.Findings[i]; o.shows(f) {
			add(annotate(r, f, o))
		}
	}
	for _, d := range r.Diagnostics {
		if d.Severity != source.Error {
			continue
		}
		lines := []string{printable(d.Summary)}
		if d.Detail != "" {
			lines = append(lines, prose(d.Detail))
		}
		add(annotation{
			grade: finding.Medium, rule: d.Code, title: "could not be read: " + d.Code, lines: lines,
			place: o.place(r, d.At), fingerprint: fingerprint(d.Code, d.At.File, d.Summary),
		})
	}
	slices.SortStableFunc(list, func(a, b annotation) int { return cmp.Compare(a.grade.Rank(), b.grade.Rank()) })
	return list
}

func annotate(r *Report, f *finding.Finding, o Options) annotation {
	a := annotation{
		grade: f.Severity, rule: f.Rule.ID, title: string(f.Severity) + ": " + f.Rule.ID,
		place: o.place(r, f.At), fingerprint: f.Fingerprint,
	}
	switch {
	case f.Verdict == finding.Unknown:
		a.grade, a.title = finding.Info, "unknown: "+f.Rule.ID
	case f.Rule.Saves():
		a.grade, a.title = finding.Info, "saves money: "+f.Rule.ID
	}
	a.lines = []string{printable(statement(f))}
	for _, call := range f.Via {
		a.lines = append(a.lines, printable("through "+call.Name+" at "+spot(o.place(r, call.At))))
	}
	if advice := f.Advice(); advice != "" {
		a.lines = append(a.lines, "Fix: "+prose(advice))
	}
	if !f.Rule.Custom {
		a.lines = append(a.lines, RulePage(f.Rule.ID))
	}
	return a
}

// statement is the message of a finding with what else it concerns.
func statement(f *finding.Finding) string {
	text := f.Message
	if where := f.Where(); where != "" {
		text += ", in " + where
	}
	if n := len(f.Instances); n > 0 {
		text += fmt.Sprintf("; and %d more that the same text decides", n)
	}
	return text
}

// shows reports whether a finding is told to people who asked for no more:
// suppressed ones and exemptions are not, undecided ones only on request.
func (o Options) shows(f *finding.Finding) bool {
	if f.Suppressed != nil {
		return false
	}
	return f.Verdict == finding.Fail || f.Verdict == finding.Unknown && o.Unknown
}

// place is a place with the file as the repository knows it.
func (o Options) place(r *Report, at source.Range) source.Place {
	place := r.Sources.Place(at)
	place.File = o.path(place.File)
	return place
}

// path is a file as the repository knows it.
func (o Options) path(file string) string {
	if file == "" {
		return ""
	}
	return path.Join(o.Prefix, file)
}

// distinct makes a fingerprint unique: services drop what they have seen.
func distinct(known string, seen map[string]int) string {
	seen[known]++
	if n := seen[known]; n > 1 {
		return fingerprint(known, strings.Repeat("+", n))
	}
	return known
}

func fingerprint(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:8])
}
