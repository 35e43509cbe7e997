package makefile

import (
	"slices"
	"strings"
)

// Given is a variable that the file does not set itself.
type Given struct {
	Text string
	// Unknown says why the text is not known.
	Unknown string
}

// Run lists the recipes that make runs for some goals, in order: what a target
// needs comes first, and each target once. Without a goal it is the first
// target of the file. Whether a target is up to date is not looked at. given are
// the variables of the command line, which outweigh those of the file; env, if
// set, those of the environment, which do not.
func (f *File) Run(goals []string, given map[string]Given, env func(name string) (Given, bool)) []Recipe {
	if len(goals) == 0 {
		goals = []string{f.first}
		if goal, set := f.variables[".DEFAULT_GOAL"]; set {
			goals = strings.Fields(f.plain(f.text[goal.value.start:goal.value.end]))
		}
	}
	r := &run{file: f, given: given, env: env, made: map[string]bool{}}
	for _, goal := range goals {
		r.target(goal, 0)
	}
	return r.recipes
}

type run struct {
	file    *File
	given   map[string]Given
	env     func(string) (Given, bool)
	made    map[string]bool
	recipes []Recipe
}

func (r *run) target(name string, depth int) {
	if r.made[name] || depth > maxDepth || len(r.recipes) >= maxRecipes {
		return
	}
	r.made[name] = true
	e := &expansion{file: r.file, given: r.given, env: r.env}
	for _, i := range r.file.byTarget[name] {
		var b strings.Builder
		for _, piece := range e.expand(r.file.rules[i].needs, -1, 0) {
			b.WriteString(piece.Text)
		}
		for need := range strings.FieldsSeq(b.String()) {
			r.target(need, depth+1)
		}
	}
	for _, i := range r.file.byTarget[name] {
		r.recipe(name, r.file.rules[i].recipes)
	}
}

func (r *run) recipe(target string, lines []line) {
	var whole []Piece
	for _, l := range lines {
		if len(r.recipes) >= maxRecipes {
			return
		}
		e := &expansion{file: r.file, given: r.given, env: r.env, target: target}
		pieces := withoutPrefix(e.expand(r.file.text[l.start:l.end], l.start, 0))
		if len(pieces) == 0 {
			continue
		}
		if !r.file.oneShell {
			r.recipes = append(r.recipes, Recipe{Target: target, Pieces: pieces})
			continue
		}
		whole = append(whole, pieces...)
		whole = append(whole, Piece{Text: "\n", Start: l.end, End: l.end})
	}
	if len(whole) > 0 {
		r.recipes = append(r.recipes, Recipe{Target: target, Pieces: whole})
	}
}

// withoutPrefix takes off what tells make how to run a line: @, - and +.
func withoutPrefix(pieces []Piece) []Piece {
	for len(pieces) > 0 && pieces[0].Unknown == "" {
		first := &pieces[0]
		rest := strings.TrimLeft(first.Text, " \t@-+")
		if first.Exact {
			first.Start += len(first.Text) - len(rest)
		}
		first.Text = rest
		if rest != "" {
			break
		}
		pieces = pieces[1:]
	}
	return pieces
}

// expansion fills in the variables of one text.
type expansion struct {
	file   *File
	given  map[string]Given
	env    func(string) (Given, bool)
	target string // what $@ stands for
	size   int
}

// expand takes a text apart; base is where it starts in the file, or -1.
func (e *expansion) expand(text string, base, depth int) []Piece {
	var out []Piece
	from := 0
	place := func(i int) int { return max(base, 0) + i }
	flush := func(to int) {
		if to > from {
			out = append(out, Piece{Text: text[from:to], Start: place(from), End: place(to), Exact: base >= 0})
		}
	}
	if e.size += len(text); e.size > maxText {
		return []Piece{{Unknown: "the text is longer than is followed", Start: place(0), End: place(0)}}
	}
	for i := 0; i < len(text); i++ {
		if text[i] != '$' || i+1 >= len(text) {
			continue
		}
		flush(i)
		name, length := reference(text[i:])
		if name == "$" {
			out = append(out, Piece{Text: "$", Start: place(i), End: place(i + length)})
		} else {
			for _, piece := range e.variable(name, depth+1) {
				piece.Start, piece.End, piece.Exact = place(i), place(i+length), false
				out = append(out, piece)
			}
		}
		i += length - 1
		from = i + 1
	}
	flush(len(text))
	return out
}

// reference reads "$(name)", "${name}" and "$x"; "$$" is a dollar.
func reference(text string) (name string, length int) {
	open := text[1]
	if open != '(' && open != '{' {
		return text[1:2], 2
	}
	closing := map[byte]byte{'(': ')', '{': '}'}[open]
	depth := 0
	for i := 1; i < len(text); i++ {
		switch text[i] {
		case open:
			depth++
		case closing:
			depth--
			if depth == 0 {
				return text[2:i], i + 1
			}
		}
	}
	return text[2:], len(text)
}

func (e *expansion) variable(name string, depth int) []Piece {
	unknown := func(why string) []Piece { return []Piece{{Unknown: why}} }
	if given, ok := e.given[name]; ok {
		return []Piece{{Text: given.Text, Unknown: given.Unknown}}
	}
	v, set := e.file.variables[name]
	if (!set || v.lazy) && e.env != nil {
		if given, ok := e.env(name); ok {
			return []Piece{{Text: given.Text, Unknown: given.Unknown}}
		}
	}
	switch {
	case name == "@" && e.target != "":
		return []Piece{{Text: e.target}}
	case name == "MAKE":
		return []Piece{{Text: "make"}}
	case depth > maxDepth:
		return unknown("variable " + name + " is set to itself")
	case !set && strings.ContainsAny(name, " ,$"):
		return unknown("a function of make computes it")
	case !set && slices.Contains([]string{"<", "^", "?", "*", "+", "|", "%"}, name):
		return unknown("$" + name + " depends on the files that are there")
	case !set:
		return unknown("variable " + name + " is not set in the Makefile")
	case v.why != "":
		return unknown(v.why)
	}
	text, _, _ := strings.Cut(e.file.text[v.value.start:v.value.end], " #")
	return e.expand(strings.TrimSpace(oneLine(text)), -1, depth)
}

// oneLine joins lines that end in a backslash with one blank.
func oneLine(text string) string {
	if !strings.Contains(text, "\\") {
		return text
	}
	lines := strings.Split(strings.ReplaceAll(text, "\\\r\n", "\\\n"), "\\\n")
	for i := range lines {
		lines[i] = strings.Trim(lines[i], " \t")
	}
	return strings.Join(lines, " ")
}
