package bicep

import (
	"slices"

	"github.com/drlint/drlint/analyzers/bicep/syntax"
)

// findRoots returns the files to evaluate: those that no other file calls.
// Where files only call each other in a circle, the first of them is a root, so
// that none is passed over in silence.
func findRoots(l *loader) []string {
	var files []string
	edges, called := map[string][]string{}, map[string]bool{}
	for _, file := range l.claimed {
		doc := l.document(file)
		if doc == nil || !isBicep(file) {
			continue
		}
		files = append(files, file)
		for _, target := range callees(doc) {
			edges[file] = append(edges[file], target)
			if target != file {
				called[target] = true
			}
		}
	}
	var roots []string
	reached := map[string]bool{}
	for _, file := range files {
		if !called[file] {
			roots = append(roots, file)
			reach(file, edges, reached)
		}
	}
	for _, file := range files {
		if !reached[file] {
			roots = append(roots, file)
			reach(file, edges, reached)
		}
	}
	slices.Sort(roots)
	return roots
}

func reach(from string, edges map[string][]string, reached map[string]bool) {
	for pending := []string{from}; len(pending) > 0; {
		file := pending[len(pending)-1]
		pending = pending[:len(pending)-1]
		if !reached[file] {
			reached[file] = true
			pending = append(pending, edges[file]...)
		}
	}
}

// callees returns the files of this repository that a file calls as modules.
func callees(doc *document) []string {
	var found []string
	for _, decl := range doc.modules {
		if reference, ok := syntax.Literal(decl.Path); ok {
			if target, local := doc.resolve(reference); local {
				found = append(found, target)
			}
		}
	}
	return found
}
