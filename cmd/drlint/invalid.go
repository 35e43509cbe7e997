package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/drlint/drlint/internal/config"
	"github.com/drlint/drlint/internal/discover"
	"github.com/drlint/drlint/internal/policy"
	"github.com/drlint/drlint/internal/source"
)

// invalid is a configuration that cannot be used, with the places of its problems.
type invalid struct {
	sources  *source.Store
	problems []source.Diagnostic
	// foreign means that the files of the problems are none of the repository.
	foreign bool
}

// invalidIn reads the files of the problems while they can be: they are shown
// after the repository was closed.
func invalidIn(fsys fs.FS, problems []source.Diagnostic) invalid {
	sources := source.NewStore(fsys)
	for _, p := range problems {
		sources.Lines(p.At.File)
	}
	return invalid{sources: sources, problems: problems}
}

func (invalid) Error() string { return config.ErrInvalid.Error() }

// rulesError are users' own rules that cannot be used. below is their
// directory below the root, "" when it lies elsewhere.
type rulesError struct {
	below    string
	problems []policy.Problem
}

func (rulesError) Error() string { return errRules.Error() }

// told prints the problems that an error comes with and returns what ends the run.
func told(cmd *cobra.Command, err error) error {
	var settings invalid
	var own rulesError
	switch {
	case errors.As(err, &settings):
		explain(cmd, settings.sources, settings.problems)
		return failure{exitUsage, config.ErrInvalid}
	case errors.As(err, &own):
		for _, p := range own.problems {
			fmt.Fprintln(cmd.ErrOrStderr(), p.Error())
		}
		return failure{exitUsage, errRules}
	default:
		return err
	}
}

// below opens a directory that users name: through the file system of the
// target when it lies in the repository, which shows what is not saved.
func (t *target) below(dir string) (below string, fsys fs.FS) {
	if full, err := discover.Resolve(dir); err == nil {
		dir = full
	}
	if below, err := filepath.Rel(t.root.Name(), dir); err == nil && filepath.IsLocal(below) {
		below = filepath.ToSlash(below)
		if inner, err := fs.Sub(t.fsys, below); err == nil {
			return below, inner
		}
	}
	return "", os.DirFS(dir)
}
