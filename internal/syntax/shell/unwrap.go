package shell

import "strings"

// wrapper describes a program that runs another one: its options that take a
// value as the next word, how many words of its own come before the program,
// and whether NAME=value may.
type wrapper struct {
	valued      string
	operands    int
	assignments bool
}

// wrappers are told by their manuals: sudo(8), env(1), timeout(1), xargs(1),
// nice(1), ionice(1), stdbuf(1), flock(1), exec and command of Bash.
var wrappers = map[string]wrapper{
	"sudo":    {valued: "-u -g -h -p -C -r -t -U -D -R -T --user --group --chdir", assignments: true},
	"doas":    {valued: "-u -C"},
	"env":     {valued: "-u -C --unset --chdir", assignments: true},
	"timeout": {valued: "-k -s --kill-after --signal", operands: 1},
	"nohup":   {},
	"setsid":  {},
	"time":    {valued: "-f -o --format --output"},
	"nice":    {valued: "-n --adjustment"},
	"ionice":  {valued: "-c -n -p --class --classdata"},
	"stdbuf":  {valued: "-i -o -e --input --output --error"},
	"exec":    {valued: "-a"},
	"command": {},
	"builtin": {},
	"gosu":    {operands: 1},
	"su-exec": {operands: 1},
	"flock":   {valued: "-w -E --wait --timeout --conflict-exit-code", operands: 1},
	"xargs":   {valued: "-I -n -P -L -d -E -s -a --max-args --max-procs --max-lines --delimiter --arg-file --replace"},
}

// unwrap removes one wrapper in front of a command. Extra words are what the
// wrapper adds at the end.
func (r *reader) unwrap(words []field) (rest, extra []field, ok bool) {
	name := baseName(words[0].text)
	if name == "retry" {
		return r.unwrapRetry(words[1:])
	}
	w, known := wrappers[name]
	if !known {
		return nil, nil, false
	}
	rest = words[1:]
	replaced := ""
	for len(rest) > 0 && strings.HasPrefix(rest[0].text, "-") {
		flag := rest[0].text
		rest = rest[1:]
		switch {
		case flag == "--":
			return r.program(name, rest, w, replaced)
		case name == "command" && strings.ContainsAny(flag, "vV"):
			return nil, nil, false
		case isValued(w.valued, flag) && len(rest) > 0:
			if name == "xargs" && flag == "-I" {
				replaced = rest[0].text
			}
			rest = rest[1:]
		}
	}
	return r.program(name, rest, w, replaced)
}

func isValued(valued, flag string) bool {
	for name := range strings.FieldsSeq(valued) {
		if name == flag {
			return true
		}
	}
	return false
}

// program skips a wrapper's own words and returns what it runs.
func (r *reader) program(name string, rest []field, w wrapper, replaced string) (words, extra []field, ok bool) {
	for w.assignments && len(rest) > 0 {
		variable, _, found := strings.Cut(rest[0].text, "=")
		if !found || !isName(variable) {
			break
		}
		rest = rest[1:]
	}
	if len(rest) <= w.operands || hasHole(rest[0].text) && w.operands == 0 {
		return nil, nil, false
	}
	rest = rest[w.operands:]
	if name == "flock" && rest[0].text == "-c" {
		return nil, nil, false
	}
	if name != "xargs" {
		return rest, nil, true
	}
	input := r.hole("xargs takes it from its input")
	if replaced == "" {
		return rest, []field{{text: input, at: rest[len(rest)-1].at}}, true
	}
	filled := make([]field, len(rest))
	for i, word := range rest {
		word.exact = word.exact && !strings.Contains(word.text, replaced)
		word.text = r.limit(strings.ReplaceAll(word.text, replaced, input))
		filled[i] = word
	}
	return filled, nil, true
}

// unwrapRetry removes `retry`, of which there are many: flags and numbers are
// its own, the first other word is the program.
func (r *reader) unwrapRetry(rest []field) (words, extra []field, ok bool) {
	for len(rest) > 0 {
		text := rest[0].text
		if text == "--" {
			rest = rest[1:]
			break
		}
		if !strings.HasPrefix(text, "-") && strings.Trim(text, "0123456789.smh") != "" {
			break
		}
		rest = rest[1:]
	}
	return rest, nil, len(rest) > 0 && !hasHole(rest[0].text)
}
