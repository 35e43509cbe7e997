package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"github.com/drlint/drlint/analyzers"
	"github.com/drlint/drlint/internal/config"
	"github.com/drlint/drlint/internal/discover"
	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/overlay"
	"github.com/drlint/drlint/internal/policy"
	"github.com/drlint/drlint/internal/report"
	"github.com/drlint/drlint/internal/scan"
	"github.com/drlint/drlint/internal/source"
	"github.com/drlint/drlint/internal/suppression"
	"github.com/drlint/drlint/rules"
)

// inputs are the options that say what is read.
type inputs struct {
	config, rules    string
	profile, ruleSet string
	only             []string
	revision         revision
}

func (in *inputs) flags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&in.config, "config", "", "configuration `FILE` (default: .drlint.yaml at the root of the repository)")
}

func (in *inputs) ruleFlags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&in.rules, "rules", "", "your own Rego rules in `DIR`")
	cmd.Flags().StringVar(&in.profile, "profile", "", "how much is judged, as `PROFILE`: minimal, default or strict (default: the configuration's, else default)")
	cmd.Flags().StringVar(&in.ruleSet, "rule-set", "", "leave out rules that came after this `MONTH`, such as 2026-11")
	cmd.Flags().StringSliceVar(&in.only, "rule", nil, "judge by this `RULE` only, whatever the profile; a glob such as raw/* stands for several")
	complete(cmd, "profile", profileNames()...)
	_ = cmd.RegisterFlagCompletionFunc("rule", completeRules(in))
}

// target is an opened repository with everything that a scan of it needs.
type target struct {
	root        *os.Root
	fsys        fs.FS // what is scanned: the files below root with what is not saved, or what is staged
	config      config.Config
	configFile  string   // below root; empty when there is none or it lies elsewhere
	foreign     bool     // the configuration lies outside of the repository
	configNamed bool     // by --config
	changed     *changed // nil when nothing is compared
	options     scan.Options
	diagnostics []source.Diagnostic
	// typed is the one file that a report is about, because it was read from
	// standard input; empty otherwise.
	typed string
}

func (t *target) close() {
	if t.changed != nil {
		t.changed.repository.Close()
	}
	_ = t.root.Close()
}

// annotate adds what was noticed before the scan began.
func (t *target) annotate(r *report.Report) {
	r.Diagnostics = append(t.diagnostics, r.Diagnostics...)
	if t.typed != "" {
		r.Diagnostics = slices.DeleteFunc(r.Diagnostics, func(d source.Diagnostic) bool { return d.At.File != t.typed })
	}
}

// open finds the repository that holds the paths, reads its configuration,
// lists its files and loads the rules.
func (in *inputs) open(cmd *cobra.Command, paths []string) (*target, error) {
	var gone []string
	if in.revision.given(cmd) {
		paths, gone = existing(paths)
	}
	dir, only, err := discover.Root(paths)
	if err != nil {
		return nil, usage("%w", plainly(err))
	}
	t, err := newTarget(dir)
	if err != nil {
		return nil, err
	}
	if in.revision.given(cmd) {
		if err = t.compare(cmd.Context(), in.revision); err == nil {
			only, err = t.admitGone(gone, narrowed(paths, only, gone))
		}
	}
	if err == nil {
		err = in.load(t, dir, only)
		t.options.Progress = watch(cmd.ErrOrStderr())
	}
	return t.unless(told(cmd, err))
}

// openAt opens the repository at a directory as it would be if the unsaved
// contents, by path below it, were written.
func (in *inputs) openAt(dir string, only []string, unsaved map[string][]byte) (*target, error) {
	t, err := newTarget(dir)
	if err != nil {
		return nil, err
	}
	if len(unsaved) > 0 {
		t.fsys = overlay.New(t.fsys, unsaved)
	}
	return t.unless(in.load(t, dir, only))
}

func newTarget(dir string) (*target, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, broken(err)
	}
	return &target{root: root, fsys: root.FS()}, nil
}

// unless returns the target, or closes it where it could not be opened as a whole.
func (t *target) unless(err error) (*target, error) {
	if err != nil {
		t.close()
		return nil, err
	}
	return t, nil
}

