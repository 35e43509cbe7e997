package main

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/spf13/cobra"

	"github.com/drlint/drlint/internal/config"
)

// wordings replaces what the library says of commands and their arguments: what
// was typed, what was probably meant, and where to read on.
func wordings(root *cobra.Command) {
	root.Version = version()
	root.SetVersionTemplate("drlint {{.Version}}\n")
	root.Args = func(_ *cobra.Command, arguments []string) error {
		if len(arguments) > 0 {
			return unknownCommand(root, arguments[0])
		}
		return nil
	}
	root.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
	root.SetHelpCommand(newHelp(root))
	for _, command := range root.Commands() {
		if accepts := command.Args; accepts != nil {
			command.Args = func(cmd *cobra.Command, arguments []string) error {
				if err := accepts(cmd, arguments); err != nil {
					return wrongArguments(cmd, arguments)
				}
				return nil
			}
		}
	}
}

// newHelp is a help command that refuses what it does not know.
func newHelp(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND]",
		Short: "Help about any command",
		ValidArgsFunction: func(_ *cobra.Command, arguments []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(arguments) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return commandNames(root), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, arguments []string) error {
			found, rest, err := root.Find(arguments)
			if err != nil || len(rest) > 0 {
				return unknownCommand(root, strings.Join(arguments, " "))
			}
			found.InitDefaultHelpFlag()
			found.InitDefaultVersionFlag()
			return found.Help()
		},
	}
}

func commandNames(root *cobra.Command) (names []string) {
	for _, command := range root.Commands() {
		if !command.Hidden {
			names = append(names, command.Name())
		}
	}
	return names
}

func unknownCommand(root *cobra.Command, name string) error {
	suggestion := ""
	if nearest := config.Nearest(name, commandNames(root)); nearest != "" {
		suggestion = "; did you mean drlint " + nearest + "?"
	}
	return usage("unknown command %q%s\nRun 'drlint help' for the commands.", name, suggestion)
}

func wrongArguments(cmd *cobra.Command, arguments []string) error {
	what := "an argument is missing"
	if len(arguments) > 0 {
		what = fmt.Sprintf("too many arguments, the last of which is %q", arguments[len(arguments)-1])
	}
	return usage("%s\nUsage: %s\nRun '%s --help' for its options.", what, cmd.UseLine(), cmd.CommandPath())
}

// plainly leaves the name of a system call out of an error about a path.
func plainly(err error) error {
	var at *fs.PathError
	if errors.As(err, &at) {
		return fmt.Errorf("%s: %w", at.Path, at.Err)
	}
	return err
}
