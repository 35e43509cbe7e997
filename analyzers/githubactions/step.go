package githubactions

import (
	"fmt"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
	"github.com/drlint/drlint/internal/syntax/shell"
)

// stepList evaluates the steps of a job; those of composite actions follow the
// step that calls them.
func (a *analysis) stepList(written resource.Value, j *job, s *scope) resource.Value {
	switch {
	case written.IsAbsent() || written.IsUnknown():
		return written
	case !isList(written):
		a.shape(written, "steps", "a list")
		return resource.Value{}
	}
	list := resource.ListAt(written.At)
	list.Items = a.stepsOf(written, j, s, resource.Value{})
	return list
}

// stepsOf evaluates steps under the condition of the call that reaches them.
func (a *analysis) stepsOf(written resource.Value, j *job, s *scope, runs resource.Value) []resource.Value {
	var items []resource.Value
	for _, v := range written.Items {
		if !isObject(v) {
			if !v.IsUnknown() {
				a.shape(v, "A step", "a mapping")
			}
			continue
		}
		a.steps++
		if a.steps > maxSteps || a.ctx.Err() != nil {
			a.report("github-actions/budget", source.Warning, v.At,
				fmt.Sprintf("The workflows have more than %d steps, those of actions included", maxSteps),
				"The steps after this one are not checked.")
			return items
		}
		items = append(items, a.step(v, j, s, runs)...)
	}
	return items
}

// step evaluates one step, and the steps of the action that it calls.
func (a *analysis) step(v resource.Value, j *job, s *scope, runs resource.Value) []resource.Value {
	out := resource.Builder{At: v.At}
	env, envAt := a.environment(v, s)
	job := s
	s = s.inner(env)
	written, ifAt := member(v, "if")
	out.Add("if", ifAt, written)
	runs = both(runs, a.truth(written, s))
	out.Add("runs", ifAt, runs)
	for _, name := range []string{"name", "id", "uses", "with"} {
		value, at := member(v, name)
		out.Add(name, at, a.resolve(value, s))
	}
	out.Add("env", envAt, env)
	if len(j.via) > 0 {
		out.Add("via", source.Range{}, shell.ViaValue(v.At, j.via))
	}
	r := a.runner(v, j, s)
	r.addTo(&out)
	commands := a.commandsOf(r)
	if len(commands) > 0 {
		out.Add("commands", source.Range{}, commandList(r.script.At, commands))
	}
	keep(commands, v, job)
	items := []resource.Value{out.Value()}
	uses := out.Value().Get("uses")
	if text, ok := uses.AsString(); ok {
		j.checkedOut(text, out.Value().Get("with"))
		items = append(items, a.inline(uses, out.Value().Get("with"), j, s, runs)...)
	}
	return items
}

// both combines the conditions of a call and of a step in it.
func both(outer, inner resource.Value) resource.Value {
	switch {
	case outer.State == resource.Absent:
		return inner
	case inner.State == resource.Absent:
		return outer
	}
	for _, v := range []resource.Value{outer, inner} {
		if truth, ok := v.AsBool(); ok && !truth {
			return v
		}
	}
	if outer.IsUnknown() {
		return outer
	}
	return inner
}

func commandList(at source.Range, commands []shell.Command) resource.Value {
	list := resource.ListAt(at)
	for _, c := range commands {
		list.Items = append(list.Items, c.Value())
	}
	return list
}
