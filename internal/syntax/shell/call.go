package shell

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"mvdan.cc/sh/v3/syntax"

	"github.com/drlint/drlint/internal/source"
)

// invocation is one simple command on its way to what it runs.
type invocation struct {
	words     []field
	redirects []Redirect
	at        source.Range
}

// call follows a simple command: assignments, then what it runs.
func (r *reader) call(c *syntax.CallExpr, redirs []*syntax.Redirect, f frame, ctx context) {
	inner := ctx
	if len(c.Args) > 0 && len(c.Assigns) > 0 {
		inner.scope = newScope(ctx.scope)
	}
	for _, a := range c.Assigns {
		r.assign(a, f, inner)
	}
	run := invocation{redirects: r.redirects(redirs, f, ctx)}
	for _, arg := range c.Args {
		run.words = append(run.words, r.expand(arg, f, ctx)...)
	}
	if len(run.words) == 0 {
		return
	}
	run.at = f.place(c)
	if !run.at.Contains(run.words[0].at) && !f.call.IsZero() {
		run.at = f.call // "$@" in a function: the call is what a reader recognises
	}
	r.run(run, f, inner)
	if inner.scope != ctx.scope {
		r.keepDir(inner.scope, ctx.scope)
	}
}

// keepDir carries the directory out of the layer that holds a command's own
// assignments.
func (r *reader) keepDir(from, to *scope) {
	if v, set := from.vars[dirName]; set {
		to.set(dirName, v)
	}
}

func (r *reader) redirects(list []*syntax.Redirect, f frame, ctx context) []Redirect {
	var out []Redirect
	for _, redirect := range list {
		word := redirect.Word
		if redirect.Hdoc != nil {
			word = redirect.Hdoc
		}
		target := r.value(word, f, ctx)
		if redirect.Hdoc != nil && isQuoted(redirect.Word) {
			target.text = r.limit(literal(redirect.Hdoc))
		}
		out = append(out, Redirect{Op: strings.TrimSuffix(redirect.Op.String(), "-"), Target: r.word(target)})
	}
	return out
}

func isQuoted(word *syntax.Word) bool { return word != nil && word.Lit() == "" }

func literal(word *syntax.Word) string {
	var b strings.Builder
	for _, part := range word.Parts {
		if lit, ok := part.(*syntax.Lit); ok {
			b.WriteString(lit.Value)
		}
	}
	return b.String()
}

// run follows an invocation into builtins, functions and scripts, or lists it.
func (r *reader) run(run invocation, f frame, ctx context) {
	ctx.depth++
	if ctx.depth > maxWalk {
		return
	}
	name := run.words[0].text
	if fn, ok := r.functions[name]; ok {
		r.function(name, fn, run, f, ctx)
		return
	}
	if r.builtin(name, run, f, ctx) {
		return
	}
	if rest, extra, ok := r.unwrap(run.words); ok {
		run.words = append(slices.Clip(rest), extra...)
		r.run(run, f, ctx)
		return
	}
	if r.interpreter(run, f, ctx) {
		return
	}
	r.emit(run, f, ctx)
	r.follow(run, f, ctx)
	if strings.Contains(name, "/") {
		inner := ctx.in(newScope(ctx.scope))
		r.setArguments(inner.scope, run.words[1:])
		set(inner.scope, "0", run.words[0])
		r.open(run.words[0], run.at, f, inner)
	}
}

func (r *reader) emit(run invocation, f frame, ctx context) {
	command := Command{
		Redirects: run.redirects, At: run.at, Conditional: ctx.conditional, Piped: ctx.piped,
		Via: f.via,
	}
	for _, w := range run.words {
		command.Words = append(command.Words, r.word(w))
	}
	if dir, ok := ctx.scope.get(dirName); ok && len(dir.items) > 0 {
		command.Dir = r.word(dir.items[0])
	}
	r.commands = append(r.commands, command)
}

// function runs a function's body with its arguments.
func (r *reader) function(name string, fn function, run invocation, f frame, ctx context) {
	if r.active[name] {
		r.emit(run, f, ctx)
		return
	}
	r.active[name] = true
	defer delete(r.active, name)
	outer, set := ctx.scope.get(arguments)
	r.setArguments(ctx.scope, run.words[1:])
	inner := fn.frame
	inner.via = append(slices.Clip(f.via), run.at)
	inner.call = run.at
	r.stmt(fn.body, inner, ctx)
	if set {
		ctx.scope.set(arguments, outer)
	} else {
		r.forgetArguments(ctx.scope)
	}
}

