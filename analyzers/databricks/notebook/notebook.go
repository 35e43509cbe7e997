// Package notebook finds in notebooks, SQL files and Python files what decides
// about recovery: what they write and how, what they vacuum, and which
// retention they set. It reads patterns that cannot mean anything else, outside
// of comments and strings; everything else is left alone.
//
// Read returns the object
//
//	path, language, origin: "databricks", "fabric", "jupyter" or "file"
//	writes: list of {call, target, mode, dated, partitioned, replaces}
//	vacuums: list of {table, retain_hours}
//	properties: list of {name, value, hours} and, where it is written, {table}
//	clones: list of {target, source}
//	retention_check: false where it is switched off
//
// mode is "append", "overwrite", "upsert" or "new_file" and unknown where a
// variable decides. dated says whether each run writes to a place of its own,
// replaces whether an overwrite is limited to a partition or a condition. A
// target is what is written: a table's name or a path; the parts that variables
// fill in are holes of its hint.
package notebook

import (
	"bytes"
	"path"
	"strings"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// Headers of notebooks that are kept as source files, behind the comment sign
// of their language.
const (
	databricksHeader = "Databricks notebook source"
	fabricHeader     = "Fabric notebook source"
)

// The origins of a file.
const (
	Databricks = "databricks"
	Fabric     = "fabric"
	Jupyter    = "jupyter"
	File       = "file"
)

// languages are the base languages by suffix.
var languages = map[string]string{".py": python, ".sql": sql, ".scala": scala, ".r": rlang, ".ipynb": python}

// The languages of cells.
const (
	python = "python"
	sql    = "sql"
	scala  = "scala"
	rlang  = "r"
)

// comments are the comment signs of the languages.
var comments = map[string]string{python: "#", sql: "--", scala: "//", rlang: "#"}

// IsCode reports whether a file has the suffix of something that is read here.
func IsCode(file string) bool { return languages[strings.ToLower(path.Ext(file))] != "" }

// HeaderSize is the number of bytes that Origin needs of a source file.
const HeaderSize = 64

// Origin says by its first bytes what a source file is: a notebook of
// Databricks or Fabric, or a plain file.
func Origin(file string, head []byte) string {
	sign := comments[languages[strings.ToLower(path.Ext(file))]]
	line, _, _ := bytes.Cut(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), []byte("\n"))
	text, ok := strings.CutPrefix(strings.TrimSpace(string(line)), sign)
	switch text = strings.TrimSpace(text); {
	case ok && sign != "" && text == databricksHeader:
		return Databricks
	case ok && sign != "" && text == fabricHeader:
		return Fabric
	default:
		return File
	}
}

// deltaSigns are words of which a SQL file of Databricks has one. Other
// dialects share MERGE and TRUNCATE, so those are no signs.
var deltaSigns = [][]byte{
	[]byte("using delta"), []byte("delta."), []byte("insert overwrite"), []byte("create or refresh"), []byte("databricks"),
}

// HasDeltaSigns reports whether a SQL file is written for Delta tables.
func HasDeltaSigns(data []byte) bool {
	lower := bytes.ToLower(data)
	for _, sign := range deltaSigns {
		if bytes.Contains(lower, sign) {
			return true
		}
	}
	return bytes.Contains(lower, []byte("vacuum")) && bytes.Contains(lower, []byte("retain"))
}

// notebookSigns are words of which a Jupyter file has one if anything in it is
// found here.
var notebookSigns = [][]byte{
	[]byte("vnd.databricks"), []byte(".write"), []byte("vacuum"), []byte("merge"), []byte("insert "), []byte("copy into"), []byte("create or"),
	[]byte("retentionduration"), []byte("clone"),
}

// HasNotebookSigns reports whether a Jupyter file may hold what Read finds. It
// spares the parsing of notebooks that only draw or train something.
func HasNotebookSigns(data []byte) bool {
	lower := bytes.ToLower(data)
	for _, sign := range notebookSigns {
		if bytes.Contains(lower, sign) {
			return true
		}
	}
	return false
}

// Read scans a file that passed the guard. The object's place is the first
// line of the file.
func Read(file string, data []byte) (attrs resource.Value, problems []source.Diagnostic) {
	language := languages[strings.ToLower(path.Ext(file))]
	s := &scanner{file: file, size: len(data)}
	origin := Origin(file, data[:min(len(data), HeaderSize)])
	var cells []cell
	if strings.EqualFold(path.Ext(file), ".ipynb") {
		cells, language, origin, problems = jupyterCells(file, data)
	} else {
		cells = sourceCells(data, language)
	}
	s.scan(cells)
	return s.attrs(language, origin, firstLine(file, data)), problems
}

func firstLine(file string, data []byte) source.Range {
	end := bytes.IndexByte(data, '\n')
	if end < 0 {
		end = len(data)
	}
	start := 0
	if bytes.HasPrefix(data, []byte("\xef\xbb\xbf")) {
		start = len("\xef\xbb\xbf")
	}
	end = max(start, end-len(data[start:end])+len(bytes.TrimRight(data[start:end], "\r")))
	return source.Range{File: file, Start: start, End: end}
}

// Found reports whether a scan found anything that decides about recovery.
func Found(attrs resource.Value) bool {
	for _, name := range []string{"writes", "vacuums", "properties", "clones"} {
		if len(attrs.Get(name).Items) > 0 {
			return true
		}
	}
	return attrs.Get("retention_check").State != resource.Absent
}
