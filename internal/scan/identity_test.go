package scan_test

import (
	"io/fs"
	"path"
	"slices"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/drlint/drlint/analyzers"
	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/report"
	"github.com/drlint/drlint/internal/scan"
	"github.com/drlint/drlint/internal/source"
)

// TestMovedCodeKeepsItsIdentity: lines above everything change no identity.
func TestMovedCodeKeepsItsIdentity(t *testing.T) {
	set := load(t)
	for _, tree := range examples(t) {
		options := scan.Options{Tree: tree, Analyzers: analyzers.All(), Rules: set}
		want := identities(run(t, options))
		options.Tree.FS = copied(t, tree, func(file string, data []byte) []byte {
			switch path.Ext(file) {
			case ".tf", ".tfvars", ".bicep", ".yml", ".yaml":
				return append([]byte("\n\n\n"), data...)
			}
			return data
		})
		if diff := cmp.Diff(want, identities(run(t, options))); diff != "" {
			t.Errorf("%s: %s", tree.Name, diff)
		}
	}
}

// TestAFurtherBlockRenamesNothing: what is added above others of its kind is new,
// and nothing else is.
func TestAFurtherBlockRenamesNothing(t *testing.T) {
	set := load(t)
	added := []byte("resource \"aws_s3_bucket\" \"a_raw_thing\" {\n  bucket = \"acme-raw-thing\"\n}\n\n")
	for _, tree := range examples(t) {
		options := scan.Options{Tree: tree, Analyzers: analyzers.All(), Rules: set}
		want := identities(run(t, options))
		options.Tree.FS = copied(t, tree, func(file string, data []byte) []byte {
			if path.Base(file) == "main.tf" {
				return slices.Concat(added, data)
			}
			return data
		})
		for _, id := range identities(run(t, options)) {
			if i := slices.Index(want, id); i >= 0 {
				want = slices.Delete(want, i, i+1)
			}
		}
		// A repository without stores of AWS may say less of itself than before.
		for _, id := range want {
			if id.Path != "" {
				t.Errorf("%s: %+v is gone", tree.Name, id)
			}
		}
	}
}

func identities(r *report.Report) (ids []finding.Identity) {
	for _, f := range r.Findings {
		if f.Verdict == finding.Fail {
			ids = append(ids, f.Identity)
		}
	}
	return ids
}

func copied(t *testing.T, tree source.Tree, edit func(file string, data []byte) []byte) fs.FS {
	t.Helper()
	fsys := fstest.MapFS{}
	for _, file := range tree.Files {
		data, err := fs.ReadFile(tree.FS, file)
		if err != nil {
			t.Fatal(err)
		}
		fsys[file] = &fstest.MapFile{Data: edit(file, data)}
	}
	return fsys
}
