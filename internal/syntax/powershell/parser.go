package powershell

import (
	"slices"
	"strings"
)

// parser reads one script. Every loop of it moves pos on.
type parser struct {
	text   string
	pos    int
	found  []Statement
	nested int
	words  int
	piped  bool
	blocks []int // that are open and may not run
	last   int   // the number of the last one
	// flat is set where brackets are not looked into a second time.
	flat bool
}

func (p *parser) more() bool { return p.pos < len(p.text) }

func (p *parser) at(offset int) byte {
	if p.pos+offset < len(p.text) {
		return p.text[p.pos+offset]
	}
	return 0
}

func (p *parser) starts(prefix string) bool { return strings.HasPrefix(p.text[p.pos:], prefix) }

// enter counts a level of nesting; what is too deep is skipped.
func (p *parser) enter() bool {
	p.nested++
	return p.nested <= maxDepth
}

func (p *parser) leave() { p.nested-- }

func (p *parser) emit(s Statement) {
	if s.Blocks = p.blocks; len(p.found) < maxStatements {
		p.found = append(p.found, s)
	}
}

// statements reads up to a closing bracket, which is left, or to the end.
func (p *parser) statements(closing byte, depth int) {
	if !p.enter() {
		p.skipTo(closing)
		p.leave()
		return
	}
	defer p.leave()
	outer := p.piped
	p.piped = false
	for p.more() {
		p.separators()
		c := p.at(0)
		switch {
		case !p.more():
		case c == ')' || c == '}':
			if closing == c || closing == 0 {
				p.piped = outer
				return
			}
			p.pos++
		default:
			before := p.pos
			p.statement(depth)
			if p.pos == before {
				p.pos++
			}
		}
	}
	p.piped = outer
}

// skipTo moves to a closing bracket without looking at what is before it.
func (p *parser) skipTo(closing byte) {
	if at := strings.IndexByte(p.text[p.pos:], closing); closing != 0 && at >= 0 {
		p.pos += at
	} else {
		p.pos = len(p.text)
	}
}

// separators skips what stands between statements.
func (p *parser) separators() {
	for p.more() {
		switch c := p.at(0); {
		case c == '\n' || c == ';':
			p.piped = false
			p.pos++
		case c == '|' && p.at(1) != '|':
			p.piped = true
			p.pos++
			p.blanks(true)
		case c == '|':
			p.piped = false
			p.pos += 2
		case c == '&' && p.at(1) == '&':
			p.piped = false
			p.pos += 2
		case c == ',':
			p.pos++
		case !p.blank(false):
			return
		}
	}
}

// blanks skips white space and comments, and lines when they count as such.
func (p *parser) blanks(lines bool) {
	for p.more() && p.blank(lines) {
	}
}

func (p *parser) blank(lines bool) bool {
	switch c := p.at(0); {
	case c == ' ' || c == '\t' || c == '\r' || lines && c == '\n':
		p.pos++
	case c == '`' && (p.at(1) == '\n' || p.at(1) == '\r' && p.at(2) == '\n'):
		p.pos += 2
		if p.text[p.pos-1] == '\r' {
			p.pos++
		}
	case c == '#':
		p.line()
	case c == '<' && p.at(1) == '#':
		if end := strings.Index(p.text[p.pos:], "#>"); end >= 0 {
			p.pos += end + 2
		} else {
			p.pos = len(p.text)
		}
	default:
		return false
	}
	return true
}

// line skips to the end of the line, which is left.
func (p *parser) line() {
	if end := strings.IndexByte(p.text[p.pos:], '\n'); end >= 0 {
		p.pos += end
	} else {
		p.pos = len(p.text)
	}
}

// keyword reads a word of letters without moving on.
func (p *parser) keyword() string {
	end := p.pos
	for end < len(p.text) && (isLetter(p.text[end]) || p.text[end] == '_') {
		end++
	}
	if end < len(p.text) && (p.text[end] == '-' || p.text[end] == '.' || p.text[end] == ':' || p.text[end] == '\\' || p.text[end] == '/' || isDigit(p.text[end])) {
		return ""
	}
	return strings.ToLower(p.text[p.pos:end])
}

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }
func isDigit(c byte) bool  { return c >= '0' && c <= '9' }
func isName(c byte) bool   { return isLetter(c) || isDigit(c) || c == '_' }

// statement reads one statement.
func (p *parser) statement(depth int) {
	word := p.keyword()
	switch word {
	case "param":
		p.pos += len(word)
		p.params(depth)
	case "function", "filter", "workflow", "class", "enum", "configuration":
		p.definition(word, depth)
	case "if", "elseif", "while", "switch", "for", "foreach", "until":
		p.pos += len(word)
		p.skipUntil("({\n")
		p.condition(depth)
		p.block(depth + 1)
	case "else", "catch", "trap", "dynamicparam":
		p.pos += len(word)
		p.skipUntil("{\n")
		p.block(depth + 1)
	case "try", "finally", "do", "begin", "process", "end":
		p.pos += len(word)
		p.block(depth)
	case "return", "throw", "exit", "in":
		p.pos += len(word)
		p.blanks(false)
		if c := p.at(0); p.more() && strings.IndexByte("\n;}|)", c) < 0 {
			p.pipeline(depth)
		}
	case "using":
		p.line()
	default:
		p.pipeline(depth)
	}
}

// skipUntil moves to the first of some bytes.
func (p *parser) skipUntil(stops string) {
	if at := strings.IndexAny(p.text[p.pos:], stops); at >= 0 {
		p.pos += at
	} else {
		p.pos = len(p.text)
	}
}

// condition reads what stands in round brackets before a block.
func (p *parser) condition(depth int) {
	p.blanks(true)
	if p.at(0) == '(' {
		p.group(')', depth)
	}
}

// block reads what stands in braces.
func (p *parser) block(depth int) {
	p.blanks(true)
	if p.at(0) == '{' {
		p.group('}', depth)
	}
}

// group reads statements from an opening bracket to past the closing one.
func (p *parser) group(closing byte, depth int) {
	p.pos++
	outer := p.blocks
	if depth > len(outer) {
		p.last++
		p.blocks = slices.Concat(outer, []int{p.last})
	}
	p.statements(closing, depth)
	p.blocks = outer
	if p.at(0) == closing {
		p.pos++
	}
}
