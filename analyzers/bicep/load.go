package bicep

import (
	"context"
	"io/fs"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/drlint/drlint/analyzers/bicep/syntax"
	"github.com/drlint/drlint/internal/guard"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// limits is what one Bicep file may cost: its parser bounds nesting itself.
var limits = guard.Limits{Bytes: 4 << 20, Syntax: guard.TextSyntax}

// loader parses every file at most once, whoever asks for it.
type loader struct {
	tree source.Tree
	// claimed are the files of the scan; they are all loaded before evaluation.
	claimed []string

	mutex      sync.Mutex
	documents  map[string]*slot[*document]
	contents   map[string]*slot[resource.Value]
	parameters map[string]*slot[parameterFile]
	// skipped names the files that were left out.
	skipped []source.Diagnostic
	// released are the documents that no evaluation needs any more, without
	// their trees.
	released []*document
}

// slot is something that is made once.
type slot[T any] struct {
	once  sync.Once
	value T
}

func newLoader(tree source.Tree) *loader {
	return &loader{
		tree: tree, documents: map[string]*slot[*document]{}, contents: map[string]*slot[resource.Value]{},
		parameters: map[string]*slot[parameterFile]{},
	}
}

// load parses the claimed files in parallel.
func (l *loader) load(ctx context.Context, paths []string) {
	l.claimed = l.affordable(paths)
	parallel(len(l.claimed), func(i int) {
		if ctx.Err() == nil {
			l.document(l.claimed[i])
		}
	})
}

// affordable drops the files beyond the size that all of them together may have.
func (l *loader) affordable(paths []string) []string {
	kept, refused := guard.Affordable(l.tree.FS, paths)
	for _, name := range refused {
		l.skipped = append(l.skipped, source.Diagnostic{
			Code: "bicep/too-much", Severity: source.Error, At: source.Range{File: name},
			Summary: "the Bicep files hold more than 64 MiB together, so this one was not read",
			Detail:  "Scan parts of the repository one by one, or exclude what is generated.",
		})
	}
	return kept
}

// slotOf returns the slot of a key, which it makes when there is none.
func slotOf[T any](l *loader, slots map[string]*slot[T], key string) *slot[T] {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	s := slots[key]
	if s == nil {
		s = &slot[T]{}
		slots[key] = s
	}
	return s
}

// document returns a parsed file, or nil when there is no such Bicep file. A
// file that was not claimed is read when a module call leads to it.
func (l *loader) document(name string) *document {
	if !isBicep(name) && !isParameterFile(name) {
		return nil
	}
	s := slotOf(l, l.documents, name)
	s.once.Do(func() { s.value = l.parse(name) })
	return s.value
}

func (l *loader) parse(name string) *document {
	if info, err := fs.Stat(l.tree.FS, name); (err != nil || !info.Mode().IsRegular()) && !slices.Contains(l.claimed, name) {
		return nil
	}
	empty := &document{path: name, file: &syntax.File{Path: name}}
	data, problem := guard.Read(l.tree.FS, name, limits)
	if problem != nil {
		empty.diagnostics = append(empty.diagnostics, *problem)
		return empty
	}
	d := empty
	problem = guard.Barrier(name, func() {
		file, diagnostics := syntax.Parse(name, data)
		d = newDocument(file)
		d.diagnostics = append(diagnostics, d.diagnostics...)
	})
	if problem != nil {
		d.diagnostics = append(d.diagnostics, *problem)
	}
	d.opened = true
	return d
}

// summary returns the diagnostics of all files and the number of files that
// were read. It must not run beside evaluations.
func (l *loader) summary() (diagnostics []source.Diagnostic, files int) {
	diagnostics = append(diagnostics, l.skipped...)
	documents := slices.Clone(l.released)
	for _, s := range l.documents {
		if s.value != nil {
			documents = append(documents, s.value)
		}
	}
	read := map[string]bool{}
	for _, d := range documents {
		if d.opened {
			read[d.path] = true
		}
		diagnostics = append(diagnostics, d.diagnostics...)
	}
	return diagnostics, len(read)
}

// parallel calls work for 0 … count-1 on as many goroutines as there are cores.
func parallel(count int, work func(int)) {
	var group sync.WaitGroup
	next := make(chan int)
	for range min(count, runtime.GOMAXPROCS(0)) {
		group.Go(func() {
			for i := range next {
				work(i)
			}
		})
	}
	for i := range count {
		next <- i
	}
	close(next)
	group.Wait()
}

func isBicep(file string) bool {
	return strings.HasSuffix(strings.ToLower(file), ".bicep")
}

func isParameterFile(file string) bool {
	return strings.HasSuffix(strings.ToLower(file), ".bicepparam")
}
