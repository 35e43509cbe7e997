package report

import (
	"bufio"
	"fmt"
	"io"
	"text/tabwriter"
)

// RulesText lists rules for people, one a line.
func RulesText(w io.Writer, rules []Explanation) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, e := range rules {
		r := e.Rule
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\n", r.ID, r.Severity, r.Profile, r.Since, printable(r.Title))
	}
	return table.Flush()
}

// RulesMarkdown lists rules as a table.
func RulesMarkdown(w io.Writer, rules []Explanation) error {
	out := bufio.NewWriter(w)
	fmt.Fprint(out, "| rule | severity | profile | since | what it demands |\n| --- | --- | --- | --- | --- |\n")
	for _, e := range rules {
		r, name := e.Rule, "`"+e.Rule.ID+"`"
		if !r.Custom {
			name = "[" + name + "](" + RulePage(r.ID) + ")"
		}
		fmt.Fprintf(out, "| %s | %s | %s | %s | %s |\n", name, r.Severity, r.Profile, r.Since, plainMarkdown(r.Title))
	}
	return out.Flush()
}
