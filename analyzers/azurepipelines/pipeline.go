package azurepipelines

import (
	"path"
	"strings"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// pipeline is the state of one pipeline while it is evaluated.
type pipeline struct {
	file   *file
	stages []resource.Value
	jobs   []resource.Value
	left   []resource.Value // templates that were not followed
	pool   member           // the one that holds unless a stage or job has its own
	// repositories are those that the pipeline names besides its own.
	repositories resource.Value
}

// leave notes a template that was not followed.
func (p *pipeline) leave(kind, text string, at source.Range) {
	p.left = append(p.left, resource.ObjectAt(at,
		resource.Field{Name: "path", At: at, Value: resource.StringAt(at, text)},
		resource.Field{Name: "kind", At: at, Value: resource.StringAt(at, kind)}))
}

// pipeline evaluates one pipeline file.
func (a *analysis) pipeline(f *file) resource.Resource {
	p := &pipeline{file: f}
	s := &scope{stack: []string{f.name}}
	s.params = a.bind(f, object{}, false)
	root := a.object(f.root, s)
	out := resource.Builder{At: f.root.At}
	vars := a.variables(root, s, p)
	s = s.inner(vars)
	for i := range root.members {
		root.members[i].scope = root.members[i].scope.inner(vars)
	}
	if name, ok := root.get("name"); ok {
		out.Add("name", name.at, a.resolve(name.value, name.scope))
	}
	a.triggers(&out, root, p)
	p.repositories = a.repositories(root)
	out.Add("repositories", source.Range{}, p.repositories)
	a.body(root, s, p)
	if len(p.left) > 0 {
		out.Add("not_followed", source.Range{}, resource.ListAt(f.root.At, p.left...))
	}
	_, at := bodyOf(root)
	out.Add("stages", at, resource.ListAt(f.root.At, p.stages...))
	out.Add("jobs", at, resource.ListAt(f.root.At, p.jobs...))
	return a.describe(f, out.Value())
}

func bodyOf(o object) (string, source.Range) {
	for _, name := range bodies {
		if m, ok := o.get(name); ok {
			return name, m.at
		}
	}
	return "", source.Range{}
}

func (a *analysis) describe(f *file, attrs resource.Value) resource.Resource {
	base := path.Base(f.name)
	r := resource.Resource{
		ID: ".#" + f.name, Format: format, Type: PipelineType, Mode: resource.Setting,
		Name: strings.TrimSuffix(base, path.Ext(base)), Address: f.name, Root: ".",
		Attrs: attrs, At: f.at, Body: f.at,
	}
	if len(f.root.Fields) > 0 {
		r.At = f.root.Fields[0].At
	}
	return r
}

// body evaluates what a pipeline, or the template that it extends, consists of.
func (a *analysis) body(o object, s *scope, p *pipeline) {
	if pool, ok := o.get("pool"); ok {
		p.pool = pool
	}
	for _, m := range o.members {
		switch strings.ToLower(m.name) {
		case "extends":
			a.extends(m, p)
		case "stages":
			a.stages(m.value, m.scope.inner(s.vars), p)
		case "jobs":
			a.jobs(m.value, m.scope.inner(s.vars), p, "")
		case "steps":
			a.onlyJob(o, m, s, p)
		}
	}
}

// onlyJob is a pipeline of steps: its other keys are those of a job.
func (a *analysis) onlyJob(o object, m member, s *scope, p *pipeline) {
	job := object{at: m.value.At}
	for _, other := range o.members {
		switch strings.ToLower(other.name) {
		case "name", "variables", "parameters", "trigger", "pr", "schedules", "resources":
		default:
			job.members = append(job.members, other)
		}
	}
	a.job(job, m.scope.inner(s.vars), p, "")
}

// extends puts the body of a template in the pipeline's place.
func (a *analysis) extends(m member, p *pipeline) {
	o := a.object(m.value, m.scope)
	if !o.has("template") {
		a.shape(m.value, "extends", "a template")
		return
	}
	a.template(o, m.scope, p, "extends", func(f *file, s *scope) {
		root := a.object(f.root, s)
		s = s.inner(a.variables(root, s, p))
		for i := range root.members {
			root.members[i].scope = root.members[i].scope.inner(s.vars)
		}
		a.body(root, s, p)
	}, func(path string, given object) { a.handed(path, given, m.scope, p, "") })
}

// handed evaluates the stages, jobs and steps that a template of another
// repository is given as parameters. Whether it runs them is its own affair.
func (a *analysis) handed(path string, given object, s *scope, p *pipeline, stage string) {
	for _, m := range given.members {
		inner := m.scope.like(s).when(resource.UnknownAt(m.at, "the template "+path+", which is not in this repository, decides whether it runs"))
		switch name := strings.ToLower(m.name); {
		case name == "stages" && startsWith(m.value, stageKeys):
			a.stages(m.value, inner, p)
		case name == "jobs" && startsWith(m.value, jobKeys):
			a.jobs(m.value, inner, p, stage)
		case strings.HasSuffix(name, "steps") && startsWith(m.value, stepKeys):
			a.job(object{at: m.value.At, members: []member{{name: "steps", at: m.at, value: m.value, scope: inner}}}, inner, p, stage)
		}
	}
}

// repositories lists the other repositories that a pipeline names.
func (a *analysis) repositories(root object) resource.Value {
	resources, ok := root.get("resources")
	if !ok {
		return resource.Value{}
	}
	o := a.object(resources.value, resources.scope)
	list := resource.ListAt(resources.value.At)
	for _, m := range o.all("repositories") {
		a.list(m.value, m.scope, func(item resource.Value, s *scope) {
			if !isObject(item) {
				return
			}
			written := a.object(item, s)
			out := resource.Builder{At: item.At}
			for _, pair := range [][2]string{{"repository", "id"}, {"type", "type"}, {"name", "name"}, {"endpoint", "endpoint"}, {"ref", "ref"}} {
				if value, ok := written.get(pair[0]); ok {
					out.Add(pair[1], value.at, a.resolve(value.value, value.scope))
				}
			}
			list.Items = append(list.Items, out.Value())
		})
	}
	if len(list.Items) == 0 {
		return resource.Value{}
	}
	return list
}
