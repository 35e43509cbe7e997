package scan_test

import (
	"context"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/drlint/drlint/analyzers"
	"github.com/drlint/drlint/internal/difference"
	"github.com/drlint/drlint/internal/policy"
	"github.com/drlint/drlint/internal/scan"
	"github.com/drlint/drlint/internal/source"
	"github.com/drlint/drlint/internal/synthetic"
)

// BenchmarkCompare compares a platform of 500 files with itself and with one of
// which one file was edited. The first must cost little more than a scan, the
// second less than two.
func BenchmarkCompare(b *testing.B) {
	set := load(b)
	older, newer := fstest.MapFS{}, fstest.MapFS{}
	for name, data := range synthetic.Platform(500) {
		older[name], newer[name] = &fstest.MapFile{Data: data}, &fstest.MapFile{Data: data}
	}
	files := slices.Sorted(maps.Keys(older))
	edited := files[slices.IndexFunc(files, func(name string) bool { return strings.HasSuffix(name, ".tf") })]
	for name, edit := range map[string]string{"nothing changed": "", "one file edited": "\nresource \"aws_s3_bucket\" \"further_raw\" {\n  bucket = \"further-raw\"\n}\n"} {
		b.Run(name, func(b *testing.B) {
			after := maps.Clone(newer)
			after[edited] = &fstest.MapFile{Data: append(slices.Clone(newer[edited].Data), edit...)}
			b.ReportAllocs()
			for b.Loop() {
				compareOnce(b, set, older, after, files)
			}
		})
	}
}

func compareOnce(b *testing.B, set *policy.Ruleset, older, newer fstest.MapFS, files []string) {
	options := func(fsys fstest.MapFS) scan.Options {
		return scan.Options{Tree: source.Tree{FS: fsys, Files: files, Name: "platform"}, Analyzers: analyzers.All(), Rules: set}
	}
	same := func(name string) bool {
		a, b := older[name], newer[name]
		return a == b || a != nil && b != nil && slices.Equal(a.Data, b.Data)
	}
	changes := difference.Compare(difference.Sides{Older: older, Newer: newer, Same: same}, files, files)
	r, err := scan.Compare(context.Background(), options(newer), scan.Comparison{Name: "main", Base: options(older), Changes: changes})
	if err != nil {
		b.Fatal(err)
	}
	if edited := len(changes.Files()) > 0; r.Summary.Existing == 0 || edited != (r.Summary.New > 0) {
		b.Fatalf("%d new, %d existing findings", r.Summary.New, r.Summary.Existing)
	}
}
