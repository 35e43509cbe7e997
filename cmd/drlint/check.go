package main

import (
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/drlint/drlint/internal/config"
	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/report"
	"github.com/drlint/drlint/internal/scan"
)

func newCheck() *cobra.Command {
	var in inputs
	var out outputs
	var failOn string
	var failOnCost bool
	var typed stdin
	var ignoring ignoring
	var hook preCommit
	cmd := &cobra.Command{
		Use:   "check [PATH... | -]",
		Short: "Report what would not survive",
		Long: strings.TrimSpace(`
Check reads the repository that holds the paths (default: the current
directory) and reports findings below them. With - it reads one file from
standard input, in place of the file that --stdin-filename names, and reports
what concerns that file.

Exit status: 0 no finding at or above --fail-on, 1 some are, 2 wrong usage or
configuration, 3 drlint could not run.`),
		RunE: func(cmd *cobra.Command, paths []string) error {
			started := time.Now()
			destinations, err := out.destinations(report.Formats())
			if err != nil {
				return err
			}
			if paths, err = hook.choose(cmd, &in, paths); err != nil {
				return err
			}
			target, err := typed.open(cmd, &in, paths)
			if err != nil {
				return err
			}
			defer target.close()
			threshold, err := threshold(cmd, failOn, target.config)
			if err != nil {
				return err
			}
			if err := ignoring.apply(cmd, target); err != nil {
				return err
			}
			r, err := target.run(cmd)
			if err != nil {
				return err
			}
			out.prefix = prefix(target.root.Name())
			r.Summary.Elapsed = time.Since(started)
			if err := out.report(cmd, destinations, r); err != nil {
				return err
			}
			costs := failOnCost || target.config.FailOnCost && !cmd.Flags().Changed("fail-on-cost")
			if threshold != never && r.Worst(finding.Severity(threshold)) || costs && r.Summary.Saving > 0 {
				return errFindings
			}
			return nil
		},
	}
	in.flags(cmd)
	in.ruleFlags(cmd)
	in.revision.flags(cmd)
	out.flags(cmd, "text", report.Formats())
	typed.flags(cmd)
	hook.flags(cmd)
	ignoring.flags(cmd)
	cmd.Flags().StringVar(&failOn, "fail-on", "medium", "mildest `SEVERITY` that makes the run fail: high, medium, low, info or never")
	cmd.Flags().BoolVar(&failOnCost, "fail-on-cost", false, "let advice that saves money make the run fail too, whatever its severity")
	cmd.Flags().BoolVar(&out.unknown, "unknown", false, "show what could not be decided, and what would settle it")
	return cmd
}

// run scans, or compares where a revision was given.
func (t *target) run(cmd *cobra.Command) (*report.Report, error) {
	if t.changed != nil {
		return t.runCompared(cmd.Context())
	}
	r, err := scan.Run(cmd.Context(), t.options)
	if err != nil {
		return nil, broken(err)
	}
	t.annotate(r)
	return r, nil
}

const never = "never"

// threshold is the mildest severity that fails a run: the flag, else the
// configuration, else the default.
func threshold(cmd *cobra.Command, flag string, c config.Config) (string, error) {
	if !cmd.Flags().Changed("fail-on") && c.FailOn != "" {
		return c.FailOn, nil
	}
	known := []string{never}
	for _, severity := range finding.Severities {
		known = append(known, string(severity))
	}
	for _, name := range known {
		if flag == name {
			return flag, nil
		}
	}
	return "", usage("--fail-on cannot be %q: it is one of high, medium, low, info and never%s", flag, meant(flag, known))
}
