// Package githubactions reads the workflows and local actions of GitHub Actions.
//
// A workflow becomes one resource. Expressions are evaluated as far as they
// rest on what is written; local composite actions are put in the place of
// their calls, and the scripts of run steps are taken apart into commands,
// including the repository's own scripts and Makefiles that they call. The inline
// scripts of azure/cli and azure/powershell are taken for run.
//
// The attributes of a github_workflow are those of the file with "-" written as
// "_", and in one form each:
//
//	name, run_name, permissions, concurrency, defaults, env
//	on: object of objects, whichever form was written
//	schedules: list of the cron texts
//	called_by: list of the local workflows that call this one, placed at the calls
//	jobs: list of {id, name, needs, if, runs, environment, permissions, runs_on, container,
//	  services, uses, with, concurrency, timeout_minutes, continue_on_error, outputs, env, matrix, steps}
//	steps: list of {name, id, uses, with, if, runs, env, run, shell, working_directory, commands, via}
//
// "if" is the condition as written and "runs" what it comes to: true, false or
// unknown, absent without a condition. The steps of a composite action follow
// the step that calls it, with "via", the chain of calls; their "runs" includes
// that of the call. shell and working_directory are those in force, defaults
// included. commands has the form of shell.Command.Value. A github_action has
// name, inputs, outputs and using.
package githubactions

import (
	"cmp"
	"context"
	"path"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/guard"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
	"github.com/drlint/drlint/internal/syntax/scripts"
	"github.com/drlint/drlint/internal/syntax/yaml"
)

// The types of the resources.
const (
	WorkflowType = "github_workflow"
	ActionType   = "github_action"
)

const (
	format      = "github-actions"
	workflowDir = ".github/workflows"
)

// Analyzer reads GitHub workflows and actions.
type Analyzer struct{}

// New returns the analyzer.
func New() Analyzer { return Analyzer{} }

// Name is the format's name.
func (Analyzer) Name() string { return format }

// Claims reports whether a file is a workflow of this repository or an action.
// Workflows anywhere but in the root's .github/workflows do not run.
func (Analyzer) Claims(file string) bool { return isWorkflow(file) || isAction(file) }

func isWorkflow(file string) bool {
	extension := path.Ext(file)
	return path.Dir(file) == workflowDir && (extension == ".yml" || extension == ".yaml")
}

func isAction(file string) bool {
	base := path.Base(file)
	return base == "action.yml" || base == "action.yaml"
}

// Analyze reads the claimed files.
func (Analyzer) Analyze(ctx context.Context, tree source.Tree, files []string) resource.Result {
	a := &analysis{
		ctx: ctx, tree: tree, files: map[string]*file{}, admitted: map[string]bool{},
		scripts: scripts.New(tree, format), reported: map[report]bool{},
	}
	for _, name := range tree.Files {
		a.admitted[name] = true
	}
	for _, name := range files {
		a.open(name)
	}
	a.calls = a.localCalls(files)
	result := resource.Result{Files: len(files)}
	for _, name := range files {
		if ctx.Err() != nil {
			break
		}
		f := a.files[name]
		if f == nil || !f.ok {
			continue
		}
		problem := guard.Barrier(name, func() {
			if r, ok := a.resource(f); ok {
				result.Resources = append(result.Resources, r)
			}
		})
		if problem != nil {
			a.diagnostics = append(a.diagnostics, *problem)
		}
	}
	result.Diagnostics = a.sorted()
	return result
}

// file is one parsed file.
type file struct {
	name string
	data []byte
	at   source.Range
	root resource.Value
	ok   bool // root is an object
}

// analysis is the state of one Analyze.
type analysis struct {
	ctx         context.Context
	tree        source.Tree
	files       map[string]*file
	admitted    map[string]bool // the files of the tree
	scripts     *scripts.Repository
	calls       map[string][]call
	diagnostics []source.Diagnostic
	reported    map[report]bool

	steps, commands, work int
}

// Limits of one analysis.
const (
	maxSteps       = 10_000
	maxCommands    = 100_000
	maxWork        = 1 << 18 // values that are evaluated
	maxActionDepth = 10      // actions that call actions, as on GitHub
	maxOrigins     = 4
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
	a.diagnostics = append(a.diagnostics, a.scripts.Diagnostics()...)
	slices.SortStableFunc(a.diagnostics, func(x, y source.Diagnostic) int {
		return cmp.Or(x.At.Compare(y.At), strings.Compare(x.Code, y.Code), strings.Compare(x.Summary, y.Summary))
	})
	return slices.Compact(a.diagnostics)
}

// open reads a file once.
func (a *analysis) open(name string) *file {
	if f, done := a.files[name]; done {
		return f
	}
	f := &file{name: name, at: source.Range{File: name}}
	a.files[name] = f
	data, problem := guard.Read(a.tree.FS, name, guard.YAML)
	if problem != nil {
		a.diagnostics = append(a.diagnostics, *problem)
		return f
	}
	f.data = data
	var documents []yaml.Document
	problem = guard.Barrier(name, func() {
		var problems []source.Diagnostic
		documents, problems = yaml.Parse(name, data)
		a.diagnostics = append(a.diagnostics, problems...)
	})
	if problem != nil {
		a.diagnostics = append(a.diagnostics, *problem)
	}
	a.root(f, documents)
	return f
}

// root takes the first document, as GitHub does.
func (a *analysis) root(f *file, documents []yaml.Document) {
	if len(documents) == 0 {
		if !slices.ContainsFunc(a.diagnostics, func(d source.Diagnostic) bool { return d.At.File == f.name }) {
			a.report("github-actions/shape", source.Warning, f.at, "The file is empty", "")
		}
		return
	}
	if len(documents) > 1 {
		a.report("github-actions/shape", source.Warning, documents[1].At,
			"A workflow or action is one YAML document; the others are not read", "Move them into files of their own.")
	}
	f.root, f.at = documents[0].Value, documents[0].At
	if f.ok = isObject(f.root); !f.ok {
		a.shape(f.root, "The file", "a mapping")
	}
}

// shape reports a value that has not the shape GitHub wants.
func (a *analysis) shape(v resource.Value, what, want string) {
	a.report("github-actions/shape", source.Error, v.At, what+" is not "+want, "GitHub does not run this workflow as written.")
}

func isObject(v resource.Value) bool { return v.IsKnown() && v.Kind == resource.Object }
func isList(v resource.Value) bool   { return v.IsKnown() && v.Kind == resource.List }
func isString(v resource.Value) bool { return v.IsKnown() && v.Kind == resource.String }

// resource turns a file into its resource.
func (a *analysis) resource(f *file) (resource.Resource, bool) {
	if isWorkflow(f.name) {
		return a.workflow(f), true
	}
	return a.action(f)
}

// describe fills in what workflows and actions have in common.
func describe(f *file, kind string, attrs resource.Value) resource.Resource {
	base := path.Base(f.name)
	r := resource.Resource{
		ID: ".#" + f.name, Format: format, Type: kind, Mode: resource.Setting,
		Name: strings.TrimSuffix(base, path.Ext(base)), Address: f.name, Root: ".",
		Attrs: attrs, At: f.at, Body: f.at,
	}
	if len(f.root.Fields) > 0 {
		r.At = f.root.Fields[0].At
	}
	return r
}

// member returns a member of an object and where its name is written.
func member(v resource.Value, name string) (resource.Value, source.Range) {
	for _, f := range v.Fields {
		if f.Name == name {
			return f.Value, f.At
		}
	}
	return v.Get(name), source.Range{}
}
