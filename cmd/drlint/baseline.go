package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/drlint/drlint/internal/baseline"
	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/report"
	"github.com/drlint/drlint/internal/scan"
)

func newBaseline() *cobra.Command {
	var in inputs
	var output string
	var prune bool
	cmd := &cobra.Command{
		Use:   "baseline [PATH...]",
		Short: "Remember the findings of today, so that only new ones are reported",
		Long: strings.TrimSpace(`
Baseline writes what a check of the paths (default: the current directory)
reports into a file, .drlint-baseline.json at the root of the repository unless
the configuration or --output names another. Check marks these findings as known
from then on and reports what is new. Commit the file. Run again, baseline takes
over what has come and removes what has gone; what the paths and the rules of the
run do not concern stays.`),
		RunE: func(cmd *cobra.Command, paths []string) error {
			t, err := in.open(cmd, paths)
			if err != nil {
				return err
			}
			defer t.close()
			file, err := t.baselineFile(output)
			if err != nil {
				return err
			}
			old, err := t.baselineAt(file)
			if err != nil && !errors.Is(err, fs.ErrNotExist) {
				return told(cmd, err)
			}
			t.options.Baseline = old
			r, err := scan.Run(cmd.Context(), t.options)
			if err != nil {
				return broken(err)
			}
			update := baseline.Renew(old, baseline.Of(r.Findings), r.Outdated, r.Moved, prune)
			data, err := baseline.Encode(update.Entries)
			if err != nil {
				return broken(err)
			}
			if err := replaceFile(file, data); err != nil {
				return broken(err)
			}
			return describe(cmd.OutOrStdout(), filepath.Base(file), old == nil, update, r.Findings)
		},
	}
	in.flags(cmd)
	in.ruleFlags(cmd)
	cmd.Flags().StringVarP(&output, "output", "o", "", "`FILE` to write (default: the configuration's, else "+baseline.DefaultFile+" at the root)")
	cmd.Flags().BoolVar(&prune, "prune", false, "only remove what is there no more; add nothing")
	return cmd
}

// baselineFile is the place of the baseline that is written.
func (t *target) baselineFile(output string) (string, error) {
	if output != "" {
		return writable(output)
	}
	file := t.config.Baseline
	if file == "" {
		file = baseline.DefaultFile
	}
	return writable(filepath.Join(t.root.Name(), filepath.FromSlash(file)))
}

// describe says in words what the new file has and the old one had not.
func describe(w io.Writer, name string, first bool, u baseline.Update, findings []finding.Finding) error {
	var b strings.Builder
	list := func(sign string, entries []baseline.Entry) {
		const most = 10
		for i, e := range entries {
			if i == most {
				fmt.Fprintf(&b, "%s %d more\n", sign, len(entries)-most)
				return
			}
			fmt.Fprintln(&b, report.Printable(strings.TrimSpace(strings.Join([]string{sign, e.Rule, e.File, e.Address}, " "))))
		}
	}
	if !first {
		list("+", u.Added)
		list("-", u.Removed)
		fmt.Fprintf(&b, "%s: %d added, %d removed, %d kept\n", name, len(u.Added), len(u.Removed), len(u.Kept))
	} else {
		known := fmt.Sprintf("%d findings are", len(u.Added))
		if len(u.Added) == 1 {
			known = "1 finding is"
		}
		fmt.Fprintf(&b, "%s: %s known from now on; drlint check reports what is new\n", name, known)
	}
	about := 0
	for i := range findings {
		if findings[i].Rule.AboutIgnoring() && findings[i].Suppressed == nil {
			about++
		}
	}
	if about > 0 {
		fmt.Fprintf(&b, "Not in it: %d findings about ignore comments, which are remedied instead\n", about)
	}
	_, err := io.WriteString(w, b.String())
	return err
}
