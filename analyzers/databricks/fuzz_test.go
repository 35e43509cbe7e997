package databricks

import (
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"

	"github.com/drlint/drlint/analyzers/analyzertest"
)

// Whatever a bundle holds, every place lies in a file and every unknown value
// says why.
func FuzzBundle(f *testing.F) {
	for _, name := range []string{"testdata/targets.txtar", "testdata/shapes.txtar"} {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(archive.Files[0].Data, archive.Files[1].Data)
	}
	f.Add([]byte("bundle: {name: a}\ntargets: {a: {variables: {x: {default: [1]}}}}\nresources: {jobs: {j: {tasks: [{notebook_task: {notebook_path: '${var.x[0]}'}}]}}}"), []byte("{}"))
	f.Add([]byte("bundle: &a\n  name: ${bundle.name}${.}${[]}\nresources: *a\n"), []byte("resources: 1"))
	f.Fuzz(func(t *testing.T, bundle, included []byte) {
		files := fstest.MapFS{
			"databricks.yml":      &fstest.MapFile{Data: bundle},
			"resources/load.yml":  &fstest.MapFile{Data: included},
			"src/ingest.py":       &fstest.MapFile{Data: []byte("# Databricks notebook source\n")},
			"notebooks/load.py":   &fstest.MapFile{Data: []byte("x.write.save('a')")},
			"resources/empty.yml": &fstest.MapFile{},
		}
		result := analyze(analyzertest.Tree(files))
		analyzertest.CheckPlaces(t, analyzertest.Tree(files), result)
		analyzertest.Dump(files, result)
	})
}
