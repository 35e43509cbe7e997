// Package makefile reads the targets, recipes and plain variables of a Makefile,
// as far as they are written in it: what a make command runs.
//
// Included files, functions that compute text and rules with patterns are not
// followed; a variable that is set under a condition is not known. The rules are
// those of the GNU make manual.
package makefile

import (
	"slices"
	"strings"
)

// Limits of one file.
const (
	maxLines   = 50_000
	maxRules   = 10_000
	maxDepth   = 20 // variables that name variables, targets that need targets
	maxRecipes = 1_000
	maxText    = 64 << 10
)

// Piece is a stretch of an expanded text.
type Piece struct {
	Text string
	// Unknown says why the text is not known; Text is then ignored.
	Unknown string
	// Start and End are bytes of the file: those of the text itself when Exact is
	// set, else of the variable that stands there.
	Start, End int
	Exact      bool
}

// Recipe is one logical line of a recipe, which runs in a shell of its own.
type Recipe struct {
	Target string
	Pieces []Piece
}

// File is a parsed Makefile.
type File struct {
	text      string
	rules     []rule
	byTarget  map[string][]int
	variables map[string]variable
	first     string // the target that is made by default
	oneShell  bool
}

type rule struct {
	targets []string
	needs   string // as written
	recipes []line
}

// line is a logical line: its text may hold backslashes before line ends.
type line struct {
	start, end int
}

type variable struct {
	value line
	why   string // why it is not known
	lazy  bool   // ?=
}

// Parse reads a Makefile. Lines that are no rule and no variable are skipped.
func Parse(text string) *File {
	f := &File{text: text, byTarget: map[string][]int{}, variables: map[string]variable{}}
	p := &parser{file: f}
	for at, count := 0, 0; at < len(text) && count < maxLines; count++ {
		end := logicalEnd(text, at)
		p.line(line{at, end})
		at = end + 1
	}
	return f
}

// logicalEnd returns the end of a line, past lines that a backslash joins.
func logicalEnd(text string, at int) int {
	for {
		end := strings.IndexByte(text[at:], '\n')
		if end < 0 {
			return len(text)
		}
		end += at
		stop := end
		if stop > at && text[stop-1] == '\r' {
			stop--
		}
		slashes := 0
		for stop-slashes-1 >= at && text[stop-slashes-1] == '\\' {
			slashes++
		}
		if slashes%2 == 0 {
			return end
		}
		at = end + 1
	}
}

// parser follows the structure of a file line by line.
type parser struct {
	file    *File
	current int // the rule whose recipe may follow, counted from 1
	depth   int // open conditionals
	define  bool
}

func (p *parser) line(l line) {
	text := p.file.text[l.start:l.end]
	if strings.HasPrefix(text, "\t") && p.current > 0 {
		if r := &p.file.rules[p.current-1]; strings.TrimSpace(text) != "" {
			r.recipes = append(r.recipes, line{l.start + 1, l.end})
		}
		return
	}
	trimmed := strings.TrimSpace(text)
	word, _, _ := strings.Cut(trimmed, " ")
	switch {
	case p.define:
		p.define = word != "endef"
		return
	case trimmed == "" || trimmed[0] == '#':
		return
	}
	switch word {
	case "define":
		p.define = true
		p.current = 0
		if fields := strings.Fields(trimmed); len(fields) > 1 {
			p.file.variables[fields[1]] = variable{why: "variable " + fields[1] + " has several lines"}
		}
	case "ifeq", "ifneq", "ifdef", "ifndef":
		p.depth++
	case "else":
	case "endif":
		p.depth = max(p.depth-1, 0)
	case "include", "-include", "sinclude", "vpath", "unexport":
		p.current = 0
	default:
		p.ruleOrVariable(l, trimmed)
	}
}

