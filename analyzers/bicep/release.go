package bicep

import (
	"sync"

	"github.com/drlint/drlint/analyzers/bicep/syntax"
)

// users counts for every file the evaluations that still need it. Syntax trees
// take much more memory than what they are evaluated to, so each is dropped when
// the last evaluation that reaches it is done. A file that is asked for all the
// same is parsed again.
type users struct {
	loader  *loader
	mutex   sync.Mutex
	waiting map[string]int
	reached [][]string // by task
}

func (l *loader) users(tasks []task) *users {
	u := &users{loader: l, waiting: map[string]int{}, reached: make([][]string, len(tasks))}
	edges := map[string][]string{}
	for _, file := range l.claimed {
		if doc := l.document(file); doc != nil {
			edges[file] = doc.needs()
		}
	}
	for i, t := range tasks {
		reached := map[string]bool{}
		for _, file := range append([]string{t.root}, t.files...) {
			reach(file, edges, reached)
		}
		for file := range reached {
			u.reached[i] = append(u.reached[i], file)
			u.waiting[file]++
		}
	}
	return u
}

// needs returns the files that a file calls, imports from or extends.
func (d *document) needs() []string {
	needed := callees(d)
	for _, symbol := range d.symbols {
		switch s := symbol.(type) {
		case imported:
			needed = append(needed, s.from)
		case wildcard:
			needed = append(needed, s.from)
		}
	}
	if d.extends != nil {
		if reference, ok := syntax.Literal(d.extends.Path); ok {
			if target, local := d.resolve(reference); local {
				needed = append(needed, target)
			}
		}
	}
	return needed
}

// leave is called when a task is done.
func (u *users) leave(task int) {
	u.mutex.Lock()
	defer u.mutex.Unlock()
	for _, file := range u.reached[task] {
		if u.waiting[file]--; u.waiting[file] == 0 {
			u.loader.release(file)
		}
	}
}

// release drops the tree of a file and keeps what is to be said about it.
func (l *loader) release(file string) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if s := l.documents[file]; s != nil && s.value != nil {
		l.released = append(l.released, &document{path: file, opened: s.value.opened, diagnostics: s.value.diagnostics})
		delete(l.documents, file)
	}
}
