package databricks

import (
	"slices"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// evaluation is one bundle for one target.
type evaluation struct {
	*analysis
	dir         string
	tree        resource.Value // the target's overrides included
	target      resource.Field
	environment string
	root        string
	provider    resource.Value  // the workspace
	running     map[string]bool // references that are being resolved
}

// overridden are the members of a target that are laid over the bundle's own.
// The target's variables have a notation of their own.
var overridden = []string{"bundle", "workspace", "artifacts", "resources", "presets", "run_as", "permissions", "sync"}

// evaluate emits the resources of a bundle for one target. A bundle without
// targets has one called "default", which is no environment.
func (a *analysis) evaluate(dir string, tree resource.Value, target resource.Field, targets resource.Value) {
	e := &evaluation{analysis: a, dir: dir, tree: tree, target: target, root: dir, running: map[string]bool{}}
	if len(targets.Fields) > 0 {
		e.environment = target.Name
		e.root = dir + "@" + target.Name
	}
	for _, name := range overridden {
		e.override(name, target.Value.Get(name))
	}
	if git := target.Value.Get("git"); !git.IsAbsent() {
		e.override("bundle", resource.ObjectAt(git.At, resource.Field{Name: "git", At: git.At, Value: git}))
	}
	e.variables()
	e.provider = e.value(e.tree.Get("workspace"))
	e.emitBundle(targets)
	for _, kind := range e.tree.Get("resources").Fields {
		for _, entry := range kind.Value.Fields {
			e.emit(kind, entry)
		}
	}
}

func (e *evaluation) override(name string, value resource.Value) {
	if value.IsAbsent() {
		return
	}
	fields := mergeField(slices.Clone(e.tree.Fields), resource.Field{Name: name, At: value.At, Value: value})
	e.tree.Fields = fields
}

// variables lays the values that the target sets over the bundle's variables.
func (e *evaluation) variables() {
	all := e.tree.Get("variables")
	if !isObject(all) {
		all = resource.ObjectAt(e.tree.At)
	}
	for _, field := range e.target.Value.Get("variables").Fields {
		value := field.Value
		if !isDefinition(value) {
			value = resource.ObjectAt(value.At, resource.Field{Name: "default", At: field.At, Value: value})
		}
		// A value replaces a value: the parts of two complex ones are not merged.
		declared := all.Get(field.Name)
		if !isObject(declared) {
			declared = resource.ObjectAt(value.At)
		}
		for _, part := range value.Fields {
			declared = with(declared, part)
		}
		if value.Get("default").State != resource.Absent {
			declared = without(declared, "lookup")
		}
		all = with(all, resource.Field{Name: field.Name, At: field.At, Value: declared})
	}
	e.tree = with(e.tree, resource.Field{Name: "variables", At: all.At, Value: all})
}

// isDefinition reports whether a target writes a variable as an object with a
// default, and not as a complex value (databricks/cli, bundle/config:
// isFullVariableOverrideDef).
func isDefinition(v resource.Value) bool {
	if !isObject(v) || len(v.Fields) == 0 {
		return false
	}
	return !slices.ContainsFunc(v.Fields, func(f resource.Field) bool {
		return !slices.Contains([]string{"description", "type", "default", "lookup"}, f.Name)
	})
}

func without(object resource.Value, name string) resource.Value {
	object.Fields = slices.DeleteFunc(slices.Clone(object.Fields), func(f resource.Field) bool { return f.Name == name })
	return object
}

// value resolves the references in a value and everything in it.
func (e *evaluation) value(v resource.Value) resource.Value {
	if v.State != resource.Known {
		return v
	}
	if e.work++; e.work > maxWork {
		e.report("databricks/too-large", source.Warning, e.tree.At, "The bundles evaluate to more than 1,000,000 values; the rest is not resolved", "Split the repository, or exclude generated bundles.")
		return resource.UnknownAt(v.At, "the bundle is too large to be evaluated")
	}
	switch v.Kind {
	case resource.Object:
		fields := make([]resource.Field, len(v.Fields))
		for i, field := range v.Fields {
			fields[i] = resource.Field{Name: field.Name, At: field.At, Value: e.value(field.Value)}
		}
		v.Fields = fields
	case resource.List:
		items := make([]resource.Value, len(v.Items))
		for i, item := range v.Items {
			items[i] = e.value(item)
		}
		v.Items = items
	case resource.String:
		return e.text(v)
	}
	return v
}
