package fabric

import (
	"testing"
	"testing/fstest"

	"github.com/drlint/drlint/analyzers/analyzertest"
)

// Whatever the files of an item hold, every place lies in a file.
func FuzzItems(f *testing.F) {
	f.Add([]byte(`{"metadata": {"displayName": "a"}, "config": {"logicalId": 1}}`), []byte("table T\n\tpartition P = m\n\t\tsource = Sql.Database(\"a\", \"b\")\n"),
		[]byte(`{"model": {"tables": [{"name": "t", "partitions": [{"source": {"type": "m", "expression": ["a", 1]}}]}], "dataSources": [1]}}`), []byte("find_replace: [{find_value: a}, 1]"))
	f.Add([]byte(`[]`), []byte("expression A =\n\t\t\"x\" meta [IsParameterQuery=true]\n"), []byte(`{"model": []}`), []byte("a: &a [*a]"))
	f.Fuzz(func(t *testing.T, platform, tmdl, bim, parameters []byte) {
		files := fstest.MapFS{
			"a/M.SemanticModel/.platform":            &fstest.MapFile{Data: platform},
			"a/M.SemanticModel/definition/m.tmdl":    &fstest.MapFile{Data: tmdl},
			"a/N.SemanticModel/model.bim":            &fstest.MapFile{Data: bim},
			"a/R.Report/definition.pbir":             &fstest.MapFile{Data: platform},
			"a/L.Lakehouse/.platform":                &fstest.MapFile{Data: platform},
			"a/L.Lakehouse/shortcuts.metadata.json":  &fstest.MapFile{Data: bim},
			"a/P.DataPipeline/pipeline-content.json": &fstest.MapFile{Data: platform},
			"a/parameter.yml":                        &fstest.MapFile{Data: parameters},
			"b/model.bim":                            &fstest.MapFile{Data: bim},
		}
		result := analyze(analyzertest.Tree(files))
		analyzertest.CheckPlaces(t, analyzertest.Tree(files), result)
		analyzertest.Dump(files, result)
	})
}
