package main

import (
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/drlint/drlint/internal/baseline"
	"github.com/drlint/drlint/internal/discover"
	"github.com/drlint/drlint/internal/source"
	"github.com/drlint/drlint/internal/suppression"
)

// ignoring are the options that say what a check leaves out.
type ignoring struct {
	none     bool
	baseline string
}

func (i *ignoring) flags(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&i.none, "no-ignore", false, "report what comments, the configuration and the baseline ignore as well")
	cmd.Flags().StringVar(&i.baseline, "baseline", "", "`FILE` with the findings that are known (default: the configuration's, else "+baseline.DefaultFile+" at the root where it exists)")
}

// apply lets a scan leave out what users ignore and what the baseline knows: that
// of the flag, else that of the configuration, else the usual one where it exists.
func (i *ignoring) apply(cmd *cobra.Command, t *target) error {
	t.options.NoIgnore = i.none
	named := cmd.Flags().Changed("baseline")
	if i.none || named && i.baseline == "" {
		return nil
	}
	var err error
	if named {
		t.options.Baseline, err = t.baselineAt(i.baseline)
	} else {
		t.options.Baseline, err = t.ownBaseline()
	}
	return told(cmd, err)
}

// ownBaseline reads the baseline that the repository says is its own; it is nil
// when there is none.
func (t *target) ownBaseline() (*baseline.Baseline, error) {
	file, configured := t.config.Baseline, t.config.Baseline != ""
	if !configured {
		file = baseline.DefaultFile
	}
	if _, err := fs.Stat(t.fsys, file); err != nil {
		if !configured {
			return nil, nil
		}
		return nil, invalidIn(t.fsys, []source.Diagnostic{{
			Code: "config/invalid", Severity: source.Error, At: t.config.BaselineAt,
			Summary: "there is no baseline " + file, Detail: "drlint baseline writes it",
		}})
	}
	return t.readBaseline(t.fsys, file)
}

// baselineAt reads the baseline that a user names.
func (t *target) baselineAt(name string) (*baseline.Baseline, error) {
	full, err := discover.Resolve(name)
	if err != nil {
		return nil, usage("--baseline: %w; drlint baseline --output %s writes it", err, name)
	}
	if below, err := filepath.Rel(t.root.Name(), full); err == nil && filepath.IsLocal(below) {
		return t.readBaseline(t.fsys, filepath.ToSlash(below))
	}
	known, err := t.readBaseline(os.DirFS(filepath.Dir(full)), filepath.Base(full))
	if err != nil {
		return nil, err
	}
	for i := range known.Entries {
		known.Entries[i].At = source.Range{} // reports show files of the repository only
	}
	return known, nil
}

func (t *target) readBaseline(fsys fs.FS, file string) (*baseline.Baseline, error) {
	known, problems := baseline.Load(fsys, file)
	if len(problems) > 0 {
		return nil, invalidIn(fsys, problems)
	}
	known.Rename(suppression.Join(t.options.Rules.Rules()))
	return known, nil
}
