package functions

import (
	"io"
	"regexp"
	"regexp/syntax"
	"strings"
	"unicode/utf8"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
)

const (
	// maxPattern is the longest regular expression, in bytes.
	maxPattern = 16 << 10
	// maxInstructions is the largest program that a regular expression may be
	// compiled to: x{1000}{1000} fits into a line.
	maxInstructions = 20_000
	// unitsPerStep is how many instructions of a regular expression are tried on
	// a character in the time of one step.
	unitsPerStep = 4
	// shortText is a text whose square does not matter.
	shortText = 128
	// searchShare is the part of all work that one call may take.
	searchShare = 20
)

func regexFunctions() map[string]entry {
	return map[string]entry{
		"regex":    {fn: stdlib.RegexFunc, bound: boundRegex},
		"regexall": {fn: stdlib.RegexAllFunc, bound: boundRegexAll},
		"replace":  {fn: replace(), bound: boundReplace},
	}
}

// replace takes what stands between slashes as a regular expression.
func replace() function.Function {
	return ofText(cty.String, func(in []string) (cty.Value, error) {
		text, sought, by := in[0], in[1], in[2]
		pattern, isPattern := slashed(sought)
		if !isPattern {
			return cty.StringVal(strings.ReplaceAll(text, sought, by)), nil
		}
		re, err := regexp.Compile(pattern)
		if err != nil {
			return cty.NilVal, function.NewArgError(1, err)
		}
		return cty.StringVal(re.ReplaceAllString(text, by)), nil
	}, "str", "substr", "replace")
}

func slashed(text string) (pattern string, ok bool) {
	if len(text) < 2 || text[0] != '/' || text[len(text)-1] != '/' {
		return "", false
	}
	return text[1 : len(text)-1], true
}

func boundRegex(c *call) string {
	pattern, _ := c.text(0)
	text, known := c.text(1)
	s, why := c.search(pattern, text)
	if s == nil || why != "" || !known {
		return why
	}
	steps := s.units(len(text)) / unitsPerStep
	if steps > c.limit.Work/searchShare {
		return s.tooHard()
	}
	return c.budget.spend(steps)
}

func boundRegexAll(c *call) string {
	pattern, _ := c.text(0)
	text, known := c.text(1)
	s, why := c.search(pattern, text)
	if s == nil || why != "" || !known {
		return why
	}
	matches, why := s.all()
	if why != "" {
		return why
	}
	if matches*s.re.NumSubexp() > c.limit.Elements || matches > c.limit.Elements {
		return c.tooMany()
	}
	return ""
}

// boundReplace counts how often the new text comes in, and how often it refers
// to what was matched.
func boundReplace(c *call) string {
	text, ok := c.text(0)
	sought, soughtKnown := c.text(1)
	by, byKnown := c.text(2)
	if !ok || !soughtKnown || !byKnown {
		return ""
	}
	if pattern, isPattern := slashed(sought); isPattern {
		return c.boundPattern(pattern, text, by)
	}
	if len(text)+strings.Count(text, sought)*(len(by)-len(sought)) > c.limit.Bytes {
		return c.tooLong()
	}
	return ""
}

func (c *call) boundPattern(pattern, text, by string) string {
	s, why := c.search(pattern, text)
	if s == nil || why != "" {
		return why
	}
	matches, why := s.all()
	if why != "" {
		return why
	}
	if len(text)*(1+strings.Count(by, "$"))+matches*len(by) > c.limit.Bytes {
		return c.tooLong()
	}
	return ""
}

// search is a regular expression and the text it is applied to.
type search struct {
	*call
	pattern, text string
	re            *regexp.Regexp
	instructions  int
}

