package discover

import (
	"path"
	"slices"
	"strings"

	"github.com/go-git/go-git/v5/plumbing/format/gitignore"
)

// rules are the lines of one .gitignore file, as gitignore(5) describes them,
// behind those of the files around it, which are weaker. A pattern of go-git
// answers whether a line matches; the indexes only spare asking lines that
// cannot. A few hundred lines are common, and every file of the tree is asked for.
type rules struct {
	outer *rules
	lines []gitignore.Pattern
	// Each line is in one of the three, by something without which no path
	// matches it: an element of the path, the extension of an element, or how an
	// element begins and ends and what is in it.
	literal   map[string][]int
	extension map[string][]int
	affix     []affix
}

// affix asks for an element that begins and ends in certain texts and holds a
// third one.
type affix struct {
	line                int
	begins, holds, ends string
}

// newRules compiles the lines of a file of the directory base, in order.
func newRules(outer *rules, base string, lines []string) *rules {
	r := &rules{outer: outer, literal: map[string][]int{}, extension: map[string][]int{}}
	for i, line := range lines {
		r.lines = append(r.lines, gitignore.ParsePattern(line, elements(base)))
		if literal, ok := literalOf(line); ok {
			r.literal[literal] = append(r.literal[literal], i)
			continue
		}
		begins, holds, ends := affixesOf(line)
		if extension := path.Ext(ends); extension != "" {
			r.extension[extension] = append(r.extension[extension], i)
			continue
		}
		r.affix = append(r.affix, affix{i, begins, holds, ends})
	}
	return r
}

// ignores applies the rules to a path below the root: the last that matches
// decides. What is in an ignored directory is never asked for.
func (r *rules) ignores(name string, isDirectory bool) bool {
	parts := elements(name)
	var some [16]int
	for ; r != nil; r = r.outer {
		candidates := r.candidates(some[:0], parts)
		slices.Sort(candidates)
		for _, line := range slices.Backward(candidates) {
			switch r.lines[line].Match(parts, isDirectory) {
			case gitignore.Exclude:
				return true
			case gitignore.Include:
				return false
			}
		}
	}
	return false
}

// candidates appends the lines that a path can match.
func (r *rules) candidates(found []int, parts []string) []int {
	for _, part := range parts {
		found = append(found, r.literal[part]...)
		if extension := path.Ext(part); extension != "" {
			found = append(found, r.extension[extension]...)
		}
	}
	for _, a := range r.affix {
		for _, part := range parts {
			if strings.HasPrefix(part, a.begins) && strings.HasSuffix(part, a.ends) && strings.Contains(part, a.holds) {
				found = append(found, a.line)
				break
			}
		}
	}
	return found
}

// special are the characters that stand for others in a pattern.
const special = `*?[]\`

// literalOf returns an element of the pattern that stands for itself alone, so
// that every path which matches has it.
func literalOf(line string) (string, bool) {
	for _, element := range slices.Backward(patternElements(line)) {
		if element != "" && !strings.ContainsAny(element, special) {
			return element, true
		}
	}
	return "", false
}

// affixesOf returns how an element of every matching path begins and ends and
// what it holds, as far as the last element of the pattern says.
func affixesOf(line string) (begins, holds, ends string) {
	for _, element := range slices.Backward(patternElements(line)) {
		if element == "" || element == "**" {
			continue
		}
		if first := strings.IndexAny(element, special); first >= 0 {
			return element[:first], longestText(element), element[strings.LastIndexAny(element, special)+1:]
		}
	}
	return "", "", ""
}

// longestText is the longest part of an element that stands for itself; nothing
// is looked for where characters are escaped or a class holds a bracket.
func longestText(element string) (longest string) {
	if strings.ContainsAny(element, `\`) || strings.Contains(element, "[]") || strings.Contains(element, "[^]") {
		return ""
	}
	for len(element) > 0 {
		text := element
		next := strings.IndexAny(element, special)
		if next >= 0 {
			text = element[:next]
		}
		if len(text) > len(longest) {
			longest = text
		}
		if next < 0 {
			break
		}
		if element[next] == '[' {
			class := strings.IndexByte(element[next:], ']')
			if class < 0 {
				break
			}
			next += class
		}
		element = element[next+1:]
	}
	return longest
}

// patternElements splits a line as go-git does.
func patternElements(line string) []string {
	line = strings.TrimPrefix(line, "!")
	if !strings.HasSuffix(line, `\ `) {
		line = strings.TrimRight(line, " ")
	}
	return strings.Split(strings.TrimSuffix(line, "/"), "/")
}

func elements(name string) []string {
	if name == "." {
		return nil
	}
	return strings.Split(name, "/")
}
