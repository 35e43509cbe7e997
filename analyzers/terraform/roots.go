package terraform

import (
	"maps"
	"slices"
)

// findRoots returns the directories to evaluate, sorted: those that no call
// from another directory reaches and that nothing else runs. Where directories only call each other in a
// circle, the first of them is a root, so that none is passed over in silence.
func findRoots(l *loader, run map[string]bool) []string {
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
		switch {
		case run[dir]:
			reach(dir, edges, reached)
		case !called[dir]:
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
