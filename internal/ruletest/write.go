package ruletest

import (
	"bufio"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"
	"unicode"

	"github.com/rogpeppe/go-internal/diff"

	"github.com/drlint/drlint/internal/policy"
)

// Report is what is written of a run.
type Report struct {
	// Directory is that of the rules as the user named it; it precedes the files.
	Directory string
	Outcomes  Outcomes
	// Coverage is nil unless it was asked for.
	Coverage []policy.Covered
	// Least is the smallest share of lines, in percent, that each file must have
	// reached; 0 asks for nothing.
	Least float64
}

// Passed reports whether everything is as it should be.
func (r *Report) Passed() bool {
	for _, c := range r.Coverage {
		if c.Percent() < r.Least {
			return false
		}
	}
	return !r.Outcomes.Failed()
}

// Writers are the formats of a report by name.
var Writers = map[string]func(io.Writer, *Report) error{"text": Text, "json": JSON, "junit": JUnit}

// Formats are the names of the writers.
var Formats = []string{"text", "json", "junit"}

func (r *Report) place(file string, line int) string {
	where := path.Join(r.Directory, file)
	if line > 0 {
		return fmt.Sprintf("%s:%d", where, line)
	}
	return where
}

// Text writes a report for people: what failed with its place and difference,
// what was printed, coverage, and the count.
func Text(w io.Writer, r *Report) error {
	out := bufio.NewWriter(w)
	counts := map[string]int{}
	for _, result := range r.Outcomes.Results {
		state := result.state()
		counts[state]++
		if state == "pass" && result.Output == "" {
			continue
		}
		fmt.Fprintf(out, "%s: %s: %s\n", printable(r.place(result.File, result.Line)), state, printable(result.headline()))
		indented(out, result.difference())
		indented(out, result.Output)
	}
	for _, id := range r.Outcomes.Untested {
		fmt.Fprintf(out, "%s has no %s\n", printable(id), File)
	}
	for _, c := range r.Coverage {
		fmt.Fprintf(out, "%s: %.0f %% of %d lines reached", printable(r.place(c.File, 0)), c.Percent(), c.Lines)
		if len(c.Missed) > 0 {
			fmt.Fprintf(out, ", not %s", spans(c.Missed))
		}
		if c.Percent() < r.Least {
			fmt.Fprintf(out, ": less than %g %%", r.Least)
		}
		fmt.Fprintln(out)
	}
	fmt.Fprintf(out, "%d rules, %d tests: %d pass, %d fail", r.Outcomes.Rules, len(r.Outcomes.Results), counts["pass"], counts["fail"])
	if counts["skip"] > 0 {
		fmt.Fprintf(out, ", %d skipped", counts["skip"])
	}
	fmt.Fprintln(out)
	return out.Flush()
}

func (r Result) state() string {
	switch {
	case r.Skips:
		return "skip"
	case r.Passed:
		return "pass"
	default:
		return "fail"
	}
}

func (r Result) headline() string {
	switch {
	case r.Kind == Condition:
		return r.Message
	case r.Message == "":
		return r.Name
	default:
		return r.Name + ": " + r.Message
	}
}

// difference is what was wanted and what was got, line by line.
func (r Result) difference() string {
	if r.Want == r.Got {
		return r.Got
	}
	text := string(diff.Diff("want", []byte(r.Want), "got", []byte(r.Got)))
	// The first line names the program that made it.
	_, text, _ = strings.Cut(text, "\n")
	return text
}

func indented(out io.Writer, text string) {
	for line := range strings.Lines(text) {
		fmt.Fprintf(out, "    %s\n", printable(strings.TrimSuffix(line, "\n")))
	}
}

// spans writes lines as "4, 7-9".
func spans(lines []int) string {
	var parts []string
	for i := 0; i < len(lines); {
		last := i
		for last+1 < len(lines) && lines[last+1] == lines[last]+1 {
			last++
		}
		if last == i {
			parts = append(parts, strconv.Itoa(lines[i]))
		} else {
			parts = append(parts, fmt.Sprintf("%d-%d", lines[i], lines[last]))
		}
		i = last + 1
	}
	return strings.Join(parts, ", ")
}

