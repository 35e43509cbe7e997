package main

import (
	"fmt"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/drlint/drlint/internal/config"
	"github.com/drlint/drlint/internal/report"
)

func newRules() *cobra.Command {
	return &cobra.Command{
		Use:   "rules",
		Short: "List the rules",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			_, all, err := rulesByID()
			if err != nil {
				return err
			}
			w := tabwriter.NewWriter(cmd.OutOrStdout(), 0, 0, 2, ' ', 0)
			for _, rule := range all {
				fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", rule.ID, rule.Severity, rule.Profile, rule.Since, rule.Title)
			}
			return w.Flush()
		},
	}
}

func newExplain() *cobra.Command {
	return &cobra.Command{
		Use:   "explain RULE",
		Short: "Say what a rule checks, why it matters and what to write instead",
		Args:  cobra.ExactArgs(1),
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			_, all, err := rulesByID()
			if err != nil {
				return nil, cobra.ShellCompDirectiveError
			}
			var ids []string
			for _, rule := range all {
				ids = append(ids, rule.ID)
			}
			return ids, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, arguments []string) error {
			byID, all, err := rulesByID()
			if err != nil {
				return err
			}
			rule, ok := byID[arguments[0]]
			if !ok {
				var ids []string
				for _, r := range all {
					ids = append(ids, r.ID)
				}
				return usage("there is no rule %q; %s", arguments[0], config.DidYouMean(arguments[0], ids))
			}
			return report.Explain(cmd.OutOrStdout(), rule)
		},
	}
}
