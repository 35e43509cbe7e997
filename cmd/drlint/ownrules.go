package main

import (
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/drlint/drlint/internal/discover"
	"github.com/drlint/drlint/internal/policy"
)

// here opens what the working directory belongs to and reads its configuration,
// and nothing else.
func (in *inputs) here(cmd *cobra.Command) (*target, error) {
	dir, _, err := discover.Root(nil)
	if err != nil {
		return nil, usage("%w", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, broken(err)
	}
	t := &target{root: root, fsys: root.FS()}
	if t.config, err = in.configuration(t); err != nil {
		t.close()
		return nil, told(cmd, err)
	}
	return t, nil
}

// configured is the directory that custom-rules names, relative to the working
// directory where it lies below that; empty when there is none.
func (in *inputs) configured(cmd *cobra.Command) (string, error) {
	t, err := in.here(cmd)
	if err != nil {
		return "", err
	}
	defer t.close()
	if t.config.CustomRules == "" {
		return "", nil
	}
	return relative(filepath.Join(t.root.Name(), filepath.FromSlash(t.config.CustomRules))), nil
}

// rulesHere are the embedded rules and those that --rules or the configuration
// names.
func (in *inputs) rulesHere(cmd *cobra.Command) (*policy.Ruleset, string, error) {
	t, err := in.here(cmd)
	if err != nil {
		return nil, "", err
	}
	defer t.close()
	dir := in.rules
	if dir == "" && t.config.CustomRules != "" {
		dir = filepath.Join(t.root.Name(), filepath.FromSlash(t.config.CustomRules))
	}
	set, err := embedded()
	if err != nil {
		return nil, "", broken(err)
	}
	if dir != "" {
		if set, err = t.withCustom(set, dir); err != nil {
			return nil, "", told(cmd, err)
		}
	}
	return set, dir, nil
}

// relative is a path from the working directory, where it lies below that.
func relative(full string) string {
	here, err := os.Getwd()
	if err != nil {
		return full
	}
	if resolved, err := filepath.EvalSymlinks(here); err == nil {
		here = resolved
	}
	if below, err := filepath.Rel(here, full); err == nil && filepath.IsLocal(below) {
		return below
	}
	return full
}
