package bicep

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/environment"
	"github.com/drlint/drlint/internal/guard"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// Analyzer reads Bicep files.
type Analyzer struct{}

// New returns the analyzer. It holds no state: each Analyze stands alone.
func New() *Analyzer { return &Analyzer{} }

// Name returns "bicep".
func (*Analyzer) Name() string { return formatName }

// Claims takes Bicep files and Bicep parameter files. JSON parameter files,
// which templates have as well, are found among the files of the tree.
func (*Analyzer) Claims(path string) bool { return isBicep(path) || isParameterFile(path) }

// Analyze evaluates every root file, once for each of its environments.
// Resources are ordered by ID, diagnostics by place.
func (*Analyzer) Analyze(ctx context.Context, tree source.Tree, files []string) resource.Result {
	l := newLoader(tree)
	l.load(ctx, files)
	plan := planned(l, findRoots(l))
	share := len(plan.tasks)
	results := make([]outcome, share, share+1)
	users := l.users(plan.tasks)
	parallel(share, func(i int) {
		if ctx.Err() == nil {
			results[i] = evaluateTask(ctx, l, plan.tasks[i], nil, newBudget(share))
			users.leave(i)
		}
	})
	return l.collected(append(results, outcome{plan.resources, plan.diagnostics}))
}

// Evaluate evaluates one file by itself with explicit parameters, which win
// over its defaults: what a deployment of the file with these parameters is made
// of. The root of its resources is the file.
func Evaluate(ctx context.Context, tree source.Tree, file string, parameters map[string]resource.Value) resource.Result {
	l := newLoader(tree)
	l.load(ctx, []string{file})
	return l.collected([]outcome{evaluateTask(ctx, l, task{root: file}, parameters, newBudget(1))})
}

// outcome is what one evaluation yields.
type outcome struct {
	resources   []*resource.Resource
	diagnostics []source.Diagnostic
}

// collected puts the outcomes together in a stable order.
func (l *loader) collected(outcomes []outcome) resource.Result {
	var result resource.Result
	result.Diagnostics, result.Files = l.summary()
	count := 0
	for _, part := range outcomes {
		count += len(part.resources)
		result.Diagnostics = append(result.Diagnostics, part.diagnostics...)
	}
	all := make([]*resource.Resource, 0, count)
	for _, part := range outcomes {
		all = append(all, part.resources...)
	}
	slices.SortStableFunc(all, func(a, b *resource.Resource) int { return strings.Compare(a.ID, b.ID) })
	result.Resources = make([]resource.Resource, count)
	for i, r := range all {
		result.Resources[i] = *r
	}
	slices.SortFunc(result.Diagnostics, func(a, b source.Diagnostic) int {
		return cmp.Or(
			a.At.Compare(b.At), strings.Compare(a.Code, b.Code), strings.Compare(a.Summary, b.Summary),
			strings.Compare(string(a.Severity), string(b.Severity)), strings.Compare(a.Detail, b.Detail),
		)
	})
	result.Diagnostics = slices.Compact(result.Diagnostics)
	return result
}

// evaluateTask evaluates one root for one environment. Nothing of the
// evaluation is kept but its resources and diagnostics.
func evaluateTask(ctx context.Context, l *loader, t task, parameters map[string]resource.Value, share budget) outcome {
	ev := newEvaluation(l, environment.Evaluation(t.root, t.environment), t.environment, share)
	ev.ctx = ctx
	problem := guard.Barrier(t.root, func() {
		doc := l.document(t.root)
		if doc == nil {
			return
		}
		set := ev.layers(doc, t.files)
		if parameters != nil {
			set = append(set, given(parameters))
		}
		ev.emitInstance(newInstance(ev, doc, set))
	})
	if problem != nil {
		ev.report(*problem)
	}
	return outcome{ev.resources, ev.diagnostics}
}

func newEvaluation(l *loader, root, name string, share budget) *evaluation {
	return &evaluation{
		ctx: context.Background(), loader: l, root: root, environment: name, budget: share,
		libraries: map[string]*instance{}, handles: map[resource.Ref]handle{}, reported: map[source.Diagnostic]bool{},
	}
}

// layers reads the parameter files of an environment.
func (ev *evaluation) layers(doc *document, files []string) layers {
	set := layers{}
	for _, file := range files {
		if isParameterFile(file) {
			set = ev.assignedLayer(set, doc, file)
			continue
		}
		parameters, problems := ev.loader.fileParameters(file)
		for _, problem := range problems {
			ev.report(problem)
		}
		set = append(set, parameters)
		for _, p := range parameters {
			ev.checkDeclared(doc, p.Name, p.At)
		}
	}
	return set
}

func (ev *evaluation) assignedLayer(set layers, doc *document, file string) layers {
	parameters := ev.loader.document(file)
	if parameters == nil {
		ev.report(source.Diagnostic{
			Code: "bicep/parameters", Severity: source.Warning, At: source.Range{File: doc.path},
			Summary: "the parameter file " + file + " of this environment cannot be read",
		})
		return set
	}
	for _, p := range parameters.params {
		ev.checkDeclared(doc, p.Name.Text, parameters.at(p.Name))
	}
	return append(set, ev.assignments(parameters, 0))
}

func (ev *evaluation) checkDeclared(doc *document, name string, at source.Range) {
	if !doc.declares(name) {
		ev.report(source.Diagnostic{
			Code: "bicep/parameter-undeclared", Severity: source.Warning, At: at,
			Summary: doc.path + " declares no parameter " + name,
			Detail:  "Azure rejects a deployment with a parameter that its template does not declare.",
		})
	}
}
