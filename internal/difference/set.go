package difference

import (
	"io/fs"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
)

// Sides are the two trees that are compared.
type Sides struct {
	Older, Newer fs.FS
	// Same reports whether both trees hold the same file at a path.
	Same func(name string) bool
}

// Kind says what became of a file.
type Kind string

// The kinds of changes.
const (
	Added   Kind = "added"
	Edited  Kind = "edited" // or renamed, or both
	Deleted Kind = "deleted"
)

// File is a file that changed.
type File struct {
	// Name is the path in the newer tree, or in the older one of what was deleted.
	Name string
	// Older is the path in the older tree; empty for a file that was added.
	Older string
	Kind  Kind
}

// Set is what changed among the files of two trees. It may be used concurrently.
type Set struct {
	sides  Sides
	files  []File // ordered by name
	byName map[string]File
	newer  map[string]string // the newer name by the older one, of renamed files

	mu    sync.Mutex
	spans map[string][]Span
}

// Compare lists what changed from the older files to the newer ones, both
// sorted by path. Files that are not listed are left alone until they are asked for.
func Compare(sides Sides, older, newer []string) *Set {
	s := &Set{sides: sides, byName: map[string]File{}, newer: map[string]string{}, spans: map[string][]Span{}}
	var both, removed, added []string
	for _, name := range newer {
		if _, found := slices.BinarySearch(older, name); found {
			both = append(both, name)
		} else {
			added = append(added, name)
		}
	}
	for _, name := range older {
		if _, found := slices.BinarySearch(newer, name); !found {
			removed = append(removed, name)
		}
	}
	for _, name := range different(sides.Same, both) {
		s.files = append(s.files, File{Name: name, Older: name, Kind: Edited})
	}
	s.files = append(s.files, renamed(sides, removed, added)...)
	slices.SortFunc(s.files, compareFiles)
	for _, f := range s.files {
		if f.Kind != Deleted {
			s.byName[f.Name] = f
		}
		if f.Kind == Edited && f.Older != f.Name {
			s.newer[f.Older] = f.Name
		}
	}
	return s
}

// different returns the names whose files are not the same. Hashing them is
// most of the work where nothing changed, so all processors share it.
func different(same func(string) bool, names []string) (changed []string) {
	differs := make([]bool, len(names))
	var next atomic.Int64
	var wait sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(names)) {
		wait.Go(func() {
			for i := next.Add(1) - 1; i < int64(len(names)); i = next.Add(1) - 1 {
				differs[i] = !same(names[i])
			}
		})
	}
	wait.Wait()
	for i, name := range names {
		if differs[i] {
			changed = append(changed, name)
		}
	}
	return changed
}

// Files lists what changed, ordered by name.
func (s *Set) Files() []File { return s.files }

// Newer is the name that a file of the older tree has in the newer one.
func (s *Set) Newer(name string) string {
	if renamed, ok := s.newer[name]; ok {
		return renamed
	}
	return name
}

// Changed reports whether a file is new, edited or gone.
func (s *Set) Changed(name string) bool {
	_, changed := s.file(name)
	return changed
}

// Touches reports whether some of the lines first to last of a file of the newer
// tree are new or edited, or stand around lines that are gone.
func (s *Set) Touches(name string, first, last int) bool {
	f, changed := s.file(name)
	switch {
	case !changed:
		return false
	case f.Kind != Edited:
		return true
	}
	return slices.ContainsFunc(s.spansOf(f), func(span Span) bool { return span.touches(first, last) })
}

// file returns how a file changed. One that was not among the compared ones, such
// as a template that a configuration reads, is compared when it is asked for.
func (s *Set) file(name string) (File, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f, known := s.byName[name]
	if !known {
		f = s.compare(name)
		s.byName[name] = f
	}
	return f, f.Kind != ""
}

func (s *Set) compare(name string) File {
	f := File{Name: name, Older: name}
	if s.sides.Same(name) {
		return f
	}
	_, gone := fs.Stat(s.sides.Newer, name)
	_, added := fs.Stat(s.sides.Older, name)
	switch {
	case gone != nil && added != nil:
	case gone != nil:
		f.Kind = Deleted
	case added != nil:
		f.Kind, f.Older = Added, ""
	default:
		f.Kind = Edited
	}
	return f
}

// spansOf compares the lines of a file. What cannot be read changed as a whole.
func (s *Set) spansOf(f File) []Span {
	s.mu.Lock()
	defer s.mu.Unlock()
	spans, known := s.spans[f.Name]
	if !known {
		spans = []Span{{1, int(^uint(0) >> 1)}}
		older, newer := read(s.sides.Older, f.Older), read(s.sides.Newer, f.Name)
		if older != nil && newer != nil {
			spans = Lines(older, newer)
		}
		s.spans[f.Name] = spans
	}
	return spans
}

// mostText is the largest file whose lines are compared: no reader takes more.
const mostText = 10 << 20

// read returns a text, or nil for what is no readable text of a usual size.
func read(fsys fs.FS, name string) []byte {
	info, err := fs.Stat(fsys, name)
	if err != nil || !info.Mode().IsRegular() || info.Size() > mostText {
		return nil
	}
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil
	}
	if data == nil {
		data = []byte{}
	}
	return data
}
