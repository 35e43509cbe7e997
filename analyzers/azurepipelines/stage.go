package azurepipelines

import (
	"strconv"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// stages evaluates a list of stages; templates are put in their places.
func (a *analysis) stages(v resource.Value, s *scope, p *pipeline) {
	a.list(v, s, func(item resource.Value, s *scope) {
		if !isObject(item) {
			a.shape(item, "A stage", "a mapping")
			return
		}
		o := a.object(item, s)
		if o.has("template") {
			a.template(o, s, p, "stages", func(f *file, inner *scope) {
				a.inTemplate(f, inner, p, "stages", func(m member, s *scope) { a.stages(m.value, s, p) })
			}, func(path string, given object) { a.handed(path, given, s, p, "") })
			return
		}
		a.stage(o, s, p)
	})
}

// inTemplate visits a member of a template with the template's own variables.
func (a *analysis) inTemplate(f *file, s *scope, p *pipeline, name string, visit func(member, *scope)) {
	root := a.object(f.root, s)
	vars := a.variables(root, s, p)
	for _, m := range root.all(name) {
		visit(m, m.scope.inner(vars))
	}
}

func (a *analysis) stage(o object, s *scope, p *pipeline) {
	name, _ := o.get("stage")
	id := "__default"
	if text, ok := a.resolve(name.value, orScope(name, s)).AsString(); ok && text != "" {
		id = text
	} else if len(p.stages) > 0 {
		id = "stage " + strconv.Itoa(len(p.stages)+1)
	}
	vars := a.variables(o, s, p)
	inner := s.inner(vars)
	out := resource.Builder{At: o.at}
	out.Add("id", name.at, resource.StringAt(orRange(name.at, o.at), id))
	a.setting(&out, o, inner, "displayName", "name")
	a.needs(&out, o, inner)
	if _, written := o.get("dependsOn"); !written && len(p.stages) > 0 {
		// A stage waits for the one before it unless it says otherwise ("Stages").
		before := p.stages[len(p.stages)-1].Get("id")
		out.Add("needs", source.Range{}, resource.ListAt(o.at, resource.StringAt(o.at, before.Text)))
	}
	a.condition(&out, o, inner)
	if m, ok := o.get("trigger"); ok {
		if text, known := a.resolve(m.value, m.scope.like(inner)).AsString(); known && text == "manual" {
			out.Add("manual", m.at, resource.BoolAt(m.value.At, true))
		}
	}
	p.stages = append(p.stages, out.Value())
	outer := p.pool
	if pool, ok := o.get("pool"); ok {
		p.pool = pool
	}
	for _, m := range o.all("jobs") {
		a.jobs(m.value, m.scope.inner(vars), p, id)
	}
	for _, m := range o.all("steps") {
		a.job(object{at: m.value.At, members: []member{m}}, m.scope.inner(vars), p, id)
	}
	p.pool = outer
}

func orScope(m member, s *scope) *scope {
	if m.scope != nil {
		return m.scope
	}
	return s
}

func orRange(at, fallback source.Range) source.Range {
	if at.IsZero() {
		return fallback
	}
	return at
}

// setting adds a member that is a plain value, under its own or another name.
func (a *analysis) setting(out *resource.Builder, o object, s *scope, name, as string) {
	if m, ok := o.get(name); ok {
		out.Add(as, m.at, a.guarded(a.resolve(m.value, m.scope.like(s)), m.scope, s))
	}
}

// needs adds dependsOn as a list.
func (a *analysis) needs(out *resource.Builder, o object, s *scope) {
	m, ok := o.get("dependsOn")
	if !ok {
		return
	}
	v := a.guarded(a.expand(m.value, m.scope), m.scope, s)
	switch text, known := v.AsString(); {
	case known && text == "", v.IsAbsent():
		v = resource.ListAt(m.value.At)
	case known:
		v = resource.ListAt(v.At, v)
	}
	out.Add("needs", m.at, v)
}

// condition adds "if" as written and "runs", what it comes to together with the
// ${{ if }} around it: true, false or unknown; absent without either.
func (a *analysis) condition(out *resource.Builder, o object, s *scope) {
	runs := s.runs
	if runs.State == resource.Absent && o.open.State == resource.Unknown {
		runs = resource.UnknownAt(o.at, o.open.Why)
	}
	if m, ok := o.get("condition"); ok {
		out.Add("if", m.at, m.value)
		runs = both(a.truth(m, s), runs)
	}
	if m, ok := o.get("enabled"); ok {
		if on, known := a.resolve(m.value, m.scope.like(s)).AsBool(); known && !on {
			runs = resource.BoolAt(m.value.At, false)
		}
	}
	if runs.State != resource.Absent {
		out.Add("runs", source.Range{}, placed(runs, orRange(runs.At, o.at)))
	}
}

// truth evaluates a condition for a run that goes well.
func (a *analysis) truth(m member, s *scope) resource.Value {
	v := a.guarded(a.expand(m.value, m.scope), m.scope, s)
	if v.IsUnknown() || v.IsAbsent() {
		return v
	}
	if text, ok := v.AsString(); ok && v.Kind == resource.String {
		if text == "" {
			return resource.Value{}
		}
		v = a.evaluated(text, m.value.At, a.runtimeLookup(m.scope.like(s), 0))
	}
	truth, known := truthOf(v)
	if !known {
		return resource.UnknownAt(m.value.At, v.Why)
	}
	return resource.BoolAt(m.value.At, truth)
}

// both combines the condition of something with that around it.
func both(inner, outer resource.Value) resource.Value {
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
