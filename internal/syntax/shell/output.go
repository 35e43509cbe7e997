package shell

import (
	"path"
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// output follows the commands of a substitution and returns what they print
// where that is certain: `dirname`, `basename`, `echo` and the directory. Such
// commands do nothing else and are not listed.
func (r *reader) output(p *syntax.CmdSubst, f frame, ctx context) string {
	before := len(r.commands)
	r.stmts(p.Stmts, f, ctx)
	if text, ok := r.printed(r.commands[before:]); ok {
		r.commands = r.commands[:before]
		return clean(text)
	}
	return r.hole(outputOf(p.Stmts))
}

// printed returns the output of commands of which only the last one prints.
func (r *reader) printed(commands []Command) (string, bool) {
	for i, c := range commands {
		last := i == len(commands)-1
		if c.Conditional || c.Piped || !allKnown(c.Words) || len(c.Via) != len(commands[0].Via) || !last && c.Name() != "cd" {
			return "", false
		}
	}
	if len(commands) == 0 {
		return "", false
	}
	c := commands[len(commands)-1]
	if len(c.Redirects) > 0 {
		return "", false
	}
	return r.prints(c, texts(c.Words[1:]))
}

func (r *reader) prints(c Command, args []string) (string, bool) {
	switch {
	case c.Name() == "pwd":
		return r.directory(c.Dir)
	case c.Name() == "git" && len(args) == 2 && args[0] == "rev-parse" && args[1] == "--show-toplevel":
		return r.options.Toplevel, r.options.Toplevel != ""
	case len(args) == 0 || strings.HasPrefix(args[0], "-") && c.Name() != "readlink":
		return "", false
	}
	switch c.Name() {
	case "echo":
		return strings.Join(args, " "), true
	case "dirname":
		return path.Dir(args[0]), len(args) == 1
	case "basename":
		base := path.Base(args[0])
		if len(args) == 2 {
			base = strings.TrimSuffix(base, args[1])
		}
		return base, len(args) <= 2
	case "realpath":
		return args[0], len(args) == 1 && isAbsolute(args[0])
	case "readlink":
		return args[len(args)-1], len(args) == 2 && args[0] == "-f"
	}
	return "", false
}

// directory returns the working directory as pwd prints it.
func (r *reader) directory(dir Word) (string, bool) {
	switch {
	case !dir.Known:
		return "", false
	case isAbsolute(dir.Text):
		return dir.Text, true
	}
	return path.Join(r.options.Start, dir.Text), r.options.Start != ""
}

// isAbsolute reports whether a known path does not depend on the directory: one
// that starts with "$" comes from Options.
func isAbsolute(name string) bool { return path.IsAbs(name) || strings.HasPrefix(name, "$") }

func allKnown(words []Word) bool {
	for _, w := range words {
		if !w.Known {
			return false
		}
	}
	return true
}

func texts(words []Word) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = w.Text
	}
	return out
}

// outputOf names the program whose output a substitution stands for.
func outputOf(stmts []*syntax.Stmt) string {
	if len(stmts) > 0 {
		if call, ok := stmts[0].Cmd.(*syntax.CallExpr); ok && len(call.Args) > 0 {
			if name := call.Args[0].Lit(); name != "" && !hasHole(name) && len(name) < 60 {
				return "the output of " + name + " is known only when the script runs"
			}
		}
	}
	return "the output of a command is known only when the script runs"
}
