package databricks

import (
	"fmt"
	"io/fs"
	"strings"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// dumper shows resources as an outline with the line and column of each value.
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
	case v.Kind == resource.Object || v.Kind == resource.List:
		fmt.Fprintf(&d.b, "%s%s @%s\n", pad, name, d.pos(v.At))
		for _, f := range v.Fields {
			d.value(indent+1, f.Name, f.Value)
		}
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
	for _, ref := range v.Refs {
		fmt.Fprintf(&d.b, " ->%s(%s)", ref.ID, ref.Attr)
	}
	d.b.WriteString("\n")
}

func dump(fsys fs.FS, result resource.Result) string {
	d := &dumper{fsys: fsys, lines: map[string]*source.Lines{}}
	for _, r := range result.Resources {
		d.home = r.Body.File
		fmt.Fprintf(&d.b, "%s %s %s", r.Mode, r.Type, r.ID)
		if r.Environment != "" {
			fmt.Fprintf(&d.b, " for %s", r.Environment)
		}
		fmt.Fprintf(&d.b, " @%s body %s\n", d.pos(r.At), d.pos(r.Body))
		for _, f := range r.Attrs.Fields {
			d.value(1, f.Name, f.Value)
		}
		if !r.Lifecycle.IsAbsent() {
			d.value(1, "(lifecycle)", r.Lifecycle)
		}
	}
	d.home = ""
	for _, problem := range result.Diagnostics {
		fmt.Fprintf(&d.b, "%s %s %s: %s\n", problem.Severity, problem.Code, d.pos(problem.At), problem.Summary)
	}
	return d.b.String()
}
