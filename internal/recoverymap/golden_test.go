package recoverymap

import (
	"bytes"
	"context"
	"flag"
	"fmt"
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
	"github.com/drlint/drlint/internal/scan"
)

var update = flag.Bool("update", false, "write what the maps say into the archives")

// survey runs the whole pipeline over the files of an archive.
func survey(t *testing.T, archive *txtar.Archive) *Atlas {
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
	return Build(Source{Version: "test", Model: s.Model, Shown: s.Within, Diagnostics: append(diagnostics, s.Diagnostics...), Sources: s.Sources})
}

// outputs are the files that a golden archive compares.
func outputs(atlas *Atlas) map[string]func(io.Writer) error {
	all := map[string]func(io.Writer) error{}
	for _, name := range []string{"table", "markdown", "mermaid", "svg"} {
		all[name] = func(w io.Writer) error { return writers[name](w, atlas, Options{}) }
	}
	for _, fault := range []model.Fault{model.RegionFault, model.DestroyFault} {
		all["night-"+string(fault)] = func(w io.Writer) error { return NightText(w, Tell(atlas, fault), Options{}) }
	}
	all["night-overwrite.md"] = func(w io.Writer) error { return NightMarkdown(w, Tell(atlas, model.OverwriteFault), Options{}) }
	return all
}

func TestPlatforms(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(paths) < 3 {
		t.Fatalf("%d archives: %v", len(paths), err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			atlas := survey(t, archive)
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

// everything writes every format and every night.
func everything(t *testing.T, atlas *Atlas) map[string]string {
	t.Helper()
	all := map[string]string{}
	keep := func(name string, write func(io.Writer) error) {
		var b bytes.Buffer
		if err := write(&b); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		all[name] = b.String()
	}
	for _, name := range Formats() {
		keep(name, func(w io.Writer) error { return writers[name](w, atlas, Options{}) })
	}
	for _, fault := range model.Faults {
		for _, name := range NightFormats() {
			keep(fmt.Sprintf("%s of %s", name, fault), func(w io.Writer) error { return tellers[name](w, Tell(atlas, fault), Options{}) })
		}
	}
	return all
}

// TestSameModelSameBytes: nothing depends on the order of a Go map or of assets.
func TestSameModelSameBytes(t *testing.T) {
	for _, fresh := range []func() *builder{retail, func() *builder { return large(60) }} {
		want := everything(t, fresh().atlas())
		for range 4 {
			if diff := cmp.Diff(want, everything(t, fresh().atlas())); diff != "" {
				t.Fatal(diff)
			}
		}
	}
}

// TestTextFitsTheTerminal: the table and the stories are at most 100 columns wide.
func TestTextFitsTheTerminal(t *testing.T) {
	b := retail()
	b.add(model.Database, "aws dynamodb", strings.Repeat("a-very-long-name-", 12), in("eu-central-1"), by(model.Backup, "aws_backup.air_gapped_vault", 24, 3650, locked))
	b.add(model.Database, "aws "+strings.Repeat("product_", 15), "short")
	for name, text := range everything(t, b.atlas()) {
		if name != "table" && !strings.HasPrefix(name, "text ") {
			continue
		}
		for i, line := range strings.Split(text, "\n") {
			if width(line) > tableWidth || strings.TrimRight(line, " ") != line {
				t.Errorf("%s, line %d: %q", name, i+1, line)
			}
		}
	}
}

func TestColour(t *testing.T) {
	var b bytes.Buffer
	if err := Table(&b, retail().atlas(), Options{Color: true}); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(b.String(), "\x1b[31;1m✗ gap\x1b") {
		t.Error("a gap has no colour")
	}
}

func TestAnEmptyRepository(t *testing.T) {
	for name, text := range everything(t, build("empty").atlas()) {
		if text == "" {
			t.Errorf("%s says nothing", name)
		}
	}
}
