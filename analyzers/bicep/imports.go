package bicep

import (
	"github.com/drlint/drlint/analyzers/bicep/syntax"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// export returns what a file exports under a name and the instance of the file
// to evaluate it in; inside is nil when the file cannot be read.
func (ev *evaluation) export(from string, local bool, name string) (inside *instance, declaration any) {
	for range moduleDepth {
		inside = ev.library(from, local)
		if inside == nil {
			return nil, nil
		}
		declaration = inside.doc.symbols[name]
		next, ok := declaration.(imported)
		if !ok {
			return inside, declaration
		}
		from, local, name = next.from, next.local, next.name
	}
	return nil, nil
}

// library returns the instance of a file that is imported from.
func (ev *evaluation) library(from string, local bool) *instance {
	if !local {
		return nil
	}
	if known, ok := ev.libraries[from]; ok {
		return known
	}
	var inside *instance
	if doc := ev.loader.document(from); doc != nil && doc.opened {
		inside = newInstance(ev, doc, nil)
	}
	ev.libraries[from] = inside
	return inside
}

func unknownExport(at source.Range, from, name string) resource.Value {
	return resource.UnknownAt(at, name+" of "+from+" cannot be read")
}

// imported evaluates a variable of another file.
func (ev *evaluation) imported(s imported, at source.Range) resource.Value {
	return ev.exportedVariable(s.from, s.local, s.name, at)
}

func (ev *evaluation) exportedVariable(from string, local bool, name string, at source.Range) resource.Value {
	inside, declaration := ev.export(from, local, name)
	v, ok := declaration.(*syntax.Var)
	if inside == nil || !ok {
		return unknownExport(at, from, name)
	}
	return inside.variable(ev, v)
}

// wildcardMember evaluates "alias.name" of a wildcard import.
func (ev *evaluation) wildcardMember(en env, e *syntax.Member, at source.Range) (resource.Value, bool) {
	target, ok := e.Target.(*syntax.Variable)
	if !ok {
		return resource.Value{}, false
	}
	if _, isLocal := en.local(target.Name); isLocal {
		return resource.Value{}, false
	}
	from, ok := en.inst.doc.symbols[target.Name].(wildcard)
	if !ok {
		return resource.Value{}, false
	}
	return ev.exportedVariable(from.from, from.local, e.Name.Text, at), true
}

// wildcardCall evaluates "alias.name(args)" of a wildcard import.
func (ev *evaluation) wildcardCall(en env, from wildcard, e *syntax.MethodCall, at source.Range) resource.Value {
	args := ev.arguments(en, e.Args)
	inside, declaration := ev.export(from.from, from.local, e.Name.Text)
	if f, ok := declaration.(*syntax.Func); ok && inside != nil {
		return ev.invoke(inside, f, args, at)
	}
	return carry(unknownExport(at, from.from, e.Name.Text), args...)
}
