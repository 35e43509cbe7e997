package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/drlint/drlint/analyzers"
	"github.com/drlint/drlint/internal/config"
	"github.com/drlint/drlint/internal/difference"
	"github.com/drlint/drlint/internal/discover"
	"github.com/drlint/drlint/internal/git"
	"github.com/drlint/drlint/internal/report"
	"github.com/drlint/drlint/internal/scan"
	"github.com/drlint/drlint/internal/snapshot"
)

// revision is what a run is compared with.
type revision struct {
	since  string
	staged bool
}

func (r *revision) flags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&r.since, "since", "", "report only what changed since the revision `REV`: the commit that it has in common with HEAD is compared with the files as they are")
	cmd.Flags().BoolVar(&r.staged, "staged", false, "report only what the next commit changes: HEAD is compared with what is staged")
	cmd.MarkFlagsMutuallyExclusive("since", "staged")
}

func (r *revision) given(cmd *cobra.Command) bool {
	return r.staged || cmd.Flags().Changed("since")
}

// changed holds what a comparison needs beside the scanned tree.
type changed struct {
	repository *git.Repository
	index      *snapshot.FS // what is staged; nil when the files are scanned as they are
	base       *snapshot.FS
	name       string
}

// compare finds what the tree is compared with. What is staged takes the place
// of the files themselves.
func (t *target) compare(ctx context.Context, r revision) error {
	repository, err := git.Open(ctx, t.root.Name())
	if err != nil {
		return compareFailure(err)
	}
	c := &changed{repository: repository}
	t.changed = c
	read := func(id string, most int64) ([]byte, int64, error) { return repository.Blob(ctx, id, most) }
	commit, exists, err := c.commit(ctx, r)
	if err != nil {
		return compareFailure(err)
	}
	var entries []git.Entry
	if c.name = "the empty repository"; exists {
		c.name = commit.String()
		if entries, err = repository.Files(ctx, commit); err != nil {
			return compareFailure(err)
		}
	}
	known := repository.Remembered()
	c.base = snapshot.Of(t.root.FS(), entries, read, known)
	if r.staged {
		staged, err := repository.Staged(ctx)
		if err != nil {
			return compareFailure(err)
		}
		c.index = snapshot.Of(t.root.FS(), staged, read, known)
		t.fsys = c.index
	}
	return nil
}

func (c *changed) commit(ctx context.Context, r revision) (commit git.Commit, exists bool, err error) {
	if r.staged {
		return c.repository.Head(ctx)
	}
	commit, err = c.repository.Base(ctx, r.since)
	return commit, err == nil, err
}

// compareFailure tells what users can change from what went wrong.
func compareFailure(err error) error {
	var refusal *git.RefusalError
	if errors.As(err, &refusal) {
		return usage("%w", plainly(err))
	}
	return broken(err)
}

// runCompared scans both sides.
func (t *target) runCompared(ctx context.Context) (*report.Report, error) {
	base, err := t.baseOptions()
	if err != nil {
		return nil, err
	}
	changes := difference.Compare(difference.Sides{Older: t.changed.base, Newer: t.fsys, Same: t.changed.same},
		t.relevant(base.Tree.Files), t.relevant(t.options.Tree.Files))
	r, err := scan.Compare(ctx, t.options, scan.Comparison{Name: t.changed.name, Base: base, Changes: changes, Reconfigured: t.reconfigured()})
	for _, side := range []*snapshot.FS{t.changed.base, t.changed.index} {
		if side != nil && side.Fault() != nil {
			return nil, compareFailure(side.Fault())
		}
	}
	if err != nil {
		return nil, broken(err)
	}
	return r, nil
}

// same reports whether both sides hold the same file.
func (c *changed) same(name string) bool {
	if c.index == nil {
		return c.base.Same(name)
	}
	if c.base.Elsewhere(name) && c.index.Elsewhere(name) {
		return true
	}
	older, inBase := c.base.Entry(name)
	newer, inIndex := c.index.Entry(name)
	return inBase && inIndex && older.ID == newer.ID && older.Mode == newer.Mode
}

// relevant are the files that some analyzer claims, and the configurations of
// both sides.
func (t *target) relevant(files []string) []string {
	older := t.baseConfig()
	return slices.DeleteFunc(slices.Clone(files), func(name string) bool {
		return name != t.configFile && name != older &&
			!slices.ContainsFunc(t.options.Analyzers, func(a analyzers.Analyzer) bool { return a.Claims(name) })
	})
}

// baseConfig is the configuration of the other side.
func (t *target) baseConfig() string {
	if t.configNamed {
		return t.configFile
	}
	return config.Find(t.changed.base)
}

// reconfigured reports whether the configuration of the other side differs.
func (t *target) reconfigured() bool {
	file := t.baseConfig()
	return file != t.configFile || file != "" && !t.changed.same(file)
}

// baseOptions are those for the other side. What the configuration there says
// about the platform holds there; what is judged, and how, is decided once. A
// configuration that this version cannot read is taken for the present one.
func (t *target) baseOptions() (scan.Options, error) {
	c, base := t.config, t.changed.base
	file := t.baseConfig()
	switch {
	case file == "" && !t.configNamed:
		c = config.Config{}
	case file != "" && t.reconfigured():
		if older, problems := config.Load(base, file); len(problems) == 0 {
			c = older
		}
	}
	tree, _, err := discover.Walk(base, discover.Options{Include: t.config.Include, Exclude: t.config.Exclude, Name: t.root.Name()})
	if err != nil {
		return scan.Options{}, broken(err)
	}
	o := t.options.Before(tree, c)
	o.Analyzers = analyzers.All()
	return o, nil
}

// existing leaves out paths that are gone: hooks name the files that a commit
// deletes too.
func existing(paths []string) (found, gone []string) {
	for _, name := range paths {
		if _, err := os.Lstat(name); errors.Is(err, fs.ErrNotExist) {
			gone = append(gone, name)
		} else {
			found = append(found, name)
		}
	}
	return found, gone
}

// narrowed is what the paths that are left limit the findings to: no path at all
// stands for everything only where none was given.
func narrowed(paths, only, gone []string) []string {
	if len(paths) == 0 && len(gone) > 0 {
		return nil
	}
	return only
}

// admitGone lets findings concern paths that are gone, where the revision that
// is compared with knows them.
func (t *target) admitGone(gone, only []string) ([]string, error) {
	for _, name := range gone {
		full, err := filepath.Abs(name)
		if err != nil {
			return nil, usage("%w", err)
		}
		below, err := filepath.Rel(t.root.Name(), full)
		if err != nil || !filepath.IsLocal(below) {
			return nil, usage("%s is outside of %s", name, t.root.Name())
		}
		below = filepath.ToSlash(below)
		_, inBase := fs.Stat(t.changed.base, below)
		if _, err := fs.Stat(t.fsys, below); err != nil && inBase != nil {
			return nil, usage("%s does not exist, and did not in %s", name, t.changed.name)
		}
		only = append(only, below)
	}
	return only, nil
}
