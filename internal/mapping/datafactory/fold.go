package datafactory

import (
	"fmt"
	"strings"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/syntax/adf"
)

// fold evaluates a property: a text, an object {"value": …, "type":
// "Expression"}, or any other value as it is.
func fold(v resource.Value, scope adf.Scope) adf.Result {
	if v.IsUnknown() {
		return adf.Of(v)
	}
	if v.Kind == resource.Object {
		if typ, _ := v.Get("type").AsString(); strings.EqualFold(typ, "Expression") {
			return fold(v.Get("value"), scope)
		}
		return adf.Known(v)
	}
	if v.State == resource.Known && v.Kind == resource.String && adf.IsExpression(v.Text) {
		r := adf.Fold(v.Text, v.At, scope)
		r.Value.Origin, r.Value.Refs = v.Origin, v.Refs
		return r
	}
	return adf.Known(v)
}

// isDynamic reports whether a property is written as an expression.
func isDynamic(v resource.Value) bool {
	if text, ok := v.AsString(); ok {
		return adf.IsExpression(text)
	}
	text, _ := v.Get("value").AsString()
	return v.IsKnown() && v.Kind == resource.Object && adf.IsExpression(text)
}

// scope is what expressions of an activity refer to.
func (a *activity) scope() adf.Scope {
	scope := a.pipeline.scope()
	scope.Variable = func(name string) adf.Result { return a.variable(name) }
	if a.loop != nil {
		scope.Item = a.loop.item
	}
	return scope
}

// scope is what expressions of a pipeline refer to, whatever the activity.
func (o *object) scope() adf.Scope {
	return adf.Scope{
		Parameter:       func(name string) adf.Result { return o.parameter(name) },
		GlobalParameter: o.factory.globalParameter,
	}
}

func (f *factory) globalParameter(name string) adf.Result {
	if f.origin != nil && f.layout == nil {
		return f.origin.globalParameter(name)
	}
	written := "pipeline().globalParameters." + name
	if f.layout == nil {
		return adf.Open(resource.Value{}.At, "global parameter "+name+" is in no scanned file", written, adf.OnParameter)
	}
	v := member(f.layout.Attrs.Get("global_parameters"), name).Get("value")
	if v.State == resource.Absent {
		return adf.Open(v.At, "global parameter "+name+" is in no scanned file", written, adf.OnParameter)
	}
	return adf.Of(v)
}

// item is what item() stands for within a ForEach: what all its items have in
// common.
func (a *activity) item() adf.Result {
	why := "it differs from item to item of " + a.name
	circle := adf.Open(a.v.At, "the items of "+a.name+" refer to themselves", "item()", adf.OnItem)
	return a.pipeline.once(fmt.Sprintf("item %d", a.v.At.Start)+a.branch+a.name, circle, func() adf.Result {
		items := fold(a.at("items"), a.scope())
		if !items.Value.IsKnown() || items.Value.Kind != resource.List {
			open := adf.Open(a.at("items").At, why, "item()", items.On|adf.OnItem)
			open.Activities = items.Activities
			if items.Value.Why != "" {
				open.Value.Why = items.Value.Why
			}
			return open
		}
		v := adf.Merge(items.Value.Items, why)
		if v.IsUnknown() {
			return adf.Open(v.At, why, "item()", adf.OnItem)
		}
		return adf.Known(v)
	})
}

// variable is what a variable holds when the activity runs: what the one
// activity that sets it writes, else its default.
func (a *activity) variable(name string) adf.Result {
	o, written := a.pipeline, "variables('"+name+"')"
	certain := false
	for _, step := range o.setters(name) {
		certain = certain || step.typ == "SetVariable" && step.precedes(a)
	}
	circle := adf.Open(a.v.At, "variable "+name+" is set from itself", written, adf.OnVariable)
	return o.once(fmt.Sprintf("variable %s %t", strings.ToLower(name), certain), circle, func() adf.Result {
		var values []adf.Result
		for _, step := range o.setters(name) {
			if step.typ != "SetVariable" {
				return adf.Open(step.v.At, "variable "+name+" is added to while the pipeline runs", written, adf.OnVariable)
			}
			values = append(values, fold(step.at("value"), step.scope()))
		}
		if initial := member(o.props.Get("variables"), name).Get("defaultValue"); !certain && initial.State != resource.Absent {
			values = append(values, adf.Of(initial))
		}
		if len(values) == 0 {
			return adf.Open(a.v.At, "variable "+name+" is never set", written, adf.OnVariable)
		}
		return adf.Same("variable "+name+" is set in several ways", written, values...)
	})
}

// setters are the activities that write a variable.
func (o *object) setters(name string) (steps []*activity) {
	for _, step := range o.steps() {
		if set, _ := step.at("variableName").AsString(); strings.EqualFold(set, name) {
			steps = append(steps, step)
		}
	}
	return steps
}
