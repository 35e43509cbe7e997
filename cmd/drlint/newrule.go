package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/drlint/drlint/internal/scaffold"
)

func newNewRule() *cobra.Command {
	var in inputs
	cmd := &cobra.Command{
		Use:   "new-rule custom/NAME",
		Short: "Write the first files of a rule of your own",
		Long: strings.TrimSpace(`
New-rule writes a rule with its metadata, examples that fail, pass and stay
unknown, and unit tests, all of which pass: change them step by step and run
drlint test. The directory is --rules, else custom-rules of .drlint.yaml.`),
		Example: "drlint new-rule custom/raw/not-tagged --rules policy",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, arguments []string) error {
			all, err := allRules()
			if err != nil {
				return err
			}
			var embedded []string
			for _, rule := range all {
				embedded = append(embedded, rule.ID)
			}
			files, err := scaffold.Rule(arguments[0], embedded)
			if err != nil {
				return usage("%w", err)
			}
			dir, configured, err := in.rulesToWrite(cmd)
			if err != nil {
				return err
			}
			if err := writeRule(dir, files); err != nil {
				return err
			}
			out := cmd.OutOrStdout()
			for _, f := range files {
				fmt.Fprintln(out, "Wrote", path.Join(filepath.ToSlash(dir), f.Path))
			}
			fmt.Fprintf(out, "Then\n  drlint test %s\n", filepath.ToSlash(dir))
			if !configured {
				fmt.Fprintf(out, "  and in .drlint.yaml: custom-rules: %s\n", filepath.ToSlash(dir))
			}
			return nil
		},
	}
	in.flags(cmd)
	cmd.Flags().StringVar(&in.rules, "rules", "", "your own rules in `DIR`, which is made when there is none")
	return cmd
}

// rulesToWrite is the directory for a new rule, and whether the configuration
// names it.
func (in *inputs) rulesToWrite(cmd *cobra.Command) (dir string, configured bool, err error) {
	if in.rules != "" {
		return in.rules, false, nil
	}
	dir, err = in.configured(cmd)
	if err == nil && dir == "" {
		err = usage("name the directory of your rules, such as --rules policy, or set custom-rules in .drlint.yaml")
	}
	return dir, true, err
}

// writeRule writes files that must not exist yet, all or none of them.
func writeRule(dir string, files []scaffold.File) error {
	for _, f := range files {
		name := filepath.Join(dir, filepath.FromSlash(f.Path))
		if _, err := os.Lstat(name); !errors.Is(err, fs.ErrNotExist) {
			return usage("%s exists and is not touched", filepath.ToSlash(name))
		}
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return broken(err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return broken(err)
	}
	defer func() { _ = root.Close() }()
	for _, f := range files {
		if err := root.MkdirAll(filepath.FromSlash(path.Dir(f.Path)), 0o755); err != nil {
			return broken(err)
		}
		if err := create(root, filepath.FromSlash(f.Path), string(f.Data)); err != nil {
			return broken(err)
		}
	}
	return nil
}
