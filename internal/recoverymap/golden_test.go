package recoverymap_test

import (
	"bytes"
	"context"
	"flag"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/drlint/drlint/analyzers"
	"github.com/drlint/drlint/internal/discover"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/recoverymap"
	"github.com/drlint/drlint/internal/scan"
)

var update = flag.Bool("update", false, "write what the maps say into the archives")

// survey runs the whole pipeline over the files of an archive.
func survey(t *testing.T, archive *txtar.Archive) *recoverymap.Atlas {
	t.Helper()
	fsys := fstest.MapFS{}
	for _, file := range archive.Files {
		if !strings.HasPrefix(file.Name, "want/") {
			fsys[file.Name] = &fstest.MapFile{Data: file.Data}
		}
	}
	tree, diagnostics, err := discover.Walk(fsys, discover.Options{Name: "acme"})
	if err != nil {
		t.Fatal(err)
	}
	s := scan.Survey(context.Background(), scan.Options{Tree: tree, Analyzers: analyzers.All()})
	return recoverymap.Build(recoverymap.Source{Version: "test", Model: s.Model, Shown: s.Within, Diagnostics: append(diagnostics, s.Diagnostics...), Sources: s.Sources})
}

// outputs are the files that a golden archive compares.
func outputs(atlas *recoverymap.Atlas) map[string]func(io.Writer) error {
	all := map[string]func(io.Writer) error{}
	for _, name := range []string{"table", "markdown", "mermaid", "svg"} {
		write, _ := recoverymap.Format(name)
		all[name] = func(w io.Writer) error { return write(w, atlas, recoverymap.Options{}) }
	}
	for _, fault := range []model.Fault{model.RegionFault, model.DestroyFault} {
		all["night-"+string(fault)] = func(w io.Writer) error {
			return recoverymap.NightText(w, recoverymap.Tell(atlas, fault), recoverymap.Options{})
		}
	}
	all["night-overwrite.md"] = func(w io.Writer) error {
		return recoverymap.NightMarkdown(w, recoverymap.Tell(atlas, model.OverwriteFault), recoverymap.Options{})
	}
	return all
}

func TestPlatforms(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(paths) < 3 {
		t.Fatalf("%d archives: %v", len(paths), err)
	}
	schema := recoverymap.Schema(t)
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			atlas := survey(t, archive)
			recoverymap.Conforms(t, schema, atlas)
			got := map[string]string{}
			for name, write := range outputs(atlas) {
				var b bytes.Buffer
				if err := write(&b); err != nil {
					t.Fatal(err)
				}
				got["want/"+name] = b.String()
			}
			if *update {
				rewrite(t, path, archive, got)
			}
			want := map[string]string{}
			for _, file := range archive.Files {
				if strings.HasPrefix(file.Name, "want/") {
					want[file.Name] = string(file.Data)
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("run with -update and read the change (-want +got):\n%s", diff)
			}
		})
	}
}

func rewrite(t *testing.T, path string, archive *txtar.Archive, got map[string]string) {
	t.Helper()
	archive.Files = slices.DeleteFunc(archive.Files, func(f txtar.File) bool { return strings.HasPrefix(f.Name, "want/") })
	for _, name := range []string{"table", "markdown", "mermaid", "svg", "night-region", "night-destroy", "night-overwrite.md"} {
		archive.Files = append(archive.Files, txtar.File{Name: "want/" + name, Data: []byte(got["want/"+name])})
	}
	if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
		t.Fatal(err)
	}
}