// printable escapes what could move the cursor or forge a line.
func printable(text string) string {
	var b strings.Builder
	for _, r := range text {
		if r == '\t' || unicode.IsPrint(r) {
			b.WriteRune(r)
		} else {
			fmt.Fprintf(&b, "\\u%04x", r)
		}
	}
	return b.String()
}

type testDocument struct {
	Kind    Kind   `json:"kind"`
	Name    string `json:"name"`
	File    string `json:"file"`
	Line    int    `json:"line,omitempty"`
	Result  string `json:"result"`
	Message string `json:"message,omitempty"`
	Want    string `json:"want,omitempty"`
	Got     string `json:"got,omitempty"`
	Output  string `json:"output,omitempty"`
}

type coverDocument struct {
	File    string  `json:"file"`
	Lines   int     `json:"lines"`
	Reached int     `json:"reached"`
	Percent float64 `json:"percent"`
	Missed  []int   `json:"missed"`
}

// JSON writes a report for programs.
func JSON(w io.Writer, r *Report) error {
	document := struct {
		Version  int             `json:"version"`
		Passed   bool            `json:"passed"`
		Rules    int             `json:"rules"`
		Tests    []testDocument  `json:"tests"`
		Untested []string        `json:"untested"`
		Coverage []coverDocument `json:"coverage,omitempty"`
	}{Version: 1, Passed: r.Passed(), Rules: r.Outcomes.Rules, Tests: []testDocument{}, Untested: append([]string{}, r.Outcomes.Untested...)}
	for _, t := range r.Outcomes.Results {
		document.Tests = append(document.Tests, testDocument{
			Kind: t.Kind, Name: t.Name, File: path.Join(r.Directory, t.File), Line: t.Line, Result: t.state(), Message: t.Message,
			Want: t.Want, Got: t.Got, Output: t.Output,
		})
	}
	for _, c := range r.Coverage {
		document.Coverage = append(document.Coverage, coverDocument{
			File: path.Join(r.Directory, c.File), Lines: c.Lines, Reached: c.Reached, Percent: c.Percent(), Missed: append([]int{}, c.Missed...),
		})
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(document)
}

type junitCase struct {
	Name      string        `xml:"name,attr"`
	ClassName string        `xml:"classname,attr"`
	File      string        `xml:"file,attr"`
	Line      int           `xml:"line,attr,omitempty"`
	Failure   *junitMessage `xml:"failure"`
	Skipped   *struct{}     `xml:"skipped"`
	Output    string        `xml:"system-out,omitempty"`
}

type junitMessage struct {
	Message string `xml:"message,attr"`
	Text    string `xml:",chardata"`
}

// JUnit writes a report for the test views of CI services.
func JUnit(w io.Writer, r *Report) error {
	suite := struct {
		XMLName  xml.Name    `xml:"testsuite"`
		Name     string      `xml:"name,attr"`
		Tests    int         `xml:"tests,attr"`
		Failures int         `xml:"failures,attr"`
		Skipped  int         `xml:"skipped,attr"`
		Cases    []junitCase `xml:"testcase"`
	}{Name: "drlint test", Tests: len(r.Outcomes.Results)}
	for _, t := range r.Outcomes.Results {
		c := junitCase{Name: printable(t.Name), ClassName: string(t.Kind), File: printable(path.Join(r.Directory, t.File)), Line: t.Line, Output: t.Output}
		switch t.state() {
		case "fail":
			suite.Failures++
			c.Failure = &junitMessage{Message: printable(t.Message), Text: printable(r.place(t.File, t.Line)) + "\n" + t.difference()}
		case "skip":
			suite.Skipped++
			c.Skipped = &struct{}{}
		}
		suite.Cases = append(suite.Cases, c)
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	encoder := xml.NewEncoder(w)
	encoder.Indent("", "  ")
	if err := encoder.Encode(suite); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}
