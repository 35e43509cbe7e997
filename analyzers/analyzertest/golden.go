// Package analyzertest runs analyzers over repositories that are held in memory
// and shows all that they read, with the line and column of every value.
package analyzertest

import (
	"context"
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

// Analyzer is the part of analyzers.Analyzer that is tested here.
type Analyzer interface {
	Claims(file string) bool
	Analyze(ctx context.Context, tree source.Tree, files []string) resource.Result
}

// wantFile is the file of an archive that holds what an analyzer says of it.
const wantFile = "want"

// Golden compares what is read from every archive of testdata with its file
// want, and writes that file when update is set. A comment of an archive sets what
// is no file: "name: x" and "remote: x" of the repository, and environments as
// "environment: root name files…".
func Golden(t *testing.T, analyze func(source.Tree) resource.Result, update bool) {
	t.Helper()
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("no archives in testdata: %v", err)
	}
	for _, name := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			t.Parallel()
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			tree, want := TreeOf(archive)
			result := analyze(tree)
			CheckPlaces(t, tree, result)
			got := Dump(tree.FS, result)
			if update {
				writeWant(t, name, archive, got)
				return
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("want → got:\n%s", diff)
			}
		})
	}
}

func writeWant(t *testing.T, name string, archive *txtar.Archive, got string) {
	t.Helper()
	archive.Files = slices.DeleteFunc(archive.Files, func(f txtar.File) bool { return f.Name == wantFile })
	archive.Files = append(archive.Files, txtar.File{Name: wantFile, Data: []byte(got)})
	if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TreeOf returns the repository of an archive and what is wanted of it.
func TreeOf(archive *txtar.Archive) (tree source.Tree, want string) {
	files := fstest.MapFS{}
	for _, f := range archive.Files {
		if f.Name == wantFile {
			want = string(f.Data)
			continue
		}
		files[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	tree = Tree(files)
	for line := range strings.Lines(string(archive.Comment)) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		switch words := strings.Fields(value); key {
		case "name":
			tree.Name = value
		case "remote":
			tree.Remotes = append(tree.Remotes, value)
		case "environment":
			tree.Environments = append(tree.Environments, source.Environment{Root: words[0], Name: words[1], Files: words[2:]})
		}
	}
	return tree, want
}

// Tree is a repository of files.
func Tree(files fstest.MapFS) source.Tree {
	tree := source.Tree{FS: files}
	for name := range files {
		tree.Files = append(tree.Files, name)
	}
	slices.Sort(tree.Files)
	return tree
}

// Analyze claims files the way a scan does.
func Analyze(a Analyzer, tree source.Tree) resource.Result {
	claimed := slices.DeleteFunc(slices.Clone(tree.Files), func(file string) bool { return !a.Claims(file) })
	return a.Analyze(context.Background(), tree, claimed)
}
