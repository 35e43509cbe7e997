// Package overlay lays texts that are not saved over a file system, so that a
// repository is read as its author sees it in the editor.
package overlay

import (
	"bytes"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
)

// FS is a file system in which some files have another content, or exist that
// the one below does not have. It is as confined as the one below: a name that
// leads out of the root there is not opened here either, unless it was laid over.
// It may be used concurrently.
type FS struct {
	below fs.FS
	files map[string]*text
	// directories are the entries that the files laid over change or add, by
	// directory.
	directories map[string]map[string]fs.DirEntry
}

// text is the content of a file and what the file below is, nil when there is none.
type text struct {
	name     string
	content  []byte
	replaced fs.FileInfo
}

// New lays the contents over a file system. Names are slash-separated paths
// that fs.ValidPath accepts; others are left out. Contents must not change.
func New(below fs.FS, contents map[string][]byte) *FS {
	o := &FS{below: below, files: map[string]*text{}, directories: map[string]map[string]fs.DirEntry{}}
	for _, name := range slices.Sorted(maps.Keys(contents)) {
		if !fs.ValidPath(name) || name == "." {
			continue
		}
		t := &text{name: path.Base(name), content: contents[name]}
		if info, err := fs.Stat(below, name); err == nil {
			if !info.Mode().IsRegular() {
				continue
			}
			t.replaced = info
		}
		o.files[name] = t
		if info, err := fs.Lstat(below, name); err != nil || info.Mode().IsRegular() {
			o.list(name, fs.FileInfoToDirEntry(t))
		}
	}
	return o
}

// list adds an entry to its directory, and the directory to the one above when
// the file system below does not have it.
func (o *FS) list(name string, entry fs.DirEntry) {
	for {
		dir := path.Dir(name)
		entries, known := o.directories[dir]
		if !known {
			entries = map[string]fs.DirEntry{}
			o.directories[dir] = entries
		}
		entries[entry.Name()] = entry
		if known || dir == "." {
			return
		}
		if _, err := fs.Stat(o.below, dir); err == nil {
			return
		}
		name, entry = dir, fs.FileInfoToDirEntry(folder(path.Base(dir)))
	}
}

// find returns the text that a name shows: by the name itself, or because the
// file below is the one that a text replaces, as a symbolic link to it is.
func (o *FS) find(name string, info fs.FileInfo) *text {
	if t, ok := o.files[name]; ok {
		return t
	}
	if info == nil {
		return nil
	}
	for _, t := range o.files {
		if t.replaced != nil && os.SameFile(info, t.replaced) {
			return t
		}
	}
	return nil
}

// Stat implements fs.StatFS.
func (o *FS) Stat(name string) (fs.FileInfo, error) {
	if t := o.find(name, nil); t != nil {
		return t, nil
	}
	info, err := fs.Stat(o.below, name)
	if err != nil {
		if _, made := o.directories[name]; made {
			return folder(path.Base(name)), nil
		}
		return nil, err
	}
	if t := o.find(name, info); t != nil {
		return renamed{t, info.Name()}, nil
	}
	return info, nil
}

// Open implements fs.FS.
func (o *FS) Open(name string) (fs.File, error) {
	if t := o.find(name, nil); t != nil {
		return t.open(), nil
	}
	file, err := o.below.Open(name)
	if err != nil {
		if _, made := o.directories[name]; made {
			return o.openDirectory(name, folder(path.Base(name)))
		}
		return nil, err
	}
	// What is wrong with a file that has no information is said when it is read.
	info, _ := file.Stat()
	switch {
	case info == nil:
		return file, nil
	case info.IsDir() && o.directories[name] != nil:
		_ = file.Close()
		return o.openDirectory(name, info)
	}
	if t := o.find(name, info); t != nil {
		_ = file.Close()
		return t.open(), nil
	}
	return file, nil
}

// ReadFile implements fs.ReadFileFS.
func (o *FS) ReadFile(name string) ([]byte, error) {
	if t := o.find(name, nil); t != nil {
		return bytes.Clone(t.content), nil
	}
	file, err := o.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	return io.ReadAll(file)
}

// ReadDir implements fs.ReadDirFS: the entries of both, sorted.
func (o *FS) ReadDir(name string) ([]fs.DirEntry, error) {
	added := o.directories[name]
	entries, err := fs.ReadDir(o.below, name)
	if len(added) == 0 {
		return entries, err
	}
	if err != nil {
		entries = nil
		if _, there := fs.Stat(o.below, name); there == nil {
			return nil, err
		}
	}
	entries = slices.DeleteFunc(entries, func(e fs.DirEntry) bool { return added[e.Name()] != nil })
	for _, entry := range added {
		entries = append(entries, entry)
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return entries, nil
}

// ReadLink implements fs.ReadLinkFS.
func (o *FS) ReadLink(name string) (string, error) { return fs.ReadLink(o.below, name) }

// Lstat implements fs.ReadLinkFS. A link stays one when the file that it leads
// to is laid over.
func (o *FS) Lstat(name string) (fs.FileInfo, error) {
	info, err := fs.Lstat(o.below, name)
	if err != nil {
		return o.Stat(name)
	}
	if t := o.find(name, nil); t != nil && info.Mode().IsRegular() {
		return t, nil
	}
	return info, nil
}
