// Command gen writes what is derived from the rules: their index, their
// pages and their plans. It runs in the folder of the rules, by go generate.
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/drlint/drlint/internal/gen/pages"
	"github.com/drlint/drlint/internal/policy"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

// run removes the old pages first, so that those of deleted rules go.
func run() error {
	files, err := pages.Generate(os.DirFS("."))
	if err != nil {
		return err
	}
	docs := filepath.Join("..", "docs", "rules")
	if err := os.RemoveAll(docs); err != nil {
		return err
	}
	for _, f := range files {
		if err := os.MkdirAll(filepath.Dir(f.Path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(f.Path, f.Data, 0o644); err != nil {
			return err
		}
	}
	return writePlans()
}

// writePlans replaces the plans of the rules and of their libraries.
func writePlans() error {
	old, err := filepath.Glob("*/*.plan")
	if err != nil {
		return err
	}
	rules, err := filepath.Glob("*/*/*.plan")
	if err != nil {
		return err
	}
	for _, name := range append(old, rules...) {
		if err := os.Remove(name); err != nil {
			return err
		}
	}
	plans, err := policy.Plans(os.DirFS("."))
	if err != nil {
		return err
	}
	for name, data := range plans {
		if err := os.WriteFile(name, data, 0o644); err != nil {
			return err
		}
	}
	return nil
}
