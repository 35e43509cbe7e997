package pages

import (
	"fmt"
	"path"
	"strings"

	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/remedy"
)

// page is the documentation of one rule.
func page(rule *finding.Rule, prose string, examples []Example) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "%s# %s\n\n`%s` · severity %s · profile %s · since %s\n\n%s\n", generated, rule.Title, rule.ID, rule.Severity, rule.Profile, rule.Since, wrap(rule.Description))
	writeAdvice(&b, rule)
	if rule.AboutIgnoring() {
		writeOff(&b, rule)
		return []byte(b.String())
	}
	fmt.Fprintf(&b, "\n## What it looks at\n\n- kinds: %s\n- stages: %s\n", codes(rule.Kinds), orAll(rule.Stages))
	for _, name := range rule.Guide {
		s := stated(name)
		fmt.Fprintf(&b, "- guide statement G%s (line %d): %s\n", s.name, s.line, s.text)
	}
	writeRemedies(&b, rule)
	writeSettings(&b, rule)
	writeExamples(&b, prose, examples)
	writeIgnore(&b, rule)
	if len(rule.References) > 0 {
		b.WriteString("\n## Further reading\n\n")
		for _, r := range rule.References {
			fmt.Fprintf(&b, "- [%s](%s)\n", r.Description, r.URL)
		}
	}
	return []byte(b.String())
}

// writeAdvice says what to write instead: what holds everywhere, then what does
// for each provider.
func writeAdvice(b *strings.Builder, rule *finding.Rule) {
	b.WriteString("\n## What to write instead\n")
	for _, p := range rule.Fix.Passages() {
		if p.Provider != "" {
			fmt.Fprintf(b, "\n### %s\n", p.Provider)
		}
		fmt.Fprintf(b, "\n%s\n", wrap(p.Text))
	}
}

// writeRemedies lists what drlint fix offers.
func writeRemedies(b *strings.Builder, rule *finding.Rule) {
	remedies := remedy.Lookup(rule.Remedies)
	if len(remedies) == 0 {
		return
	}
	b.WriteString("\n## What `drlint fix` can edit\n\n")
	for _, r := range remedies {
		flag := " (`--unsafe`: it costs money or changes what runs)"
		if r.Safe {
			flag = ""
		}
		fmt.Fprintf(b, "- %s%s: %s\n", r.Title, flag, codes(r.Types()))
	}
}

func writeSettings(b *strings.Builder, rule *finding.Rule) {
	if len(rule.Settings) == 0 {
		return
	}
	b.WriteString("\n## Settings\n\n| name | default | meaning |\n| --- | --- | --- |\n")
	for _, s := range rule.Settings {
		fmt.Fprintf(b, "| `%s` | `%v` | %s |\n", s.Name, s.Default, s.Description)
	}
	s := rule.Settings[0]
	fmt.Fprintf(b, "\n```yaml\n# .drlint.yaml\nversion: 1\nrules:\n  %s:\n    settings: {%s: %v}\n```\n", rule.ID, s.Name, s.Default)
}

var headings = map[finding.Verdict]string{
	finding.Fail: "Reported", finding.Pass: "Passed", finding.Unknown: "Unknown", finding.Exempt: "Exempt",
}

func writeExamples(b *strings.Builder, prose string, examples []Example) {
	if prose != "" {
		fmt.Fprintf(b, "\n## Examples\n\n%s\n", wrap(prose))
	}
	for _, verdict := range []finding.Verdict{finding.Fail, finding.Pass, finding.Unknown, finding.Exempt} {
		first := true
		for _, e := range examples {
			if e.Verdict != verdict {
				continue
			}
			if first {
				fmt.Fprintf(b, "\n### %s\n", headings[verdict])
				first = false
			}
			writeExample(b, e)
		}
	}
}

func writeExample(b *strings.Builder, e Example) {
	fmt.Fprintf(b, "\n**%s**\n", heading(e.Name))
	for _, f := range e.Files {
		fmt.Fprintf(b, "\n```%s\n# %s\n%s```\n", language(f.Name), f.Name, f.Data)
	}
	fmt.Fprintf(b, "\n```text\n%s```\n", e.Want)
}

// providers are how the first words of examples' names are written.
var providers = map[string]string{"aws": "AWS", "azure": "Azure", "google": "Google Cloud", "github": "GitHub", "gitlab": "GitLab", "terraform": "Terraform"}

// heading turns an example's name into words: "aws-three-days" is shown as
// "AWS: three days".
func heading(name string) string {
	first, rest, _ := strings.Cut(name, "-")
	rest = strings.ReplaceAll(rest, "-", " ")
	if provider, ok := providers[first]; ok {
		return provider + ": " + rest
	}
	return strings.ReplaceAll(name, "-", " ")
}

func language(name string) string {
	switch path.Ext(name) {
	case ".tf", ".tfvars":
		return "hcl"
	case ".yml", ".yaml":
		return "yaml"
	default:
		return "text"
	}
}

func writeIgnore(b *strings.Builder, rule *finding.Rule) {
	fmt.Fprintf(b, "\n## How to accept it\n\nAbove the line that decides, or above the block of the asset, with a reason:\n\n"+
		"```hcl\n# drlint:ignore %s reason=\"…\"\n```\n\nFor several places, in `.drlint.yaml`:\n\n"+
		"```yaml\nversion: 1\nignore:\n  - rule: %s\n    address: module.sandbox.*\n    reason: …\n```\n", rule.ID, rule.ID)
}

// writeOff is what a page says of a rule about ignoring, which no comment ignores.
func writeOff(b *strings.Builder, rule *finding.Rule) {
	fmt.Fprintf(b, "\n## What it looks at\n\nIgnore comments and the entries of `ignore` in `.drlint.yaml`: see [suppressing](../../suppressing.md).\n"+
		"\n## How to accept it\n\nIn `.drlint.yaml`, by path or altogether:\n\n"+
		"```yaml\nversion: 1\nignore:\n  - rule: %s\n    path: templates/**\n    reason: …\nrules:\n  %s: {severity: off}\n```\n", rule.ID, rule.ID)
}

func codes(words []string) string { return "`" + strings.Join(words, "`, `") + "`" }

func orAll(stages []string) string {
	if len(stages) == 0 {
		return "all"
	}
	return codes(stages)
}

// wrap breaks a paragraph into lines of at most 80 characters.
func wrap(paragraph string) string {
	var b strings.Builder
	width := 0
	for _, word := range strings.Fields(paragraph) {
		size := len([]rune(word))
		switch {
		case width == 0:
		case width+1+size > 80:
			b.WriteByte('\n')
			width = 0
		default:
			b.WriteByte(' ')
			width++
		}
		b.WriteString(word)
		width += size
	}
	return b.String()
}
