package source

import (
	"io/fs"
	"sync"
)

// Store reads scanned files again to show the text at a place. Only files that
// a report mentions are read; each is kept. It may be used concurrently.
type Store struct {
	fsys  fs.FS
	mu    sync.Mutex
	files map[string]*Lines
}

// NewStore reads from the scanned tree.
func NewStore(fsys fs.FS) *Store {
	return &Store{fsys: fsys, files: map[string]*Lines{}}
}

// Lines returns the lines of a file, or nil when it cannot be read.
func (s *Store) Lines(file string) *Lines {
	s.mu.Lock()
	defer s.mu.Unlock()
	lines, ok := s.files[file]
	if !ok {
		if data, err := fs.ReadFile(s.fsys, file); err == nil {
			lines = NewLines(data)
		}
		s.files[file] = lines
	}
	return lines
}

// Place is a range as reports show it.
type Place struct {
	File       string
	Start, End Pos
}

// Place converts a range. A range in a file that cannot be read keeps the file
// and has no line.
func (s *Store) Place(at Range) Place {
	place := Place{File: at.File}
	if lines := s.Lines(at.File); lines != nil {
		place.Start, place.End = lines.Pos(at.Start), lines.Pos(at.End)
	}
	return place
}
