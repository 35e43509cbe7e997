package azurepipelines

import (
	"slices"
	"strings"

	"github.com/drlint/drlint/analyzers/azurepipelines/expression"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

func truthOf(v resource.Value) (truth, known bool) { return expression.Truth(v) }

// jobs evaluates a list of jobs; templates are put in their places.
func (a *analysis) jobs(v resource.Value, s *scope, p *pipeline, stage string) {
	a.list(v, s, func(item resource.Value, s *scope) {
		if !isObject(item) {
			a.shape(item, "A job", "a mapping")
			return
		}
		o := a.object(item, s)
		if o.has("template") {
			a.template(o, s, p, "jobs", func(f *file, inner *scope) {
				a.inTemplate(f, inner, p, "jobs", func(m member, s *scope) { a.jobs(m.value, s, p, stage) })
			}, func(path string, given object) { a.handed(path, given, s, p, stage) })
			return
		}
		a.job(o, s, p, stage)
	})
}

// job is the state of one job while its steps are followed.
type job struct {
	pipeline  *pipeline
	scope     *scope
	windows   bool
	system    string // "Linux", "Windows_NT", "Darwin", or "" when it is not known
	server    bool
	checkouts []checkout
	said      bool // a step says what is checked out, or that nothing is
	hook      string
	items     []resource.Value
}

// checkout says what a directory below the sources holds.
type checkout struct {
	dir   string
	own   bool   // this repository
	name  string // of the repository
	given bool   // the step says where to
	item  int    // the step, counted in the job
}

// job evaluates one job.
func (a *analysis) job(o object, s *scope, p *pipeline, stage string) {
	out := resource.Builder{At: o.at}
	name, _ := o.get("job")
	deployment, isDeployment := o.get("deployment")
	if isDeployment {
		name = deployment
	}
	vars := a.matrix(&out, o, s.inner(a.variables(o, s, p)))
	inner := s.inner(vars)
	inner.job = newRunning()
	if v := a.resolve(name.value, orScope(name, inner)); v.State != resource.Absent {
		out.Add("id", name.at, v)
	}
	a.setting(&out, o, inner, "displayName", "name")
	if stage != "" {
		out.Add("stage", source.Range{}, resource.StringAt(o.at, stage))
	}
	a.needs(&out, o, inner)
	a.condition(&out, o, inner)
	out.Add("deployment", name.at, resource.BoolAt(orRange(name.at, o.at), isDeployment))
	a.environment(&out, o, inner)
	j := &job{pipeline: p, scope: inner}
	a.pool(&out, o, j)
	out.Add("env", source.Range{}, a.jobEnv(inner, o.at))
	for _, m := range o.all("steps") {
		a.stepList(m.value, m.scope, j)
	}
	a.hooks(o, j)
	if !isDeployment && !j.said && !j.server {
		// A job gets the repository unless a step says otherwise; a deployment job does not ("Deployment jobs").
		out.Add("checkout", orRange(name.at, o.at), resource.StringAt(orRange(name.at, o.at), "self"))
	}
	j.placeCheckouts()
	out.Add("steps", source.Range{}, resource.ListAt(o.at, j.items...))
	p.jobs = append(p.jobs, out.Value())
}

// environment adds the name of the environment that a deployment job deploys to.
func (a *analysis) environment(out *resource.Builder, o object, s *scope) {
	m, ok := o.get("environment")
	if !ok {
		return
	}
	v := a.guarded(a.resolve(m.value, m.scope.like(s)), m.scope, s)
	if isObject(v) {
		v = v.Get("name")
	}
	// "prod.vm-1" names a resource of the environment.
	if text, known := v.AsString(); known {
		v.Text, _, _ = strings.Cut(text, ".")
	}
	out.Add("environment", m.at, v)
}

// pool adds where the job runs and whether that is Windows, where script is cmd.
func (a *analysis) pool(out *resource.Builder, o object, j *job) {
	m, ok := o.get("pool")
	if !ok {
		m = j.pipeline.pool
	}
	if m.scope == nil {
		return
	}
	v := a.resolve(m.value, m.scope.like(j.scope))
	text, _ := v.AsString()
	j.server = strings.EqualFold(text, "server")
	if j.server {
		out.Add("server", m.at, resource.BoolAt(m.value.At, true))
		return
	}
	image := v
	if isObject(v) {
		image = v.Get("vmImage")
		if image.IsAbsent() {
			image = v.Get("name")
		}
	}
	out.Add("runs_on", m.at, image)
	text, _ = image.AsString()
	switch text = strings.ToLower(text); {
	case strings.Contains(text, "windows"), strings.HasPrefix(text, "vs20"):
		j.system, j.windows = "Windows_NT", true
	case strings.Contains(text, "ubuntu"), strings.Contains(text, "linux"):
		j.system = "Linux"
	case strings.Contains(text, "macos"):
		j.system = "Darwin"
	}
	if j.system != "" {
		j.scope.job.set["agent.os"] = resource.StringAt(image.At, j.system)
	}
}

// matrix adds the variables of a matrix: each is one of what the legs give it.
func (a *analysis) matrix(out *resource.Builder, o object, s *scope) *layer {
	strategy, ok := o.get("strategy")
	if !ok {
		return s.vars
	}
	written, ok := a.object(strategy.value, strategy.scope).get("matrix")
	if !ok {
		return s.vars
	}
	matrix := a.resolve(written.value, written.scope.inner(s.vars))
	out.Add("matrix", written.at, matrix)
	l := newLayer(s.vars, s)
	if !isObject(matrix) {
		l.open = append(l.open, "a matrix that is computed when the pipeline runs")
		return l
	}
	legs := map[string][]resource.Value{}
	var names []string
	for _, leg := range matrix.Fields {
		for _, f := range leg.Value.Fields {
			if legs[f.Name] == nil {
				names = append(names, f.Name)
			}
			legs[f.Name] = append(legs[f.Name], f.Value)
		}
	}
	for _, name := range names {
		l.add(name, oneOf(name, legs[name], len(matrix.Fields)))
	}
	return l
}

// oneOf returns the only candidate, or an unknown value that lists them.
func oneOf(name string, candidates []resource.Value, legs int) resource.Value {
	if len(candidates) == 1 && legs == 1 {
		return candidates[0]
	}
	var texts []string
	v := unknown("")
	for _, candidate := range candidates {
		text, ok := candidate.AsString()
		if !ok {
			text = "a value that is not known"
		}
		texts = append(texts, text)
		v.Origin = addOrigin(v.Origin, candidate.At)
	}
	v.At = candidates[0].At
	v.Why = name + " is one of " + strings.Join(texts[:min(len(texts), 10)], ", ")
	return v
}

// jobEnv lists the variables that scripts see, those of inner layers last.
func (a *analysis) jobEnv(s *scope, at source.Range) resource.Value {
	var layers []*layer
	for l := s.vars; l != nil; l = l.outer {
		layers = append(layers, l)
	}
	slices.Reverse(layers)
	out := resource.ObjectAt(at)
	index := map[string]int{}
	for _, l := range layers {
		for _, name := range l.names {
			v := a.resolve(l.set[strings.ToLower(name)], s.expanded())
			field := resource.Field{Name: environmentName(name), At: orRange(v.At, at), Value: placed(v, orRange(v.At, at))}
			if i, again := index[field.Name]; again {
				out.Fields[i] = field
				continue
			}
			index[field.Name] = len(out.Fields)
			out.Fields = append(out.Fields, field)
		}
	}
	if len(out.Fields) == 0 {
		return resource.Value{}
	}
	return out
}
