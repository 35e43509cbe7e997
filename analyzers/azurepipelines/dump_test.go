package azurepipelines

import (
	"fmt"
	"io/fs"
	"strings"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// dumper shows values as an outline with the line and column of each.
type dumper struct {
	b     strings.Builder
	fsys  fs.FS
	lines map[string]*source.Lines
	home  string // the file whose name is left out
}

func (d *dumper) pos(at source.Range) string {
	if at.IsZero() {
		return "-"
	}
	lines := d.lines[at.File]
	if lines == nil {
		data, _ := fs.ReadFile(d.fsys, at.File)
		lines = source.NewLines(data)
		d.lines[at.File] = lines
	}
	start, end := lines.Pos(at.Start), lines.Pos(at.End)
	place := fmt.Sprintf("%d:%d-%d:%d", start.Line, start.Column, end.Line, end.Column)
	if start.Line == end.Line {
		place = fmt.Sprintf("%d:%d-%d", start.Line, start.Column, end.Column)
	}
	if at.File != d.home {
		place = at.File + ":" + place
	}
	return place
}

func (d *dumper) value(indent int, name string, v resource.Value) {
	pad := strings.Repeat("  ", indent)
	switch {
	case v.IsUnknown():
		fmt.Fprintf(&d.b, "%s%s: ? %s", pad, name, v.Why)
		if v.Hint != "" {
			fmt.Fprintf(&d.b, " %q", strings.ReplaceAll(v.Hint, string(resource.Hole), "…"))
		}
	case v.IsAbsent():
		fmt.Fprintf(&d.b, "%s%s: null", pad, name)
	case v.Kind == resource.Object:
		fmt.Fprintf(&d.b, "%s%s @%s\n", pad, name, d.pos(v.At))
		for _, f := range v.Fields {
			if f.Name == "words" {
				d.words(indent+1, f.Value)
				continue
			}
			d.value(indent+1, f.Name, f.Value)
		}
		return
	case v.Kind == resource.List:
		fmt.Fprintf(&d.b, "%s%s @%s\n", pad, name, d.pos(v.At))
		for _, item := range v.Items {
			d.value(indent+1, "-", item)
		}
		return
	case v.Kind == resource.String:
		fmt.Fprintf(&d.b, "%s%s: %q", pad, name, v.Text)
	default:
		text, _ := v.AsString()
		fmt.Fprintf(&d.b, "%s%s: %s", pad, name, text)
	}
	fmt.Fprintf(&d.b, " @%s", d.pos(v.At))
	for _, origin := range v.Origin {
		fmt.Fprintf(&d.b, " <%s", d.pos(origin))
	}
	d.b.WriteString("\n")
}

// words shows the words of a command, one a line.
func (d *dumper) words(indent int, v resource.Value) {
	for _, item := range v.Items {
		d.value(indent, "·", item)
	}
}

func dump(fsys fs.FS, result resource.Result) string {
	d := &dumper{fsys: fsys, lines: map[string]*source.Lines{}}
	for _, r := range result.Resources {
		d.home = r.Body.File
		fmt.Fprintf(&d.b, "%s %s %s @%s body %s\n", r.Type, r.Name, r.ID, d.pos(r.At), d.pos(r.Body))
		for _, f := range r.Attrs.Fields {
			d.value(1, f.Name, f.Value)
		}
	}
	d.home = ""
	for _, problem := range result.Diagnostics {
		fmt.Fprintf(&d.b, "%s %s %s: %s\n", problem.Severity, problem.Code, d.pos(problem.At), problem.Summary)
	}
	return d.b.String()
}
