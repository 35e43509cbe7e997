package discover

import (
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/drlint/drlint/internal/source"
)

// walk gathers the files of a tree. Directories are read by as many goroutines
// as there are processors; order is restored at the end.
type walk struct {
	fsys    fs.FS
	filter  *filter
	slots   chan struct{} // one for each further goroutine
	running sync.WaitGroup

	mu       sync.Mutex
	files    []string
	problems []source.Diagnostic
	outside  []string // links that leave the root
}

// directory is one step of the walk.
type directory struct {
	path    string
	rules   *rules // of .gitignore files from the root down to here
	ignored bool   // entered only for the files that Keep names
}

func newWalk(fsys fs.FS, filter *filter) *walk {
	return &walk{fsys: fsys, filter: filter, slots: make(chan struct{}, runtime.GOMAXPROCS(0))}
}

// enter walks a directory, in a goroutine of its own when there is a slot.
func (w *walk) enter(dir directory) {
	select {
	case w.slots <- struct{}{}:
		w.running.Go(func() {
			w.read(dir)
			<-w.slots
		})
	default:
		w.read(dir)
	}
}

func (w *walk) read(dir directory) {
	entries, err := fs.ReadDir(w.fsys, dir.path)
	if err != nil {
		w.report(source.Diagnostic{
			Code: "discover/unreadable-directory", Severity: source.Error,
			Summary: "the directory cannot be read: " + reason(err),
			Detail:  "Check its permissions, or exclude it.",
			At:      source.Range{File: dir.path},
		})
		return
	}
	w.entries(dir, entries)
}

func (w *walk) entries(dir directory, entries []fs.DirEntry) {
	if !dir.ignored && slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() == ignoreFile && e.Type().IsRegular() }) {
		dir.rules = w.withRules(dir.rules, dir.path, path.Join(dir.path, ignoreFile))
	}
	var files []string
	for _, entry := range entries {
		name := path.Join(dir.path, entry.Name())
		switch {
		case entry.Name() == ".git":
		case !utf8.ValidString(name):
			w.badName(name)
		case entry.IsDir():
			if child, ok := w.admitDirectory(dir, name); ok {
				w.enter(child)
			}
		case entry.Type()&fs.ModeSymlink != 0 && !w.link(name):
		case !entry.Type().IsRegular() && entry.Type()&fs.ModeSymlink == 0:
		case w.admitFile(dir, name):
			files = append(files, name)
		}
	}
	w.mu.Lock()
	w.files = append(w.files, files...)
	w.mu.Unlock()
}

func (w *walk) admitDirectory(dir directory, name string) (directory, bool) {
	if w.filter.excludes(name) {
		return directory{}, false
	}
	child := directory{path: name, rules: dir.rules, ignored: dir.ignored || dir.rules.ignores(name, true)}
	return child, !child.ignored || w.filter.keepsBelow(name)
}

func (w *walk) admitFile(dir directory, name string) bool {
	if w.filter.excludes(name) || !w.filter.includes(name) {
		return false
	}
	return !dir.ignored && !dir.rules.ignores(name, false) || w.filter.keeps(name)
}

// link reports whether a symbolic link leads to a regular file in the root: a
// shared variables.tf counts in every directory that links it. A directory is
// read under its own name only. Links to elsewhere are remembered.
func (w *walk) link(name string) bool {
	if info, err := fs.Stat(w.fsys, name); err == nil {
		return info.Mode().IsRegular()
	}
	target, err := fs.ReadLink(w.fsys, name)
	if err != nil {
		return false
	}
	target = filepath.ToSlash(target)
	if !path.IsAbs(target) && !filepath.IsAbs(target) && fs.ValidPath(path.Join(path.Dir(name), target)) {
		return false
	}
	w.mu.Lock()
	w.outside = append(w.outside, name)
	w.mu.Unlock()
	return false
}

func (w *walk) badName(name string) {
	shown := strings.ToValidUTF8(name, "\uFFFD")
	w.report(source.Diagnostic{
		Code: "discover/bad-name", Severity: source.Warning,
		Summary: "the name of the file is not valid UTF-8, so it was not read",
		Detail:  "Rename the file, or exclude it.",
		At:      source.Range{File: shown},
	})
}

func (w *walk) report(problem source.Diagnostic) {
	w.mu.Lock()
	w.problems = append(w.problems, problem)
	w.mu.Unlock()
}

// result returns the files and the diagnostics in order.
func (w *walk) result() ([]string, []source.Diagnostic) {
	slices.Sort(w.files)
	if len(w.outside) > 0 {
		slices.Sort(w.outside)
		w.problems = append(w.problems, source.Diagnostic{
			Code: "discover/link-outside", Severity: source.Note,
			Summary: fmt.Sprintf("symbolic links that point outside the scanned directory: %d; they were not followed", len(w.outside)),
			Detail:  "Not followed: " + listed(w.outside) + ".",
			At:      source.Range{File: w.outside[0]},
		})
	}
	slices.SortFunc(w.problems, func(a, b source.Diagnostic) int {
		if order := a.At.Compare(b.At); order != 0 {
			return order
		}
		return strings.Compare(a.Code+a.Summary, b.Code+b.Summary)
	})
	return w.files, w.problems
}

func listed(names []string) string {
	const shown = 5
	if len(names) <= shown {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:shown], ", "), len(names)-shown)
}
