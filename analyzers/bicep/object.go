package bicep

import (
	"github.com/drlint/drlint/analyzers/bicep/syntax"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// object evaluates an object. When the name of a member is not known, or a
// spread value is not, none of its members is certain.
func (ev *evaluation) object(en env, e *syntax.Object, at source.Range) resource.Value {
	b := builder{ev: ev, at: at, object: resource.ObjectAt(at)}
	b.object.Fields = make([]resource.Field, 0, len(e.Items))
	for _, item := range e.Items {
		switch i := item.(type) {
		case *syntax.Property:
			b.property(en, i)
		case *syntax.Spread:
			b.spread(ev.eval(en, i.Value))
		case *syntax.Bad:
			b.fail(resource.UnknownAt(en.at(i), "the object has a syntax error"))
		}
	}
	return b.result()
}

// builder collects the members of an object.
type builder struct {
	ev     *evaluation
	at     source.Range
	object resource.Value
	index  map[string]int // of the members, made when there are many
	failed []resource.Value
}

const indexFrom = 16

func (b *builder) property(en env, p *syntax.Property) {
	name, literal := p.Key.Literal()
	if !literal {
		key := b.ev.eval(en, p.Key)
		if !isString(key) {
			b.fail(key)
			b.failed = append(b.failed, b.ev.eval(en, p.Value))
			return
		}
		name = key.Text
	}
	b.set(resource.Field{Name: name, At: en.at(p.Key), Value: b.ev.eval(en, p.Value)})
}

func (b *builder) spread(v resource.Value) {
	switch {
	case v.IsAbsent():
	case !isObject(v):
		b.fail(v)
	case len(b.object.Fields)+len(v.Fields) > sizeLimit || !b.ev.spend(&b.ev.budget.steps, len(v.Fields), b.at):
		b.ev.overspend(b.at)
		b.fail(resource.UnknownAt(b.at, overBudget))
	default:
		if v.Why != "" {
			b.object = uncertain(b.object, v.Why)
		}
		for _, f := range v.Fields {
			b.set(f)
		}
	}
}

// fail records a value without which nobody can tell what the members are.
func (b *builder) fail(v resource.Value) { b.failed = append(b.failed, v) }

// set adds a member; one of the same name that is there already is replaced.
func (b *builder) set(f resource.Field) {
	at, found := b.find(f.Name)
	if found {
		b.object.Fields[at] = f
		return
	}
	if b.index != nil {
		b.index[f.Name] = len(b.object.Fields)
	}
	b.object.Fields = append(b.object.Fields, f)
}

func (b *builder) find(name string) (at int, found bool) {
	if len(b.object.Fields) >= indexFrom && b.index == nil {
		b.index = map[string]int{}
		for i := range b.object.Fields {
			b.index[b.object.Fields[i].Name] = i
		}
	}
	if b.index != nil {
		at, found = b.index[name]
		return at, found
	}
	for i := range b.object.Fields {
		if b.object.Fields[i].Name == name {
			return i, true
		}
	}
	return 0, false
}

func (b *builder) result() resource.Value {
	object := inherit(b.object)
	if len(b.failed) == 0 {
		return object
	}
	return carry(unknownFrom(b.at, b.failed...), object)
}
