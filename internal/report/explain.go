package report

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/fatih/color"

	"github.com/drlint/drlint/internal/finding"
)

// Explanation is everything that is said about one rule.
type Explanation struct {
	Rule *finding.Rule
	// Fail and Pass are an example of each; nil where there is none.
	Fail, Pass *Sample
}

// Sample is a part of a file that a rule reports or lets pass.
type Sample struct {
	File  string
	First int // the number of the first line
	Lines []string
	// Line is the one that decides, 0 where the sample passes; Message is what is
	// said of it.
	Line    int
	Message string
}

// SampleLines is how many lines of a file a sample shows at most.
const SampleLines = 14

// NewSample cuts a readable part out of a file: around the deciding line, or
// its beginning where that is 0.
func NewSample(file string, text []byte, line int, message string) *Sample {
	lines := strings.Split(strings.TrimRight(string(text), "\n"), "\n")
	from, to := 0, len(lines)
	if to > SampleLines {
		const above = 5
		from = max(0, min(line-1-above, to-SampleLines)) // a line beyond the end shows the end
		to = from + SampleLines
	}
	return &Sample{File: file, First: from + 1, Lines: lines[from:to], Line: line, Message: message}
}

// Explain writes everything about one rule for the terminal, wrapped at a width
// in columns; 0 stands for the usual one.
func Explain(w io.Writer, e Explanation, o Options, width int) error {
	const narrowest, label = 40, 10
	if width <= 0 || width > textWidth {
		width = textWidth
	}
	t := explainer{out: bufio.NewWriter(w), width: max(width, narrowest) - label, painted: o.Color}
	r := e.Rule
	fmt.Fprintf(t.out, "%s %s\n", t.paint(printable(r.ID), color.Bold), t.paint("("+string(r.Severity)+")", gradeColors[r.Severity]...))
	t.text("", r.Title)
	fmt.Fprintln(t.out)
	t.paragraph("Why", r.Description)
	t.paragraphs("Fix", passages(r))
	if len(r.Remedies) > 0 {
		t.text("Edits", "drlint fix can make them: "+strings.Join(r.Remedies, ", "))
	}
	t.text("Looks at", looksAt(r))
	t.text("Profile", profileOf(r))
	t.text("Tags", strings.Join(r.Tags, ", "))
	t.text("Formerly", strings.Join(r.Aliases, ", "))
	for i, s := range r.Settings {
		t.text(first(i, "Settings"), fmt.Sprintf("%s = %v: %s", s.Name, s.Default, s.Description))
	}
	t.sample("Reported", e.Fail)
	t.sample("Passes", e.Pass)
	fmt.Fprintln(t.out)
	t.line("Ignore", "# drlint:ignore "+r.ID+` reason="…"`)
	if !r.Custom {
		t.line("Page", RulePage(r.ID))
	}
	for i, reference := range r.References {
		t.line(first(i, "See"), cmp.Or(reference.URL, reference.Description))
	}
	return t.out.Flush()
}

func first(i int, label string) string {
	if i > 0 {
		return ""
	}
	return label
}

// passages is what to write instead for all providers, one paragraph each.
func passages(r *finding.Rule) (texts []string) {
	for _, p := range r.Fix.Passages() {
		if p.Provider != "" {
			p.Text = p.Provider + ": " + p.Text
		}
		texts = append(texts, p.Text)
	}
	return texts
}

func looksAt(r *finding.Rule) string {
	text := strings.Join(r.Kinds, ", ")
	if len(r.Stages) > 0 {
		text += " of stage " + strings.Join(r.Stages, ", ")
	}
	return text
}

func profileOf(r *finding.Rule) string {
	if r.Custom {
		return string(r.Profile) + ", your own rule"
	}
	return string(r.Profile) + ", since " + r.Since
}

var gradeColors = map[finding.Severity][]color.Attribute{
	finding.High: {color.FgRed, color.Bold}, finding.Medium: {color.FgYellow, color.Bold},
	finding.Low: {color.FgCyan, color.Bold}, finding.Info: {color.FgBlue},
}

type explainer struct {
	out     *bufio.Writer
	width   int
	painted bool
}

func (t explainer) paint(text string, attributes ...color.Attribute) string {
	if !t.painted || text == "" {
		return text
	}
	c := color.New(attributes...)
	c.EnableColor()
	return c.Sprint(text)
}

func (t explainer) paragraph(label, text string) {
	if text != "" {
		t.text(label, text)
		fmt.Fprintln(t.out)
	}
}

// paragraphs are several beside one label.
func (t explainer) paragraphs(label string, texts []string) {
	for _, text := range texts {
		t.paragraph(label, text)
		label = " "
	}
}

// text writes wrapped prose beside a label, and without one from the margin;
// nothing where there is none.
func (t explainer) text(label, text string) {
	if text == "" {
		return
	}
	for i, line := range wrap(printable(text), t.width) {
		if i > 0 && label != "" {
			label = " "
		}
		if label == "" {
			fmt.Fprintln(t.out, line)
			continue
		}
		t.line(label, line)
	}
}

