// Package ruletest runs rules over the examples that lie beside them: small
// repositories in real formats, each with the verdicts that the whole pipeline
// must give. Embedded rules and users' own are tested by the same code.
package ruletest

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/txtar"

	"github.com/drlint/drlint/internal/finding"
)

// File is the name of the archive of examples in the folder of a rule.
const File = "examples.txtar"

// Example is a small repository and the verdicts that one rule must give on it.
type Example struct {
	Verdict finding.Verdict
	Name    string
	// Files are named relative to the root of the repository.
	Files []txtar.File
	// Want has one line a verdict: "main.tf:5:30 fail aws_s3_bucket.raw: message"
	// or "pass aws_s3_bucket.raw".
	Want string
	// Line is where the example begins in its archive, WantLine the first line of
	// Want; 0 where there is none.
	Line, WantLine int
}

// Label names an example among those of its rule: "fail/aws-three-days".
func (e *Example) Label() string { return string(e.Verdict) + "/" + e.Name }

// wantName is the file of an archive that holds the expected verdicts.
const wantName = "want"

// verdicts are what folders of examples may be called.
var verdicts = []finding.Verdict{finding.Fail, finding.Pass, finding.Unknown, finding.Exempt}

// MisplacedError says that a file of an archive is not where files of examples are.
type MisplacedError struct {
	Name string
	Line int // in the archive
}

func (m *MisplacedError) Error() string {
	return fmt.Sprintf("line %d: %s is not named <verdict>/<example>/<path>, where the verdict is fail, pass, unknown or exempt", m.Line, m.Name)
}

// Parse reads the archive beside a rule: prose, then files named
// <verdict>/<example>/<path>, among them <verdict>/<example>/want. The error is
// a *MisplacedError.
func Parse(data []byte) (prose string, examples []Example, err error) {
	archive, lines := txtar.Parse(data), markers(data)
	for n, f := range archive.Files {
		verdict, rest, _ := strings.Cut(f.Name, "/")
		name, file, ok := strings.Cut(rest, "/")
		if !ok || file == "" || !slices.Contains(verdicts, finding.Verdict(verdict)) {
			return "", nil, &MisplacedError{Name: f.Name, Line: lines[n]}
		}
		i := slices.IndexFunc(examples, func(e Example) bool { return string(e.Verdict) == verdict && e.Name == name })
		if i < 0 {
			examples = append(examples, Example{Verdict: finding.Verdict(verdict), Name: name, Line: lines[n]})
			i = len(examples) - 1
		}
		if file == wantName {
			examples[i].Want, examples[i].WantLine = string(f.Data), lines[n]+1
		} else {
			examples[i].Files = append(examples[i].Files, txtar.File{Name: file, Data: f.Data})
		}
	}
	return strings.TrimSpace(string(archive.Comment)), examples, nil
}

// markers are the lines of an archive on which its files begin, in order.
func markers(data []byte) (lines []int) {
	number := 0
	for line := range bytes.Lines(data) {
		number++
		if text, ended := bytes.CutSuffix(line, []byte("\n")); ended {
			line = bytes.TrimSuffix(text, []byte("\r"))
		}
		name, begins := bytes.CutPrefix(line, []byte("-- "))
		name, ends := bytes.CutSuffix(name, []byte(" --"))
		if begins && ends && len(bytes.TrimSpace(name)) > 0 {
			lines = append(lines, number)
		}
	}
	return lines
}

// Format is the inverse of Parse.
func Format(prose string, examples []Example) []byte {
	archive := &txtar.Archive{}
	if prose != "" {
		archive.Comment = []byte(prose + "\n\n")
	}
	for i := range examples {
		e := &examples[i]
		for _, f := range e.Files {
			archive.Files = append(archive.Files, txtar.File{Name: e.Label() + "/" + f.Name, Data: f.Data})
		}
		archive.Files = append(archive.Files, txtar.File{Name: e.Label() + "/" + wantName, Data: []byte(e.Want)})
	}
	return txtar.Format(archive)
}

var verdictLine = regexp.MustCompile(`(?m)^(.+?):(\d+):\d+ (?:fail|unknown|exempt) \S+?: (.*)$`)

// Deciding is the first place that the verdicts of an example name, with what is
// said there; nothing where all assets pass.
func (e *Example) Deciding() (file string, line int, message string) {
	found := verdictLine.FindStringSubmatch(e.Want)
	if found == nil {
		return "", 0, ""
	}
	line, err := strconv.Atoi(found[2])
	if err != nil {
		return "", 0, ""
	}
	return found[1], line, found[3]
}
