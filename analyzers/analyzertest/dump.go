package analyzertest

import (
	"bytes"
	"fmt"
	"io/fs"
	"strings"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// Dump shows resources as an outline with the places of all their values, then
// the diagnostics.
func Dump(files fs.FS, result resource.Result) string {
	d := &dumper{files: files, lines: map[string]*source.Lines{}}
	for _, r := range result.Resources {
		d.resource(r)
	}
	for _, diagnostic := range result.Diagnostics {
		d.file = ""
		fmt.Fprintf(&d.out, "%s %s %s: %s\n", diagnostic.Severity, diagnostic.Code, d.place(diagnostic.At), diagnostic.Summary)
	}
	return d.out.String()
}

// Place writes a place as file, line and columns: "main.bicep:2:1-22".
func Place(files fs.FS, at source.Range) string {
	d := &dumper{files: files, lines: map[string]*source.Lines{}}
	return d.place(at)
}

// dumper writes results the way want files hold them.
type dumper struct {
	files fs.FS
	lines map[string]*source.Lines
	out   bytes.Buffer
	file  string // places in this file are written without its name
}

func (d *dumper) resource(r resource.Resource) {
	d.file = ""
	fmt.Fprintf(&d.out, "%s %s %s %s @%s", r.ID, r.Mode, r.Type, r.Name, d.place(r.At))
	d.file = r.At.File
	if r.Body != r.At {
		fmt.Fprintf(&d.out, " body %s", d.place(r.Body))
	}
	d.out.WriteByte('\n')
	for _, call := range r.Via {
		fmt.Fprintf(&d.out, "  via %s @%s\n", call.Name, d.place(call.At))
	}
	if r.Maybe != "" {
		fmt.Fprintf(&d.out, "  maybe %s\n", r.Maybe)
	}
	for _, field := range r.Attrs.Fields {
		d.field(field, 1)
	}
	if !r.Provider.IsAbsent() {
		d.field(resource.Field{Name: "provider", At: r.Provider.At, Value: r.Provider}, 1)
	}
	if !r.Lifecycle.IsAbsent() {
		d.field(resource.Field{Name: "lifecycle", At: r.Lifecycle.At, Value: r.Lifecycle}, 1)
	}
}

func (d *dumper) field(f resource.Field, depth int) {
	fmt.Fprintf(&d.out, "%s%s @%s", strings.Repeat("  ", depth), f.Name, d.place(f.At))
	d.value(f.Value, depth)
}

func (d *dumper) value(v resource.Value, depth int) {
	fmt.Fprintf(&d.out, " = @%s %s", d.place(v.At), scalar(v))
	for _, ref := range v.Refs {
		fmt.Fprintf(&d.out, " →%s", strings.TrimSuffix(ref.ID+":"+ref.Attr, ":"))
	}
	for _, origin := range v.Origin {
		fmt.Fprintf(&d.out, " ←%s", d.place(origin))
	}
	d.out.WriteByte('\n')
	for _, item := range v.Items {
		d.out.WriteString(strings.Repeat("  ", depth+1) + "-")
		d.value(item, depth+1)
	}
	for _, field := range v.Fields {
		d.field(field, depth+1)
	}
}

func scalar(v resource.Value) string {
	switch {
	case v.State == resource.Unknown:
		text := "unknown because " + v.Why
		if v.Hint != "" {
			text += fmt.Sprintf(" (%s)", strings.ReplaceAll(v.Hint, string(resource.Hole), "…"))
		}
		return text
	case v.State == resource.Absent:
		return "absent"
	case v.Kind == resource.List:
		return "list"
	case v.Kind == resource.Object:
		return "object"
	case v.Kind == resource.Null:
		return "null"
	case v.Kind == resource.String:
		return fmt.Sprintf("%q", v.Text)
	default:
		text, _ := v.AsString()
		return text
	}
}

func (d *dumper) place(at source.Range) string {
	if at.IsZero() {
		return "nowhere"
	}
	lines := d.lines[at.File]
	if lines == nil {
		data, err := fs.ReadFile(d.files, at.File)
		if err != nil {
			return at.File + " unreadable"
		}
		lines = source.NewLines(data)
		d.lines[at.File] = lines
	}
	start, end := lines.Pos(at.Start), lines.Pos(at.End)
	text := fmt.Sprintf("%d:%d-%d:%d", start.Line, start.Column, end.Line, end.Column)
	if start.Line == end.Line {
		text = fmt.Sprintf("%d:%d-%d", start.Line, start.Column, end.Column)
	}
	if at.File != d.file {
		text = at.File + ":" + text
	}
	return text
}
