package remedy

import (
	"bytes"
	"path"
	"strings"

	bicep "github.com/drlint/drlint/analyzers/bicep/layout"
	terraform "github.com/drlint/drlint/analyzers/terraform/layout"
	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/guard"
	"github.com/drlint/drlint/internal/layout"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
	"github.com/drlint/drlint/internal/syntax/jsonc"
)

// document is a file that may be edited.
type document struct {
	file    string
	data    []byte
	dialect *dialect
	newline string
	body    layout.Body
}

// document reads a file; nil when it is of a format that is not edited, or has
// faults: nobody edits what he cannot read.
func (p *planner) document(file string) *document {
	d, known := p.documents[file]
	if !known {
		d = p.read(file)
		p.documents[file] = d
	}
	return d
}

func (p *planner) read(file string) *document {
	if strings.Contains("/"+file, "/.terraform/") || strings.Contains("/"+file, "/.terragrunt-cache/") {
		return nil
	}
	data, problem := guard.Read(p.fsys, file, guard.Text)
	if problem != nil {
		return nil
	}
	d := &document{file: file, data: data, newline: lineEnd(data)}
	ok := false
	switch path.Ext(file) {
	case ".tf", ".tofu", ".tfvars", ".hcl":
		d.dialect = &hclDialect
		d.body, ok = terraform.Read(file, data)
	case ".bicep", ".bicepparam":
		d.dialect = &bicepDialect
		d.body, ok = bicep.Read(file, data)
	case ".json", ".jsonc":
		d.dialect = &jsonDialect
		d.body, ok = readJSON(file, data)
	}
	if !ok {
		return nil
	}
	return d
}

// readJSON returns the layout of a JSON file that has no faults but comments.
func readJSON(file string, data []byte) (layout.Body, bool) {
	root, problems := jsonc.Parse(file, data, jsonc.Options{Comments: true, TrailingCommas: true, MultilineStrings: true})
	if len(problems) > 0 || root.State != resource.Known {
		return layout.Body{}, false
	}
	body := layout.Body{Braces: layout.Span{End: len(data)}}
	body.Entries = []layout.Entry{jsonEntry(resource.Field{At: root.At, Value: root})}
	return body, true
}

func jsonEntry(f resource.Field) layout.Entry {
	e := layout.Entry{Name: f.Name, Whole: layout.Span{Start: f.At.Start, End: f.Value.At.End}, Value: spanOf(f.Value.At)}
	switch f.Value.Kind {
	case resource.Object:
		e.Body = &layout.Body{Braces: e.Value}
		for _, field := range f.Value.Fields {
			e.Body.Entries = append(e.Body.Entries, jsonEntry(field))
		}
	case resource.List:
		// The items are no members, but bodies are found through them.
		e.Body = &layout.Body{Braces: e.Value, Open: true}
		for _, item := range f.Value.Items {
			e.Body.Entries = append(e.Body.Entries, jsonEntry(resource.Field{At: item.At, Value: item}))
		}
	}
	return e
}

func spanOf(at source.Range) layout.Span { return layout.Span{Start: at.Start, End: at.End} }

// text is what is written at a place.
func (d *document) text(at source.Range) string {
	if at.Start < 0 || at.Start > at.End || at.End > len(d.data) {
		return ""
	}
	return string(d.data[at.Start:at.End])
}

// replace is an edit of a span.
func (d *document) replace(start, end int, text string) finding.Edit {
	return finding.Edit{At: source.Range{File: d.file, Start: start, End: end}, New: strings.ReplaceAll(text, "\n", d.newline)}
}

// lineStart is where the line of an offset begins.
func (d *document) lineStart(offset int) int {
	start := bytes.LastIndexByte(d.data[:offset], '\n') + 1
	if start == 0 && bytes.HasPrefix(d.data, []byte("\xef\xbb\xbf")) && offset >= 3 {
		return 3
	}
	return start
}

// lineStop is where the line of an offset ends, its terminator excluded.
func (d *document) lineStop(offset int) int {
	next := bytes.IndexByte(d.data[offset:], '\n')
	if next < 0 {
		return len(d.data)
	}
	stop := offset + next
	if stop > offset && d.data[stop-1] == '\r' {
		stop--
	}
	return stop
}

// indent is the white space before the line of an offset.
func (d *document) indent(offset int) string {
	start := d.lineStart(offset)
	end := start
	for end < offset && (d.data[end] == ' ' || d.data[end] == '\t') {
		end++
	}
	return string(d.data[start:end])
}

// ownLine reports whether nothing but white space is before an offset.
func (d *document) ownLine(offset int) bool {
	return len(d.indent(offset)) == offset-d.lineStart(offset)
}

// oneLine reports whether a span lies on one line.
func (d *document) oneLine(s layout.Span) bool {
	return !bytes.Contains(d.data[s.Start:s.End], []byte("\n"))
}
