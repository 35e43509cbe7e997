package azurepipelines

import (
	"path"
	"strings"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
	"github.com/drlint/drlint/internal/syntax/shell"
)

// stepList evaluates the steps of a job or hook.
func (a *analysis) stepList(v resource.Value, s *scope, j *job) {
	a.list(v, s, func(item resource.Value, s *scope) {
		if !isObject(item) {
			a.shape(item, "A step", "a mapping")
			return
		}
		o := a.object(item, s)
		if o.has("template") {
			a.template(o, s, j.pipeline, "steps", func(f *file, inner *scope) {
				for _, m := range a.object(f.root, inner).all("steps") {
					a.stepList(m.value, m.scope, j)
				}
			}, func(path string, given object) {
				for _, m := range given.all("steps") {
					open := resource.UnknownAt(m.at, "the template "+path+", which is not in this repository, decides whether it runs")
					a.stepList(m.value, m.scope.like(s).when(open), j)
				}
			})
			return
		}
		if a.steps++; a.afford(item.At) {
			a.step(o, s, j)
		}
	})
}

// step evaluates one step.
func (a *analysis) step(o object, s *scope, j *job) {
	out := resource.Builder{At: o.at}
	runtime := j.at(s)
	a.condition(&out, o, runtime)
	a.setting(&out, o, runtime, "displayName", "name")
	a.setting(&out, o, runtime, "name", "id")
	env, envAt := a.stepEnv(o, runtime, j)
	out.Add("env", envAt, env)
	if j.hook != "" {
		out.Add("hook", source.Range{}, resource.StringAt(o.at, j.hook))
	}
	if len(s.via) > 0 {
		out.Add("via", source.Range{}, shell.ViaValue(o.at, s.via))
	}
	if m, ok := o.get("checkout"); ok {
		out.Add("checkout", m.at, a.checkout(m, o, runtime, j))
	}
	t := a.taskOf(o, runtime, j)
	out.Add("uses", t.at, t.name)
	out.Add("with", t.inputsAt, t.inputs)
	r := a.runnerOf(t, o, runtime, j)
	r.env = env
	r.addTo(&out)
	if commands := a.commandsOf(r); len(commands) > 0 {
		list := resource.ListAt(r.at)
		for _, c := range commands {
			list.Items = append(list.Items, c.Value())
		}
		out.Add("commands", source.Range{}, list)
		id, _ := out.Value().Get("id").AsString()
		j.keep(commands, id)
	}
	j.items = append(j.items, out.Value())
}

// at is a step's scope with the variables of its job.
func (j *job) at(s *scope) *scope {
	return s.like(j.scope)
}

// stepEnv evaluates the env of a step.
func (a *analysis) stepEnv(o object, s *scope, j *job) (resource.Value, source.Range) {
	m, ok := o.get("env")
	if !ok {
		return resource.Value{}, source.Range{}
	}
	v := a.guarded(a.resolve(m.value, j.at(m.scope)), m.scope, s)
	if !v.IsUnknown() && !isObject(v) {
		return resource.Value{}, m.at
	}
	return v, m.at
}

// checkout reads a checkout step: what it gets, how much of it, and where to.
func (a *analysis) checkout(m member, o object, s *scope, j *job) resource.Value {
	j.said = true
	out := resource.Builder{At: orRange(m.value.At, o.at)}
	repository := a.resolve(m.value, j.at(m.scope))
	out.Add("repository", m.at, repository)
	for _, pair := range [][2]string{
		{"fetchDepth", "fetch_depth"}, {"lfs", "lfs"}, {"path", "path"}, {"persistCredentials", "persist_credentials"}, {"clean", "clean"},
	} {
		a.setting(&out, o, s, pair[0], pair[1])
	}
	name, _ := repository.AsString()
	if strings.EqualFold(name, "none") {
		return out.Value()
	}
	c := checkout{own: strings.EqualFold(name, "self"), name: a.repositoryName(name, j.pipeline), item: len(j.items)}
	if where, ok := out.Value().Get("path").AsString(); ok {
		c.dir, c.given = belowSources(where), true
	}
	j.checkouts = append(j.checkouts, c)
	for i := range j.checkouts {
		// Several repositories get a directory each ("Check out multiple repositories").
		if c := &j.checkouts[i]; len(j.checkouts) > 1 && !c.given {
			c.dir = c.name
		}
	}
	return out.Value()
}

// repositoryName is the last part of a repository's name, by which its
// directory is called.
func (a *analysis) repositoryName(alias string, p *pipeline) string {
	name := alias
	if strings.EqualFold(alias, "self") {
		name = a.tree.Name
	}
	for _, r := range p.repositories.Items {
		if id, _ := r.Get("id").AsString(); strings.EqualFold(id, alias) {
			name, _ = r.Get("name").AsString()
		}
	}
	name, _, _ = strings.Cut(name, "@")
	return path.Base(name)
}

// placeCheckouts adds the directory of each checkout, seen from the sources.
func (j *job) placeCheckouts() {
	for _, c := range j.checkouts {
		step := &j.items[c.item]
		for i := range step.Fields {
			if step.Fields[i].Name == "checkout" && c.dir != "" {
				v := &step.Fields[i].Value
				v.Fields = append(v.Fields, resource.Field{Name: "dir", At: v.At, Value: resource.StringAt(v.At, c.dir)})
			}
		}
	}
}

// belowSources is a path of the agent's workspace seen from its directory "s",
// where a repository is put unless the step says otherwise.
func belowSources(where string) string {
	where = strings.Trim(path.Clean("/"+strings.ReplaceAll(where, `\`, "/")), "/")
	switch {
	case where == "s" || where == "":
		return ""
	case strings.HasPrefix(where, "s/"):
		return strings.TrimPrefix(where, "s/")
	default:
		return "../" + where
	}
}
