package scan_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"testing"
	"testing/fstest"

	"github.com/drlint/drlint/analyzers"
	"github.com/drlint/drlint/internal/policy"
	"github.com/drlint/drlint/internal/scan"
	"github.com/drlint/drlint/internal/source"
	"github.com/drlint/drlint/internal/synthetic"
	"github.com/drlint/drlint/rules"
)

// BenchmarkRun scans synthetic platforms; twice the files must take twice the time.
func BenchmarkRun(b *testing.B) {
	index, err := rules.Index()
	if err != nil {
		b.Fatal(err)
	}
	for _, files := range []int{170, 500, 1000, 2000} {
		b.Run(fmt.Sprintf("files=%d", files), func(b *testing.B) {
			fsys := fstest.MapFS{}
			for name, data := range synthetic.Platform(files) {
				fsys[name] = &fstest.MapFile{Data: data}
			}
			tree := source.Tree{FS: fsys, Files: slices.Sorted(maps.Keys(fsys)), Name: "platform"}
			b.ReportAllocs()
			for b.Loop() {
				set, err := policy.Load(rules.FS, index)
				if err != nil {
					b.Fatal(err)
				}
				r, err := scan.Run(context.Background(), scan.Options{Tree: tree, Analyzers: analyzers.All(), Rules: set})
				if err != nil {
					b.Fatal(err)
				}
				if r.Summary.Assets < files {
					b.Fatalf("got %d assets", r.Summary.Assets)
				}
			}
		})
	}
}
