package overlay

import (
	"bytes"
	"io"
	"io/fs"
	"time"
)

// A text describes itself as a regular file.

func (t *text) Name() string       { return t.name }
func (t *text) Size() int64        { return int64(len(t.content)) }
func (t *text) Mode() fs.FileMode  { return 0o644 }
func (t *text) ModTime() time.Time { return time.Time{} }
func (t *text) IsDir() bool        { return false }
func (t *text) Sys() any           { return nil }

func (t *text) open() fs.File { return &opened{text: t, Reader: bytes.NewReader(t.content)} }

// renamed is a text under the name of a link to it.
type renamed struct {
	*text
	name string
}

func (r renamed) Name() string { return r.name }

// opened is a text that is being read.
type opened struct {
	*bytes.Reader
	text *text
}

func (f *opened) Stat() (fs.FileInfo, error) { return f.text, nil }
func (f *opened) Close() error               { return nil }

// folder is a directory that exists only because a file laid over lies in it.
type folder string

func (f folder) Name() string       { return string(f) }
func (f folder) Size() int64        { return 0 }
func (f folder) Mode() fs.FileMode  { return fs.ModeDir | 0o755 }
func (f folder) ModTime() time.Time { return time.Time{} }
func (f folder) IsDir() bool        { return true }
func (f folder) Sys() any           { return nil }

// openedFolder is a directory that is being read.
type openedFolder struct {
	info    fs.FileInfo
	entries []fs.DirEntry
}

func (o *FS) openDirectory(name string, info fs.FileInfo) (fs.File, error) {
	entries, err := o.ReadDir(name)
	if err != nil {
		return nil, err
	}
	return &openedFolder{info: info, entries: entries}, nil
}

func (d *openedFolder) Stat() (fs.FileInfo, error) { return d.info, nil }
func (d *openedFolder) Close() error               { return nil }

func (d *openedFolder) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: d.info.Name(), Err: fs.ErrInvalid}
}

// ReadDir implements fs.ReadDirFile.
func (d *openedFolder) ReadDir(n int) ([]fs.DirEntry, error) {
	if n <= 0 {
		all := d.entries
		d.entries = nil
		return all, nil
	}
	if len(d.entries) == 0 {
		return nil, io.EOF
	}
	some := d.entries[:min(n, len(d.entries))]
	d.entries = d.entries[len(some):]
	return some, nil
}
