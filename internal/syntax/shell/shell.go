// Package shell lists the commands that a script runs, with the words they get.
//
// Scripts of the POSIX family are parsed; assignments, functions, branches and
// loops are followed as far as they are written in the script. Of PowerShell
// (package powershell) and cmd, which is read line by line, assignments and
// commands are listed, and every command inside a block counts as conditional.
// Nothing is run, and what only a run can tell is unknown.
package shell

import (
	"strings"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
	"github.com/drlint/drlint/internal/syntax/powershell"
)

// Dialect is the language of a script.
type Dialect uint8

// The dialects. Bash covers sh, dash and ksh too: what only Bash accepts does
// not occur in their scripts. Other stands for a language that is not read,
// such as Python: it yields no commands.
const (
	Bash Dialect = iota
	PowerShell
	Cmd
	Other
)

// DialectOf returns the dialect of an interpreter as it is named in a `shell:`
// setting or after `#!`: "bash -e {0}", "/usr/bin/env sh", "pwsh". An empty
// name means Bash.
func DialectOf(interpreter string) Dialect {
	words := strings.Fields(strings.TrimPrefix(interpreter, "#!"))
	if len(words) > 0 && baseName(words[0]) == "env" {
		words = words[1:]
		for len(words) > 0 && strings.HasPrefix(words[0], "-") {
			words = words[1:]
		}
	}
	if len(words) == 0 {
		return Bash
	}
	switch baseName(words[0]) {
	case "bash", "sh", "dash", "ksh", "mksh", "zsh", "ash", "busybox":
		return Bash
	case "pwsh", "powershell":
		return PowerShell
	case "cmd":
		return Cmd
	default:
		return Other
	}
}

// Part is a stretch of a script. A script that another language fills in before
// the shell sees it has one part for each stretch of its own and one for each
// expression.
type Part struct {
	// Text is the script's own text, or the text an expression yields.
	Text string
	// Unknown says why the text is not known; Text is then ignored.
	Unknown string
	// At places the bytes [start, end) of Text in a file.
	At func(start, end int) source.Range
	// Origin lists where the text was set when the script only names it.
	Origin []source.Range
}

// Text returns a script of one part.
func Text(script string, at func(start, end int) source.Range) []Part {
	return []Part{{Text: script, At: at}}
}

// Word is one word of a command after expansion.
type Word struct {
	// Text is the whole word; it is set only when Known.
	Text  string
	Known bool
	// Hint is the readable part of a word that is not known, with
	// resource.Hole for each part that is not.
	Hint string
	// Why completes "unknown because …".
	Why string
	At  source.Range
	// Origin lists where the variables in the word were set.
	Origin []source.Range
}

// Readable returns the text of a known word or the hint of an unknown one.
func (w Word) Readable() string {
	if w.Known {
		return w.Text
	}
	return w.Hint
}

// HasPrefix reports whether the word certainly starts with prefix.
func (w Word) HasPrefix(prefix string) bool { return strings.HasPrefix(w.Readable(), prefix) }

// Literal returns a known word.
func Literal(text string, at source.Range) Word { return Word{Text: text, Known: true, At: at} }

// UnknownWord returns a word of which nothing is known.
func UnknownWord(why string, at source.Range) Word {
	return Word{Why: why, At: at, Hint: string(resource.Hole)}
}

// Redirect is one redirection of a command.
type Redirect struct {
	// Op is the operator: ">", ">>", "<", "<<", "<<<", "&>" …
	Op string
	// Target is the file, or the text of a here-document.
	Target Word
}

// Command is one simple command: sudo, env, timeout and their like are removed,
// so that Words starts with the program that does the work.
type Command struct {
	Words     []Word
	Redirects []Redirect
	At        source.Range
	// Dir is the directory the command runs in, relative to where the script
	// started; empty text means there.
	Dir Word
	// Conditional is set when the command does not run each time the script does.
	Conditional bool
	// Piped is set when the command reads what the one before it writes.
	Piped bool
	// Via lists the calls of scripts and functions that reach the command,
	// outermost first.
	Via []source.Range
}

// Name is the program's base name without ".exe", or "" when it is not known.
func (c Command) Name() string {
	if len(c.Words) == 0 || !c.Words[0].Known {
		return ""
	}
	return baseName(c.Words[0].Text)
}

// Options is what a script cannot say about itself.
type Options struct {
	Dialect Dialect
	// Env returns a variable that is set before the script starts; nil has none.
	Env func(name string) (Word, bool)
	// Start and Toplevel stand for the directory the script starts in and for
	// the root of the repository, as `pwd` and `git rev-parse --show-toplevel`
	// print them. They start with "/" or "$"; empty ones are not known.
	Start, Toplevel string
	// Open returns a script of the repository that the script calls, by its
	// path relative to the directory the script starts in; nil follows none.
	Open func(path string) (Script, bool)
	// Follow returns the scripts that a program runs by rules of its own, such
	// as the recipes of make; variable looks up what the environment holds
	// there. nil follows none.
	Follow func(c Command, variable func(name string) (Word, bool)) []Script
}

// Script is a script that another one calls.
type Script struct {
	// Key tells one file from another; a script that calls itself is not
	// followed again.
	Key     string
	Dialect Dialect
	Parts   []Part
	// Parsed keeps what was made out of a script that is called again and again;
	// it belongs to this text alone. nil keeps nothing.
	Parsed *Parsed
	// Dir is the directory that a script of Follow runs in, below that of the
	// command that runs it.
	Dir string
}

// Parsed is a script's syntax, which does not depend on who calls it.
type Parsed struct {
	done       bool
	statements []powershell.Statement
}

// Result is what Parse found. Commands are in the order in which they run.
type Result struct {
	Commands    []Command
	Diagnostics []source.Diagnostic
}

// Limits of one Parse. They are far above what people write and far below what
// costs noticeable time or memory.
const (
	maxScript   = 256 << 10 // bytes of one script
	maxNesting  = 8192      // characters and words that may open a level, see tooDeep
	maxWalk     = 100       // levels that are followed
	maxSteps    = 20_000    // statements, each iteration counted
	stepSize    = 64        // bytes of a statement that count as one more
	maxFields   = 50_000    // words of all commands
	maxCommands = 10_000
	maxValue    = 64 << 10 // bytes of one variable or word
	maxText     = 4 << 20  // bytes of all words
	maxScripts  = 3        // scripts called by scripts
	maxUnroll   = 32       // iterations of a loop over a written list
)

// Parse lists the commands of a script.
func Parse(parts []Part, options Options) Result {
	r := newReader(options)
	scope := newScope(nil)
	scope.env = r.environment
	scope.set(dirName, variable{items: []field{{}}})
	text, f := r.join(parts)
	f.dialect = options.Dialect
	r.script(text, f, context{scope: scope})
	return Result{Commands: r.commands, Diagnostics: r.diagnostics}
}

func baseName(path string) string {
	if slash := strings.LastIndexAny(path, `/\`); slash >= 0 {
		path = path[slash+1:]
	}
	return strings.TrimSuffix(strings.ToLower(path), ".exe")
}
