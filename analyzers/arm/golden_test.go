package arm

import (
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
// want is what the analyzer says of it.
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
			got := dump(tree.FS, analyze(tree))
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

func writeWant(t *testing.T, path string, archive *txtar.Archive, got string) {
	t.Helper()
	archive.Files = slices.DeleteFunc(archive.Files, func(f txtar.File) bool { return f.Name == "want" })
	archive.Files = append(archive.Files, txtar.File{Name: "want", Data: []byte(got)})
	if err := os.WriteFile(path, txtar.Format(archive), 0o600); err != nil {
		t.Fatal(err)
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
	}
	return treeIn(files), want
}

func treeIn(files fstest.MapFS) source.Tree {
	tree := source.Tree{FS: files}
	for name := range files {
		tree.Files = append(tree.Files, name)
	}
	slices.Sort(tree.Files)
	return tree
}

func analyze(tree source.Tree) resource.Result {
	a := New()
	claimed := slices.DeleteFunc(slices.Clone(tree.Files), func(file string) bool { return !a.Claims(file) })
	return a.Analyze(context.Background(), tree, claimed)
}

// dump writes resources with the places of all their values.
func dump(fsys fs.FS, result resource.Result) string {
	d := &dumper{store: source.NewStore(fsys)}
	fmt.Fprintf(&d.out, "files: %d\n", result.Files)
	for _, r := range result.Resources {
		fmt.Fprintf(&d.out, "\n%s\n  %s %s @%s", r.ID, r.Mode, r.Type, d.place(r.At, r.At.File))
		if r.Name != "" {
			d.out.WriteString(" named " + r.Name)
		}
		if r.Environment != "" {
			d.out.WriteString(" for " + r.Environment)
		}
		for _, call := range r.Via {
			fmt.Fprintf(&d.out, " via %s@%s", call.Name, d.place(call.At, r.At.File))
		}
		if r.Maybe != "" {
			d.out.WriteString(" maybe: " + r.Maybe)
		}
		d.out.WriteString("\n")
		for _, field := range r.Provider.Fields {
			d.value("  ", "deployed to "+field.Name, field.Value, r.At.File)
		}
		for _, field := range r.Attrs.Fields {
			d.value("  ", field.Name, field.Value, r.At.File)
		}
	}
	for _, problem := range result.Diagnostics {
		fmt.Fprintf(&d.out, "\n%s %s %s: %s\n", problem.Severity, d.place(problem.At, ""), problem.Code, problem.Summary)
	}
	return d.out.String()
}

type dumper struct {
	out   strings.Builder
	store *source.Store
}

// place leaves out the file that the reader knows.
func (d *dumper) place(at source.Range, file string) string {
	place := d.store.Place(at)
	text := fmt.Sprintf("%d:%d", place.Start.Line, place.Start.Column)
	if at.File != file {
		text = at.File + ":" + text
	}
	return text
}

func (d *dumper) value(indent, name string, v resource.Value, file string) {
	fmt.Fprintf(&d.out, "%s%s @%s = ", indent, name, d.place(v.At, file))
	switch {
	case v.IsUnknown():
		d.out.WriteString("unknown because " + v.Why)
		if v.Hint != "" {
			d.out.WriteString(", like " + strings.ReplaceAll(v.Hint, string(resource.Hole), "…"))
		}
	case v.IsAbsent():
		d.out.WriteString("null")
	case v.Kind == resource.List:
		d.out.WriteString("[]")
	case v.Kind == resource.Object:
		d.out.WriteString("{}")
	case v.Kind == resource.String:
		fmt.Fprintf(&d.out, "%q", v.Text)
	default:
		text, _ := v.AsString()
		d.out.WriteString(text)
	}
	for _, ref := range v.Refs {
		_, address, _ := strings.Cut(ref.ID, "#")
		d.out.WriteString(" → " + strings.TrimSuffix(address+"|"+ref.Attr, "|"))
	}
	for _, origin := range v.Origin {
		d.out.WriteString(" ← " + d.place(origin, file))
	}
	d.out.WriteString("\n")
	for i, item := range v.Items {
		d.value(indent+"  ", fmt.Sprint(i), item, file)
	}
	for _, field := range v.Fields {
		d.value(indent+"  ", field.Name, field.Value, file)
	}
}
