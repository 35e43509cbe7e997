package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/mattn/go-isatty"
	"github.com/spf13/cobra"

	"github.com/drlint/drlint/internal/edit"
	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/report"
	"github.com/drlint/drlint/internal/scan"
)

func newFix() *cobra.Command {
	var in inputs
	var failOn string
	var unsafe, dryRun bool
	cmd := &cobra.Command{
		Use:   "fix [PATH...]",
		Short: "Edit the files where that is all a finding needs",
		Long: strings.TrimSpace(`
Fix reads what check reads and edits the files below the paths: it makes the
fixes that cost no money and change nothing that runs, and with --unsafe the
others too. A fix is made only when the rule passes afterwards. What is ignored,
unknown or decided elsewhere is left alone.

Exit status: 0 no finding at or above --fail-on remains, 1 some do, 2 wrong usage
or configuration, 3 drlint could not run. With --dry-run nothing is written, the
difference goes to stdout, and the exit status is 1 when there is one.`),
		RunE: func(cmd *cobra.Command, paths []string) error {
			target, err := in.open(cmd, paths)
			if err != nil {
				return err
			}
			defer target.close()
			threshold, err := threshold(cmd, failOn, target.config)
			if err != nil {
				return err
			}
			fixing, err := scan.Fix(cmd.Context(), target.options, unsafe)
			if err != nil {
				return broken(err)
			}
			if dryRun {
				return preview(cmd, fixing)
			}
			for _, c := range fixing.Changes {
				if err := edit.Write(target.root, c); err != nil {
					return broken(err)
				}
			}
			tellRepairs(cmd.OutOrStdout(), fixing, "fixed")
			tellRest(cmd.OutOrStdout(), fixing)
			if threshold != never && fixing.After.Worst(finding.Severity(threshold)) {
				return errFindings
			}
			return nil
		},
	}
	in.flags(cmd)
	in.ruleFlags(cmd)
	cmd.Flags().BoolVar(&unsafe, "unsafe", false, "make fixes that cost money or change behaviour as well")
	cmd.Flags().BoolVar(&dryRun, "dry-run", false, "write nothing and print what would change as a unified diff")
	cmd.Flags().StringVar(&failOn, "fail-on", "medium", "mildest `SEVERITY` of what remains that makes the run fail: high, medium, low, info or never")
	return cmd
}

// preview prints the difference, and to stderr what it does.
func preview(cmd *cobra.Command, fixing *scan.Fixing) error {
	for _, c := range fixing.Changes {
		if err := show(cmd.OutOrStdout(), c.Unified()); err != nil {
			return broken(err)
		}
	}
	tellRepairs(cmd.ErrOrStderr(), fixing, "would fix")
	tellRest(cmd.ErrOrStderr(), fixing)
	if len(fixing.Changes) > 0 {
		return errFindings
	}
	return nil
}

// show writes a difference as it is, so that a program can apply it, and without
// control characters on a terminal.
func show(w io.Writer, difference []byte) error {
	text := string(difference)
	if file, ok := w.(*os.File); ok && isatty.IsTerminal(file.Fd()) {
		lines := strings.SplitAfter(text, "\n")
		for i, line := range lines {
			rest, ended := strings.CutSuffix(line, "\n")
			lines[i] = report.Printable(strings.TrimSuffix(rest, "\r"))
			if ended {
				lines[i] += "\n"
			}
		}
		text = strings.Join(lines, "")
	}
	_, err := io.WriteString(w, text)
	return err
}

// tellRepairs says what was done about each finding.
func tellRepairs(w io.Writer, fixing *scan.Fixing, done string) {
	for _, r := range fixing.Repairs {
		place := fixing.Before.Sources.Place(r.Finding.At)
		at := fmt.Sprintf("%s:%d:%d", report.Printable(place.File), place.Start.Line, place.Start.Column)
		if r.Left != "" {
			fmt.Fprintf(w, "%s: left %s: %s (%s)\n", at, r.Finding.Rule.ID, r.Fix.Title, r.Left)
			continue
		}
		note := ""
		if !r.Fix.Safe {
			note = " (unsafe)"
		}
		fmt.Fprintf(w, "%s: %s %s: %s%s\n", at, done, r.Finding.Rule.ID, r.Fix.Title, note)
	}
}

// tellRest counts what was done and what remains.
func tellRest(w io.Writer, fixing *scan.Fixing) {
	made := 0
	for _, r := range fixing.Repairs {
		if r.Left == "" {
			made++
		}
	}
	remaining := 0
	for i := range fixing.After.Findings {
		if f := &fixing.After.Findings[i]; f.Verdict == finding.Fail && f.Suppressed == nil {
			remaining++
		}
	}
	fmt.Fprintf(w, "%d fixed in %s, %d remain", made, countOf(len(fixing.Changes), "file", "files"), remaining)
	if fixing.Withheld > 0 {
		fmt.Fprintf(w, "; %s a fix that costs money or changes what runs: --unsafe", countOf(fixing.Withheld, "has", "have"))
	}
	fmt.Fprintln(w)
}

func countOf(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
