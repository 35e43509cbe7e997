// Package environment says which parameter files make an environment of which
// root, whatever the format: by what the configuration declares, by the names
// of files and folders, and by which parameters they set.
package environment

import (
	"path"
	"strings"

	"github.com/drlint/drlint/internal/source"
)

// Environment is one parameter set of a root: its files in the order in which
// they are applied, later ones winning.
type Environment struct {
	Name  string
	Files []string
}

// Declared returns the environments that .drlint.yaml declares for a root, in
// the order in which they are declared; nil when it declares none.
func Declared(tree source.Tree, root string) []Environment {
	var found []Environment
	for _, e := range tree.Environments {
		if path.Clean(e.Root) == path.Clean(root) {
			found = append(found, Environment{Name: e.Name, Files: e.Files})
		}
	}
	return found
}

// separator joins a root and the name of the environment it is evaluated for.
const separator = "@"

// Evaluation names the evaluation of a root for an environment: "infra@prod";
// the root itself without one. It is the Root of resources and assets.
func Evaluation(root, name string) string {
	if name == "" {
		return root
	}
	return root + separator + name
}

// Root is the inverse of Evaluation: the directory or file that is evaluated.
func Root(evaluation, name string) string {
	if name == "" {
		return evaluation
	}
	return strings.TrimSuffix(evaluation, separator+name)
}
