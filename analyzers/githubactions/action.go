package githubactions

import (
	"path"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// action describes an action that the repository offers. Its steps are
// evaluated where a workflow calls it.
func (a *analysis) action(f *file) (resource.Resource, bool) {
	runs := f.root.Get("runs")
	if runs.IsAbsent() {
		a.report("github-actions/shape", source.Note, f.at, "The file is not an action: it has no runs", "")
		return resource.Resource{}, false
	}
	out := resource.Builder{At: f.root.At}
	for _, name := range []string{"name", "inputs", "outputs"} {
		v, at := member(f.root, name)
		out.Add(name, at, v)
	}
	using, at := member(runs, "using")
	out.Add("using", at, using)
	if !isObject(runs) {
		a.shape(runs, "runs", "a mapping")
	}
	return describe(f, ActionType, out.Value()), true
}

// inline returns the steps of a local composite action that a step calls, with
// the inputs of the call filled in.
func (a *analysis) inline(uses, with resource.Value, j *job, s *scope, runs resource.Value) []resource.Value {
	local, ok := localPath(uses)
	if !ok {
		return nil
	}
	dir, own := j.inRepository(local)
	if !own {
		return nil
	}
	f := a.actionFile(dir)
	switch {
	case f == nil:
		a.report("github-actions/missing-action", source.Warning, uses.At,
			"The local action "+local+" has no action.yml or action.yaml",
			"Its steps are not checked. It may be made by an earlier step; else mend the path.")
		return nil
	case !f.ok:
		return nil
	case slices.Contains(j.stack, f.name):
		a.report("github-actions/cycle", source.Warning, uses.At, "The action calls itself", "GitHub ends such a run.")
		return nil
	case len(j.stack) >= maxActionDepth:
		a.report("github-actions/depth", source.Warning, uses.At, "Actions call each other more than 10 deep", "GitHub ends such a run.")
		return nil
	}
	steps := f.root.Get("runs").Get("steps")
	if !isList(steps) {
		return nil // written in JavaScript or a container
	}
	inner := s.inner(resource.Value{})
	inner.action, inner.outputs, inner.matrix = dir, map[string]resource.Value{}, s.matrix
	inner.inputs = a.actionInputs(f, with, s)
	nested := *j
	nested.stack = append(slices.Clip(j.stack), f.name)
	nested.via = append(slices.Clip(j.via), uses.At)
	nested.defaults = resource.Value{}
	items := a.stepsOf(steps, &nested, inner, runs)
	j.checkouts = nested.checkouts
	return items
}

// actionFile returns the description of an action in a directory.
func (a *analysis) actionFile(dir string) *file {
	for _, name := range []string{"action.yml", "action.yaml"} {
		if name = path.Join(dir, name); a.admitted[name] {
			return a.open(name)
		}
	}
	return nil
}

// actionInputs returns how an action's inputs are found: from the call or from
// the defaults. One that is not given is an empty text.
func (a *analysis) actionInputs(f *file, with resource.Value, caller *scope) func(name string) resource.Value {
	declared := f.root.Get("inputs")
	return func(name string) resource.Value {
		for _, field := range with.Fields {
			if strings.EqualFold(field.Name, name) && !field.Value.IsAbsent() {
				return field.Value
			}
		}
		if with.IsUnknown() {
			return with
		}
		for _, field := range declared.Fields {
			if !strings.EqualFold(field.Name, name) {
				continue
			}
			if value := field.Value.Get("default"); !value.IsAbsent() {
				return a.resolve(value, caller.outside())
			}
			if required, _ := field.Value.Get("required").AsBool(); required {
				return unknown("inputs." + name + " is required and not given")
			}
			return resource.StringAt(source.Range{}, "")
		}
		return unknown("inputs." + name + " is not declared")
	}
}

// outside is the scope of an input's default, which sees no env and no inputs.
func (s *scope) outside() *scope { return &scope{event: s.event} }
