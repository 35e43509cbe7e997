package azurepipelines

import (
	"strings"

	"github.com/drlint/drlint/analyzers/azurepipelines/expression"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// member is one member of a mapping and the scope in which it was written.
type member struct {
	name  string
	at    source.Range
	value resource.Value
	scope *scope
}

// object is a mapping whose ${{ if }}, ${{ each }} and ${{ insert }} are
// resolved; the values are as written.
type object struct {
	at      source.Range
	members []member
	// open is unknown when members may be missing.
	open resource.Value
}

// get returns a member by name, whose case does not matter; the last one wins.
func (o object) get(name string) (member, bool) {
	for i := len(o.members) - 1; i >= 0; i-- {
		if strings.EqualFold(o.members[i].name, name) {
			return o.members[i], true
		}
	}
	return member{value: resource.Value{At: o.at}}, false
}

func (o object) has(names ...string) bool {
	for _, name := range names {
		if _, ok := o.get(name); ok {
			return true
		}
	}
	return false
}

// all returns every member of a name: the branches of a ${{ if }} that cannot
// be decided each bring one.
func (o object) all(name string) []member {
	var found []member
	for _, m := range o.members {
		if strings.EqualFold(m.name, name) {
			found = append(found, m)
		}
	}
	return found
}

// object resolves the directives of a mapping.
func (a *analysis) object(v resource.Value, s *scope) object {
	out := object{at: v.At}
	a.fill(&out, v, s)
	return out
}

func (a *analysis) fill(out *object, v resource.Value, s *scope) {
	if isString(v) && !s.literal {
		v, s = a.substitute(v, s)
	}
	switch {
	case v.IsUnknown():
		out.open = v
		return
	case !isObject(v):
		return
	}
	var c chain
	for _, field := range v.Fields {
		if !a.afford(field.At) {
			return
		}
		d, ok := a.directiveOf(field.Name, field.At)
		if !ok || s.literal {
			c = chain{}
			out.set(a.key(field, s), field.At, field.Value, s)
			continue
		}
		switch d.word {
		case "if", "elseif", "else":
			if inner, taken := a.branch(&c, d, s); taken {
				a.fill(out, field.Value, inner)
			}
			continue
		case "each":
			a.eachOf(d, s, func(inner *scope) { a.fill(out, field.Value, inner) })
		case "insert":
			a.fill(out, field.Value, s)
		default:
			if name := a.evaluate(d.text, d.at, s); name.IsUnknown() {
				out.open = name
			} else {
				out.set(expression.Text(name), field.At, field.Value, s)
			}
		}
		c = chain{}
	}
}

// key is a member's name; a part of it may be computed.
func (a *analysis) key(field resource.Field, s *scope) string {
	if s.literal || !strings.Contains(field.Name, "${{") {
		return field.Name
	}
	name, _ := a.expand(resource.StringAt(field.At, field.Name), s).AsString()
	return name
}

func (o *object) set(name string, at source.Range, v resource.Value, s *scope) {
	o.members = append(o.members, member{name: name, at: at, value: v, scope: s})
}

// substitute replaces a text that is one expression with what it yields: the
// value as its caller wrote it when it names a parameter, so that places stay
// exact, else the evaluated value.
func (a *analysis) substitute(v resource.Value, s *scope) (resource.Value, *scope) {
	for depth := 0; depth < maxTemplateDepth && isString(v) && !s.literal; depth++ {
		parts := expression.Split(strings.TrimSpace(v.Text))
		if len(parts) != 1 || !parts[0].Expression {
			return v, s
		}
		path := expression.Path(parts[0].Text)
		if len(path) == 2 && strings.EqualFold(path[0], "parameters") && !s.shadows("parameters") {
			if p := s.params.find(path[1]); p != nil && p.why == "" {
				inner := *p.scope
				inner.via, inner.stack, inner.vars, inner.job = s.via, s.stack, s.vars, s.job
				v, s = p.raw, (&inner).when(s.runs)
				continue
			}
		}
		result := a.evaluate(parts[0].Text, v.At, s)
		if result.IsUnknown() || result.IsAbsent() {
			return placed(result, v.At), s.expanded()
		}
		return result, s.expanded()
	}
	return v, s
}

func (s *scope) shadows(name string) bool {
	for l := s.loops; l != nil; l = l.outer {
		if strings.EqualFold(l.name, name) {
			return true
		}
	}
	return false
}

// list visits the items of a sequence with its directives resolved. An item
// that stands for a list is replaced with the list's items.
func (a *analysis) list(v resource.Value, s *scope, visit func(resource.Value, *scope)) {
	if isString(v) && !s.literal {
		v, s = a.substitute(v, s)
	}
	if v.IsUnknown() {
		visit(v, s)
		return
	}
	if !isList(v) {
		if !v.IsAbsent() && !isString(v) {
			visit(v, s)
		}
		return
	}
	var c chain
	for _, item := range v.Items {
		if !a.afford(item.At) {
			return
		}
		if a.spliced(&c, item, s, visit) {
			continue
		}
		c = chain{}
		switch {
		case isString(item) && !s.literal && strings.HasPrefix(strings.TrimSpace(item.Text), "${{"):
			inner, scope := a.substitute(item, s)
			if isList(inner) {
				a.list(inner, scope, visit)
			} else if !inner.IsAbsent() {
				visit(inner, scope)
			}
		default:
			visit(item, s)
		}
	}
}

// spliced handles an item whose keys are directives over lists. One over
// mappings is an item of its own, which object resolves.
func (a *analysis) spliced(c *chain, item resource.Value, s *scope, visit func(resource.Value, *scope)) bool {
	if !isObject(item) || s.literal || len(item.Fields) == 0 {
		return false
	}
	for _, field := range item.Fields {
		d, ok := a.directiveOf(field.Name, field.At)
		if !ok || d.word == "" || d.word == "insert" || isObject(field.Value) && d.word != "each" {
			return false
		}
	}
	for _, field := range item.Fields {
		d, _ := a.directiveOf(field.Name, field.At)
		if d.word == "each" {
			*c = chain{}
			a.eachOf(d, s, func(inner *scope) { a.list(asList(field.Value), inner, visit) })
		} else if inner, taken := a.branch(c, d, s); taken {
			a.list(field.Value, inner, visit)
		}
	}
	return true
}

// asList lets a mapping below each stand for a list of one.
func asList(v resource.Value) resource.Value {
	if isObject(v) {
		return resource.ListAt(v.At, v)
	}
	return v
}

// expand evaluates all template expressions in a value.
func (a *analysis) expand(v resource.Value, s *scope) resource.Value {
	switch {
	case v.State != resource.Known || s.literal:
		return v
	case !a.afford(v.At):
		return resource.UnknownAt(v.At, "the pipelines expand to more than is followed")
	}
	switch v.Kind {
	case resource.String:
		return a.expandText(v, s)
	case resource.List:
		out := resource.ListAt(v.At)
		a.list(v, s, func(item resource.Value, inner *scope) {
			out.Items = append(out.Items, a.guarded(a.expand(item, inner), inner, s))
		})
		return out
	case resource.Object:
		o := a.object(v, s)
		if o.open.State == resource.Unknown {
			return resource.UnknownAt(v.At, o.open.Why)
		}
		out, index := resource.ObjectAt(v.At), map[string]int{}
		for _, m := range o.members {
			field := resource.Field{Name: m.name, At: m.at, Value: a.guarded(a.expand(m.value, m.scope), m.scope, s)}
			if i, again := index[strings.ToLower(m.name)]; again {
				out.Fields[i] = field
				continue
			}
			index[strings.ToLower(m.name)] = len(out.Fields)
			out.Fields = append(out.Fields, field)
		}
		return out
	}
	return v
}

// guarded makes a value unknown that is only there under a condition which
// cannot be decided.
func (a *analysis) guarded(v resource.Value, inner, outer *scope) resource.Value {
	if inner.runs.State == resource.Unknown && outer.runs.State != resource.Unknown {
		return resource.UnknownAt(v.At, inner.runs.Why)
	}
	return v
}
