package shell

import (
	"slices"

	"mvdan.cc/sh/v3/syntax"
)

// dirName is where the scope keeps the working directory; no variable is named so.
const dirName = "\x00dir"

// variable holds what a name stands for: one field, or several for an array.
type variable struct {
	items []field
	array bool
}

func (v variable) equal(other variable) bool {
	return v.array == other.array && slices.EqualFunc(v.items, other.items,
		func(a, b field) bool { return a.text == b.text })
}

// scope is a layer of variables over an outer one. Branches and subshells get a
// layer of their own, so entering one costs nothing.
type scope struct {
	outer *scope
	vars  map[string]variable
	env   func(name string) (variable, bool) // of the outermost layer
}

func newScope(outer *scope) *scope { return &scope{outer: outer, vars: map[string]variable{}} }

func (s *scope) get(name string) (variable, bool) {
	for layer := s; layer != nil; layer = layer.outer {
		if v, ok := layer.vars[name]; ok {
			return v, true
		}
		if layer.env != nil {
			return layer.env(name)
		}
	}
	return variable{}, false
}

func (s *scope) set(name string, v variable) { s.vars[name] = v }

// environment returns a variable that is set from outside.
func (r *reader) environment(name string) (variable, bool) {
	if r.options.Env == nil {
		return variable{}, false
	}
	word, set := r.options.Env(name)
	if !set {
		return variable{}, false
	}
	return variable{items: []field{r.fieldOf(word)}}, true
}

// forget makes a variable unknown.
func (r *reader) forget(s *scope, name, why string) {
	s.set(name, variable{items: []field{{text: r.hole(why)}}})
}

// merge keeps in s what all branches agree on; what differs is unknown and
// where says why. The branches are layers directly over s, and one of them runs.
func (r *reader) merge(s *scope, where string, branches ...*scope) {
	var names []string
	for _, branch := range branches {
		for name := range branch.vars {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range slices.Compact(names) {
		first, set := branches[0].get(name)
		same := set
		for _, branch := range branches[1:] {
			v, ok := branch.get(name)
			same = same && ok && v.equal(first)
		}
		switch {
		case same:
			s.set(name, first)
		case name == dirName:
			r.forget(s, name, "the directory is changed in "+where)
		default:
			r.forget(s, name, "$"+name+" is set in "+where)
		}
	}
}

// function is a shell function and the script it is written in.
type function struct {
	body  *syntax.Stmt
	frame frame
}
