package lsp

import (
	"bytes"
	"path"
	"strings"

	"github.com/drlint/drlint/internal/source"
)

// signs are the comment signs of the formats that findings lie in, by suffix.
// JSON is not among them: most of what reads it takes no comments.
var signs = map[string]string{
	".tf": "#", ".tofu": "#", ".tfvars": "#", ".hcl": "#",
	".bicep": "//", ".bicepparam": "//", ".jsonc": "//", ".scala": "//",
	".yml": "#", ".yaml": "#", ".sh": "#", ".bash": "#", ".ps1": "#", ".psm1": "#", ".py": "#", ".r": "#",
	".sql": "--",
}

// signOf is the comment sign of a file, or "" when a comment is no place for a decision.
func signOf(file string) string { return signs[strings.ToLower(path.Ext(file))] }

// above returns the place before the line of a range, and the comment to insert
// there, which is about that line.
func (t *text) above(at source.Range, sign, comment string) (source.Range, string, bool) {
	line := t.position(at.Start).Line
	start := t.starts[line]
	content := t.data[start:t.end(line)]
	if bytes.HasPrefix(content, []byte("#!")) {
		return source.Range{}, "", false // nothing goes before what names the interpreter
	}
	indent := content[:len(content)-len(bytes.TrimLeft(content, " \t"))]
	newline := "\n"
	if bytes.Contains(t.data, []byte("\r\n")) {
		newline = "\r\n"
	}
	return source.Range{File: at.File, Start: start, End: start}, string(indent) + sign + " " + comment + newline, true
}
