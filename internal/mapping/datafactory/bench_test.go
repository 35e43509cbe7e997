package datafactory_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"testing/fstest"

	layout "github.com/drlint/drlint/analyzers/datafactory"
	"github.com/drlint/drlint/internal/mapping/datafactory"
	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/source"
)

// BenchmarkBuild reads and maps a factory of 500 pipelines, each with two
// copies, the second of which reads what some first one wrote that day.
func BenchmarkBuild(b *testing.B) {
	fsys := fstest.MapFS{
		"linkedService/Lake.json": {Data: []byte(`{"name": "Lake", "properties": {"type": "AzureBlobFS", "typeProperties": {"url": "https://stlake.dfs.core.windows.net"}}}`)},
		"linkedService/Sql.json":  {Data: []byte(`{"name": "Sql", "properties": {"type": "AzureSqlDatabase", "typeProperties": {"server": "s.database.windows.net", "database": "d"}}}`)},
		"dataset/Table.json":      {Data: []byte(`{"name": "Table", "properties": {"type": "AzureSqlTable", "linkedServiceName": {"referenceName": "Sql"}, "parameters": {"name": {}}, "typeProperties": {"table": "@dataset().name"}}}`)},
		"dataset/Day.json":        {Data: []byte(`{"name": "Day", "properties": {"type": "Parquet", "linkedServiceName": {"referenceName": "Lake"}, "parameters": {"name": {}}, "typeProperties": {"location": {"fileSystem": "raw", "folderPath": "@concat(dataset().name,'/',utcNow('yyyy-MM-dd'))"}}}}`)},
		"dataset/Silver.json":     {Data: []byte(`{"name": "Silver", "properties": {"type": "Parquet", "linkedServiceName": {"referenceName": "Lake"}, "typeProperties": {"location": {"fileSystem": "silver", "folderPath": "x"}}}}`)},
	}
	for i := range 500 {
		name := fmt.Sprintf("P%d", i)
		dataset := func(kind string) string {
			return fmt.Sprintf(`{"referenceName": %q, "parameters": {"name": "@pipeline().parameters.table"}}`, kind)
		}
		fsys["pipeline/"+name+".json"] = &fstest.MapFile{Data: fmt.Appendf(nil, `{"name": %q, "properties": {"parameters": {"table": {"defaultValue": "t%d"}}, "activities": [
			{"name": "Land", "type": "Copy", "typeProperties": {"source": {"type": "AzureSqlSource", "sqlReaderQuery": "select * from dbo.t where x > '@{formatDateTime(utcNow())}'"}, "sink": {"type": "ParquetSink"}}, "inputs": [%s], "outputs": [%s]},
			{"name": "Clean", "type": "Copy", "typeProperties": {"source": {"type": "ParquetSource"}, "sink": {"type": "ParquetSink"}}, "inputs": [%s], "outputs": [{"referenceName": "Silver"}]}]}}`,
			name, i, dataset("Table"), dataset("Day"), dataset("Day"))}
	}
	tree := source.Tree{FS: fsys}
	for path := range fsys {
		tree.Files = append(tree.Files, path)
	}
	slices.Sort(tree.Files)
	for b.Loop() {
		result := layout.New().Analyze(context.Background(), tree, tree.Files)
		if m := draft.Build(tree, result.Resources, datafactory.Mappers()); len(m.Flows) != 1000 {
			b.Fatalf("%d flows", len(m.Flows))
		}
	}
}
