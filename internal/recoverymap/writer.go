package recoverymap

import (
	"io"
	"maps"
	"slices"
)

// Options say how a map is shown. They never change what it says.
type Options struct {
	Color bool
}

// Writer writes an atlas in one format.
type Writer func(io.Writer, *Atlas, Options) error

var writers = map[string]Writer{
	"table":    Table,
	"json":     JSON,
	"markdown": Markdown,
	"mermaid":  Mermaid,
	"svg":      SVG,
}

// Format returns the writer of a format.
func Format(name string) (Writer, bool) {
	writer, ok := writers[name]
	return writer, ok
}

// Formats lists the names of the formats.
func Formats() []string { return slices.Sorted(maps.Keys(writers)) }
