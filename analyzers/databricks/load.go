package databricks

import (
	"path"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// members are the top-level members of which a bundle has at least one. Other
// tools use the file names too: a template of a pipeline that deploys to
// Databricks is often called databricks.yml. Such files are left alone.
var members = []string{"bundle", "targets", "resources", "include", "workspace", "environments"}

// bundle evaluates one bundle for each of its targets.
func (a *analysis) bundle(name string) {
	f := a.open(name)
	if !f.ok || !slices.ContainsFunc(members, func(member string) bool { return f.root.Get(member).State != resource.Absent }) {
		return
	}
	dir := path.Dir(name)
	tree := a.included(dir, f.root)
	a.explainPython(tree)
	targets := tree.Get("targets")
	if targets.IsAbsent() {
		targets = tree.Get("environments") // the older name
	}
	if len(targets.Fields) == 0 {
		a.evaluate(dir, tree, resource.Field{Name: "default", At: tree.At}, targets)
		return
	}
	for number, target := range targets.Fields {
		if number == maxTargets {
			a.report("databricks/too-many-targets", source.Warning, target.At, "The bundle has more than 100 targets; the rest is not evaluated", "")
			return
		}
		a.evaluate(dir, tree, target, targets)
	}
}

// included merges the files that a bundle includes into it, in the order of
// their names within each pattern.
func (a *analysis) included(dir string, root resource.Value) resource.Value {
	tree, seen := root, map[string]bool{}
	for _, item := range root.Get("include").Blocks() {
		pattern, ok := item.AsString()
		if !ok || strings.Contains(pattern, "${") {
			a.report("databricks/include", source.Warning, item.At, "The include is not a plain pattern and is not followed", "Write the pattern out; variables are not allowed here.")
			continue
		}
		for _, name := range a.matches(dir, pattern, item.At) {
			if seen[name] || isBundle(name) && path.Dir(name) == dir {
				continue
			}
			seen[name] = true
			if f := a.open(name); f.ok {
				tree = merge(tree, f.root, "")
			}
		}
	}
	return tree
}

// matches lists the files of the tree that a pattern names.
func (a *analysis) matches(dir, pattern string, at source.Range) (found []string) {
	full := path.Join(dir, strings.TrimPrefix(pattern, "./"))
	switch {
	case strings.HasPrefix(pattern, "/"), full == "..", strings.HasPrefix(full, "../"):
		a.report("databricks/include", source.Warning, at, "The include leads out of the repository and is not followed", "")
		return nil
	case !doublestar.ValidatePattern(full):
		a.report("databricks/include", source.Warning, at, "The include is not a valid pattern", "")
		return nil
	}
	for _, name := range a.repo.Files {
		if !isConfiguration(name) {
			continue
		}
		if name == full || doublestar.MatchUnvalidated(full, name) {
			found = append(found, name)
		}
	}
	if len(found) == 0 && !strings.ContainsAny(pattern, "*?[{") {
		a.report("databricks/include", source.Warning, at, "The file that is included is not in the repository, so what it declares is not judged", "The deployment fails unless something generates the file first.")
	}
	return found
}

func isConfiguration(name string) bool {
	switch path.Ext(name) {
	case ".yml", ".yaml", ".json":
		return true
	default:
		return false
	}
}

// explainPython tells of resources that Python code defines when the bundle is
// deployed.
func (a *analysis) explainPython(tree resource.Value) {
	for _, place := range []string{"python", "experimental.python"} {
		for _, member := range []string{"resources", "mutators"} {
			if v := tree.Path(place + "." + member); !v.IsAbsent() && (v.Kind != resource.List || len(v.Items) > 0) {
				a.report("databricks/python-resources", source.Note, v.At,
					"Resources that the bundle's Python code defines are not read", "Only what the YAML files declare is judged.")
				return
			}
		}
	}
}
