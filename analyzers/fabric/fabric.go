// Package fabric reads what Microsoft Fabric and Power BI keep in Git: the
// folders of items ("Sales.SemanticModel") with their definitions, Power BI
// projects, and the names of Power BI files, which are never opened.
//
// All items below the outermost folder that holds one make a root. Types have
// the names that the Terraform provider uses: fabric_semantic_model,
// fabric_report, fabric_lakehouse, fabric_warehouse and so on; a notebook is a
// "notebook" as package databricks/notebook reads it, a pipeline is
// "Microsoft.Fabric/pipelines" with the name and properties of Data Factory's.
// Each item has display_name, logical_id, type and path, and besides
//
//	semantic model: format ("tmdl" or "tmsl"), parameters: list of {name, value},
//	  tables: list of {name, partitions: list of {name, mode, kind, sources}, refresh_policy}
//	  expressions: list of {name, sources}
//	  sources: list of {connector, host, database, parameters}
//	report: form ("pbir" or "legacy"), dataset_path or dataset_connection
//	lakehouse: shortcuts, as written
//	variable library: variables, as written
//
// A dataset_path refers to the model's resource, whether it exists or not. A
// Power BI file is a "powerbi_file" with {path, form, twin}: twin says whether a
// project beside it holds the same as text. A root is a "fabric_folder" with
// {path, items, replaced}: replaced lists the texts that a deployment replaces
// (parameter.yml of fabric-cicd).
package fabric

import (
	"cmp"
	"context"
	"path"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/guard"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
	"github.com/drlint/drlint/internal/syntax/jsonc"
)

const format = "fabric"

// The types of resources that have no name in the Terraform provider.
const (
	FolderType   = "fabric_folder"
	FileType     = "powerbi_file"
	PipelineType = "Microsoft.Fabric/pipelines"
	NotebookType = "notebook"
)

// itemTypes are the types of items by the suffix of their folders.
var itemTypes = map[string]string{
	"SemanticModel": "fabric_semantic_model", "Dataset": "fabric_semantic_model", "Report": "fabric_report",
	"Lakehouse": "fabric_lakehouse", "Warehouse": "fabric_warehouse", "SQLDatabase": "fabric_sql_database", "KQLDatabase": "fabric_kql_database",
	"Eventhouse": "fabric_eventhouse", "Eventstream": "fabric_eventstream", "MirroredDatabase": "fabric_mirrored_database",
	"Notebook": NotebookType, "DataPipeline": PipelineType, "Dataflow": "fabric_dataflow", "VariableLibrary": "fabric_variable_library",
	"CosmosDBDatabase": "fabric_cosmos_db_database", "SparkJobDefinition": "fabric_spark_job_definition", "CopyJob": "fabric_copy_job",
	"PaginatedReport": "fabric_paginated_report", "MountedDataFactory": "fabric_mounted_data_factory",
}

// definitions are the files by which a folder is known to be an item. The
// folder's suffix alone is not enough: "My.Report" is also the folder of a
// program.
var definitions = []string{
	".platform", "item.metadata.json", "item-metadata.json", "definition.pbir", "definition.pbism", "model.bim", "model.tmdl",
	"pipeline-content.json", "lakehouse.metadata.json", "variables.json",
	"notebook-content.py", "notebook-content.sql", "notebook-content.scala", "notebook-content.r", "notebook-content.ipynb",
}

// Analyzer reads items of Fabric.
type Analyzer struct{}

// New returns the analyzer.
func New() Analyzer { return Analyzer{} }

// Name is the format's name.
func (Analyzer) Name() string { return format }

// Claims reports whether a file belongs to an item or is one of Power BI.
func (Analyzer) Claims(file string) bool {
	switch strings.ToLower(path.Ext(file)) {
	case ".pbix", ".pbit", ".pbip", ".bim":
		return true
	}
	if isParameterFile(file) {
		return true
	}
	_, kind, inner := itemOf(file)
	if kind == "" {
		return false
	}
	return slices.Contains(definitions, inner) || strings.HasPrefix(inner, "definition/") && path.Ext(inner) == ".tmdl" ||
		inner == "report.json" || inner == "definition/report.json" || inner == "shortcuts.metadata.json"
}

func isParameterFile(file string) bool {
	base := path.Base(file)
	return base == "parameter.yml" || base == "parameter.yaml"
}

