package scan

import (
	"io/fs"
	"sync"
)

// opened is a file system that remembers which names were asked for, those that
// do not exist included.
type opened struct {
	fs.FS
	mu    sync.Mutex
	names map[string]bool
}

func record(fsys fs.FS) *opened { return &opened{FS: fsys, names: map[string]bool{}} }

func (o *opened) note(name string) {
	o.mu.Lock()
	o.names[name] = true
	o.mu.Unlock()
}

// any reports whether one of the names answers a question with yes.
func (o *opened) any(question func(name string) bool) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	for name := range o.names {
		if question(name) {
			return true
		}
	}
	return false
}

// Open implements fs.FS.
func (o *opened) Open(name string) (fs.File, error) {
	o.note(name)
	return o.FS.Open(name)
}

// Stat implements fs.StatFS.
func (o *opened) Stat(name string) (fs.FileInfo, error) {
	o.note(name)
	return fs.Stat(o.FS, name)
}

// ReadFile implements fs.ReadFileFS.
func (o *opened) ReadFile(name string) ([]byte, error) {
	o.note(name)
	return fs.ReadFile(o.FS, name)
}

// ReadDir implements fs.ReadDirFS. What a directory holds is known from the list
// of files.
func (o *opened) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(o.FS, name) }

// ReadLink implements fs.ReadLinkFS.
func (o *opened) ReadLink(name string) (string, error) {
	o.note(name)
	return fs.ReadLink(o.FS, name)
}

// Lstat implements fs.ReadLinkFS.
func (o *opened) Lstat(name string) (fs.FileInfo, error) {
	o.note(name)
	return fs.Lstat(o.FS, name)
}