// ruleOrVariable tells "NAME = value" from "target: needs".
func (p *parser) ruleOrVariable(l line, trimmed string) {
	start := l.start + strings.Index(p.file.text[l.start:l.end], trimmed)
	for _, prefix := range []string{"export ", "override ", "private "} {
		if rest, found := strings.CutPrefix(trimmed, prefix); found {
			rest = strings.TrimLeft(rest, " \t")
			start += len(trimmed) - len(rest)
			trimmed = rest
		}
	}
	operator, at := operatorIn(trimmed)
	switch operator {
	case ":", "::":
		p.rule(trimmed, start, at, len(operator))
	case "":
		if !strings.ContainsAny(trimmed, " \t") {
			return // export NAME
		}
		p.current = 0
	default:
		p.current = 0
		p.variable(strings.TrimSpace(trimmed[:at]), operator, line{start + at + len(operator), start + len(trimmed)})
	}
}

func (p *parser) variable(name, operator string, value line) {
	why := ""
	switch {
	case operator == "!=":
		why = "variable " + name + " is what a command prints"
	case operator == "+=":
		why = "variable " + name + " is added to"
	case p.depth > 0:
		why = "variable " + name + " is set under a condition"
	}
	if _, set := p.file.variables[name]; set && operator == "?=" {
		return
	}
	p.file.variables[name] = variable{value: value, why: why, lazy: operator == "?="}
}

// operatorIn finds the first operator outside of variables.
func operatorIn(text string) (operator string, at int) {
	depth := 0
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '$' && i+1 < len(text) && (text[i+1] == '(' || text[i+1] == '{'):
			depth++
			i++
		case (c == ')' || c == '}') && depth > 0:
			depth--
		case depth > 0:
		case c == '#':
			return "", 0
		case c == '=':
			return "=", i
		case strings.HasPrefix(text[i:], ":::="), strings.HasPrefix(text[i:], "::="):
			return text[i : i+strings.IndexByte(text[i:], '=')+1], i
		case strings.HasPrefix(text[i:], ":="), strings.HasPrefix(text[i:], "?="), strings.HasPrefix(text[i:], "+="), strings.HasPrefix(text[i:], "!="):
			return text[i : i+2], i
		case strings.HasPrefix(text[i:], "::"):
			return "::", i
		case c == ':' && (i+1 >= len(text) || text[i+1] != '\\'):
			return ":", i
		}
	}
	return "", 0
}

func (p *parser) rule(text string, start, at, width int) {
	f := p.file
	needs := text[at+width:]
	if operator, _ := operatorIn(needs); operator != "" && operator != ":" && operator != "::" {
		p.current = 0 // a variable of one target
		return
	}
	r := rule{targets: strings.Fields(f.plain(text[:at]))}
	if semicolon := strings.IndexByte(needs, ';'); semicolon >= 0 {
		from := start + at + width + semicolon + 1
		r.recipes = append(r.recipes, line{from, start + len(text)})
		needs = needs[:semicolon]
	}
	needs, _, _ = strings.Cut(needs, "#")
	r.needs = strings.ReplaceAll(oneLine(needs), "|", " ")
	if len(f.rules) >= maxRules {
		p.current = 0
		return
	}
	f.rules = append(f.rules, r)
	p.current = len(f.rules)
	for _, target := range r.targets {
		f.byTarget[target] = append(f.byTarget[target], p.current-1)
		f.oneShell = f.oneShell || target == ".ONESHELL"
		if f.first == "" && !strings.HasPrefix(target, ".") && !strings.Contains(target, "%") {
			f.first = target
		}
	}
}

// plain expands a text, with a blank for what is not known.
func (f *File) plain(text string) string {
	e := &expansion{file: f}
	var b strings.Builder
	for _, piece := range e.expand(text, -1, 0) {
		if piece.Unknown == "" {
			b.WriteString(piece.Text)
		} else {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// Targets lists the targets that rules name, in written order.
func (f *File) Targets() []string {
	var found []string
	for _, r := range f.rules {
		for _, target := range r.targets {
			if !slices.Contains(found, target) {
				found = append(found, target)
			}
		}
	}
	return found
}
