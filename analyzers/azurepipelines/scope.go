package azurepipelines

import (
	"slices"
	"strings"

	"github.com/drlint/drlint/analyzers/azurepipelines/expression"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// scope is what the expressions at one place can see. It is never changed:
// inner scopes are copies.
type scope struct {
	params *parameters // of the pipeline or template
	loops  *loop
	vars   *layer
	job    *running // what the steps of the job have set so far; nil outside of a job
	via    []source.Range
	stack  []string // the files that are being expanded
	// runs is unknown, with its reason, where an undecided ${{ if }} surrounds
	// the place; absent elsewhere.
	runs resource.Value
	// literal is set for values that were expanded before they got here.
	literal bool
}

// loop is one ${{ each name in … }}.
type loop struct {
	outer *loop
	name  string
	value resource.Value
}

// running holds what the steps of a job have set by logging commands.
type running struct {
	set map[string]resource.Value // by lower-case name, outputs as "step.name"
	env map[string]resource.Value // by the name that scripts see
}

func newRunning() *running {
	return &running{set: map[string]resource.Value{}, env: map[string]resource.Value{}}
}

func (r *running) keep(name string, v resource.Value) {
	r.set[strings.ToLower(name)] = v
	r.env[environmentName(name)] = v
}

func (s *scope) with(name string, value resource.Value) *scope {
	inner := *s
	inner.loops = &loop{outer: s.loops, name: name, value: value}
	return &inner
}

// when adds a condition that cannot be decided.
func (s *scope) when(runs resource.Value) *scope {
	if runs.State != resource.Unknown || s.runs.State == resource.Unknown {
		return s
	}
	inner := *s
	inner.runs = runs
	return &inner
}

func (s *scope) expanded() *scope {
	if s.literal {
		return s
	}
	inner := *s
	inner.literal = true
	return &inner
}

// like is the scope with the variables of another place.
func (s *scope) like(place *scope) *scope {
	inner := *s
	inner.vars, inner.job = place.vars, place.job
	return &inner
}

func (s *scope) inner(vars *layer) *scope {
	inner := *s
	inner.vars = vars
	return &inner
}

// lookup returns the value of a context path in a template expression.
func (a *analysis) lookup(s *scope) expression.Lookup {
	return func(path []string) resource.Value {
		for l := s.loops; l != nil; l = l.outer {
			if strings.EqualFold(l.name, path[0]) {
				return descend(from(l.value), path[1:])
			}
		}
		switch strings.ToLower(path[0]) {
		case "parameters":
			if len(path) == 1 {
				return a.allParameters(s.params)
			}
			v := a.parameter(s.params, path[1])
			return descend(v, path[2:])
		case "variables":
			if len(path) == 2 {
				return a.variableOf(path[1], s)
			}
			return unknown("the variables are not listed before the pipeline runs")
		}
		return unknown(strings.Join(path, ".") + " is known only when the pipeline runs")
	}
}

func descend(v resource.Value, path []string) resource.Value {
	for _, key := range path {
		v = expression.Member(v, key)
	}
	return v
}

// evaluate returns the value of one template expression.
func (a *analysis) evaluate(text string, at source.Range, s *scope) resource.Value {
	if !a.afford(at) {
		return resource.UnknownAt(at, "the pipelines expand to more than is followed")
	}
	return a.evaluated(text, at, a.lookup(s))
}

func (a *analysis) evaluated(text string, at source.Range, lookup expression.Lookup) resource.Value {
	v, err := expression.Evaluate(text, at, lookup)
	if err != nil {
		a.report("expression", source.Warning, at,
			"The expression is not valid: "+err.Error(), "Azure Pipelines does not run the pipeline before it is mended.")
		return resource.UnknownAt(at, "its expression is not valid")
	}
	if v.IsKnown() || v.IsUnknown() {
		return v
	}
	return resource.NullAt(at)
}

// parameters are those of one pipeline or template call.
type parameters struct {
	names []string
	bound map[string]*parameter // by lower-case name
	open  string                // why further ones may be given
}

// parameter is a value that is evaluated where it was written, once.
type parameter struct {
	name    string
	kind    string // as declared: "string", "boolean", "object", "stepList"
	raw     resource.Value
	scope   *scope
	why     string // why there is no value
	busy    bool
	done    bool
	settled resource.Value
}

func (p *parameters) find(name string) *parameter {
	if p == nil {
		return nil
	}
	return p.bound[strings.ToLower(name)]
}

func (a *analysis) parameter(p *parameters, name string) resource.Value {
	found := p.find(name)
	switch {
	case found == nil && p != nil && p.open != "":
		return unknown(p.open)
	case found == nil:
		return resource.NullAt(source.Range{})
	case found.why != "":
		return unknown(found.why)
	case found.busy:
		return unknown("parameters." + name + " is set to itself")
	}
	if !found.done {
		found.busy = true
		found.settled = a.typed(a.expand(found.raw, found.scope), found.kind)
		found.busy, found.done = false, true
	}
	return from(found.settled)
}

func (a *analysis) allParameters(p *parameters) resource.Value {
	out := resource.ObjectAt(source.Range{})
	if p == nil {
		return out
	}
	for _, name := range p.names {
		out.Fields = append(out.Fields, resource.Field{Name: name, Value: a.parameter(p, name)})
	}
	return out
}

// typed converts a parameter to its declared type. Parameters without one, in
// the older form, are texts.
func (a *analysis) typed(v resource.Value, kind string) resource.Value {
	switch strings.ToLower(kind) {
	case "boolean":
		if truth, ok := v.AsBool(); ok {
			return resource.Value{State: resource.Known, Kind: resource.Bool, Truth: truth, At: v.At, Origin: v.Origin}
		}
	case "number":
		if n, ok := v.AsNumber(); ok {
			return resource.Value{State: resource.Known, Kind: resource.Number, Num: n, At: v.At, Origin: v.Origin}
		}
	case "string", "":
		if v.IsKnown() && (v.Kind == resource.Number || v.Kind == resource.Bool) {
			return resource.Value{State: resource.Known, Kind: resource.String, Text: a.written(v), At: v.At, Origin: v.Origin}
		}
	}
	return v
}

// written returns a scalar as its file has it: 3.10 is not 3.1.
func (a *analysis) written(v resource.Value) string {
	text, _ := v.AsString()
	f := a.files[v.At.File]
	if f == nil || v.At.Start < 0 || v.At.End > len(f.data) || v.At.Start >= v.At.End {
		return text
	}
	raw := string(f.data[v.At.Start:v.At.End])
	if copied := (resource.Value{State: resource.Known, Kind: resource.String, Text: raw}); v.Kind == resource.Number {
		if n, ok := copied.AsNumber(); ok && n == v.Num {
			return raw
		}
	} else if truth, ok := copied.AsBool(); ok && truth == v.Truth {
		return raw
	}
	return text
}

// bind gives the declared parameters of a file their values. given are those of
// a call; a pipeline that is started by itself has none.
func (a *analysis) bind(f *file, given object, called bool) *parameters {
	p := &parameters{bound: map[string]*parameter{}}
	if given.open.State == resource.Unknown {
		p.open = given.open.Why
	}
	declared := f.root.Get("parameters")
	switch {
	case isObject(declared):
		for _, field := range declared.Fields {
			p.declare(&parameter{name: field.Name, raw: field.Value, scope: &scope{}})
		}
	case isList(declared):
		for _, item := range declared.Items {
			if added, ok := p.declared(item, called); ok {
				p.declare(added)
			}
		}
	case declared.IsUnknown():
		p.open = declared.Why
	}
	for _, m := range given.members {
		known := p.find(m.name)
		if known == nil {
			known = &parameter{name: m.name, kind: "object"}
			p.declare(known)
		}
		known.raw, known.scope, known.why = m.value, m.scope, ""
	}
	return p
}

// declared reads one parameter in the newer form.
func (p *parameters) declared(item resource.Value, called bool) (*parameter, bool) {
	name, ok := item.Get("name").AsString()
	if !ok {
		return nil, false
	}
	kind, ok := item.Get("type").AsString()
	if !ok {
		kind = "string"
	}
	added := &parameter{name: name, kind: kind, raw: item.Get("default"), scope: &scope{}}
	switch {
	case added.raw.State != resource.Absent:
	case p.open != "":
		added.why = p.open
	case called:
		added.why = "parameters." + name + " is not given and has no default"
	default:
		added.why = "parameters." + name + " has no default"
	}
	return added, true
}

func (p *parameters) declare(added *parameter) {
	key := strings.ToLower(added.name)
	if p.bound[key] == nil && !slices.Contains(p.names, added.name) {
		p.names = append(p.names, added.name)
	}
	p.bound[key] = added
}
