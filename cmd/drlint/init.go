package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/drlint/drlint/analyzers"
	"github.com/drlint/drlint/internal/config"
	"github.com/drlint/drlint/internal/discover"
	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/scan"
	"github.com/drlint/drlint/internal/source"
	"github.com/drlint/drlint/internal/starter"
	"github.com/drlint/drlint/rules"
)

func newInit() *cobra.Command {
	var show bool
	cmd := &cobra.Command{
		Use:   "init [DIR]",
		Short: "Write a .drlint.yaml with what was found and what is left open",
		Long: strings.TrimSpace(`
Init reads the repository and writes a commented .drlint.yaml at its root: the
stage of each store and what tells it, environments, regions, and as suggestions
what only people know. With DIR it is written there, and DIR becomes a root of its
own. A configuration that exists is never touched.`),
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, arguments []string) error {
			root, err := initRoot(arguments)
			if err != nil {
				return err
			}
			defer func() { _ = root.Close() }()
			if existing := config.Find(root.FS()); existing != "" && !show {
				return usage("%s exists and is not touched; drlint init --stdout prints what would be written today", existing)
			}
			text, err := startingPoint(cmd, root)
			if err != nil {
				return err
			}
			if show {
				_, err := io.WriteString(cmd.OutOrStdout(), text)
				return err
			}
			if err := create(root, config.Names[0], text); err != nil {
				return broken(err)
			}
			nextSteps(cmd.OutOrStdout())
			return nil
		},
	}
	cmd.Flags().BoolVar(&show, "stdout", false, "print the configuration instead of writing it")
	cmd.Flags().BoolVar(&show, "dry-run", false, "the same as --stdout")
	return cmd
}

// initRoot opens the directory that gets a configuration: the one that is named,
// else the root of the repository.
func initRoot(arguments []string) (*os.Root, error) {
	dir, _, err := discover.Root(nil)
	if len(arguments) == 1 {
		dir, err = discover.Resolve(arguments[0])
	}
	if err != nil {
		return nil, usage("%w", plainly(err))
	}
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return nil, usage("%s is not a directory", dir)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, broken(err)
	}
	return root, nil
}

// startingPoint surveys the repository and writes the configuration. What could
// not be read is said on standard error: the configuration lacks it.
func startingPoint(cmd *cobra.Command, root *os.Root) (string, error) {
	tree, problems, err := discover.Walk(root.FS(), discover.Options{Name: root.Name()})
	if err != nil {
		return "", broken(err)
	}
	all := analyzers.All()
	survey := scan.Survey(cmd.Context(), scan.Options{Tree: tree, Analyzers: all, Version: version(), Progress: watch(cmd.ErrOrStderr())})
	unread := 0
	for _, d := range slices.Concat(problems, survey.Diagnostics) {
		if d.Severity == source.Error {
			unread++
		}
	}
	if unread > 0 {
		fmt.Fprintf(cmd.ErrOrStderr(), "drlint: what %d problems with files hide is not in the configuration; drlint inventory lists them\n", unread)
	}
	index, err := rules.Index()
	if err != nil {
		return "", broken(err)
	}
	newest := finding.FirstRuleSet
	for _, rule := range index {
		newest = max(newest, rule.Since)
	}
	return starter.Write(starter.Source{Model: survey.Model, Files: claimed(tree, all), RuleSet: newest}), nil
}

// claimed lists the files that some format reads.
func claimed(tree source.Tree, all []analyzers.Analyzer) (files []string) {
	for _, file := range tree.Files {
		if slices.ContainsFunc(all, func(a analyzers.Analyzer) bool { return a.Claims(file) }) {
			files = append(files, file)
		}
	}
	return files
}

// create writes a file that must not exist yet.
func create(root *os.Root, name, text string) error {
	file, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s exists and is not touched", path.Join(root.Name(), name))
	}
	if err != nil {
		return err
	}
	_, err = file.WriteString(text)
	return errors.Join(err, file.Close())
}

func nextSteps(w io.Writer) {
	const pages = "https://github.com/drlint/drlint/blob/main/docs/"
	fmt.Fprintf(w, `Wrote %s: read it, and answer what is left open. Then
  drlint baseline   accept what is there today; from then on only new trouble is reported
  the hook          %sgetting-started.md#the-hook
  CI                %sci.md
`, config.Names[0], pages, pages)
}
