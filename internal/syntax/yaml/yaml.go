// Package yaml reads YAML into positioned values. Every value carries the exact
// bytes that were written; what cannot be read becomes a diagnostic and costs no
// more than its own document.
//
// Plain scalars follow the core schema of YAML 1.2: null, true and false,
// integers and floats. "yes", "on" and dates are strings.
package yaml

import (
	"bytes"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// Document is one document of a stream. At spans it from its marker or first
// line to the end of its value.
type Document struct {
	Value resource.Value
	At    source.Range
	// Tags are the custom tags ("!Ref") of the document in order of appearance.
	// Their values are unknown in Value, because only the format's own
	// evaluation can tell what they stand for.
	Tags []Tag
}

// Tag is a custom tag and what it is applied to.
type Tag struct {
	Name  string // with its exclamation mark: "!Ref"
	Value resource.Value
}

// Tag returns the tag that made v unknown, if that is what did.
func (d Document) Tag(v resource.Value) (Tag, bool) {
	for _, tag := range d.Tags {
		if tag.Value.At == v.At {
			return tag, true
		}
	}
	return Tag{}, false
}

const (
	// maxDocuments bounds the documents of one file: each costs a parser of its own.
	maxDocuments = 10_000
	// maxSeparators bounds the commas and lines of one file, and with them its
	// values: the parser takes some 400 bytes for each, and two bytes of text
	// suffice to write one.
	maxSeparators = 1_000_000
)

// Parse reads a stream. Documents without content are left out. It expects
// data that passed the guard: valid UTF-8 of bounded size and depth.
func Parse(path string, data []byte) ([]Document, []source.Diagnostic) {
	return ParseRepeating(path, data, nil)
}

// ParseRepeating reads a stream as Parse does, and keeps every member of a
// mapping whose key may be written again, in written order: the expressions of
// Azure Pipelines are such keys.
func ParseRepeating(path string, data []byte, mayRepeat func(key string) bool) ([]Document, []source.Diagnostic) {
	log := &problems{path: path}
	if bytes.Count(data, []byte(","))+bytes.Count(data, []byte("\n")) > maxSeparators {
		log.add(source.Error, "yaml/too-many-values", 0, 0, "the file has more than 1,000,000 lines and commas, so it was not read", "Exclude the file; it looks like data.")
		return nil, log.found
	}
	budget := maxAliased
	var documents []Document
	for number, piece := range split(data) {
		if number == maxDocuments {
			log.add(source.Error, "yaml/too-many-documents", piece.start, piece.end,
				"the file has more than 10,000 documents; the rest was not read", "Split the file.")
			break
		}
		if document, ok := parseDocument(piece, data, log, &budget, mayRepeat); ok {
			documents = append(documents, document)
		}
	}
	return documents, log.found
}

func parseDocument(piece span, data []byte, log *problems, budget *int, mayRepeat func(string) bool) (Document, bool) {
	text := data[piece.start:piece.end]
	root, err := parse(text)
	if err != nil {
		log.syntax(text, piece.start, err)
		return Document{}, false
	}
	if root == nil {
		return Document{}, false
	}
	r := &reader{
		problems: log,
		places:   &places{text: text, base: piece.start, lines: lineStarts(text)},
		aliased:  budget,
		anchors:  map[*node]*anchored{},
		repeats:  mayRepeat,
	}
	value, extent := r.value(root)
	return Document{Value: value, At: r.at(span{0, extent.end}), Tags: r.tags}, true
}
