package lsp

import (
	"encoding/json"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/config"
	"github.com/drlint/drlint/internal/discover"
)

// document is a file that is open in the editor.
type document struct {
	uri, path string
	version   int32
	text      *text
	// root is its repository and file its path there; nil where none is scanned.
	root *root
	file string
}

func (s *server) onOpen(params json.RawMessage) error {
	p, err := read[documentParams](params)
	if err != nil {
		return err
	}
	d := &document{uri: p.TextDocument.URI, version: p.TextDocument.Version, text: newText([]byte(p.TextDocument.Text), s.client.unit)}
	if d.path, _ = pathOf(d.uri); d.path == "" {
		return nil
	}
	if old := s.docs[d.uri]; old != nil {
		s.leave(old)
	}
	s.docs[d.uri] = d
	s.enter(d)
	if isConfig(d.path) {
		s.relocate()
	}
	return nil
}

func (s *server) onChange(params json.RawMessage) error {
	p, err := read[changeParams](params)
	if err != nil {
		return err
	}
	d := s.docs[p.TextDocument.URI]
	if d == nil {
		return nil
	}
	for _, change := range p.ContentChanges {
		d.text = d.text.change(change.Range, change.Text)
	}
	d.version = p.TextDocument.Version
	if d.root != nil {
		d.root.request(s.Quiet)
	}
	return nil
}

func (s *server) onSave(params json.RawMessage) error {
	p, err := read[documentParams](params)
	if err != nil {
		return err
	}
	d := s.docs[p.TextDocument.URI]
	if d == nil {
		return nil
	}
	if isConfig(d.path) {
		s.relocate()
	}
	if d.root != nil {
		d.root.due[d.file] = true
		d.root.request(settle)
	}
	return nil
}

func (s *server) onClose(params json.RawMessage) error {
	p, err := read[documentParams](params)
	if err != nil {
		return err
	}
	if d := s.docs[p.TextDocument.URI]; d != nil {
		delete(s.docs, d.uri)
		s.leave(d)
	}
	return nil
}

// onWatched has the repositories scanned in which somebody else changed a file.
func (s *server) onWatched(params json.RawMessage) error {
	p, err := read[watchedParams](params)
	if err != nil {
		return err
	}
	moved := false
	for _, change := range p.Changes {
		name, ok := pathOf(change.URI)
		if !ok {
			continue
		}
		moved = moved || isConfig(name)
		for _, r := range s.roots {
			if r.holds(name) {
				r.request(s.Quiet)
			}
		}
	}
	if moved {
		s.relocate()
	}
	return nil
}

// isConfig reports whether a file is a configuration, which makes its directory
// a root.
func isConfig(name string) bool { return slices.Contains(config.Names, filepath.Base(name)) }

// relocate finds the root of every open file again: a configuration that came or
// went moves the border.
func (s *server) relocate() {
	for _, d := range s.docs {
		dir, file, ok := s.locate(d)
		if d.root != nil && ok && d.root.dir == dir && d.file == file {
			continue
		}
		s.leave(d)
		s.enter(d)
	}
}

// enter adds a document to its root, which is scanned soon.
func (s *server) enter(d *document) {
	dir, file, ok := s.locate(d)
	if !ok {
		return
	}
	r := s.roots[dir]
	if r == nil {
		r = newRoot(s, dir)
		s.roots[dir] = r
	}
	if shown, ok := strings.CutSuffix(filepath.ToSlash(d.path), "/"+file); ok {
		r.shown = shown
	}
	d.root, d.file = r, file
	r.docs[file] = d
	r.due[file] = true
	r.request(settle)
}

// leave takes a document from its root. With the last one the root goes, and
// with it everything that was published about it.
func (s *server) leave(d *document) {
	r := d.root
	if r == nil {
		return
	}
	d.root = nil
	if r.docs[d.file] == d {
		delete(r.docs, d.file)
	}
	if len(r.docs) > 0 {
		r.request(s.Quiet)
		return
	}
	r.stop()
	delete(s.roots, r.dir)
	r.publish(nil)
	for _, waiting := range slices.Clone(s.waiting) {
		if waiting.root == r {
			waiting.respond(nil)
		}
	}
}

// locate decides which repository an open file belongs to. A home directory or a
// whole file system is none, whatever lies around in it.
func (s *server) locate(d *document) (dir, file string, ok bool) {
	dir, file, err := discover.Locate(d.path, s.folders...)
	if err != nil {
		s.tell(fmt.Sprintf("%s is not scanned: %v", d.path, err))
		return "", "", false
	}
	if filepath.Dir(dir) == dir || dir == s.Home {
		s.tell(fmt.Sprintf("%s is not scanned: it lies in no repository; %s in its directory makes one", d.path, config.Names[0]))
		return "", "", false
	}
	return dir, path.Clean(file), true
}
