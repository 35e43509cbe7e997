package report

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"strings"

	"github.com/drlint/drlint/internal/finding"
)

// Explain writes everything about one rule for the terminal.
func Explain(w io.Writer, rule *finding.Rule) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "%s (%s)\n%s\n\n", rule.ID, rule.Severity, rule.Title)
	paragraph(out, "Why", rule.Description)
	paragraph(out, "Fix", rule.Fix)
	fmt.Fprintf(out, "Looks at  %s", cmp.Or(strings.Join(rule.Kinds, ", "), "ignore comments and .drlint.yaml"))
	if len(rule.Stages) > 0 {
		fmt.Fprintf(out, " of stage %s", strings.Join(rule.Stages, ", "))
	}
	fmt.Fprintf(out, "\nProfile   %s", rule.Profile)
	if !rule.Custom {
		fmt.Fprintf(out, ", since %s", rule.Since)
	}
	if len(rule.Aliases) > 0 {
		fmt.Fprintf(out, "\nOnce      %s", strings.Join(rule.Aliases, ", "))
	}
	if !rule.AboutIgnoring() {
		fmt.Fprintf(out, "\nIgnore    # drlint:ignore %s reason=\"…\"", rule.ID)
	}
	fmt.Fprintln(out)
	if !rule.Custom {
		fmt.Fprintf(out, "Page      %s\n", RulePage(rule.ID))
	}
	for _, reference := range rule.References {
		fmt.Fprintf(out, "See       %s\n", cmp.Or(reference.URL, reference.Description))
	}
	return out.Flush()
}

func paragraph(out io.Writer, label, text string) {
	for i, line := range wrap(text, textWidth-10) {
		if i > 0 {
			label = ""
		}
		fmt.Fprintf(out, "%-9s %s\n", label, line)
	}
	fmt.Fprintln(out)
}
