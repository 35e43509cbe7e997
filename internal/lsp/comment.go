package lsp

import (
	"bytes"

	"github.com/drlint/drlint/internal/source"
)

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