// line writes what must not be wrapped: an address, a command.
func (t explainer) line(label, text string) {
	fmt.Fprintf(t.out, "%s %s\n", t.paint(fmt.Sprintf("%-9s", strings.TrimSpace(label)), color.Faint), printable(text))
}

func (t explainer) sample(label string, s *Sample) {
	if s == nil {
		return
	}
	fmt.Fprintf(t.out, "\n%s %s\n", t.paint(fmt.Sprintf("%-9s", label), color.Faint), printable(s.File))
	for i, text := range s.Lines {
		mark, number := " ", s.First+i
		if number == s.Line {
			mark = t.paint(">", color.FgRed, color.Bold)
		}
		fmt.Fprintf(t.out, "%s %s %s\n", mark, t.paint(fmt.Sprintf("%4d |", number), color.Faint), printable(text))
	}
	for _, line := range wrap(printable(s.Message), t.width) {
		if line != "" {
			fmt.Fprintf(t.out, "          %s\n", line)
		}
	}
}

// ExplainMarkdown writes the same as a page.
func ExplainMarkdown(w io.Writer, e Explanation) error {
	out, r := bufio.NewWriter(w), e.Rule
	fmt.Fprintf(out, "# %s\n\n`%s` · severity %s · profile %s\n", plainMarkdown(r.Title), r.ID, r.Severity, profileOf(r))
	section := func(title, text string) {
		if text != "" {
			fmt.Fprintf(out, "\n## %s\n\n%s\n", title, plainMarkdown(text))
		}
	}
	section("Why", r.Description)
	section("Fix", strings.Join(passages(r), "\n\n"))
	section("Looks at", looksAt(r))
	section("Formerly", strings.Join(r.Aliases, ", "))
	for i, s := range r.Settings {
		if i == 0 {
			fmt.Fprint(out, "\n## Settings\n\n")
		}
		fmt.Fprintf(out, "- `%s` = `%v`: %s\n", s.Name, s.Default, plainMarkdown(s.Description))
	}
	sample := func(title string, s *Sample) {
		if s == nil {
			return
		}
		fmt.Fprintf(out, "\n## %s\n\n%s:\n\n", title, plainMarkdown(s.File))
		for _, line := range s.Lines {
			fmt.Fprintf(out, "    %s\n", printable(line))
		}
		if s.Message != "" {
			fmt.Fprintf(out, "\nLine %d: %s\n", s.Line, plainMarkdown(s.Message))
		}
	}
	sample("Reported", e.Fail)
	sample("Passes", e.Pass)
	fmt.Fprintf(out, "\n## Ignore\n\n    # drlint:ignore %s reason=\"…\"\n", r.ID)
	for i, reference := range r.References {
		if i == 0 {
			fmt.Fprint(out, "\n## Further reading\n\n")
		}
		fmt.Fprintf(out, "- [%s](%s)\n", plainMarkdown(cmp.Or(reference.Description, reference.URL)), printable(reference.URL))
	}
	return out.Flush()
}

// marking are the characters by which Markdown and HTML tell marks from text.
var marking = strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", "&lt;", "&", "&amp;", "|", `\|`, "#", `\#`)

func plainMarkdown(text string) string { return marking.Replace(printable(text)) }

// ruleDocument is a rule as programs see it; docs/rules.schema.json describes it.
type ruleDocument struct {
	finding.Rule
	Page     string          `json:"page,omitempty"`
	Examples *sampleDocument `json:"examples,omitempty"`
}

type sampleDocument struct {
	Fail *sampleText `json:"fail,omitempty"`
	Pass *sampleText `json:"pass,omitempty"`
}

type sampleText struct {
	File    string `json:"file"`
	First   int    `json:"first"`
	Text    string `json:"text"`
	Line    int    `json:"line,omitempty"`
	Message string `json:"message,omitempty"`
}

// RulesJSON writes rules for programs, with examples where there are some.
func RulesJSON(w io.Writer, rules []Explanation) error {
	documents := []ruleDocument{}
	for _, e := range rules {
		d := ruleDocument{Rule: *e.Rule}
		if !e.Rule.Custom {
			d.Page = RulePage(e.Rule.ID)
		}
		if d.Kinds == nil {
			d.Kinds = []string{}
		}
		if d.Stages == nil {
			d.Stages = []string{}
		}
		if d.Guide == nil {
			d.Guide = []finding.Statement{}
		}
		if e.Fail != nil || e.Pass != nil {
			d.Examples = &sampleDocument{Fail: e.Fail.document(), Pass: e.Pass.document()}
		}
		documents = append(documents, d)
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(struct {
		Version int            `json:"version"`
		Rules   []ruleDocument `json:"rules"`
	}{1, documents})
}

func (s *Sample) document() *sampleText {
	if s == nil {
		return nil
	}
	return &sampleText{File: s.File, First: s.First, Text: strings.Join(s.Lines, "\n") + "\n", Line: s.Line, Message: s.Message}
}
