// Package databricks reads Databricks bundles (databricks.yml) and the
// notebooks, SQL files and Python files that a workspace runs.
//
// A bundle is evaluated once for each of its targets, without targets once with
// what is written: its root is "<directory>@<target>", its environment the
// target. Every entry below "resources" becomes a resource whose type has the
// name that the Terraform provider uses ("databricks_job", "databricks_schema")
// and whose attributes are those of the bundle ("tasks", not "task"), variables
// resolved; "lifecycle" is the resource's Lifecycle, "workspace" its Provider.
// The bundle itself is a setting, "databricks_bundle", with the attributes
// {name, git, target, mode, presets, host, targets: list of {name, mode, default, host}}.
//
// An attribute that names a file of the repository refers to the attribute
// "file" of ".#<file>", whether the file exists or not: a notebook that is called by a
// bundle is a resource with that ID. Package notebook says what a "notebook"
// holds.
package databricks

import (
	"cmp"
	"context"
	"path"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/guard"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
	"github.com/drlint/drlint/internal/syntax/yaml"
)

// The types of the resources that have no name in the Terraform provider.
const (
	BundleType   = "databricks_bundle"
	NotebookType = "notebook"
)

const format = "databricks"

// FileID is the ID of the resource that a file of the repository is.
func FileID(file string) string { return ".#" + file }

// Analyzer reads Databricks bundles and notebooks.
type Analyzer struct{}

// New returns the analyzer.
func New() Analyzer { return Analyzer{} }

// Name is the format's name.
func (Analyzer) Name() string { return format }

// Claims reports whether a file may be a bundle or a notebook. What a bundle
// includes is read with it.
func (Analyzer) Claims(file string) bool { return isBundle(file) || isCode(file) }

// isBundle reports whether a file has one of the names that the command line
// looks for (databricks/cli, bundle/config: FileNames).
func isBundle(file string) bool {
	switch path.Base(file) {
	case "databricks.yml", "databricks.yaml", "bundle.yml", "bundle.yaml":
		return true
	default:
		return false
	}
}

// Analyze reads the claimed files.
func (Analyzer) Analyze(ctx context.Context, tree source.Tree, files []string) resource.Result {
	a := &analysis{
		repo: tree, admitted: map[string]bool{}, read: map[string]*file{},
		called: map[string]bool{}, reported: map[report]bool{},
	}
	for _, name := range tree.Files {
		a.admitted[name] = true
	}
	for _, name := range files {
		if !isBundle(name) || ctx.Err() != nil {
			continue
		}
		if problem := guard.Barrier(name, func() { a.bundle(name) }); problem != nil {
			a.diagnostics = append(a.diagnostics, *problem)
		}
	}
	a.notebooks(ctx, files)
	return resource.Result{Resources: a.resources, Diagnostics: a.sorted(), Files: a.files}
}

// file is one parsed file of a bundle.
type file struct {
	data []byte
	root resource.Value
	ok   bool // root is an object
}

// analysis is the state of one Analyze.
type analysis struct {
	repo        source.Tree
	admitted    map[string]bool // the files of the tree
	read        map[string]*file
	called      map[string]bool // files that bundles run
	resources   []resource.Resource
	diagnostics []source.Diagnostic
	reported    map[report]bool
	files       int
	work        int
}

// Limits of one analysis.
const (
	maxWork    = 1 << 20 // values that are evaluated
	maxTargets = 100     // of one bundle
	maxText    = 1 << 20 // bytes of one evaluated text
	maxOrigins = 4
)

type report struct {
	code string
	at   source.Range
}

// report adds a diagnostic once for a code and a place.
func (a *analysis) report(code string, severity source.Severity, at source.Range, summary, detail string) {
	key := report{code, at}
	if a.reported[key] {
		return
	}
	a.reported[key] = true
	a.diagnostics = append(a.diagnostics, source.Diagnostic{
		Code: code, Severity: severity, Summary: summary, Detail: detail, At: at,
	})
}

func (a *analysis) sorted() []source.Diagnostic {
	slices.SortStableFunc(a.diagnostics, func(x, y source.Diagnostic) int {
		return cmp.Or(x.At.Compare(y.At), strings.Compare(x.Code, y.Code), strings.Compare(x.Summary, y.Summary))
	})
	return slices.Compact(a.diagnostics)
}

// open reads and parses a file once.
func (a *analysis) open(name string) *file {
	if f, done := a.read[name]; done {
		return f
	}
	f := &file{}
	a.read[name] = f
	a.files++
	data, problem := guard.Read(a.repo.FS, name, guard.YAML)
	if problem != nil {
		a.diagnostics = append(a.diagnostics, *problem)
		return f
	}
	f.data = data
	problem = guard.Barrier(name, func() {
		documents, problems := yaml.Parse(name, data)
		f.root, problems = a.first(name, data, documents, problems)
		a.diagnostics = append(a.diagnostics, problems...)
	})
	if problem != nil {
		a.diagnostics = append(a.diagnostics, *problem)
	}
	f.ok = isObject(f.root)
	return f
}

// first takes the first document, as the command line does, and turns the
// problems that template placeholders make into one that says so.
func (a *analysis) first(name string, data []byte, documents []yaml.Document, problems []source.Diagnostic) (resource.Value, []source.Diagnostic) {
	kept := problems[:0]
	for _, problem := range problems {
		if isPlaceholder(data, problem.At) {
			a.report("databricks/template", source.Warning, problem.At,
				"A placeholder of a project template is not resolved", "Exclude the template, or quote the value when the braces are meant as they are.")
			continue
		}
		kept = append(kept, problem)
	}
	if len(documents) == 0 {
		if len(kept) > 0 {
			return resource.UnknownAt(source.Range{File: name}, "the file is not valid YAML"), kept
		}
		return resource.Value{At: source.Range{File: name}}, kept
	}
	if len(documents) > 1 {
		a.report("databricks/documents", source.Warning, documents[1].At,
			"A bundle file is one YAML document; the others are not read", "Move them into files of their own and include them.")
	}
	return withoutPlaceholders(data, documents[0].Value), kept
}

// isPlaceholder reports whether a place lies in "{{…}}", which YAML takes for a
// mapping whose key is a mapping.
func isPlaceholder(data []byte, at source.Range) bool {
	if at.Start < 0 || at.Start > at.End || at.End > len(data) {
		return false
	}
	return strings.HasPrefix(string(data[at.Start:at.End]), "{") && at.Start > 0 && data[at.Start-1] == '{'
}

// withoutPlaceholders makes the objects unknown that unquoted placeholders are
// for YAML.
func withoutPlaceholders(data []byte, v resource.Value) resource.Value {
	switch {
	case isObject(v) && v.At.End <= len(data) && strings.HasPrefix(string(data[v.At.Start:v.At.End]), "{{"):
		return resource.UnknownAt(v.At, "it is a placeholder of a project template")
	case isObject(v):
		fields := slices.Clone(v.Fields)
		for i := range fields {
			fields[i].Value = withoutPlaceholders(data, fields[i].Value)
		}
		v.Fields = fields
	case isList(v):
		items := slices.Clone(v.Items)
		for i := range items {
			items[i] = withoutPlaceholders(data, items[i])
		}
		v.Items = items
	}
	return v
}

func isObject(v resource.Value) bool { return v.IsKnown() && v.Kind == resource.Object }
func isList(v resource.Value) bool   { return v.IsKnown() && v.Kind == resource.List }
