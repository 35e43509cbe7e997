package syntax

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/drlint/drlint/internal/source"
)

var update = flag.Bool("update", false, "write the trees into the archives")

// TestTrees compares the tree of every file of an archive, with all places,
// with what its "want" file says.
func TestTrees(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			inputs := slices.DeleteFunc(slices.Clone(archive.Files), func(f txtar.File) bool { return f.Name == "want" })
			got := describe(inputs)
			if *update {
				archive.Files = slices.Concat(inputs, []txtar.File{{Name: "want", Data: []byte(got)}})
				if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			want := ""
			for _, file := range archive.Files {
				if file.Name == "want" {
					want = string(file.Data)
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// describe writes the trees and diagnostics of files.
func describe(files []txtar.File) string {
	var text strings.Builder
	for _, file := range files {
		fmt.Fprintf(&text, "== %s\n", file.Name)
		read, problems := Parse(file.Name, file.Data)
		d := dumper{text: &text, lines: source.NewLines(file.Data)}
		for _, statement := range read.Statements {
			d.node(0, "", reflect.ValueOf(statement))
		}
		for _, problem := range problems {
			fmt.Fprintf(&text, "! %s %s\n", d.place(Span{problem.At.Start, problem.At.End}), problem.Summary)
		}
	}
	return text.String()
}

// dumper writes one line a node: its type, its place, its plain fields; the
// nodes below it are indented.
type dumper struct {
	text  *strings.Builder
	lines *source.Lines
}

func (d *dumper) place(span Span) string {
	start, end := d.lines.Pos(span.Start), d.lines.Pos(span.End)
	if start.Line == end.Line {
		return fmt.Sprintf("%d:%d-%d", start.Line, start.Column, end.Column)
	}
	return fmt.Sprintf("%d:%d-%d:%d", start.Line, start.Column, end.Line, end.Column)
}

func (d *dumper) node(indent int, label string, value reflect.Value) {
	for value.Kind() == reflect.Pointer || value.Kind() == reflect.Interface {
		if value.IsNil() {
			return
		}
		value = value.Elem()
	}
	if value.Kind() == reflect.Slice {
		for i := range value.Len() {
			d.node(indent, fmt.Sprintf("%s[%d]", label, i), value.Index(i))
		}
		return
	}
	fmt.Fprint(d.text, strings.Repeat("  ", indent))
	if label != "" {
		fmt.Fprint(d.text, label, ": ")
	}
	fmt.Fprint(d.text, value.Type().Name())
	var below []func()
	d.fields(indent+1, value, &below)
	fmt.Fprintln(d.text)
	for _, write := range below {
		write()
	}
}

// fields writes the plain fields of a node into its line and leaves the rest.
func (d *dumper) fields(indent int, value reflect.Value, below *[]func()) {
	for i := range value.NumField() {
		field, name := value.Field(i), value.Type().Field(i).Name
		switch held := field.Interface().(type) {
		case Head:
			d.fields(indent, field, below)
		case Span:
			if name == "Span" {
				fmt.Fprint(d.text, " ", d.place(held))
			} else if held != (Span{}) {
				fmt.Fprintf(d.text, " %s=%s", name, d.place(held))
			}
		case Ident:
			if held != (Ident{}) {
				fmt.Fprintf(d.text, " %s=%q@%s", name, held.Text, d.place(held.Span))
			}
		case []Ident:
			for _, ident := range held {
				fmt.Fprintf(d.text, " %q@%s", ident.Text, d.place(ident.Span))
			}
		case bool:
			if held || value.Type() == reflect.TypeFor[Bool]() {
				fmt.Fprintf(d.text, " %s=%t", name, held)
			}
		case string, Op:
			if text := field.String(); text != "" {
				fmt.Fprintf(d.text, " %q", text)
			}
		case int64:
			fmt.Fprintf(d.text, " %d", held)
		default:
			*below = append(*below, func() { d.node(indent, name, field) })
		}
	}
}
