package config

import (
	"fmt"
	"io/fs"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// CheckEnvironments reports the roots and files of environments that do not
// exist. fsys holds the repository.
func (c Config) CheckEnvironments(fsys fs.FS) (problems []source.Diagnostic) {
	for _, e := range c.Environments {
		for _, name := range append([]string{e.Root}, e.Files...) {
			if _, err := fs.Stat(fsys, name); err != nil {
				problems = append(problems, problem(e.At, fmt.Sprintf("environment %s of %s: there is no %q in the repository", e.Name, e.Root, name), ""))
			}
		}
	}
	return problems
}

// checkEnvironments reports an environment that is declared twice for one root.
func checkEnvironments(file string, root resource.Value) (problems []source.Diagnostic) {
	seen := map[[2]string]bool{}
	for _, entry := range root.Get("environments").Blocks() {
		key := [2]string{below(file, text(entry, "root")), text(entry, "name")}
		if seen[key] {
			problems = append(problems, problem(entry.Get("name").At, fmt.Sprintf("environment %s of %s is declared twice", key[1], key[0]), "List all of its files in one entry."))
		}
		seen[key] = true
	}
	return problems
}
