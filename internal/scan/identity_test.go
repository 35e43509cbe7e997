package scan_test

import (
	"io/fs"
	"maps"
	"path"
	"slices"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/drlint/drlint/analyzers"
	"github.com/drlint/drlint/internal/baseline"
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

// TestWhatIsAboutTheRepositoryIsTiedToNoFile: a further workflow moves the place at
// which a finding about the repository as a whole is shown, and nothing else.
func TestWhatIsAboutTheRepositoryIsTiedToNoFile(t *testing.T) {
	const deploy = "on: push\njobs:\n  go:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - run: terraform apply -auto-approve\n"
	set := load(t)
	before := fstest.MapFS{
		"main.tf":                      {Data: []byte("resource \"aws_s3_bucket\" \"raw\" {\n  bucket = \"acme-raw\"\n}\n")},
		".github/workflows/deploy.yml": {Data: []byte(deploy)},
	}
	after := fstest.MapFS{".github/workflows/a.yml": {Data: []byte(deploy)}}
	maps.Copy(after, before)
	options := func(fsys fstest.MapFS) scan.Options {
		files := slices.Sorted(maps.Keys(fsys))
		return scan.Options{Tree: source.Tree{FS: fsys, Name: "acme", Files: files}, Analyzers: analyzers.All(), Rules: set}
	}
	older, newer := run(t, options(before)), run(t, options(after))
	whole := func(r *report.Report) (ids []finding.Identity, shown []string) {
		for _, f := range r.Findings {
			if f.Everywhere {
				ids, shown = append(ids, f.Identity), append(shown, f.At.File)
			}
		}
		return ids, shown
	}
	was, at := whole(older)
	is, now := whole(newer)
	if len(was) == 0 || at[0] == now[0] {
		t.Fatalf("%v was shown at %v and is at %v", was, at, now)
	}
	if diff := cmp.Diff(was, is); diff != "" {
		t.Error(diff)
	}
	known := baseline.Baseline{Entries: baseline.Of(older.Findings)}
	stays := func(string, string, string) bool { return false }
	if marked := known.Mark(newer.Findings, stays); len(marked.Unmatched) > 0 {
		t.Errorf("the baseline no longer knows %+v", marked.Unmatched)
	}
}
