package shell

import (
	"slices"
	"strconv"
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// isList reports whether a parameter expands to a list: "$@", "${a[@]}".
func isList(p *syntax.ParamExp) bool {
	if p.Param == nil || p.Length || p.Excl {
		return false
	}
	if p.Param.Value == "@" || p.Param.Value == "*" {
		return true
	}
	index, ok := p.Index.(*syntax.Word)
	return ok && (index.Lit() == "@" || index.Lit() == "*")
}

// parameter returns what a parameter stands for: one item, or all of a list.
func (r *reader) parameter(p *syntax.ParamExp, f frame, ctx context) []field {
	if p.Param == nil || p.Length || p.Excl || p.Width || p.IsSet || p.Flags != nil ||
		p.NestedParam != nil || p.Names != 0 || p.Slice != nil || len(p.Modifiers) > 0 {
		r.substitutions(p, f, ctx)
		return r.unknown("an expansion of this kind is not followed")
	}
	name := p.Param.Value
	if name == "*" {
		name = arguments
	}
	v, set := ctx.scope.get(name)
	if number, err := strconv.Atoi(name); err == nil && number > 0 {
		v, set = variable{items: []field{r.argument(ctx.scope, number)}}, true
	}
	if isList(p) {
		if !set {
			return r.unknown(unset(name))
		}
		return v.items
	}
	item, ok := pick(v, p.Index)
	switch {
	case set && !ok:
		return r.unknown("which element of $" + name + " is meant is known only when the script runs")
	case p.Exp != nil:
		return r.operator(p.Exp, name, item, set, f, ctx)
	case !set:
		return r.unknown(unset(name))
	case p.Repl != nil:
		return []field{r.replace(p.Repl, item, f, ctx)}
	}
	return []field{item}
}

func unset(name string) string {
	switch {
	case name == arguments || isNumber(name):
		return "the arguments of the script are known only when it runs"
	case !isName(name):
		return "$" + name + " is known only when the script runs"
	default:
		return "$" + name + " is not set in the script"
	}
}

func (r *reader) unknown(why string) []field { return []field{{text: r.hole(why)}} }

// pick returns one element; without an index the first one, as the shell does.
func pick(v variable, index syntax.ArithmExpr) (field, bool) {
	n := 0
	if index != nil {
		word, ok := index.(*syntax.Word)
		if !ok {
			return field{}, false
		}
		number, err := strconv.Atoi(word.Lit())
		if err != nil || number < 0 {
			return field{}, false
		}
		n = number
	}
	if n < len(v.items) {
		return v.items[n], true
	}
	return field{}, true
}

// operator applies ${name-word} and its like.
func (r *reader) operator(x *syntax.Expansion, name string, item field, set bool, f frame, ctx context) []field {
	word := func() field { return r.value(x.Word, f, ctx) }
	empty := item.text == ""
	switch x.Op {
	case syntax.DefaultUnset, syntax.DefaultUnsetOrNull, syntax.AssignUnset, syntax.AssignUnsetOrNull:
		alternative := word()
		switch {
		case !set:
			return r.unknown(unset(name))
		case empty && (x.Op == syntax.DefaultUnsetOrNull || x.Op == syntax.AssignUnsetOrNull):
			return []field{alternative}
		}
		return []field{item}
	case syntax.ErrorUnset, syntax.ErrorUnsetOrNull:
		if !set {
			return r.unknown(unset(name))
		}
		return []field{item}
	case syntax.AlternateUnset, syntax.AlternateUnsetOrNull:
		alternative := word()
		switch {
		case !set:
			return r.unknown(unset(name))
		case x.Op == syntax.AlternateUnsetOrNull && empty:
			return []field{{}}
		case isHole(item.text):
			return r.unknown("whether $" + name + " is empty is known only when the script runs")
		}
		return []field{alternative}
	case syntax.RemSmallPrefix, syntax.RemLargePrefix, syntax.RemSmallSuffix, syntax.RemLargeSuffix:
		return r.trim(x, name, item, set, word())
	}
	return r.unknown("an expansion of this kind is not followed")
}

// trim removes a literal prefix or suffix; patterns are not followed.
func (r *reader) trim(x *syntax.Expansion, name string, item field, set bool, pattern field) []field {
	switch {
	case !set:
		return r.unknown(unset(name))
	case hasHole(item.text) || hasHole(pattern.text):
		return r.unknown(r.why(item.text + pattern.text))
	case strings.ContainsAny(pattern.text, "*?["):
		return r.unknown("a pattern is removed when the script runs")
	}
	if x.Op == syntax.RemSmallPrefix || x.Op == syntax.RemLargePrefix {
		item.text = strings.TrimPrefix(item.text, pattern.text)
	} else {
		item.text = strings.TrimSuffix(item.text, pattern.text)
	}
	return []field{item}
}

// replace applies ${name/a/b} to known texts without patterns.
func (r *reader) replace(x *syntax.Replace, item field, f frame, ctx context) field {
	from, to := r.value(x.Orig, f, ctx), r.value(x.With, f, ctx)
	all := item.text + from.text + to.text
	switch {
	case hasHole(all):
		return field{text: r.hole(r.why(all))}
	case from.text == "" || strings.ContainsAny(from.text, "*?[#%"):
		return field{text: r.hole("a pattern is replaced when the script runs")}
	case len(item.text)/len(from.text)*len(to.text) > maxValue:
		return field{text: r.hole("the text is longer than is followed")}
	}
	times := 1
	if x.All {
		times = -1
	}
	item.text = r.limit(strings.Replace(item.text, from.text, to.text, times))
	return item
}

// assign sets a variable as one assignment says.
func (r *reader) assign(a *syntax.Assign, f frame, ctx context) {
	if a.Name == nil {
		return
	}
	name := a.Name.Value
	v := variable{array: a.Array != nil}
	switch {
	case a.Index != nil:
		r.forget(ctx.scope, name, "an element of $"+name+" is set")
		return
	case a.Array != nil:
		for _, element := range a.Array.Elems {
			v.items = append(v.items, r.element(element, f, ctx)...)
		}
	default:
		v.items = []field{r.value(a.Value, f, ctx)}
		if v.items[0].at.IsZero() {
			v.items[0].at = f.place(a)
		}
	}
	if old, set := ctx.scope.get(name); a.Append {
		v = r.appended(name, old, set, v)
	}
	if len(v.items) > 1000 {
		r.forget(ctx.scope, name, "$"+name+" has more elements than are followed")
		return
	}
	ctx.scope.set(name, v)
}

func (r *reader) element(e *syntax.ArrayElem, f frame, ctx context) []field {
	if e.Index != nil {
		return r.unknown("an array with keys is not followed")
	}
	return r.expand(e.Value, f, ctx)
}

// appended is the result of name+=value.
func (r *reader) appended(name string, old variable, set bool, v variable) variable {
	switch {
	case !set && v.array:
		return variable{array: true, items: append(r.unknown(unset(name)), v.items...)}
	case !set:
		v.items[0].text = r.hole(unset(name)) + v.items[0].text
		return v
	case v.array:
		return variable{array: true, items: slices.Concat(old.items, v.items)}
	}
	items := slices.Clone(old.items)
	if len(items) == 0 {
		return v
	}
	items[0].text = r.limit(items[0].text + v.items[0].text)
	if !v.items[0].at.IsZero() {
		items[0].origin = append(slices.Clone(items[0].origin), v.items[0].at)
	}
	return variable{items: items, array: old.array}
}

// declare follows export, local, readonly, declare and typeset.
func (r *reader) declare(d *syntax.DeclClause, f frame, ctx context) {
	for _, a := range d.Args {
		if a.Naked || a.Name == nil {
			continue
		}
		r.assign(a, f, ctx)
	}
}

func isNumber(s string) bool {
	_, err := strconv.Atoi(s)
	return err == nil
}

func isName(s string) bool {
	for i := range len(s) {
		if !isNameByte(s[i], i == 0) {
			return false
		}
	}
	return s != ""
}

func isNameByte(c byte, first bool) bool {
	switch {
	case c == '_', c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z':
		return true
	}
	return !first && c >= '0' && c <= '9'
}
