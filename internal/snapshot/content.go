package snapshot

import (
	"crypto/sha1" // Git names objects so; nothing here rests on its strength
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"sync"

	"github.com/drlint/drlint/internal/git"
)

// mostBlob is the largest blob that is kept: more than any reader accepts.
const mostBlob = 16 << 20

// verdict says, once it was asked for, whether the work tree holds the same file.
type verdict struct {
	once sync.Once
	same bool
}

// blob is the content of an object; data is nil when it is too large.
type blob struct {
	once sync.Once
	data []byte
	size int64
	err  error
}

// Same reports whether the work tree holds the same file or link at a path: the
// index remembers it as the same object and nobody touched it since, or its
// content has the name of the object.
func (f *FS) Same(name string) bool {
	entry, ok := f.Entry(name)
	if !ok {
		return f.Elsewhere(name)
	}
	f.mu.Lock()
	v := f.same[name]
	if v == nil {
		v = &verdict{}
		f.same[name] = v
	}
	f.mu.Unlock()
	v.once.Do(func() { v.same = f.compare(name, entry) })
	return v.same
}

// compare holds a link for the same when what it leads to is the same as well.
func (f *FS) compare(name string, entry git.Entry) bool {
	if entry.Mode == 0 {
		return f.holds(name, entry.ID)
	}
	target, err := fs.ReadLink(f.disk, name)
	if err != nil {
		return false
	}
	kept, err := f.target(name)
	if err != nil || kept != filepath.ToSlash(target) {
		return false
	}
	resolved, ok := f.follow(name)
	return ok && f.Same(resolved)
}

// holds reports whether a regular file has the content that an object is named after.
func (f *FS) holds(name, id string) bool {
	info, err := fs.Lstat(f.disk, name)
	if err != nil || !info.Mode().IsRegular() {
		return false
	}
	if last, ok := f.known[name]; ok && last.Modified.Equal(info.ModTime()) && last.Size == uint32(info.Size()) {
		return last.ID == id
	}
	opened, err := f.disk.Open(name)
	if err != nil {
		return false
	}
	defer func() { _ = opened.Close() }()
	sum := sha1.New()
	if len(id) == hex.EncodedLen(sha256.Size) {
		sum = sha256.New()
	}
	fmt.Fprintf(sum, "blob %d\x00", info.Size())
	if n, err := io.Copy(sum, opened); err != nil || n != info.Size() {
		return false
	}
	return hex.EncodeToString(sum.Sum(nil)) == id
}

// blob reads an object once.
func (f *FS) blob(entry git.Entry) (*blob, error) {
	f.mu.Lock()
	b := f.blobs[entry.ID]
	if b == nil {
		b = &blob{}
		f.blobs[entry.ID] = b
	}
	f.mu.Unlock()
	b.once.Do(func() {
		if b.data, b.size, b.err = f.read(entry.ID, mostBlob); b.err != nil {
			f.mu.Lock()
			if f.fault == nil {
				f.fault = fmt.Errorf("%s: %w", entry.Path, b.err)
			}
			f.mu.Unlock()
		}
	})
	return b, b.err
}
