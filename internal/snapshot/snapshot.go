// Package snapshot shows a commit or the index as a file system, without
// checking it out. What a file of the work tree holds as well is read from there;
// only what differs comes from objects.
package snapshot

import (
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/drlint/drlint/internal/git"
)

// Reader returns the content of a blob, or its size alone when it is larger
// than most bytes.
type Reader func(id string, most int64) (data []byte, size int64, err error)

// FS is a snapshot. It may be used concurrently.
type FS struct {
	disk    fs.FS
	read    Reader
	known   map[string]git.Remembered
	entries map[string]git.Entry
	below   map[string][]fs.DirEntry // by directory, sorted by name
	modules []string                 // paths of submodules

	mu    sync.Mutex
	same  map[string]*verdict
	blobs map[string]*blob
	fault error
}

// Of shows the entries, whose blobs come from read. disk is the work tree, and
// known, which may be empty, what the index remembers of it. What
// Git does not keep is read from the work tree as it is: the directory .git,
// modules that "terraform init" installed, and submodules, whose changes
// are those of another repository.
func Of(disk fs.FS, entries []git.Entry, read Reader, known map[string]git.Remembered) *FS {
	f := &FS{
		disk: disk, read: read, known: known, entries: make(map[string]git.Entry, len(entries)), below: map[string][]fs.DirEntry{".": nil},
		same: map[string]*verdict{}, blobs: map[string]*blob{},
	}
	for _, e := range entries {
		f.entries[e.Path] = e
		if e.Mode.IsDir() {
			f.modules = append(f.modules, e.Path)
		}
		f.list(e.Path, dirEntry{f, e.Path, e.Mode})
	}
	for _, listed := range f.below {
		slices.SortFunc(listed, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	}
	return f
}

// list adds an entry to its directory, and a new directory to the one around it.
func (f *FS) list(name string, entry dirEntry) {
	for {
		dir := path.Dir(name)
		_, known := f.below[dir]
		f.below[dir] = append(f.below[dir], entry)
		if known || dir == "." {
			return
		}
		name, entry = dir, dirEntry{f, dir, fs.ModeDir}
	}
}

// Files lists the paths of all files and links.
func (f *FS) Files() []string {
	var names []string
	for name, e := range f.entries {
		if !e.Mode.IsDir() {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// Entry returns the file or link of a path.
func (f *FS) Entry(name string) (git.Entry, bool) {
	e, ok := f.entries[name]
	return e, ok && !e.Mode.IsDir()
}

// Fault is the first object that could not be read. What was read from the
// snapshot is incomplete when there is one.
func (f *FS) Fault() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.fault
}

// Elsewhere reports whether a path is read from the work tree as it is.
func (f *FS) Elsewhere(name string) bool {
	for element := range strings.SplitSeq(name, "/") {
		if element == ".git" || element == ".terraform" {
			_, tracked := f.entries[name]
			return !tracked
		}
	}
	return slices.ContainsFunc(f.modules, func(module string) bool {
		return name == module || strings.HasPrefix(name, module+"/")
	})
}

// follow returns where a path leads when symbolic links on the way are
// followed, and false when it leads out of the snapshot or in a circle.
func (f *FS) follow(name string) (string, bool) {
	const mostLinks = 40
	for range mostLinks {
		link, rest := f.firstLink(name)
		if link == "" {
			return name, true
		}
		target, err := f.target(link)
		if err != nil || path.IsAbs(target) {
			return "", false
		}
		if name = path.Join(path.Dir(link), target, rest); !fs.ValidPath(name) {
			return "", false
		}
	}
	return "", false
}

// firstLink is the first symbolic link on a path, and what comes behind it.
func (f *FS) firstLink(name string) (link, rest string) {
	for end := 0; end < len(name); end++ {
		next := strings.IndexByte(name[end:], '/')
		if next < 0 {
			next = len(name) - end
		}
		end += next
		if e, ok := f.entries[name[:end]]; ok && e.Mode&fs.ModeSymlink != 0 {
			return name[:end], strings.TrimPrefix(name[end:], "/")
		}
	}
	return "", ""
}

func (f *FS) target(link string) (string, error) {
	b, err := f.blob(f.entries[link])
	if err != nil {
		return "", err
	}
	return string(b.data), nil
}
