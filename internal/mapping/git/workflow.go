package git

import (
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
	"github.com/drlint/drlint/internal/syntax/shell"
)

// The resources that stand for one file of a pipeline: a workflow of GitHub
// Actions and a pipeline of Azure Pipelines. Both have jobs and steps of one
// shape.
const (
	workflowType = "github_workflow"
	pipelineType = "azure_pipeline"
)

var pipelineTypes = []string{workflowType, pipelineType}

// workflow is what matters of a pipeline: what starts it and what it runs.
type workflow struct {
	r     *resource.Resource
	start triggers
	jobs  []resource.Value
	read  map[int][]step // of the jobs that were read
}

type workflowKey struct{ id string }

func (w *workflow) onAzure() bool { return w.r.Type == pipelineType }

// step is one step of a job: an action, a task or the commands of a script.
type step struct {
	// action is "owner/name" or "owner/name/path" in lower case, without its
	// version; of a task of Azure Pipelines it is the name, without the publisher.
	action string
	// uses is the action or task as written.
	uses string
	// checkout is what a checkout step of Azure Pipelines says.
	checkout resource.Value
	with     resource.Value
	env      resource.Value
	dir      string // the directory that its commands start in
	commands []shell.Command
	at       source.Range
	// via are the calls of composite actions that reach it.
	via []source.Range
}

func readWorkflow(d *draft.Draft, r *resource.Resource) *workflow {
	return draft.Once(d, workflowKey{r.ID}, func() *workflow {
		return &workflow{r: r, start: startOf(d, r), jobs: r.Attrs.Get("jobs").Blocks(), read: map[int][]step{}}
	})
}

// steps reads the steps of a job, by its number, that may run. Variables of the
// workflow and of the job count as the step's own unless it sets them.
func (w *workflow) steps(number int) []step {
	if steps, done := w.read[number]; done {
		return steps
	}
	w.read[number] = w.readSteps(w.jobs[number])
	return w.read[number]
}

func (w *workflow) readSteps(job resource.Value) []step {
	var steps []step
	for _, v := range job.Get("steps").Blocks() {
		if neverRuns(v) {
			continue
		}
		s := step{
			with: v.Get("with"), checkout: v.Get("checkout"), at: v.At, env: merge(w.r.Attrs.Get("env"), job.Get("env"), v.Get("env")),
			dir: below(".", shell.WordOf(v.Get("working_directory"))),
		}
		if v.Get("working_directory").IsAbsent() {
			s.dir = "."
		}
		if text, known := v.Get("uses").AsString(); known {
			s.uses, s.action, s.at = text, actionName(text), v.Get("uses").At
		}
		for _, call := range v.Get("via").Blocks() {
			s.via = append(s.via, call.At)
		}
		for _, command := range v.Get("commands").Blocks() {
			if c := shell.CommandOf(command); len(c.Words) > 0 {
				s.commands = append(s.commands, c)
			}
		}
		steps = append(steps, s)
	}
	return steps
}

// actionName is the name by which actions and tasks are told apart: in lower
// case, without the version, and a task without its publisher.
func actionName(uses string) string {
	name, _, _ := strings.Cut(strings.ToLower(uses), "@")
	if !strings.Contains(name, "/") {
		name = name[strings.LastIndexByte(name, '.')+1:]
	}
	if known, ok := taskIDs[name]; ok {
		return strings.ToLower(known)
	}
	return name
}

// neverRuns reports whether the condition of a job or a step is known to be false.
func neverRuns(v resource.Value) bool {
	runs, known := v.Get("runs").AsBool()
	return known && !runs
}

// merge joins objects; later ones win.
func merge(objects ...resource.Value) resource.Value {
	merged := resource.Value{State: resource.Known, Kind: resource.Object}
	for _, object := range objects {
		for _, field := range object.Fields {
			merged.Fields = withField(merged.Fields, field)
		}
	}
	return merged
}

func withField(fields []resource.Field, field resource.Field) []resource.Field {
	for i := range fields {
		if fields[i].Name == field.Name {
			fields[i] = field
			return fields
		}
	}
	return append(fields, field)
}

// unresolved completes "unknown because …" for a value that decides nothing.
func unresolved(v resource.Value, name string) string {
	if v.IsUnknown() {
		return v.Why
	}
	return name + " has a value that drlint does not know"
}
