package azurepipelines

import (
	"strings"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// triggers adds what starts a pipeline in the form that workflows have.
func (a *analysis) triggers(out *resource.Builder, root object, p *pipeline) {
	on := resource.Builder{At: p.file.root.At}
	first := p.file.root.At
	if len(p.file.root.Fields) > 0 {
		first = p.file.root.Fields[0].At
	}
	if m, ok := root.get("trigger"); ok {
		a.event(&on, "push", m)
	} else {
		// Without a word about it every push starts a pipeline ("CI triggers";
		// an organisation can turn that off).
		on.Add("push", first, resource.ObjectAt(first))
	}
	// Azure Repos has no pr in its files; GitHub and Bitbucket do.
	if m, ok := root.get("pr"); ok {
		a.event(&on, "pull_request", m)
	}
	schedules := a.schedules(root)
	if len(schedules.Items) > 0 {
		on.Add("schedule", schedules.At, resource.ObjectAt(schedules.At))
	}
	if at, ok := a.completion(root); ok {
		on.Add("pipeline", at, resource.ObjectAt(at))
	}
	if len(on.Fields) == 0 {
		on.Add("manual", first, resource.ObjectAt(first))
	}
	out.Add("on", first, on.Value())
	if len(schedules.Items) > 0 {
		out.Add("schedules", source.Range{}, schedules)
	}
}

// event reads trigger or pr: none, a list of branches, or a mapping of filters.
func (a *analysis) event(on *resource.Builder, name string, m member) {
	v := a.resolve(m.value, m.scope)
	if isNone(v) {
		return
	}
	options := resource.Builder{At: v.At}
	switch {
	case isList(v):
		options.Add("branches", source.Range{}, v)
	case isObject(v):
		if enabled, ok := v.Get("enabled").AsBool(); ok && !enabled {
			return
		}
		for _, filter := range []string{"branches", "paths", "tags"} {
			a.filter(&options, filter, v.Get(filter))
		}
	case v.IsUnknown():
		on.Add(name, m.at, v)
		return
	}
	on.Add(name, m.at, options.Value())
}

func isNone(v resource.Value) bool {
	if isList(v) && len(v.Items) == 1 {
		v = v.Items[0]
	}
	text, ok := v.AsString()
	return ok && strings.EqualFold(text, "none")
}

func (a *analysis) filter(options *resource.Builder, name string, v resource.Value) {
	if isList(v) {
		options.Add(name, source.Range{}, v)
		return
	}
	options.Add(name, source.Range{}, v.Get("include"))
	options.Add(name+"-ignore", source.Range{}, v.Get("exclude"))
}

func (a *analysis) schedules(root object) resource.Value {
	list := resource.Value{}
	for _, m := range root.all("schedules") {
		if list.State == resource.Absent {
			list = resource.ListAt(m.value.At)
		}
		a.list(m.value, m.scope, func(item resource.Value, s *scope) {
			if !isObject(item) {
				return
			}
			o := a.object(item, s)
			if cron, ok := o.get("cron"); ok {
				list.Items = append(list.Items, a.guarded(a.resolve(cron.value, cron.scope), s, m.scope))
			}
		})
	}
	return list
}

// completion reports whether another pipeline's end starts this one.
func (a *analysis) completion(root object) (source.Range, bool) {
	resources, ok := root.get("resources")
	if !ok {
		return source.Range{}, false
	}
	o := a.object(resources.value, resources.scope)
	var at source.Range
	for _, m := range o.all("pipelines") {
		a.list(m.value, m.scope, func(item resource.Value, s *scope) {
			if !isObject(item) || !at.IsZero() {
				return
			}
			trigger, ok := a.object(item, s).get("trigger")
			if !ok || isNone(trigger.value) {
				return
			}
			if on, known := trigger.value.AsBool(); known && !on {
				return
			}
			at = trigger.at
		})
	}
	return at, !at.IsZero()
}
