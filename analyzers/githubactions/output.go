package githubactions

import (
	"strings"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/syntax/shell"
)

// keep carries what a step writes to $GITHUB_ENV and $GITHUB_OUTPUT over to the
// steps after it: `echo "NAME=value" >> "$GITHUB_ENV"`.
func keep(commands []shell.Command, step resource.Value, s *scope) {
	id, _ := step.Get("id").AsString()
	for i, c := range commands {
		file, from := target(c), c
		if c.Name() == "tee" && c.Piped && i > 0 {
			from = commands[i-1]
		}
		for name, v := range written(from) {
			switch {
			case file == envFile:
				s.keepVariable(name, v)
			case file == outputFile && id != "":
				s.outputs[outputName(id, name)] = v
			}
		}
	}
}

// target returns which of the two files a command writes to, if it does.
func target(c shell.Command) string {
	words := c.Words[1:]
	if c.Name() != "tee" {
		words = nil
	}
	for _, redirect := range c.Redirects {
		if redirect.Op == ">>" || redirect.Op == ">" {
			words = append(words, redirect.Target)
		}
	}
	for _, w := range words {
		if w.Known && (w.Text == envFile || w.Text == outputFile) {
			return w.Text
		}
	}
	return ""
}

// keepVariable sets a variable for the rest of the job, whose layer is the
// nearest that has a place for it.
func (s *scope) keepVariable(name string, v resource.Value) {
	for layer := s; layer != nil; layer = layer.outer {
		if layer.set != nil {
			layer.set[name] = v
			return
		}
	}
}

// written returns the settings that a command writes.
func written(c shell.Command) map[string]resource.Value {
	settings := map[string]resource.Value{}
	switch c.Name() {
	case "echo", "printf":
		words := c.Words[1:]
		for len(words) > 0 && (words[0].Text == "-e" || words[0].Text == "-n" || words[0].Text == "%s\\n") {
			words = words[1:]
		}
		if len(words) == 1 {
			setting(settings, words[0], c)
		}
	case "cat":
		for _, redirect := range c.Redirects {
			if strings.HasPrefix(redirect.Op, "<<") {
				for line := range strings.SplitSeq(redirect.Target.Readable(), "\n") {
					word := redirect.Target
					if word.Text, word.Hint = "", ""; strings.ContainsRune(line, resource.Hole) {
						word.Hint, word.Known = line, false
					} else {
						word.Text, word.Known = line, true
					}
					setting(settings, word, c)
				}
			}
		}
	}
	return settings
}

// setting takes NAME=value apart. A value of several lines, NAME<<END, is not
// followed, and one that is written only sometimes is not known.
func setting(settings map[string]resource.Value, word shell.Word, c shell.Command) {
	name, value, ok := strings.Cut(word.Readable(), "=")
	if !ok || name == "" || strings.ContainsAny(name, " <\n"+string(resource.Hole)) {
		return
	}
	v := word.Value()
	switch {
	case c.Conditional:
		v = resource.UnknownAt(word.At, name+" is set by a command that does not always run")
	case strings.ContainsRune(value, resource.Hole):
		v.Hint = value
	default:
		v = resource.StringAt(word.At, value)
		v.Origin = word.Origin
	}
	settings[name] = v
}
