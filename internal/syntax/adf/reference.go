package adf

import (
	"strings"

	"github.com/drlint/drlint/internal/resource"
)

// reference folds what stands for something outside the expression; false for
// a function. path are the members taken of it.
func (f *folder) reference(n *Node, path []string) (Result, bool) {
	switch strings.ToLower(n.Name) {
	case "pipeline":
		return f.pipeline(n, path), true
	case "dataset":
		return f.parameter(n, f.scope.Dataset, "dataset()", path), true
	case "linkedservice":
		return f.parameter(n, f.scope.LinkedService, "linkedService()", path), true
	case "trigger":
		return f.trigger(n, path), true
	case "triggerbody", "triggeroutputs":
		return f.later(n, path, OnEvent, 0), true
	case "activity":
		return f.activity(n, path), true
	case "variables":
		return f.variable(n, path), true
	case "item", "iterationitem":
		return f.item(n, path), true
	default:
		return Result{}, false
	}
}

// parameter folds dataset().x and its like: the first member is the parameter.
func (f *folder) parameter(n *Node, lookup func(string) Result, what string, path []string) Result {
	if len(path) == 0 || lookup == nil {
		return Open(f.at, what+" has no value here", dotted(n, path), OnParameter)
	}
	return f.descend(lookup(path[0]), path[1:], dotted(n, path))
}

func (f *folder) pipeline(n *Node, path []string) Result {
	if len(path) == 0 {
		return f.later(n, path, OnService, 0)
	}
	switch strings.ToLower(path[0]) {
	case "parameters":
		return f.parameter(n, f.scope.Parameter, "pipeline().parameters", path[1:])
	case "globalparameters":
		return f.parameter(n, f.scope.GlobalParameter, "pipeline().globalParameters", path[1:])
	case "runid", "groupid":
		return f.later(n, path, OnRun, Unique)
	case "triggertime":
		return f.later(n, path, OnTime, timestamp)
	case "triggeredbypipelinerunid", "triggerid":
		return f.later(n, path, OnRun, 0)
	default:
		return f.later(n, path, OnService, 0)
	}
}

// trigger folds what a trigger passes on: its window and scheduled time tell
// the runs apart, the body of its event names what happened.
func (f *folder) trigger(n *Node, path []string) Result {
	last := ""
	if len(path) > 0 {
		last = strings.ToLower(path[len(path)-1])
	}
	switch last {
	case "windowstarttime", "windowendtime", "scheduledtime", "starttime":
		return f.later(n, path, OnWindow, timestamp)
	default:
		return f.later(n, path, OnEvent, 0)
	}
}

func (f *folder) activity(n *Node, path []string) Result {
	r := f.later(n, path, OnActivity, 0)
	if len(n.Args) == 1 {
		if text, ok := f.fold(n.Args[0]).Text(); ok {
			r.Activities = []string{text}
			r.Value.Why = "the output of activity " + text + " is known only when it runs"
		}
	}
	return r
}

func (f *folder) variable(n *Node, path []string) Result {
	if len(n.Args) == 1 && f.scope.Variable != nil {
		if text, ok := f.fold(n.Args[0]).Text(); ok {
			return f.descend(f.scope.Variable(text), path, n.Source)
		}
	}
	return Open(f.at, n.Source+" is known only when it runs", n.Source, OnVariable)
}

func (f *folder) item(n *Node, path []string) Result {
	if f.scope.Item == nil {
		return Open(f.at, "item() has no value here", n.Source, OnItem)
	}
	r := f.descend(f.scope.Item(), path, dotted(n, path))
	r.On |= OnItem
	return r
}

// Merge returns what all items of a list have in common: objects member by
// member, other values when they are equal. It stands for the item of a loop.
func Merge(items []resource.Value, why string) resource.Value {
	if len(items) == 0 {
		return resource.Value{State: resource.Unknown, Why: why, Hint: string(resource.Hole)}
	}
	first := items[0]
	same, objects := true, true
	for _, item := range items {
		same = same && equal(first, item)
		objects = objects && item.IsKnown() && item.Kind == resource.Object
	}
	if same || !objects {
		if same {
			return first
		}
		return resource.Value{State: resource.Unknown, At: first.At, Why: why, Hint: string(resource.Hole)}
	}
	merged := resource.ObjectAt(first.At)
	for _, field := range first.Fields {
		values := make([]resource.Value, len(items))
		for i, item := range items {
			values[i] = member(item, field.Name)
		}
		merged.Fields = append(merged.Fields, resource.Field{Name: field.Name, At: field.At, Value: Merge(values, why)})
	}
	return merged
}
