package terraform

import (
	"maps"
	"slices"

	"github.com/drlint/drlint/internal/source"
)

// findRoots returns the directories to evaluate, sorted: those that no call
// from another directory reaches. Where directories only call each other in a
// circle, the first of them is a root, so that none is passed over in silence.
func findRoots(l *loader) []string {
	var dirs []string
	for _, dir := range l.loaded() {
		if !isInstalled(dir) {
			dirs = append(dirs, dir)
		}
	}
	edges, called := map[string][]string{}, map[string]bool{}
	for _, dir := range dirs {
		for _, target := range callees(l, dir) {
			edges[dir] = append(edges[dir], target)
			if target != dir {
				called[target] = true
			}
		}
	}
	var roots []string
	reached := map[string]bool{}
	for _, dir := range dirs {
		if !called[dir] {
			roots = append(roots, dir)
			reach(dir, edges, reached)
		}
	}
	for _, dir := range dirs {
		if !reached[dir] {
			roots = append(roots, dir)
			reach(dir, edges, reached)
		}
	}
	slices.Sort(roots)
	return roots
}

func reach(from string, edges map[string][]string, reached map[string]bool) {
	for pending := []string{from}; len(pending) > 0; {
		dir := pending[len(pending)-1]
		pending = pending[:len(pending)-1]
		if !reached[dir] {
			reached[dir] = true
			pending = append(pending, edges[dir]...)
		}
	}
}

// callees returns the directories of this repository that a module calls.
func callees(l *loader, dir string) []string {
	var found []string
	m := l.dirs[dir].module
	for _, name := range slices.Sorted(maps.Keys(m.calls)) {
		from := m.calls[name].body.literalAttr("source")
		target, ok := itself(l.tree, from)
		if isLocal(from) {
			target, ok = join(dir, from)
		}
		if ok {
			found = append(found, target)
		}
	}
	return found
}

// unusedVariables notes the variable files that no evaluation reads: Terraform
// reads those of a root module only.
func unusedVariables(l *loader, roots []string) []source.Diagnostic {
	var notes []source.Diagnostic
	for dir, d := range l.dirs {
		if d.module != nil && slices.Contains(roots, dir) {
			continue
		}
		for _, f := range d.files {
			if f.role == variables {
				notes = append(notes, source.Diagnostic{
					Code: "terraform/variables-unused", Severity: source.Note,
					Summary: "this variable file belongs to no root module, so its values are not used",
					Detail:  "Terraform reads such a file only beside the configuration that is applied.",
					At:      source.Range{File: f.path},
				})
			}
		}
	}
	return notes
}