// itemOf splits a path at the folder of an item: "src/Sales.Report", "Report"
// and what is below it.
func itemOf(file string) (dir, kind, inner string) {
	for end := 0; ; end++ {
		next := strings.IndexByte(file[end:], '/')
		if next < 0 {
			return "", "", ""
		}
		end += next
		suffix := strings.TrimPrefix(path.Ext(file[:end]), ".")
		if _, ok := itemTypes[suffix]; ok {
			return file[:end], suffix, file[end+1:]
		}
	}
}

// Analyze reads the claimed files.
func (Analyzer) Analyze(ctx context.Context, tree source.Tree, files []string) resource.Result {
	a := &analysis{repo: tree, admitted: map[string]bool{}, ids: map[string]string{}}
	for _, name := range tree.Files {
		a.admitted[name] = true
	}
	items := gather(files)
	roots := rootsOf(items)
	for _, it := range items {
		it.root = roots[it.dir]
		a.ids[it.dir] = it.id()
	}
	for _, it := range items {
		if ctx.Err() != nil {
			break
		}
		if problem := guard.Barrier(it.main(), func() { a.item(it) }); problem != nil {
			a.diagnostics = append(a.diagnostics, *problem)
		}
	}
	a.folders(items, files)
	a.binaries(files)
	a.tabular(files)
	slices.SortStableFunc(a.diagnostics, func(x, y source.Diagnostic) int {
		return cmp.Or(x.At.Compare(y.At), strings.Compare(x.Code, y.Code))
	})
	return resource.Result{Resources: a.resources, Diagnostics: a.diagnostics, Files: a.files}
}

// analysis is the state of one Analyze.
type analysis struct {
	repo        source.Tree
	admitted    map[string]bool
	ids         map[string]string // resource IDs by the folder of an item
	resources   []resource.Resource
	diagnostics []source.Diagnostic
	files       int
}

// item is one folder of an item and its claimed files, relative to it.
type item struct {
	dir, kind, root string
	files           []string
}

func (i *item) id() string { return i.root + "#" + i.address() }

// address is the folder below the root.
func (i *item) address() string {
	if i.root == "." {
		return i.dir
	}
	return strings.TrimPrefix(i.dir, i.root+"/")
}

func (i *item) has(name string) bool { return slices.Contains(i.files, name) }

// main is the file that stands for the item: its metadata, else its definition.
func (i *item) main() string {
	for _, name := range definitions {
		if i.has(name) {
			return path.Join(i.dir, name)
		}
	}
	return path.Join(i.dir, i.files[0])
}

// gather collects the items of the claimed files in order of their folders. A
// folder without a definition is no item.
func gather(files []string) (items []*item) {
	byDir := map[string]*item{}
	for _, name := range files {
		dir, kind, inner := itemOf(name)
		if kind == "" {
			continue
		}
		found := byDir[dir]
		if found == nil {
			found = &item{dir: dir, kind: kind}
			byDir[dir] = found
			items = append(items, found)
		}
		found.files = append(found.files, inner)
	}
	items = slices.DeleteFunc(items, func(i *item) bool {
		return !slices.ContainsFunc(i.files, func(name string) bool {
			return slices.Contains(definitions, name) || strings.HasPrefix(name, "definition/")
		})
	})
	slices.SortFunc(items, func(a, b *item) int { return strings.Compare(a.dir, b.dir) })
	return items
}

// rootsOf finds the root of each item: the outermost folder that holds an item
// and the item's own one. Fabric keeps the folders of a workspace as folders.
func rootsOf(items []*item) map[string]string {
	parents := map[string]bool{}
	for _, it := range items {
		parents[path.Dir(it.dir)] = true
	}
	roots := map[string]string{}
	for _, it := range items {
		for dir := path.Dir(it.dir); ; dir = path.Dir(dir) {
			if parents[dir] {
				roots[it.dir] = dir
			}
			if dir == "." {
				break
			}
		}
	}
	return roots
}

func (a *analysis) read(name string, limits guard.Limits) ([]byte, bool) {
	a.files++
	data, problem := guard.Read(a.repo.FS, name, limits)
	if problem != nil {
		a.diagnostics = append(a.diagnostics, *problem)
		return nil, false
	}
	return data, true
}

// json reads a JSON file; editors write it with comments and trailing commas.
func (a *analysis) json(name string) (resource.Value, []byte) {
	data, ok := a.read(name, guard.JSON)
	if !ok {
		return resource.UnknownAt(source.Range{File: name}, "the file could not be read"), nil
	}
	v, problems := jsonc.Parse(name, data, jsonc.Options{Comments: true, TrailingCommas: true})
	a.diagnostics = append(a.diagnostics, problems...)
	return v, data
}