// search returns nil for a pattern that is wrong: the function itself says how.
func (c *call) search(pattern, text string) (s *search, why string) {
	if len(pattern) > maxPattern {
		return nil, "the regular expression of " + c.name + "() is longer than " + count(maxPattern) + " bytes"
	}
	parsed, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return nil, ""
	}
	s = &search{call: c, pattern: pattern, text: text, instructions: instructions(parsed)}
	if s.instructions > maxInstructions {
		return nil, s.tooHard()
	}
	// The pattern is compiled some six times until the function is done.
	const compileSteps = 20
	if why := c.budget.spend(int64(s.instructions) * compileSteps); why != "" {
		return nil, why
	}
	if s.re, err = regexp.Compile(pattern); err != nil {
		return nil, ""
	}
	return s, ""
}

// instructions estimates the size of the program that a pattern is compiled to:
// repetitions are written out in it.
func instructions(pattern *syntax.Regexp) int {
	size := 2 + len(pattern.Rune)
	for _, part := range pattern.Sub {
		size += instructions(part)
	}
	if pattern.Op == syntax.OpRepeat {
		size *= max(pattern.Min, pattern.Max, 1)
	}
	return min(size, maxInstructions+1)
}

// units is the most that looking for one match in a text of some length takes.
func (s *search) units(length int) int64 { return int64(length+1) * int64(s.instructions) }

// all charges for finding all matches and counts them. A match may be found only
// after reading on to the end of the text, so together they can take time
// quadratic in its length. In texts that are not short the matches are therefore
// looked for one by one, within an allowance.
func (s *search) all() (matches int, why string) {
	if len(s.text) < shortText {
		matches = len(s.re.FindAllStringIndex(s.text, -1))
		return matches, s.budget.spend(s.units(len(s.text)) / unitsPerStep)
	}
	return s.oneByOne()
}

func (s *search) oneByOne() (matches int, why string) {
	// Go has no search that starts inside a text and still sees the character
	// before, which ^, $ and \b ask for. This finds the next match after one.
	later, err := regexp.Compile(`\A(?s:.)(?s:.*?)(` + s.pattern + `)`)
	if err != nil {
		return 0, s.tooHard()
	}
	allowed := s.limit.Work / searchShare / int64(s.instructions) * unitsPerStep
	reader := &meteredReader{text: s.text, left: allowed}
	position, previousEnd := 0, -1
	for position <= len(s.text) {
		start, end, found := s.next(later, reader, position)
		if reader.left <= 0 {
			s.budget.pay(allowed * int64(s.instructions) / unitsPerStep)
			return 0, s.tooHard()
		}
		if !found {
			break
		}
		if end != position || start != previousEnd {
			matches++
		}
		previousEnd = end
		position = s.after(position, end)
	}
	return matches, s.budget.spend((allowed - reader.left) * int64(s.instructions) / unitsPerStep)
}

func (s *search) tooHard() string {
	return "the regular expression of " + s.name + "() takes too much work"
}

// next finds the first match from a position on.
func (s *search) next(later *regexp.Regexp, reader *meteredReader, position int) (start, end int, found bool) {
	if position == 0 {
		reader.at = 0
		match := s.re.FindReaderIndex(reader)
		if match == nil {
			return 0, 0, false
		}
		return match[0], match[1], true
	}
	_, width := utf8.DecodeLastRuneInString(s.text[:position])
	from := position - width
	reader.at = from
	match := later.FindReaderSubmatchIndex(reader)
	if match == nil {
		return 0, 0, false
	}
	return match[2] + from, match[3] + from, true
}

// after is where the search goes on: behind a match, or a character further when
// that is empty.
func (s *search) after(position, end int) int {
	if end > position {
		return end
	}
	_, width := utf8.DecodeRuneInString(s.text[position:])
	return position + max(width, 1)
}

// meteredReader reads a text and ends early when its allowance does.
type meteredReader struct {
	text string
	at   int
	left int64 // runes
}

func (r *meteredReader) ReadRune() (rune, int, error) {
	if r.at >= len(r.text) || r.left <= 0 {
		return 0, 0, io.EOF
	}
	r.left--
	char, width := utf8.DecodeRuneInString(r.text[r.at:])
	r.at += width
	return char, width, nil
}
