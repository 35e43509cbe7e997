package main

import "github.com/spf13/cobra"

// ignoring are the options that say what a check leaves out.
type ignoring struct {
	none bool
}

func (i *ignoring) flags(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&i.none, "no-ignore", false, "report what comments and the configuration ignore as well")
}
