// Package scripts opens the scripts of a repository that its pipelines call.
package scripts

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/guard"
	"github.com/drlint/drlint/internal/source"
	"github.com/drlint/drlint/internal/syntax/makefile"
	"github.com/drlint/drlint/internal/syntax/shell"
)

// maxBytes bounds the scripts of one analysis, each call counted.
const maxBytes = 8 << 20

// Repository reads each script once and counts what is followed.
type Repository struct {
	tree     source.Tree
	format   string
	admitted map[string]bool
	read     map[string]script
	makes    map[string]*makefile.File
	bytes    int
	problems []source.Diagnostic
}

// script is a file that a step may call.
type script struct {
	text    string
	dialect shell.Dialect
	parsed  *shell.Parsed
	ok      bool
}

// New opens the scripts of a tree. format starts the codes of its diagnostics.
func New(tree source.Tree, format string) *Repository {
	r := &Repository{tree: tree, format: format, admitted: map[string]bool{}, read: map[string]script{}, makes: map[string]*makefile.File{}}
	for _, name := range tree.Files {
		r.admitted[name] = true
	}
	return r
}

// Diagnostics lists what could not be read, in order of place.
func (r *Repository) Diagnostics() []source.Diagnostic {
	found := slices.Clone(r.problems)
	slices.SortStableFunc(found, func(x, y source.Diagnostic) int {
		return cmp.Or(x.At.Compare(y.At), strings.Compare(x.Code, y.Code))
	})
	return found
}

// Open returns a script by its path below the root of the repository.
func (r *Repository) Open(name string, call source.Range) (shell.Script, bool) {
	if !r.admitted[name] {
		return shell.Script{}, false
	}
	found, done := r.read[name]
	if !done {
		found = r.load(name)
		r.read[name] = found
	}
	if !found.ok || !r.Afford(len(found.text), call) {
		return shell.Script{}, false
	}
	at := func(start, end int) source.Range { return source.Range{File: name, Start: start, End: end} }
	return shell.Script{Key: name, Dialect: found.dialect, Parts: shell.Text(found.text, at), Parsed: found.parsed}, true
}

// Afford counts the bytes of a script and reports when there are too many.
func (r *Repository) Afford(size int, call source.Range) bool {
	before := r.bytes
	if r.bytes += size; r.bytes <= maxBytes {
		return true
	}
	if before <= maxBytes {
		r.problems = append(r.problems, source.Diagnostic{
			Code: r.format + "/budget", Severity: source.Warning, At: call,
			Summary: fmt.Sprintf("The pipelines run scripts of more than %d bytes, each call counted", maxBytes),
			Detail:  "The scripts after this one are not checked.",
		})
	}
	return false
}

// load reads a file that is a script by its extension or first line.
func (r *Repository) load(name string) script {
	dialect, byName := shell.Other, true
	switch strings.ToLower(path.Ext(name)) {
	case ".sh", ".bash", ".ksh", ".zsh":
		dialect = shell.Bash
	case ".ps1":
		dialect = shell.PowerShell
	case ".cmd", ".bat":
		dialect = shell.Cmd
	case "":
		byName = false
	default:
		return script{}
	}
	data, problem := guard.Read(r.tree.FS, name, guard.Text)
	if problem != nil {
		if byName {
			r.problems = append(r.problems, *problem)
		}
		return script{}
	}
	text := string(guard.BlankBOM(data))
	if line, _, _ := strings.Cut(text, "\n"); strings.HasPrefix(line, "#!") {
		dialect = shell.DialectOf(line)
	}
	return script{text: text, dialect: dialect, parsed: &shell.Parsed{}, ok: dialect != shell.Other}
}
