package terraform

import (
	"context"
	"io/fs"
	"maps"
	"path"
	"runtime"
	"slices"
	"sync"

	"github.com/drlint/drlint/analyzers/terraform/functions"
	"github.com/drlint/drlint/internal/guard"
	"github.com/drlint/drlint/internal/source"
)

// loader parses every file at most once and builds every directory's module at
// most once, whoever asks for it.
type loader struct {
	tree  source.Tree
	mutex sync.Mutex
	dirs  map[string]*directory
	read  map[string]*file // files that Terragrunt units name and nothing claimed
	texts *functions.Cache
	// skipped names the files that were left out.
	skipped []source.Diagnostic
}

// directory is a slot for a module; its module is nil when there is none.
type directory struct {
	once   sync.Once
	files  []*file
	module *module
}

func newLoader(tree source.Tree) *loader {
	return &loader{tree: tree, dirs: map[string]*directory{}, texts: functions.NewCache()}
}

// load parses the claimed files in parallel. Memory is bounded by the number of
// parsers at work, each on a file of limited size.
func (l *loader) load(ctx context.Context, paths []string) {
	paths = l.affordable(paths)
	parsed := make([]*file, len(paths))
	parallel(len(paths), func(i int) {
		if ctx.Err() == nil {
			parsed[i] = parseFile(l.tree.FS, paths[i])
		}
	})
	groups := map[string][]*file{}
	for _, f := range parsed {
		if f != nil {
			groups[path.Dir(f.path)] = append(groups[path.Dir(f.path)], f)
		}
	}
	for dir, files := range groups {
		d := &directory{files: files}
		d.once.Do(func() { d.build(dir) })
		l.dirs[dir] = d
	}
}

// affordable drops the files beyond the size that all of them together may have.
func (l *loader) affordable(paths []string) []string {
	kept, refused := guard.Affordable(l.tree.FS, paths)
	for _, name := range refused {
		l.skipped = append(l.skipped, source.Diagnostic{
			Code: "terraform/too-much", Severity: source.Error, At: source.Range{File: name},
			Summary: "the Terraform files hold more than 64 MiB together, so this one was not read",
			Detail:  "Scan parts of the repository one by one, or exclude what is generated.",
		})
	}
	return kept
}

func (d *directory) build(dir string) {
	if len(d.files) == 0 {
		return
	}
	first := d.files[0]
	if problem := guard.Barrier(first.path, func() { d.module = newModule(dir, d.files) }); problem != nil {
		first.diagnostics = append(first.diagnostics, *problem)
	}
}

// firstFile returns a file to report what concerns a whole directory at.
func (l *loader) firstFile(dir string) string {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.dirs[dir].files[0].path
}

// module returns the configuration in a directory, or nil. A directory that was
// not claimed, such as an installed module, is read when a call leads to it.
func (l *loader) module(dir string) *module {
	l.mutex.Lock()
	d := l.dirs[dir]
	if d == nil {
		d = &directory{}
		l.dirs[dir] = d
	}
	l.mutex.Unlock()
	d.once.Do(func() {
		for _, name := range l.configFiles(dir) {
			d.files = append(d.files, parseFile(l.tree.FS, name))
		}
		d.build(dir)
	})
	return d.module
}

func (l *loader) configFiles(dir string) []string {
	entries, err := fs.ReadDir(l.tree.FS, dir)
	if err != nil {
		return nil
	}
	var names []string
	for _, entry := range entries {
		if kind := roleOf(entry.Name()); !entry.IsDir() && (kind == primary || kind == override) {
			names = append(names, path.Join(dir, entry.Name()))
		}
	}
	slices.Sort(names)
	return names
}

// loaded returns the directories that hold configuration, sorted.
func (l *loader) loaded() []string {
	var dirs []string
	for _, dir := range slices.Sorted(maps.Keys(l.dirs)) {
		if l.dirs[dir].module != nil {
			dirs = append(dirs, dir)
		}
	}
	return dirs
}

// summary returns all diagnostics of files and modules, and the number of files
// that were read. It must not run beside evaluations.
func (l *loader) summary() (diagnostics []source.Diagnostic, files int) {
	diagnostics = append(diagnostics, l.skipped...)
	for _, d := range l.dirs {
		for _, f := range d.files {
			if f.opened {
				files++
			}
			diagnostics = append(diagnostics, f.diagnostics...)
		}
		if d.module != nil {
			diagnostics = append(diagnostics, d.module.diagnostics...)
		}
	}
	for _, f := range l.read {
		if f != nil {
			files++
			diagnostics = append(diagnostics, f.diagnostics...)
		}
	}
	return diagnostics, files
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

func baseName(file string) string { return path.Base(file) }
