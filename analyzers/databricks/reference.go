package databricks

import (
	"strconv"
	"strings"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// reference returns what "${path}" stands for.
func (e *evaluation) reference(path string, at source.Range) resource.Value {
	if e.running[path] || len(e.running) > 100 {
		e.report("databricks/cycle", source.Warning, at, "The reference ${"+path+"} leads to itself", "Write one of the values out.")
		return resource.UnknownAt(at, path+" leads to itself")
	}
	e.running[path] = true
	defer delete(e.running, path)
	steps := stepsOf(path)
	if len(steps) == 0 {
		return resource.UnknownAt(at, "${"+path+"} names nothing")
	}
	switch steps[0] {
	case "var":
		return e.variable(steps[1:], path, at)
	case "variables":
		if len(steps) > 2 && (steps[2] == "value" || steps[2] == "default") {
			return e.variable(append([]string{steps[1]}, steps[3:]...), path, at)
		}
	case "bundle":
		if path == "bundle.target" || path == "bundle.environment" {
			return resource.StringAt(e.target.At, e.target.Name)
		}
	case "workspace":
		return e.workspace(path, at)
	case "resources":
		return e.declared(steps, path, at)
	}
	if v := descend(e.tree, steps); !v.IsAbsent() {
		return e.value(v)
	}
	return resource.UnknownAt(at, path+" is known only where the bundle is deployed")
}

func (e *evaluation) variable(steps []string, path string, at source.Range) resource.Value {
	if len(steps) == 0 {
		return resource.UnknownAt(at, path+" names no variable")
	}
	name := "var." + steps[0]
	definition := e.tree.Get("variables").Get(steps[0])
	if definition.State == resource.Absent {
		return resource.UnknownAt(at, name+" is not declared in the bundle")
	}
	if !isObject(definition) && !definition.IsAbsent() {
		return descend(e.value(definition), steps[1:])
	}
	value := definition.Get("default")
	switch {
	case value.State != resource.Absent:
		return descend(e.value(value), steps[1:])
	case !definition.Get("lookup").IsAbsent():
		return resource.UnknownAt(definition.Get("lookup").At, name+" is looked up in the workspace")
	default:
		return resource.UnknownAt(definition.At, name+" has no default and the target sets none")
	}
}

// workspace reads what is written below "workspace"; the rest belongs to the
// user who deploys.
func (e *evaluation) workspace(path string, at source.Range) resource.Value {
	if v := descend(e.tree, stepsOf(path)); !v.IsAbsent() {
		return e.value(v)
	}
	return resource.UnknownAt(at, path+" is known only where the bundle is deployed")
}

// declared reads an attribute of another resource of the bundle.
func (e *evaluation) declared(steps []string, path string, at source.Range) resource.Value {
	if len(steps) < 3 {
		return resource.UnknownAt(at, path+" names no attribute of a resource")
	}
	address := strings.Join(steps[:3], ".")
	entry := descend(e.tree, steps[:3])
	if entry.State == resource.Absent {
		return resource.UnknownAt(at, address+" is not declared in the bundle")
	}
	ref := resource.Ref{ID: e.root + "#" + address, Attr: strings.Join(steps[3:], ".")}
	v := resource.UnknownAt(at, path+" is known only after deployment")
	if written := descend(entry, steps[3:]); len(steps) > 3 && !written.IsAbsent() {
		v = e.value(written)
	}
	v.Refs = append([]resource.Ref{ref}, v.Refs...)
	return v
}

// stepsOf splits "a.b[0].c" into a, b, 0 and c.
func stepsOf(path string) []string {
	return strings.FieldsFunc(path+".", func(r rune) bool { return r == '.' || r == '[' || r == ']' })
}

// descend follows members and indexes. What does not exist is absent.
func descend(v resource.Value, steps []string) resource.Value {
	for _, step := range steps {
		if isList(v) {
			index, err := strconv.Atoi(step)
			if err != nil || index < 0 || index >= len(v.Items) {
				return resource.Value{At: v.At}
			}
			v = v.Items[index]
			continue
		}
		v = v.Get(step)
	}
	return v
}
