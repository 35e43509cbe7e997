package git

import (
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
	"github.com/drlint/drlint/internal/syntax/shell"
)

// What a deployment rolls out, as model.Deployment has it.
const (
	infrastructure = "infrastructure"
	dataFactory    = "data_factory"
	synapse        = "synapse"
	databricks     = "databricks"
	fabric         = "fabric"
	database       = "database"
	report         = "report"
)

// rollout is what one task, action or command says that it rolls out. Words
// that are not written are zero.
type rollout struct {
	what, by string
	// file is the file or folder, as the step names it; folder is set when it is
	// the directory that the command runs in.
	file   shell.Word
	folder bool
	region shell.Word
	// environment is what the command itself names: the target of a bundle.
	environment shell.Word
}

// deployer follows the steps of one job.
type deployer struct {
	draft *draft.Draft
	flow  *workflow
	job   resource.Value
	// exported is the folder that Data Factory's build turns into a template.
	exported model.Fact
	// roots are the directories below the workspace that checkouts put things in.
	roots []checkoutDir
	found []model.Deployment
}

type checkoutDir struct {
	dir string
	own bool
}

// deploymentsOf lists what a pipeline rolls out, in written order. What runs
// several times, in every stage of a template, is listed for each of them.
func deploymentsOf(d *draft.Draft, r *resource.Resource) []model.Deployment {
	flow := readWorkflow(d, r)
	var found []model.Deployment
	exported := model.Fact{}
	for number, job := range flow.jobs {
		if neverRuns(job) || neverRuns(stageOf(r, job)) {
			continue
		}
		w := &deployer{draft: d, flow: flow, job: job, exported: exported}
		for _, s := range flow.steps(number) {
			w.step(s)
		}
		exported = w.exported
		found = append(found, w.found...)
	}
	return found
}

// stageOf returns the stage of a job, or an absent value.
func stageOf(r *resource.Resource, job resource.Value) resource.Value {
	id, _ := job.Get("stage").AsString()
	for _, stage := range r.Attrs.Get("stages").Blocks() {
		if text, _ := stage.Get("id").AsString(); text == id && id != "" {
			return stage
		}
	}
	return resource.Value{}
}

func (w *deployer) step(s step) {
	w.checkout(s)
	if r, ok := taskRollout(w, s); ok {
		w.add(r, s.dir, s.at)
		return
	}
	for _, c := range s.commands {
		dir := below(s.dir, c.Dir)
		w.exports(c, dir)
		if r, ok := w.commandRollout(c, dir); ok {
			w.add(r, dir, c.At)
		}
	}
}

// checkout notes where this repository and others are put.
func (w *deployer) checkout(s step) {
	var c checkoutDir
	switch {
	case s.action == "actions/checkout":
		c = checkoutDir{dir: ".", own: s.with.Get("repository").IsAbsent() || isExpression(s.with.Get("repository").Why)}
		if dir := s.with.Get("path"); !dir.IsAbsent() {
			c.dir = below(".", shell.WordOf(dir))
		}
	case !s.checkout.IsAbsent():
		name, _ := s.checkout.Get("repository").AsString()
		c = checkoutDir{dir: ".", own: strings.EqualFold(name, "self")}
		if dir := s.checkout.Get("dir"); !dir.IsAbsent() {
			c.dir = below(".", shell.WordOf(dir))
		}
		if strings.EqualFold(name, "none") {
			return
		}
	default:
		return
	}
	w.roots = append(w.roots, c)
}

func (w *deployer) add(r rollout, dir string, at source.Range) {
	d := model.Deployment{
		What: r.what, By: r.by, At: at, Source: w.sourceOf(r, dir, at),
		Environment: w.environment(r, at), Region: model.AbsentFact(at), Approved: w.flow.approved(w.job),
	}
	if !r.region.At.IsZero() || r.region.Known {
		d.Region = factOf(r.region)
	}
	w.found = append(w.found, d)
}

// environment is what the command names, else the job's environment, else the
// stage that the job is in.
func (w *deployer) environment(r rollout, at source.Range) model.Fact {
	if !r.environment.At.IsZero() {
		return factOf(r.environment)
	}
	environment := w.job.Get("environment")
	if environment.IsKnown() && environment.Kind == resource.Object {
		environment = environment.Get("name")
	}
	if !environment.IsAbsent() {
		return factOf(shell.WordOf(environment))
	}
	if stage := w.job.Get("stage"); !stage.IsAbsent() {
		text, _ := stage.AsString()
		if written := stageOf(w.flow.r, w.job); !written.IsAbsent() {
			stage = written.Get("id")
		}
		if text != "__default" {
			return factOf(shell.WordOf(stage))
		}
	}
	return model.AbsentFact(at)
}

// inputsOf gives the words of a step's inputs by name, whose case does not matter.
type inputsOf struct{ s step }

func (i inputsOf) word(names ...string) shell.Word {
	for _, name := range names {
		if v := input(i.s, name); !v.IsAbsent() {
			if text, known := v.AsString(); !known || text != "" {
				return shell.WordOf(v)
			}
		}
	}
	return shell.Word{}
}

// text is a known input in lower case, or "".
func (i inputsOf) text(names ...string) string {
	w := i.word(names...)
	if !w.Known {
		return ""
	}
	return strings.ToLower(strings.TrimSpace(w.Text))
}

// is reports whether an input is one of the texts; one that is not written
// counts as byDefault, and one that is not known may be any.
func (i inputsOf) is(name, byDefault string, texts ...string) bool {
	w := i.word(name)
	switch {
	case w.At.IsZero():
		return slices.Contains(texts, strings.ToLower(byDefault))
	case !w.Known:
		return true
	default:
		return slices.Contains(texts, strings.ToLower(w.Text))
	}
}
