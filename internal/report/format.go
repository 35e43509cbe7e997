package report

import (
	"io"
	"maps"
	"slices"
)

// Options say how a report is shown. They never change what it says.
type Options struct {
	Color bool
	// Unknown shows the undecided verdicts one by one; otherwise text only counts them.
	Unknown bool
	// Timed shows how long the run took, which makes each run's bytes differ.
	Timed bool
	// Prefix is the path from the top of the repository, which services count
	// from, to the scanned directory; mostly empty.
	Prefix string
	// Blob is the address that the path of a file is added to, where a service
	// hosts the repository; empty makes links relative.
	Blob string
}

// Writer writes a report in one format.
type Writer func(io.Writer, *Report, Options) error

// formats maps each output format of check to its writer.
var formats = map[string]Writer{
	"text":         Text,
	"json":         JSON,
	"ndjson":       NDJSON,
	"sarif":        SARIF,
	"junit":        JUnit,
	"github":       GitHub,
	"gitlab":       GitLab,
	"markdown":     Markdown,
	"azure":        Azure,
	"github-sarif": GitHubSARIF,
	"html":         HTML,
}

// Format returns the writer of a format.
func Format(name string) (Writer, bool) {
	writer, ok := formats[name]
	return writer, ok
}

// Formats lists the names of the formats.
func Formats() []string { return slices.Sorted(maps.Keys(formats)) }
