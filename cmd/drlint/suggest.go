package main

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/drlint/drlint/internal/config"
	"github.com/drlint/drlint/internal/recoverymap"
	"github.com/drlint/drlint/internal/scan"
)

// unknownValue is the usage error for a value that is none of the known ones:
// it lists them and says which one was probably meant.
func unknownValue(option, value string, known []string) error {
	return usage("%s cannot be %q: it is one of %s%s", option, value, strings.Join(known, ", "), meant(value, known))
}

// meant completes a message with the known name that is nearest, if any is near.
func meant(value string, known []string) string {
	if nearest := config.Nearest(value, known); nearest != "" {
		return "; did you mean " + nearest + "?"
	}
	return ""
}

// completeEnvironments offers the environments of the repository, which takes a
// scan of it.
func (in *inputs) completeEnvironments(cmd *cobra.Command, paths []string, _ string) ([]string, cobra.ShellCompDirective) {
	t, err := in.open(cmd, paths)
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	defer t.close()
	t.options.Progress = nil
	return recoverymap.Environments(scan.Survey(cmd.Context(), t.options).Model), cobra.ShellCompDirectiveNoFileComp
}