func (in *inputs) load(t *target, dir string, only []string) error {
	var err error
	if t.config, err = in.configuration(t); err != nil {
		return err
	}
	t.configNamed = in.config != ""
	tree, diagnostics, err := discover.Walk(t.fsys, discover.Options{Include: t.config.Include, Exclude: t.config.Exclude, Name: dir})
	if err != nil {
		return broken(err)
	}
	if problems := t.config.CheckEnvironments(t.fsys); len(problems) > 0 {
		return invalidIn(t.fsys, problems)
	}
	t.diagnostics = diagnostics
	ruleset, err := in.ruleset(t)
	if err != nil {
		return err
	}
	t.options = scan.Options{
		Tree: tree, Only: only, Analyzers: analyzers.All(), Rules: ruleset,
		Policy: policy.Options{Now: scan.Today(time.Now())}, Version: version(),
	}
	t.options.Configure(t.config)
	return in.choose(&t.options.Policy, ruleset)
}

func (in *inputs) configuration(t *target) (config.Config, error) {
	fsys, file := t.fsys, config.Find(t.fsys)
	t.configFile = file
	if in.config != "" {
		full, err := discover.Resolve(in.config)
		if err != nil {
			return config.Config{}, usage("%w", err)
		}
		if below, err := filepath.Rel(t.root.Name(), full); err == nil && filepath.IsLocal(below) {
			file = filepath.ToSlash(below)
			t.configFile = file
		} else {
			fsys, file, t.foreign = os.DirFS(filepath.Dir(full)), filepath.Base(full), true
			t.configFile = ""
		}
	}
	if file == "" {
		return config.Config{}, nil
	}
	c, problems := config.Load(fsys, file)
	if len(problems) > 0 {
		wrong := invalidIn(fsys, problems)
		wrong.foreign = t.foreign
		return c, wrong
	}
	return c, nil
}

// explain prints the problems of a configuration with their places.
func explain(cmd *cobra.Command, sources *source.Store, problems []source.Diagnostic) {
	for _, p := range problems {
		place := sources.Place(p.At)
		fmt.Fprintf(cmd.ErrOrStderr(), "%s:%d:%d: %s", place.File, place.Start.Line, place.Start.Column, p.Summary)
		if p.Detail != "" {
			fmt.Fprintf(cmd.ErrOrStderr(), " (%s)", p.Detail)
		}
		fmt.Fprintln(cmd.ErrOrStderr())
	}
}

// ruleset loads the embedded rules and the users' own, and checks that the
// configuration names only rules that exist.
func (in *inputs) ruleset(t *target) (*policy.Ruleset, error) {
	set, err := embedded()
	if err != nil {
		return nil, broken(err)
	}
	dir := in.rules
	if dir == "" && t.config.CustomRules != "" {
		dir = filepath.Join(t.root.Name(), filepath.FromSlash(t.config.CustomRules))
	}
	if dir != "" {
		if set, err = t.withCustom(set, dir); err != nil {
			return nil, err
		}
	}
	if problems := t.config.CheckRules(suppression.Join(set.Rules())); len(problems) > 0 {
		return nil, invalidIn(t.fsys, problems)
	}
	return set, nil
}

// embedded is loaded once: a language server scans again and again.
var embedded = sync.OnceValues(func() (*policy.Ruleset, error) {
	index, err := rules.Index()
	if err != nil {
		return nil, err
	}
	return policy.Load(rules.FS, index)
})

var errRules = errors.New("the rules cannot be used")

func (t *target) withCustom(set *policy.Ruleset, dir string) (*policy.Ruleset, error) {
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return nil, usage("--rules: %s is not a directory", dir)
	}
	below, fsys := t.below(dir)
	custom, problems := policy.LoadCustom(fsys)
	if len(problems) > 0 {
		return nil, rulesError{below, problems}
	}
	return set.Join(custom), nil
}

// allRules are the embedded rules and those about ignoring, for the commands
// that only talk about them.
func allRules() ([]*finding.Rule, error) {
	set, err := embedded()
	if err != nil {
		return nil, broken(err)
	}
	return suppression.Join(set.Rules()), nil
}
