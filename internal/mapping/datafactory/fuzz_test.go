package datafactory_test

import (
	"context"
	"slices"
	"testing"
	"testing/fstest"

	layout "github.com/drlint/drlint/analyzers/datafactory"
	"github.com/drlint/drlint/internal/mapping/datafactory"
	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/source"
)

// FuzzBuild maps a pipeline that copies between datasets, runs a data flow and
// calls itself, whatever its file and theirs hold.
func FuzzBuild(f *testing.F) {
	f.Add(
		`{"name": "P", "properties": {"parameters": {"x": {"defaultValue": 1}}, "activities": [{"name": "C", "type": "Copy", "typeProperties": {"source": {"sqlReaderQuery": "select * from a where b > '@{activity('L').output.x}'"}, "sink": {"preCopyScript": "truncate table a"}}, "inputs": [{"referenceName": "D", "parameters": {"p": "@pipeline().parameters.x"}}], "outputs": [{"referenceName": "D"}]}, {"name": "P", "type": "ExecutePipeline", "typeProperties": {"pipeline": {"referenceName": "P"}, "parameters": {"x": "@concat(pipeline().parameters.x, item())"}}}]}}`,
		`{"name": "D", "properties": {"type": "Parquet", "linkedServiceName": {"referenceName": "L"}, "typeProperties": {"location": {"fileSystem": "@dataset().p", "folderPath": "@utcNow('yyyy')"}}}}`,
		`{"name": "L", "properties": {"type": "AzureBlobFS", "typeProperties": {"url": "https://x.dfs.core.windows.net"}}}`)
	f.Add(
		`{"properties": {"activities": [{"type": "ForEach", "typeProperties": {"items": "@variables('v')", "activities": [{"type": "ExecuteDataFlow", "typeProperties": {"dataflow": {"referenceName": "D"}}}]}}, {"type": "SetVariable", "typeProperties": {"variableName": "v", "value": "@variables('v')"}}]}}`,
		`{"properties": {"type": "MappingDataFlow", "typeProperties": {"sources": [{"name": "A"}], "sinks": [{"name": "B"}], "script": "source() ~> A A sink(truncate: true) ~> B"}}}`,
		`{"properties": {"type": "TumblingWindowTrigger", "runtimeState": "Started", "pipeline": {"pipelineReference": {"referenceName": "a"}}, "typeProperties": {"frequency": "Week", "interval": 2, "schedule": {"weekDays": ["Monday"]}}}}`)
	f.Fuzz(func(t *testing.T, a, b, c string) {
		fsys := fstest.MapFS{}
		var files []string
		for path, text := range map[string]string{
			"pipeline/a.json": a, "dataset/b.json": b, "dataflow/b.json": b, "linkedService/c.json": c, "trigger/c.json": c, "integrationRuntime/c.json": c,
		} {
			fsys[path] = &fstest.MapFile{Data: []byte(text)}
			files = append(files, path)
		}
		slices.Sort(files)
		tree := source.Tree{FS: fsys, Files: files}
		resources := layout.New().Analyze(context.Background(), tree, files).Resources
		for _, flow := range draft.Build(tree, resources, datafactory.Mappers()).Flows {
			if flow.Mode.State == "" || flow.Write.State == "" || flow.Dated.State == "" || flow.Source.State == "" || flow.Sink.State == "" {
				t.Fatalf("flow %s states not everything: %+v", flow.ID, flow)
			}
		}
	})
}