// arguments is the variable that holds the positional parameters.
const arguments = "@"

func (r *reader) setArguments(s *scope, words []field) {
	s.set(arguments, variable{items: words, array: true})
}

func (r *reader) forgetArguments(s *scope) {
	s.set(arguments, variable{items: r.unknown(unset(arguments)), array: true})
}

// argument returns $1, $2 … A word that is not known may stand for several, so
// what follows it has no certain number.
func (r *reader) argument(s *scope, number int) field {
	all, set := s.get(arguments)
	if !set {
		return r.unknown(unset(arguments))[0]
	}
	for i, item := range all.items {
		if i == number-1 {
			return item
		}
		if isHole(item.text) {
			return r.unknown("the number of this argument is known only when the script runs")[0]
		}
	}
	return field{}
}

// builtin applies the builtins that change what later commands mean. It reports
// whether the invocation is done with.
func (r *reader) builtin(name string, run invocation, f frame, ctx context) bool {
	args := run.words[1:]
	switch name {
	case "cd", "pushd":
		r.emit(run, f, ctx)
		r.changeDir(args, ctx.scope)
	case "popd":
		r.emit(run, f, ctx)
		r.forget(ctx.scope, dirName, "popd restores a directory")
	case "eval":
		texts := make([]string, len(args))
		for i, a := range args {
			texts[i] = a.text
		}
		r.inline(field{text: strings.Join(texts, " "), at: run.at}, f, ctx)
	case ".", "source":
		if len(args) == 0 {
			return false
		}
		r.emit(run, f, ctx)
		if len(args) > 1 {
			r.setArguments(ctx.scope, args[1:])
		}
		r.open(args[0], run.at, f, ctx)
	default:
		return r.assigning(name, args, ctx.scope)
	}
	return true
}

// assigning applies the builtins that set variables and arguments.
func (r *reader) assigning(name string, args []field, s *scope) bool {
	switch name {
	case "set":
		if i := slices.IndexFunc(args, func(a field) bool { return a.text == "--" }); i >= 0 {
			r.setArguments(s, args[i+1:])
		}
	case "shift":
		r.shift(args, s)
	case "read", "mapfile", "readarray", "getopts", "unset", "let":
		for _, a := range args {
			if variable, _, _ := strings.Cut(a.text, "="); isName(variable) {
				r.forget(s, variable, "$"+variable+" is set by "+name)
			}
		}
	case "export", "readonly", "local", "declare", "typeset": // behind another word: "builtin export"
		for _, a := range args {
			if variable, value, ok := strings.Cut(a.text, "="); ok && isName(variable) {
				set(s, variable, field{text: value, at: a.at})
			}
		}
	default:
		return false
	}
	return true
}

func set(s *scope, name string, item field) { s.set(name, variable{items: []field{item}}) }

func (r *reader) shift(args []field, s *scope) {
	all, ok := s.get(arguments)
	n := 1
	if len(args) > 0 {
		number, err := strconv.Atoi(args[0].text)
		ok = ok && err == nil && number >= 0
		n = number
	}
	if !ok || n > len(all.items) || slices.ContainsFunc(all.items[:n], func(f field) bool { return isHole(f.text) }) {
		r.forgetArguments(s)
		return
	}
	r.setArguments(s, all.items[n:])
}

// changeDir resolves cd against the directory so far.
func (r *reader) changeDir(args []field, s *scope) {
	for len(args) > 0 && strings.HasPrefix(args[0].text, "-") && args[0].text != "-" {
		args = args[1:]
	}
	if len(args) == 0 || args[0].text == "-" || strings.HasPrefix(args[0].text, "~") {
		r.forget(s, dirName, "cd leaves the repository")
		return
	}
	target := args[0]
	current, _ := s.get(dirName)
	if !isAbsolute(target.text) && len(current.items) > 0 {
		target.text = joinDir(current.items[0].text, target.text)
	}
	set(s, dirName, target)
}

func joinDir(dir, name string) string {
	joined := path.Join(dir, name)
	if joined == "." {
		return ""
	}
	return joined
}
