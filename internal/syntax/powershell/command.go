package powershell

import "strings"

// pipeline reads one element of a pipeline: an assignment, an expression or a
// command.
func (p *parser) pipeline(depth int) {
	s := Statement{Start: p.pos, Depth: depth, Piped: p.piped}
	p.piped = false
	if name, add, ok := p.assignment(); ok {
		s.Assign, s.Add = name, add
		p.blanks(true)
		if word := p.keyword(); isFlow(word) {
			s.End = p.pos
			p.emit(s) // the value is what a block yields
			return
		}
	}
	if c := p.at(0); c == '&' || c == '.' && (strings.IndexByte(" \t\"'$({", p.at(1)) >= 0) {
		s.Operator = string(c)
		p.pos++
		p.blanks(false)
		if p.at(0) == '{' {
			p.block(depth)
			s.Operator = ""
			p.settle(s)
			return
		}
	}
	if s.Operator == "" && p.startsExpression() {
		s.Value, s.Table = p.assigned(depth)
		p.settle(s)
		return
	}
	p.command(&s, depth)
	if len(s.Words) > 0 || s.Assign != "" {
		p.emit(s)
	}
}

// settle emits an assignment; a value that nothing takes is no statement.
func (p *parser) settle(s Statement) {
	s.End = p.pos
	if s.Assign != "" {
		p.emit(s)
	}
}

func isFlow(word string) bool {
	switch word {
	case "if", "switch", "for", "foreach", "while", "do", "try":
		return true
	}
	return false
}

// assignment reads "$name =", with a type in front or not.
func (p *parser) assignment() (name string, add, ok bool) {
	from := p.pos
	for p.at(0) == '[' {
		p.brackets()
		p.blanks(false)
	}
	if p.at(0) != '$' {
		p.pos = from
		return "", false, false
	}
	v := p.variable()
	p.blanks(false)
	switch {
	case v.Text != "" && p.at(0) == '=':
		p.pos++
	case v.Text != "" && strings.IndexByte("+-*/%", p.at(0)) >= 0 && p.at(1) == '=' && p.more():
		p.pos += 2
		add = true
	default:
		p.pos = from
		return "", false, false
	}
	return v.Text, add, true
}

// command reads the words of a command.
func (p *parser) command(s *Statement, depth int) {
	for p.more() {
		p.blanks(false)
		c := p.at(0)
		if !p.more() || strings.IndexByte("\n;|)}", c) >= 0 || c == '&' && len(s.Words) > 0 {
			if c == '\n' && p.continues(s) {
				p.pos++
				continue
			}
			break
		}
		if op, ok := p.redirection(); ok {
			p.blanks(false)
			s.Redirects = append(s.Redirects, Redirect{Op: op, Target: p.word(depth, false)})
			continue
		}
		if p.words++; p.words > maxWords {
			p.pos = len(p.text)
			break
		}
		before := p.pos
		w := p.word(depth, false)
		if p.pos == before {
			p.pos++
			continue
		}
		s.Words = append(s.Words, w)
	}
	s.End = p.pos
	if n := len(s.Words); n > 0 {
		s.End = s.Words[n-1].End
	}
}

// continues reports whether a list goes on in the next line.
func (p *parser) continues(s *Statement) bool {
	if len(s.Words) == 0 {
		return false
	}
	last := s.Words[len(s.Words)-1]
	return last.End > 0 && last.End <= len(p.text) && p.text[last.End-1] == ','
}

// redirection reads ">", ">>", "2>" and "2>&1".
func (p *parser) redirection() (string, bool) {
	at := 0
	if c := p.at(0); isDigit(c) || c == '*' {
		at = 1
	}
	if p.at(at) != '>' {
		return "", false
	}
	op := ">"
	p.pos += at + 1
	if p.at(0) == '>' {
		op = ">>"
		p.pos++
	}
	if p.at(0) == '&' {
		p.pos++
		op = ">&"
	}
	return op, true
}
