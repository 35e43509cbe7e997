package snapshot

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"path"
	"time"
)

// Open implements fs.FS.
func (f *FS) Open(name string) (fs.File, error) {
	resolved, err := f.find("open", name)
	if err != nil {
		return nil, err
	}
	if f.onDisk(resolved) {
		return f.disk.Open(resolved)
	}
	if listed, ok := f.below[resolved]; ok {
		return &directory{info: info{name: path.Base(name), mode: fs.ModeDir | 0o755}, entries: listed}, nil
	}
	b, err := f.blob(f.entries[resolved])
	if err == nil && b.data == nil && b.size > 0 {
		err = errors.New("it is too large")
	}
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	return &file{info: info{name: path.Base(name), size: b.size, mode: 0o644}, Reader: bytes.NewReader(b.data)}, nil
}

// Stat implements fs.StatFS; symbolic links are followed.
func (f *FS) Stat(name string) (fs.FileInfo, error) {
	resolved, err := f.find("stat", name)
	if err != nil {
		return nil, err
	}
	if f.onDisk(resolved) {
		return fs.Stat(f.disk, resolved)
	}
	if _, ok := f.below[resolved]; ok {
		return info{name: path.Base(name), mode: fs.ModeDir | 0o755}, nil
	}
	b, err := f.blob(f.entries[resolved])
	if err != nil {
		return nil, &fs.PathError{Op: "stat", Path: name, Err: err}
	}
	return info{name: path.Base(name), size: b.size, mode: 0o644}, nil
}

// ReadDir implements fs.ReadDirFS.
func (f *FS) ReadDir(name string) ([]fs.DirEntry, error) {
	resolved, err := f.find("readdir", name)
	if err != nil {
		return nil, err
	}
	if listed, ok := f.below[resolved]; ok {
		return f.withElsewhere(resolved, listed), nil
	}
	if f.Elsewhere(resolved) {
		return fs.ReadDir(f.disk, resolved)
	}
	return nil, &fs.PathError{Op: "readdir", Path: name, Err: errors.New("not a directory")}
}

// withElsewhere adds what "terraform init" left in a directory.
func (f *FS) withElsewhere(dir string, listed []fs.DirEntry) []fs.DirEntry {
	const installed = ".terraform"
	name := path.Join(dir, installed)
	if _, tracked := f.below[name]; tracked {
		return listed
	}
	if info, err := fs.Stat(f.disk, name); err != nil || !info.IsDir() {
		return listed
	}
	return append(listed[:len(listed):len(listed)], dirEntry{f, name, fs.ModeDir})
}

// ReadLink implements fs.ReadLinkFS.
func (f *FS) ReadLink(name string) (string, error) {
	if e, ok := f.entries[name]; ok && e.Mode&fs.ModeSymlink != 0 {
		return f.target(name)
	}
	return fs.ReadLink(f.disk, name)
}

// Lstat implements fs.ReadLinkFS.
func (f *FS) Lstat(name string) (fs.FileInfo, error) {
	if e, ok := f.entries[name]; ok && e.Mode&fs.ModeSymlink != 0 {
		return info{name: path.Base(name), mode: fs.ModeSymlink | 0o777}, nil
	}
	return f.Stat(name)
}

// find returns the path that a name leads to, where there is one.
func (f *FS) find(op, name string) (string, error) {
	if !fs.ValidPath(name) {
		return "", &fs.PathError{Op: op, Path: name, Err: fs.ErrInvalid}
	}
	resolved, ok := f.follow(name)
	if ok {
		_, isFile := f.entries[resolved]
		_, isDirectory := f.below[resolved]
		if isFile || isDirectory || f.Elsewhere(resolved) {
			return resolved, nil
		}
	}
	return "", &fs.PathError{Op: op, Path: name, Err: fs.ErrNotExist}
}

// onDisk reports whether the work tree holds what the snapshot has at a path.
func (f *FS) onDisk(name string) bool { return f.Same(name) }

type info struct {
	name string
	size int64
	mode fs.FileMode
}

func (i info) Name() string       { return i.name }
func (i info) Size() int64        { return i.size }
func (i info) Mode() fs.FileMode  { return i.mode }
func (i info) ModTime() time.Time { return time.Time{} }
func (i info) IsDir() bool        { return i.mode.IsDir() }
func (i info) Sys() any           { return nil }

// dirEntry is a file, link or directory as its directory lists it.
type dirEntry struct {
	fsys *FS
	path string
	mode fs.FileMode
}

func (d dirEntry) Name() string               { return path.Base(d.path) }
func (d dirEntry) IsDir() bool                { return d.mode.IsDir() }
func (d dirEntry) Type() fs.FileMode          { return d.mode.Type() }
func (d dirEntry) Info() (fs.FileInfo, error) { return d.fsys.Lstat(d.path) }

type file struct {
	info
	*bytes.Reader
}

func (f *file) Stat() (fs.FileInfo, error) { return f.info, nil }
func (f *file) Size() int64                { return f.size }
func (f *file) Close() error               { return nil }

type directory struct {
	info
	entries []fs.DirEntry
}

func (d *directory) Stat() (fs.FileInfo, error) { return d.info, nil }
func (d *directory) Close() error               { return nil }
func (d *directory) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: d.name, Err: errors.New("is a directory")}
}

// ReadDir implements fs.ReadDirFile.
func (d *directory) ReadDir(n int) ([]fs.DirEntry, error) {
	count := len(d.entries)
	if n > 0 {
		count = min(count, n)
		if count == 0 {
			return nil, io.EOF
		}
	}
	listed := d.entries[:count]
	d.entries = d.entries[count:]
	return listed, nil
}
