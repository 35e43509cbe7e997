package bicep

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

var update = flag.Bool("update", false, "rewrite the want files of testdata")

// TestGolden evaluates every archive of testdata: its files are a repository,
// want is what the analyzer says of it. A line "environment: root name files…" of
// the archive's comment declares an environment.
func TestGolden(t *testing.T) {
	t.Parallel()
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	for _, path := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			t.Parallel()
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			tree, want := treeOf(archive)
			got := dumpResult(tree.FS, analyze(tree))
			if *update {
				writeWant(t, path, archive, got)
				return
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("want → got:\n%s", diff)
			}
		})
	}
}

func treeOf(archive *txtar.Archive) (tree source.Tree, want string) {
	files := fstest.MapFS{}
	for _, f := range archive.Files {
		if f.Name == "want" {
			want = string(f.Data)
			continue
		}
		files[f.Name] = &fstest.MapFile{Data: f.Data}
		tree.Files = append(tree.Files, f.Name)
	}
	slices.Sort(tree.Files)
	tree.FS = files
	for line := range strings.Lines(string(archive.Comment)) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		switch key {
		case "environment":
			words := strings.Fields(value)
			tree.Environments = append(tree.Environments, source.Environment{Root: words[0], Name: words[1], Files: words[2:]})
		}
	}
	return tree, want
}

// analyze claims files the way a scan does.
func analyze(tree source.Tree) resource.Result {
	analyzer := New()
	var claimed []string
	for _, file := range tree.Files {
		if analyzer.Claims(file) {
			claimed = append(claimed, file)
		}
	}
	return analyzer.Analyze(context.Background(), tree, claimed)
}

func writeWant(t *testing.T, path string, archive *txtar.Archive, got string) {
	t.Helper()
	archive.Files = slices.DeleteFunc(archive.Files, func(f txtar.File) bool { return f.Name == "want" })
	archive.Files = append(archive.Files, txtar.File{Name: "want", Data: []byte(got)})
	if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
		t.Fatal(err)
	}
}

// dumper writes results the way want files hold them.
type dumper struct {
	files fs.FS
	lines map[string]*source.Lines
	out   bytes.Buffer
	file  string // places in this file are written without its name
}

func dumpResult(files fs.FS, result resource.Result) string {
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

func (d *dumper) resource(r resource.Resource) {
	d.file = ""
	fmt.Fprintf(&d.out, "%s %s %s %s @%s\n", r.ID, r.Mode, r.Type, r.Name, d.place(r.At))
	d.file = r.At.File
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
