package arm

import (
	"context"
	"strings"

	"github.com/drlint/drlint/analyzers/arm/deployment"
	"github.com/drlint/drlint/analyzers/arm/functions"
	"github.com/drlint/drlint/internal/environment"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// What one construct may cost. Azure allows 800 copies and no nesting of
// deployments that comes near to the bound.
const (
	copyLimit  = 800
	frameDepth = 24
	// depthLimit bounds evaluations within evaluations, through all references.
	depthLimit = 600
	// levelLimit bounds the levels of a type; Azure has types of six.
	levelLimit = 24
)

// What the evaluations of a repository may cost together; each has its share.
const (
	totalSteps     = 100_000_000
	totalValues    = 20_000_000
	totalFrames    = 200_000
	totalResources = 400_000
)

// evaluation is one template with its parameters, and all that it deploys.
type evaluation struct {
	ctx         context.Context
	plan        *plan
	library     *library
	file        string
	environment string
	root        string // resource.Resource.Root

	resources   []resource.Resource
	diagnostics []source.Diagnostic

	addresses deployment.Addresses
	index     map[string][]*entry
	// inputs are the places where values differ between environments: a
	// parameter section and parameter files.
	inputs map[string]source.Range

	// generation counts the times at which more could be known: results from
	// before all resources were declared are not kept.
	generation int
	depth      int
	steps      int
	frames     int // that may still be opened
	made       int // frames so far
	count      int // resources
	budget     *functions.Budget
	spent      bool
	tokens     map[string]string // see canonical
}

func newEvaluation(ctx context.Context, p *plan, l *library, file string, e environment.Environment) *evaluation {
	share := func(total, least, most int) int { return min(max(total/max(len(p.roots), 1), least), most) }
	ev := &evaluation{
		ctx: ctx, plan: p, library: l, file: file, environment: e.Name, root: environment.Evaluation(file, e.Name),
		index: map[string][]*entry{}, inputs: map[string]source.Range{}, tokens: map[string]string{},
		steps:  share(totalSteps, 200_000, 2_000_000),
		frames: share(totalFrames, 500, 5_000),
		count:  share(totalResources, 1_000, 50_000),
		budget: functions.NewBudget(share(totalValues, 100_000, 600_000)),
	}
	return ev
}

// run declares all resources first, then evaluates them: what refers to a
// resource finds it wherever it is declared.
func (ev *evaluation) run(files []string) {
	doc := ev.library.document(ev.file)
	top := ev.newFrame(doc, doc.value)
	top.scope = scopeOf(doc.value)
	ev.inputs[ev.file] = member(doc.value, "parameters").At
	for _, file := range files {
		ev.inputs[file] = source.Range{File: file, End: 1 << 40}
		for _, parameter := range ev.plan.parameters[file] {
			ev.setParameter(top, parameter)
		}
	}
	ev.declare(top)
	ev.generation++
	ev.index = map[string][]*entry{}
	ev.identifyAgain(top)
	ev.generation++
	ev.emit(top)
}

// setParameter sets a parameter of the whole evaluation; later files win.
func (ev *evaluation) setParameter(top *frame, given deployment.Parameter) {
	top.given[strings.ToLower(given.Name)] = &lazy{make: func() resource.Value {
		return deployment.FromInput(ev.literals(given.Value), ev.budget)
	}}
}

// literals returns a value that holds no expressions, with what deployment
// tools replace in it unknown.
func (ev *evaluation) literals(v resource.Value) resource.Value {
	if !ev.spend(v.At) {
		return resource.UnknownAt(v.At, functions.OverBudget)
	}
	switch {
	case !v.IsKnown():
		return v
	case v.Kind == resource.String:
		return replaced(v)
	case v.Kind == resource.List:
		list := resource.ListAt(v.At)
		for _, item := range v.Items {
			list.Items = append(list.Items, ev.literals(item))
		}
		return list
	case v.Kind == resource.Object:
		object := resource.ObjectAt(v.At)
		for _, field := range v.Fields {
			object.Fields = append(object.Fields, resource.Field{Name: field.Name, At: field.At, Value: ev.literals(field.Value)})
		}
		return object
	default:
		return v
	}
}

// differs reports whether a value rests on what an environment sets.
func (ev *evaluation) differs(v resource.Value) bool {
	for _, origin := range v.Origin {
		if from, ok := ev.inputs[origin.File]; ok && from.Start <= origin.Start && origin.End <= from.End {
			return true
		}
	}
	return false
}

func (ev *evaluation) report(d source.Diagnostic) {
	ev.diagnostics = append(ev.diagnostics, d)
}

// spend takes a step; the first time that they are used up it says so.
func (ev *evaluation) spend(at source.Range) bool {
	if ev.steps--; ev.steps >= 0 && !ev.spent {
		return true
	}
	ev.overspend(at)
	return false
}

// hold takes values, which bounds memory.
func (ev *evaluation) hold(values int, at source.Range) bool {
	if ev.budget.Spend(values) && !ev.spent {
		return true
	}
	ev.overspend(at)
	return false
}

// overspend reports once that a template costs too much; at is where that showed.
func (ev *evaluation) overspend(at source.Range) {
	if ev.spent {
		return
	}
	ev.spent = true
	ev.report(source.Diagnostic{
		Code: "arm/budget", Severity: source.Warning, At: at,
		Summary: "evaluating this template takes too long, so a part of it stays unknown",
		Detail:  "drlint bounds the work for one template and what it deploys. The place is where the bound was reached.",
	})
}
