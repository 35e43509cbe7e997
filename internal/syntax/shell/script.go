package shell

import (
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/source"
)

// interpreter follows `bash -c '…'`, `bash script.sh` and `bash <<EOF`. It
// reports whether the invocation is done with.
func (r *reader) interpreter(run invocation, f frame, ctx context) bool {
	dialect := DialectOf(run.words[0].text)
	if dialect == Other || hasHole(run.words[0].text) || !isInterpreter(run.words[0].text) {
		return false
	}
	inner := ctx.in(newScope(ctx.scope))
	args := run.words[1:]
	for i := 0; i < len(args); i++ {
		a := args[i]
		switch {
		case a.text == "-o" || a.text == "-O" || a.text == "+o" || a.text == "--rcfile" || a.text == "--init-file",
			dialect == PowerShell && isValued(powerShellFlags, strings.ToLower(a.text)):
			i++
			continue
		case isInlineFlag(a.text, dialect):
			if i+1 == len(args) {
				return false
			}
			if len(args) > i+2 {
				r.setArguments(inner.scope, args[i+3:])
			}
			f.dialect = dialect
			r.inline(args[i+1], f, inner)
			return true
		case strings.HasPrefix(a.text, "-"), strings.HasPrefix(a.text, "+"):
			continue
		}
		r.emit(run, f, ctx)
		r.setArguments(inner.scope, args[i+1:])
		set(inner.scope, "0", a)
		r.open(a, run.at, f, inner)
		return true
	}
	return r.hereScript(run, dialect, f, inner)
}

// powerShellFlags are the options of pwsh that take a value (about_Pwsh).
const powerShellFlags = "-executionpolicy -ep -ex -version -v -workingdirectory -wd -outputformat -of -inputformat -if -configurationname -windowstyle -w"

func isInterpreter(name string) bool {
	switch baseName(name) {
	case "bash", "sh", "dash", "ksh", "zsh", "ash", "pwsh", "powershell":
		return true
	}
	return false
}

// isInlineFlag reports whether the next word is a script: "-c", "-ec", "-Command".
func isInlineFlag(flag string, dialect Dialect) bool {
	if dialect == PowerShell {
		return strings.EqualFold(flag, "-Command") || strings.EqualFold(flag, "-c")
	}
	return strings.HasPrefix(flag, "-") && !strings.HasPrefix(flag, "--") && strings.HasSuffix(flag, "c")
}

// hereScript follows a script that an interpreter reads from its input.
func (r *reader) hereScript(run invocation, dialect Dialect, f frame, ctx context) bool {
	i := slices.IndexFunc(run.redirects, func(x Redirect) bool { return strings.HasPrefix(x.Op, "<<") })
	if i < 0 {
		return false
	}
	f.dialect = dialect
	r.inline(r.fieldOf(run.redirects[i].Target), f, ctx)
	return true
}

// inline follows a script that is a word of another one.
func (r *reader) inline(script field, f frame, ctx context) {
	outer := f.at
	f.origin, f.parsed = nil, nil
	if script.exact {
		f.at = func(start, end int) source.Range { return outer(script.start+start, script.start+end) }
	} else {
		f.at = func(int, int) source.Range { return script.at }
	}
	ctx.depth++
	if ctx.depth > maxWalk {
		return
	}
	r.script(script.text, f, ctx)
}

// follow reads the scripts that the command just listed runs by its own rules.
func (r *reader) follow(run invocation, f frame, ctx context) {
	if r.options.Follow == nil || len(r.commands) == 0 || len(r.commands) > maxCommands {
		return
	}
	lookup := func(name string) (Word, bool) {
		v, set := ctx.scope.get(name)
		if !set || v.array || len(v.items) != 1 {
			return Word{}, false
		}
		return r.word(v.items[0]), true
	}
	for _, script := range r.options.Follow(r.commands[len(r.commands)-1], lookup) {
		if slices.Contains(f.keys, script.Key) {
			continue
		}
		if len(f.keys) >= maxScripts {
			r.tooMany(run.at)
			return
		}
		text, inner := r.join(script.Parts)
		inner.dialect = script.Dialect
		inner.via = append(slices.Clip(f.via), run.at)
		inner.keys = append(slices.Clip(f.keys), script.Key)
		within := ctx.in(newScope(ctx.scope))
		if script.Dir != "" {
			r.changeDir([]field{{text: clean(script.Dir), at: run.at}}, within.scope)
		}
		r.script(text, inner, within)
	}
}

func (r *reader) tooMany(call source.Range) {
	r.report("shell/scripts", source.Note, call, "A script called by scripts is not followed any deeper",
		"The commands in it are not checked.")
}

// bashSource is the variable that names the script that is being read.
const bashSource = "BASH_SOURCE"

// open follows a script of the repository, whose arguments are set.
func (r *reader) open(name field, call source.Range, f frame, ctx context) {
	dir, _ := ctx.scope.get(dirName)
	if r.options.Open == nil || hasHole(name.text) || len(dir.items) == 0 || hasHole(dir.items[0].text) {
		return
	}
	file := name.text
	if !isAbsolute(file) {
		file = joinDir(dir.items[0].text, file)
	}
	script, ok := r.options.Open(file)
	if !ok || slices.Contains(f.keys, script.Key) {
		return
	}
	if len(f.keys) >= maxScripts {
		r.tooMany(call)
		return
	}
	outer, known := ctx.scope.get(bashSource)
	set(ctx.scope, bashSource, name)
	text, inner := r.join(script.Parts)
	inner.dialect, inner.parsed = script.Dialect, script.Parsed
	inner.via = append(slices.Clip(f.via), call)
	inner.keys = append(slices.Clip(f.keys), script.Key)
	r.script(text, inner, ctx)
	if known {
		ctx.scope.set(bashSource, outer)
	}
}
