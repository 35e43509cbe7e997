package datafactory

import (
	"strings"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/syntax/adf"
)

// call is something that starts a pipeline: a trigger, or an activity of
// another pipeline.
type call struct {
	trigger   *object
	activity  *activity
	arguments resource.Value
}

// indexCalls finds what each trigger and pipeline of the factory starts.
func (f *factory) indexCalls() {
	calls := f.catalogue.calls
	add := func(target resource.Value, c call) {
		if o, _, _ := f.refer(pipelineKind, target); o != nil {
			calls[o] = append(calls[o], c)
		}
	}
	for _, o := range f.all {
		if o.copied {
			continue
		}
		switch o.kind {
		case triggerKind:
			for _, started := range o.started() {
				add(started.Get("pipelineReference"), call{trigger: o, arguments: started.Get("parameters")})
			}
		case pipelineKind:
			for _, step := range o.steps() {
				if step.typ == "ExecutePipeline" {
					add(step.at("pipeline"), call{activity: step, arguments: step.at("parameters")})
				}
			}
		}
	}
}

// started lists what a trigger starts: a tumbling window one pipeline, others
// several.
func (o *object) started() []resource.Value {
	list := o.props.Get("pipelines").Items
	if one := o.props.Get("pipeline"); one.IsKnown() {
		list = append([]resource.Value{one}, list...)
	}
	return list
}

// callers lists who starts a pipeline.
func (o *object) callers() []call { return o.factory.catalogue.calls[o] }

func (c call) scope() adf.Scope {
	if c.activity != nil {
		return c.activity.scope()
	}
	return adf.Scope{}
}

// parameter is what a parameter of a pipeline stands for: what its callers
// pass, else its default.
func (o *object) parameter(name string) adf.Result {
	written := "pipeline().parameters." + name
	circle := adf.Open(o.r.At, "parameter "+name+" is passed on in a circle", written, adf.OnParameter)
	return o.once("parameter "+strings.ToLower(name), circle, func() adf.Result {
		fallback := member(o.props.Get("parameters"), name).Get("defaultValue")
		var values []adf.Result
		for _, c := range o.callers() {
			if argument := member(c.arguments, name); argument.State != resource.Absent {
				values = append(values, fold(argument, c.scope()))
			} else {
				values = append(values, o.initial(name, written, fallback))
			}
		}
		if len(values) == 0 {
			return o.initial(name, written, fallback)
		}
		return adf.Same("parameter "+name+" of "+o.title()+" differs between its callers", written, values...)
	})
}

// initial is the default of a parameter.
func (o *object) initial(name, written string, fallback resource.Value) adf.Result {
	if fallback.State == resource.Absent {
		return adf.Open(orElse(fallback.At, o.r.At), "parameter "+name+" of "+o.title()+" has no default and no caller sets it", written, adf.OnParameter)
	}
	return adf.Of(fallback)
}

// argumentsOf answers for the parameters of a dataset, a linked service or a
// data flow: by what a reference to it passes, folded where that is written,
// else by their defaults.
func (o *object) argumentsOf(passed resource.Value, caller adf.Scope, prefix string) func(string) adf.Result {
	return func(name string) adf.Result {
		if argument := member(passed, name); argument.State != resource.Absent {
			return fold(argument, caller)
		}
		fallback := member(o.props.Get("parameters"), name).Get("defaultValue")
		if fallback.State == resource.Absent {
			return adf.Open(orElse(fallback.At, o.r.At), "parameter "+name+" of "+o.title()+" has no default and is not set", prefix+name, adf.OnParameter)
		}
		return adf.Of(fallback)
	}
}
