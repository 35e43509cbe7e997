package azurepipelines

import (
	"strings"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// layer holds the variables of a pipeline, stage, job or matrix over those
// outside of it. A variable group that sets one of them again is not seen.
type layer struct {
	outer *layer
	names []string // in written order
	set   map[string]resource.Value
	env   map[string]string // names by the form that scripts see
	open  []string          // where further variables may come from
	owner *scope            // of the pipeline, stage or job that they belong to
}

func newLayer(outer *layer, owner *scope) *layer {
	return &layer{outer: outer, set: map[string]resource.Value{}, env: map[string]string{}, owner: owner}
}

func (l *layer) add(name string, v resource.Value) {
	key := strings.ToLower(name)
	if _, again := l.set[key]; !again {
		l.names = append(l.names, name)
	}
	l.set[key] = v
	l.env[environmentName(name)] = key
}

func (l *layer) find(key string) (resource.Value, bool) {
	for ; l != nil; l = l.outer {
		if v, ok := l.set[key]; ok {
			return v, true
		}
	}
	return resource.Value{}, false
}

// named returns the variable that scripts see under a name.
func (l *layer) named(env string) (key string, ok bool) {
	for ; l != nil; l = l.outer {
		if key, ok := l.env[env]; ok {
			return key, true
		}
	}
	return "", false
}

// variables reads the variables of a pipeline, stage, job or template into a
// new layer.
func (a *analysis) variables(o object, s *scope, p *pipeline) *layer {
	members := o.all("variables")
	if len(members) == 0 {
		return s.vars
	}
	l := newLayer(s.vars, s)
	for _, m := range members {
		a.variablesOf(m.value, m.scope.inner(l), l, p)
	}
	return l
}

func (a *analysis) variablesOf(v resource.Value, s *scope, l *layer, p *pipeline) {
	inner := s.inner(l)
	if isString(v) && !s.literal {
		v, inner = a.substitute(v, inner)
	}
	switch {
	case v.IsUnknown():
		l.open = append(l.open, "what "+v.Why)
	case isObject(v):
		a.variableMapping(v, inner, l)
	case isList(v):
		a.list(v, inner, func(item resource.Value, s *scope) { a.variableItem(item, s, l, p) })
	case !v.IsAbsent():
		a.shape(v, "variables", "a list or a mapping")
	}
}

func (a *analysis) variableMapping(v resource.Value, s *scope, l *layer) {
	o := a.object(v, s)
	if o.open.State == resource.Unknown {
		l.open = append(l.open, "members that are not known because "+o.open.Why)
	}
	for _, m := range o.members {
		l.add(m.name, a.guarded(a.variableValue(m.value, m.scope), m.scope, l.owner))
	}
}

// variableValue is a variable's text: numbers and booleans are kept as written.
func (a *analysis) variableValue(v resource.Value, s *scope) resource.Value {
	v = a.typed(a.expand(v, s), "string")
	if v.IsAbsent() {
		return resource.StringAt(v.At, "")
	}
	return v
}

func (a *analysis) variableItem(item resource.Value, s *scope, l *layer, p *pipeline) {
	if !isObject(item) {
		if item.IsUnknown() {
			l.open = append(l.open, "items that are not known because "+item.Why)
		}
		return
	}
	o := a.object(item, s)
	name, named := o.get("name")
	group, grouped := o.get("group")
	switch {
	case o.has("template"):
		a.template(o, s, p, "variables", func(f *file, inner *scope) {
			if v := f.root.Get("variables"); !v.IsAbsent() {
				a.variablesOf(v, inner, l, p)
			}
		}, func(path string, _ object) { l.open = append(l.open, "template "+path) })
	case grouped:
		text := "a variable group"
		if known, ok := a.resolve(group.value, group.scope).AsString(); ok {
			text = "variable group " + known
		}
		l.open = append(l.open, text)
	case named:
		text, ok := a.expand(name.value, name.scope).AsString()
		if !ok {
			return
		}
		value, _ := o.get("value")
		at := value.value.At
		if value.scope == nil {
			value.scope, at = s, item.At
		}
		v := a.guarded(a.variableValue(value.value, value.scope), s, l.owner)
		if v.At == (source.Range{}) {
			v.At = at
		}
		l.add(text, v)
	default: // the older form: one or more members are variables
		a.variableMapping(item, s, l)
	}
}
