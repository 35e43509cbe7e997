package guard

import "bytes"

// code consumes one token outside of templates.
func (s *hclScan) code() {
	switch char := s.data[s.at]; {
	case char == ' ' || char == '\t' || char == '\r':
		s.at++
	case char == '\n':
		if s.top().kind == body {
			s.endExpression()
		}
		s.at++
	case char == '#' || char == '/' && (s.peek(1) == '/' || s.peek(1) == '*'):
		s.comment()
	case isWordStart(char):
		s.word()
	case char >= '0' && char <= '9':
		s.number()
	case char == '<' && s.heredocStart():
	default:
		s.symbol(char)
		s.at++
	}
}

// peek returns a byte ahead, 0 past the end.
func (s *hclScan) peek(ahead int) byte {
	if s.at+ahead < len(s.data) {
		return s.data[s.at+ahead]
	}
	return 0
}

// symbol accounts for one byte that is neither space nor part of a word.
func (s *hclScan) symbol(char byte) {
	switch char {
	case '"':
		s.push(frame{kind: quoted, template: template{start: s.at}})
	case '(':
		s.push(frame{kind: inline, closer: ')'})
	case '[':
		s.push(frame{kind: inline, closer: ']'})
	case '{':
		s.push(frame{kind: body, closer: '}'})
	case ')', ']':
		s.closeBracket(char)
	case '}':
		s.closeBrace()
	case ',':
		s.endExpression()
	default:
		s.operator(char)
	}
}

func (s *hclScan) operator(char byte) {
	top := s.top()
	top.fresh = false
	switch char {
	case '!', '-':
		if top.unary++; s.depth+top.unary > s.limit {
			s.stop(tooDeep, s.at, "")
		}
	case '?':
		top.unary = 0
		top.conditionals++
		s.deepen(1)
	default:
		top.unary = 0
	}
	switch char {
	case '!', '-', '+', '*', '/', '%', '&', '|', '<', '>', '=':
		s.lengthen()
	}
}

func (s *hclScan) lengthen() {
	if top := s.top(); top.chain < chainLimit {
		top.chain++
		return
	}
	s.stop(tooComplex, s.at, "the expression has more than 10,000 operators or index steps here")
}

// endExpression forgets what belongs to one expression only.
func (s *hclScan) endExpression() {
	top := s.top()
	s.depth -= top.conditionals
	top.unary, top.conditionals, top.chain = 0, 0, 0
}

// closeBracket ignores a bracket that closes nothing: that overstates the
// depth of a broken file, never understates it.
func (s *hclScan) closeBracket(char byte) {
	if s.top().closer != char {
		return
	}
	s.pop()
	if char == ']' {
		s.lengthen()
	}
}

// closeBrace closes up to the nearest open brace of the same template level:
// like the HCL scanner, it lets a brace end an interpolation in which other
// brackets are still open.
func (s *hclScan) closeBrace() {
	for i := len(s.stack) - 1; i >= 0 && s.stack[i].kind <= inline; i-- {
		if s.stack[i].closer == '}' {
			for len(s.stack) > i {
				s.pop()
			}
			return
		}
	}
}

// comment leaves the newline, which separates. The HCL scanner reads to the end
// of the file for every comment that never ends, so such a file is refused.
func (s *hclScan) comment() {
	if s.peek(1) == '*' && s.data[s.at] == '/' {
		length := bytes.Index(s.data[s.at+2:], []byte("*/"))
		if length < 0 {
			s.stop(tooComplex, s.at, "the comment that starts here never ends")
			return
		}
		s.at += 2 + length + 2
		return
	}
	if length := bytes.IndexByte(s.data[s.at:], '\n'); length >= 0 {
		s.at += length
	} else {
		s.at = len(s.data)
	}
}

// word consumes a name or keyword. A for at the start of braces makes them an
// expression that newlines do not end; a keyword after %{ opens or ends a
// directive of the template around it.
func (s *hclScan) word() {
	start := s.at
	for s.at < len(s.data) && isWordPart(s.data[s.at]) {
		s.at++
	}
	top := s.top()
	first := top.fresh
	top.fresh, top.unary = false, 0
	if !first {
		return
	}
	switch name := string(s.data[start:s.at]); {
	case top.control:
		s.directive(name)
	case name == "for":
		top.kind = inline
	}
}

func (s *hclScan) number() {
	start := s.at
	for s.at < len(s.data) && (s.data[s.at] >= '0' && s.data[s.at] <= '9' || s.data[s.at] == '.') {
		s.at++
	}
	if s.at-start > digitLimit {
		s.stop(tooComplex, start, "the number has more than 10,000 digits")
	}
	s.top().fresh, s.top().unary = false, 0
}

func (s *hclScan) directive(name string) {
	around := &s.stack[len(s.stack)-2]
	switch name {
	case "if", "for":
		around.directives++
		s.deepen(1)
	case "endif", "endfor":
		if around.directives > 0 {
			around.directives--
			s.depth--
		}
	}
}

func isWordStart(char byte) bool {
	return char|0x20 >= 'a' && char|0x20 <= 'z' || char == '_' || char >= 0x80
}

func isWordPart(char byte) bool {
	return isWordStart(char) || char >= '0' && char <= '9' || char == '-'
}
