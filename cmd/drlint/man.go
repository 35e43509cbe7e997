package main

import (
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"

	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/rules"
)

// newMan writes the manual for packages of drlint; users have help.
func newMan() *cobra.Command {
	return &cobra.Command{
		Use:    "man DIR",
		Short:  "Write the manual pages of all commands to a directory",
		Args:   cobra.ExactArgs(1),
		Hidden: true,
		RunE: func(cmd *cobra.Command, arguments []string) error {
			index, err := rules.Index()
			if err != nil {
				return broken(err)
			}
			// The pages of one version have the same bytes whenever they are made.
			month := finding.FirstRuleSet
			for _, rule := range index {
				month = max(month, rule.Since)
			}
			date, err := time.Parse("2006-01", month)
			if err != nil {
				return broken(err)
			}
			root := cmd.Root()
			root.DisableAutoGenTag = true
			header := &doc.GenManHeader{Title: "DRLINT", Section: "1", Date: &date, Source: "drlint " + version(), Manual: "drlint manual"}
			if err := doc.GenManTree(root, header, arguments[0]); err != nil {
				return broken(err)
			}
			return nil
		},
	}
}
