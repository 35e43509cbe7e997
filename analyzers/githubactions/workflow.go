package githubactions

import (
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// workflow evaluates one workflow file.
func (a *analysis) workflow(f *file) resource.Resource {
	on, schedules := a.triggers(f)
	s := &scope{inputs: a.workflowInputs(f, on), outputs: map[string]resource.Value{}}
	if len(on.Fields) == 1 && on.Fields[0].Name != "workflow_call" {
		s.event = on.Fields[0].Name
	}
	out := resource.Builder{At: f.root.At}
	for _, name := range []string{"name", "run-name"} {
		v, at := member(f.root, name)
		out.Add(underscored(name), at, a.resolve(v, s))
	}
	_, onAt := member(f.root, "on")
	out.Add("on", onAt, on)
	out.Add("schedules", source.Range{}, schedules)
	for _, name := range []string{"permissions", "concurrency", "defaults"} {
		v, at := member(f.root, name)
		out.Add(name, at, a.resolve(v, s))
	}
	env, envAt := a.environment(f.root, s)
	out.Add("env", envAt, env)
	s = s.inner(env)
	if v, calls := a.calledBy(f.name), a.calls[f.name]; len(calls) > 0 {
		out.Add("called_by", source.Range{}, v)
	}
	_, at := member(f.root, "jobs")
	out.Add("jobs", at, a.jobs(f, s))
	return describe(f, WorkflowType, out.Value())
}

// environment evaluates the env of a workflow, job or step.
func (a *analysis) environment(v resource.Value, s *scope) (resource.Value, source.Range) {
	env, at := member(v, "env")
	env = a.resolve(env, s)
	if !env.IsAbsent() && !env.IsUnknown() && !isObject(env) {
		a.shape(env, "env", "a mapping")
		return resource.Value{}, at
	}
	if env.IsAbsent() {
		return resource.Value{}, at
	}
	return env, at
}

// triggers returns on in its long form, an object of objects, and the list of
// cron texts. "on: push" and "on: [push]" are given empty options.
func (a *analysis) triggers(f *file) (on, schedules resource.Value) {
	written, _ := member(f.root, "on")
	out := resource.Builder{At: written.At}
	switch {
	case written.IsUnknown():
		return written, resource.Value{}
	case written.IsAbsent():
		a.shape(f.root, "on", "set")
		return resource.Value{}, resource.Value{}
	case isString(written):
		out.Add(written.Text, written.At, resource.ObjectAt(written.At))
	case isList(written):
		for _, item := range written.Items {
			if !isString(item) {
				a.shape(item, "An event", "a name")
				continue
			}
			out.Add(item.Text, item.At, resource.ObjectAt(item.At))
		}
	case isObject(written):
		for _, field := range written.Fields {
			options := field.Value
			if options.IsAbsent() {
				options = resource.ObjectAt(field.At)
			}
			out.Add(field.Name, field.At, options)
			if field.Name == "schedule" {
				schedules = a.schedules(options)
			}
		}
	default:
		a.shape(written, "on", "an event, a list or a mapping")
	}
	return out.Value(), schedules
}

func (a *analysis) schedules(v resource.Value) resource.Value {
	if v.IsUnknown() {
		return v
	}
	if !isList(v) {
		a.shape(v, "schedule", "a list")
		return resource.Value{}
	}
	list := resource.ListAt(v.At)
	for _, item := range v.Items {
		cron := item.Get("cron")
		if cron.IsAbsent() {
			a.shape(item, "A schedule", "a mapping with cron")
			continue
		}
		list.Items = append(list.Items, cron)
	}
	return list
}

// workflowInputs returns how the workflow's inputs are found: from the only
// local caller, from callers that agree, or from the defaults.
func (a *analysis) workflowInputs(f *file, on resource.Value) func(name string) resource.Value {
	declared := []resource.Value{
		on.Get("workflow_call").Get("inputs"), on.Get("workflow_dispatch").Get("inputs"),
	}
	onlyCalled := len(on.Fields) == 1 && on.Fields[0].Name == "workflow_call"
	return func(name string) resource.Value {
		if calls := a.calls[f.name]; onlyCalled && len(calls) > 0 {
			if v, ok := agreed(calls, name); ok {
				return v
			}
		}
		for _, inputs := range declared {
			input := inputs.Get(name)
			if input.IsAbsent() {
				continue
			}
			if value := input.Get("default"); !value.IsAbsent() {
				return a.resolve(value, &scope{})
			}
			return unknown("inputs." + name + " has no default")
		}
		return unknown("inputs." + name + " is not declared")
	}
}

// agreed returns what all callers give for an input. It is not ok when one of
// them leaves it to the default.
func agreed(calls []call, name string) (resource.Value, bool) {
	var first resource.Value
	for i, c := range calls {
		v := c.with.Get(name)
		switch {
		case v.State == resource.Absent:
			return v, false
		case v.IsUnknown():
			return v, true
		case i == 0:
			first = v
		}
		x, okX := first.AsString()
		if y, okY := v.AsString(); !okX || !okY || x != y {
			return unknown("the callers of the workflow give different values for inputs." + name), true
		}
	}
	return first, true
}

// call is a job of this repository that calls one of its workflows.
type call struct {
	file string
	with resource.Value
	at   source.Range
}

// localCalls finds the calls of local workflows. The inputs of a caller that is
// itself called are followed no further than its defaults.
func (a *analysis) localCalls(files []string) map[string][]call {
	calls := map[string][]call{}
	a.calls = nil
	for _, name := range files {
		f := a.files[name]
		if f == nil || !f.ok || !isWorkflow(name) {
			continue
		}
		jobs, _ := member(f.root, "jobs")
		for _, job := range jobs.Fields {
			uses := job.Value.Get("uses")
			if target, ok := localPath(uses); ok && isWorkflow(target) {
				s := &scope{inputs: a.workflowInputs(f, f.root.Get("on"))}
				calls[target] = append(calls[target], call{file: name, with: a.resolve(job.Value.Get("with"), s), at: uses.At})
			}
		}
	}
	return calls
}

// calledBy lists the workflows that call a workflow, placed at the calls.
func (a *analysis) calledBy(name string) resource.Value {
	list := resource.ListAt(a.files[name].root.At)
	for _, c := range a.calls[name] {
		list.Items = append(list.Items, resource.StringAt(c.at, c.file))
	}
	return list
}

// underscored is the attribute name of a key: runs-on is runs_on.
func underscored(key string) string {
	out := []byte(key)
	for i, c := range out {
		if c == '-' {
			out[i] = '_'
		}
	}
	return string(out)
}
