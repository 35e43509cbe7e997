package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
)

// The exit codes.
const (
	exitClean    = 0 // nothing at or above the threshold
	exitFindings = 1
	exitUsage    = 2 // wrong arguments, or an invalid configuration
	exitFailure  = 3 // drlint could not run
)

// failure is an error that decides the exit code.
type failure struct {
	code int
	err  error
}

func (f failure) Error() string { return f.err.Error() }
func (f failure) Unwrap() error { return f.err }

func usage(format string, arguments ...any) error {
	return failure{exitUsage, fmt.Errorf(format, arguments...)}
}

func broken(err error) error { return failure{exitFailure, err} }

// errFindings ends a run that found something; it prints nothing.
var errFindings = errors.New("findings")

// Main runs the command line and returns the exit code. Only the report goes to stdout.
func Main(ctx context.Context, arguments []string, stdout, stderr io.Writer) int {
	root := newRoot()
	root.SetArgs(arguments)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	var f failure
	switch {
	case err == nil:
		return exitClean
	case errors.Is(err, errFindings):
		return exitFindings
	case errors.As(err, &f):
		fmt.Fprintf(stderr, "drlint: %v\n", f.err)
		return f.code
	default:
		fmt.Fprintf(stderr, "drlint: %v\nRun 'drlint help' for the commands and their options.\n", err)
		return exitUsage
	}
}

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:   "drlint",
		Short: "Find out in the pull request what would be lost in the outage",
		Long: strings.TrimSpace(`
drlint reads the infrastructure and pipeline configuration of a data platform
and reports the stores that are not backed up or not copied to another region,
and the scripts that have no copy which nobody can delete. The verdict depends
on the stage of the data; what cannot be decided is unknown, never guessed.`),
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.AddCommand(newCheck(), newBaseline(), newFix(), newInventory(), newMap(), newInit(), newRules(), newExplain(), newLSP(), newVersion())
	root.AddCommand(newTest(), newNewRule(), newMan())
	wordings(root)
	arrange(root)
	return root
}
