package scan

import (
	"fmt"
	"path"
	"slices"

	"github.com/drlint/drlint/internal/environment"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// environmentsOf lists the environments of each root that has any.
func environmentsOf(resources []resource.Resource) map[string][]string {
	found := map[string][]string{}
	for i := range resources {
		name := resources[i].Environment
		if name == "" {
			continue
		}
		root := environment.Root(resources[i].Root, name)
		if !slices.Contains(found[root], name) {
			found[root] = append(found[root], name)
		}
	}
	return found
}

// unusedEnvironments reports the declared environments of what no format
// evaluates as a whole: a module that others call, a misspelt directory.
func unusedEnvironments(tree source.Tree, resources []resource.Resource) (problems []source.Diagnostic) {
	if len(tree.Environments) == 0 {
		return nil
	}
	known := environmentsOf(resources)
	for _, e := range tree.Environments {
		if !slices.Contains(known[path.Clean(e.Root)], e.Name) {
			problems = append(problems, source.Diagnostic{
				Code: "config/environment-unused", Severity: source.Warning, At: e.At,
				Summary: fmt.Sprintf("environment %s of %s changes nothing: nothing is evaluated there as a whole", e.Name, e.Root),
				Detail:  "Name the directory or file that is deployed, not a module that it calls.",
			})
		}
	}
	return problems
}
