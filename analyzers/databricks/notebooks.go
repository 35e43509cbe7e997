package databricks

import (
	"bytes"
	"context"
	"io"
	"io/fs"
	"path"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/drlint/drlint/analyzers/databricks/notebook"
	"github.com/drlint/drlint/internal/guard"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// code is what one source file or notebook may cost. Larger SQL files are dumps.
var code = guard.Limits{Bytes: 2 << 20, Syntax: guard.TextSyntax}

func isCode(file string) bool { return notebook.IsCode(file) && !isFabric(file) }

// isFabric reports whether a notebook lies in the folder of a Fabric item,
// which the analyzer of Fabric reads.
func isFabric(file string) bool {
	return strings.HasPrefix(path.Base(file), "notebook-content.") && path.Ext(path.Dir(file)) == ".Notebook"
}

// callAll notes that a bundle runs all files that a pattern matches.
func (a *analysis) callAll(pattern string) (found []string) {
	if !doublestar.ValidatePattern(pattern) {
		return nil
	}
	for _, name := range a.repo.Files {
		if isCode(name) && doublestar.MatchUnvalidated(pattern, name) {
			a.called[name] = true
			found = append(found, name)
		}
	}
	return found
}

// notebooks reads the claimed code: notebooks, what bundles call, and SQL that
// is written for Delta tables.
func (a *analysis) notebooks(ctx context.Context, files []string) {
	for _, name := range files {
		if ctx.Err() != nil {
			return
		}
		if !isCode(name) || !a.called[name] && !a.isNotebook(name) {
			continue
		}
		if problem := guard.Barrier(name, func() { a.notebook(name) }); problem != nil {
			a.diagnostics = append(a.diagnostics, *problem)
		}
	}
}

// isNotebook decides cheaply whether a file that no bundle calls is read: most
// Python and SQL files of a repository have nothing to do with Databricks.
func (a *analysis) isNotebook(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".ipynb", ".sql":
		return true
	default:
		return notebook.Origin(name, a.head(name)) == notebook.Databricks
	}
}

func (a *analysis) head(name string) []byte {
	if info, err := fs.Stat(a.repo.FS, name); err != nil || !info.Mode().IsRegular() {
		return nil
	}
	file, err := a.repo.FS.Open(name)
	if err != nil {
		return nil
	}
	defer func() { _ = file.Close() }()
	head := make([]byte, notebook.HeaderSize)
	count, _ := io.ReadFull(file, head) // a shorter file is no error
	return head[:count]
}

// maybe reports whether a file that nothing calls is worth reading.
func maybe(name string, data []byte) bool {
	if strings.EqualFold(path.Ext(name), ".sql") {
		return notebook.HasDeltaSigns(data)
	}
	return notebook.HasNotebookSigns(data)
}

// notebook reads one file. What no bundle calls is only reported as unreadable
// when it is surely a notebook.
func (a *analysis) notebook(name string) {
	limits := code
	if strings.EqualFold(path.Ext(name), ".ipynb") {
		limits = guard.JSON
	}
	sure := a.called[name] || notebook.Origin(name, a.head(name)) == notebook.Databricks
	data, problem := guard.Read(a.repo.FS, name, limits)
	if problem != nil {
		if sure {
			a.diagnostics = append(a.diagnostics, *problem)
		}
		return
	}
	if !sure && !maybe(name, data) {
		return
	}
	attrs, problems := notebook.Read(name, data)
	if origin, _ := attrs.Get("origin").AsString(); origin == notebook.Databricks {
		sure = true
	}
	if !sure && !notebook.Found(attrs) {
		return
	}
	a.files++
	a.diagnostics = append(a.diagnostics, problems...)
	base := path.Base(name)
	whole := source.Range{File: name, Start: attrs.At.Start, End: len(bytes.TrimRight(data, "\r\n"))}
	whole.End = max(whole.End, attrs.At.End)
	a.resources = append(a.resources, resource.Resource{
		ID: FileID(name), Format: format, Type: NotebookType, Mode: resource.Managed,
		Name: strings.TrimSuffix(base, path.Ext(base)), Address: name, Root: ".",
		Attrs: attrs, At: attrs.At, Body: whole,
	})
}
