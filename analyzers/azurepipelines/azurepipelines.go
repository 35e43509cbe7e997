// Package azurepipelines reads the YAML pipelines of Azure Pipelines.
//
// A pipeline becomes one resource of the type azure_pipeline, with the shape
// that package githubactions gives to a workflow. Templates of the repository
// are put in the place of their calls, ${{ }} is evaluated as far as it rests on
// what is written, $(name) is replaced where a file sets the variable, and the
// scripts of steps are taken apart into commands, including the repository's
// own scripts that they call. Templates of other repositories are not followed.
//
// The attributes of an azure_pipeline, each in one form:
//
//	name
//	on: object of objects: push, pull_request, schedule, pipeline (another one's
//	  completion), manual when there is nothing else. push and pull_request have
//	  branches, branches-ignore, paths, paths-ignore, tags, tags-ignore. A push
//	  that nobody wrote is placed at the file's first key.
//	schedules: list of the cron texts
//	repositories: list of {id, type, name, endpoint, ref}
//	not_followed: list of {path, kind} of the templates that were not read,
//	  placed at the calls; kind is extends, stages, jobs, steps or variables
//	stages: list of {id, name, needs, if, runs, manual}
//	jobs: list of {id, name, stage, needs, if, runs, deployment, environment,
//	  server, runs_on, matrix, env, checkout, steps}
//	steps: list of {name, id, uses, with, if, runs, env, run, shell,
//	  working_directory, commands, checkout, hook, via}
//
// deployment says whether the job is a deployment job, whose environment is the
// name of the one it deploys to. A job's checkout is set, and placed at the job,
// when it gets the repository without saying so. A step's checkout is an object
// {repository, fetch_depth, lfs, path, persist_credentials}. uses is the task as
// written; script steps have run and shell instead, tasks that run a script have
// both. hook is the lifecycle hook of a deployment job that the step belongs to.
// "if", "runs", "via" and commands are those of a github_workflow; "runs" also
// covers ${{ if }} around the step and enabled: false. Directories of the agent
// stand in words as $BUILD_SOURCESDIRECTORY and its like.
package azurepipelines

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
)

// PipelineType is the type of the resources.
const PipelineType = "azure_pipeline"

const format = "azure-pipelines"

// Analyzer reads Azure Pipelines.
type Analyzer struct{}

// New returns the analyzer.
func New() Analyzer { return Analyzer{} }

// Name is the format's name.
func (Analyzer) Name() string { return format }

// Claims reports whether a file may be a pipeline. Azure finds pipelines under
// any name, so the content decides; where other formats have a fixed place, the
// place does.
func (Analyzer) Claims(file string) bool {
	extension := path.Ext(file)
	return (extension == ".yml" || extension == ".yaml") && !strings.HasPrefix(file, ".github/") && !strings.HasPrefix(file, ".gitlab")
}

// Analyze reads the claimed files that hold a pipeline or a template of one.
func (Analyzer) Analyze(ctx context.Context, tree source.Tree, files []string) resource.Result {
	a := &analysis{
		ctx: ctx, tree: tree, files: map[string]*file{}, admitted: map[string]bool{},
		scripts: scripts.New(tree, "azure-pipelines"), reported: map[report]bool{},
	}
	for _, name := range tree.Files {
		a.admitted[name] = true
	}
	var roots []*file
	for _, name := range files {
		if ctx.Err() != nil {
			break
		}
		if f := a.sniff(name); f != nil {
			roots = append(roots, f)
		}
	}
	called := a.calledTemplates(roots)
	result := resource.Result{}
	for _, f := range roots {
		if ctx.Err() != nil {
			break
		}
		if !f.ok || !isRoot(f, called) {
			continue
		}
		problem := guard.Barrier(f.name, func() { result.Resources = append(result.Resources, a.pipeline(f)) })
		if problem != nil {
			a.diagnostics = append(a.diagnostics, *problem)
		}
	}
	for _, f := range a.files {
		if f.read {
			result.Files++
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
	read bool // it belongs to this format
	ok   bool // root is an object
}

// analysis is the state of one Analyze.
type analysis struct {
	ctx         context.Context
	tree        source.Tree
	files       map[string]*file
	admitted    map[string]bool // the files of the tree
	scripts     *scripts.Repository
	diagnostics []source.Diagnostic
	reported    map[report]bool

	steps, commands, work, calls int
	spent                        bool // the budget was reported
}

// Limits of one analysis. Azure Pipelines itself allows 100 files and 100 levels
// of templates in one pipeline.
const (
	maxSteps         = 20_000
	maxCommands      = 100_000
	maxWork          = 1 << 19 // values that are evaluated
	maxTemplateDepth = 50
	maxCalls         = 5_000 // of templates, over all pipelines
	maxOrigins       = 4
	maxMacros        = 10 // variables that name variables
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
		Code: "azure-pipelines/" + code, Severity: severity, Summary: summary, Detail: detail, At: at,
	})
}

func (a *analysis) sorted() []source.Diagnostic {
	a.diagnostics = append(a.diagnostics, a.scripts.Diagnostics()...)
	slices.SortStableFunc(a.diagnostics, func(x, y source.Diagnostic) int {
		return cmp.Or(x.At.Compare(y.At), strings.Compare(x.Code, y.Code), strings.Compare(x.Summary, y.Summary))
	})
	return slices.Compact(a.diagnostics)
}

// afford counts the work and reports once when there is too much of it.
func (a *analysis) afford(at source.Range) bool {
	a.work++
	if a.work <= maxWork && a.steps <= maxSteps && a.calls <= maxCalls && a.ctx.Err() == nil {
		return true
	}
	if !a.spent {
		a.spent = true
		a.report("budget", source.Warning, at, "The pipelines expand to more than is followed",
			"What follows is not checked. Look for loops and templates that multiply each other.")
	}
	return false
}

// shape reports a value that has not the shape Azure Pipelines wants.
func (a *analysis) shape(v resource.Value, what, want string) {
	if v.IsUnknown() {
		return
	}
	a.report("shape", source.Warning, v.At, what+" is not "+want, "Azure Pipelines does not run the pipeline as written.")
}

func isObject(v resource.Value) bool { return v.IsKnown() && v.Kind == resource.Object }
func isList(v resource.Value) bool   { return v.IsKnown() && v.Kind == resource.List }
func isString(v resource.Value) bool { return v.IsKnown() && v.Kind == resource.String }

// unknown has no place yet; whoever asks for the value sets it.
func unknown(why string) resource.Value { return resource.UnknownAt(source.Range{}, why) }

// from marks a value as set elsewhere.
func from(v resource.Value) resource.Value {
	if !v.At.IsZero() && len(v.Origin) < maxOrigins && !slices.Contains(v.Origin, v.At) {
		v.Origin = append([]source.Range{v.At}, v.Origin...)
	}
	return v
}

// placed puts a value that an expression yields where the expression stands.
func placed(v resource.Value, at source.Range) resource.Value {
	v.At = at
	return v
}
