package powershell

import "strings"

// definition reads a function, whose parameters may stand before the block. The
// methods of a class are not looked into.
func (p *parser) definition(word string, depth int) {
	s := Statement{Start: p.pos, Depth: depth}
	p.pos += len(word)
	p.blanks(false)
	from := p.pos
	p.skipUntil(" \t\r\n({")
	s.Function = strings.ToLower(p.text[from:p.pos])
	if _, name, found := strings.Cut(s.Function, ":"); found {
		s.Function = name
	}
	outer, blocks := p.found, p.blocks
	p.found, p.blocks = nil, nil
	p.blanks(true)
	if p.at(0) == '(' {
		p.params(0)
	}
	p.skipUntil("{\n")
	p.block(0)
	s.Body, p.found, p.blocks = p.found, outer, blocks
	s.End = p.pos
	if s.Function != "" && word != "class" && word != "enum" {
		p.emit(s)
	}
}

// params reads a param block.
func (p *parser) params(depth int) {
	p.blanks(true)
	if p.at(0) != '(' {
		return
	}
	s := Statement{Start: p.pos, Depth: depth, Params: []Param{}}
	p.pos++
	isSwitch := false
	for p.more() && p.at(0) != ')' {
		switch c := p.at(0); {
		case c == '[':
			from := p.pos
			p.brackets()
			isSwitch = isSwitch || strings.EqualFold(p.text[from:p.pos], "[switch]")
		case c == '$':
			name := p.variable()
			parameter := Param{Name: name.Text, Switch: isSwitch}
			isSwitch = false
			p.blanks(true)
			if p.at(0) == '=' {
				p.pos++
				p.blanks(true)
				if value := p.value(depth, ",)"); value != nil {
					parameter.Default = *value
				}
			}
			s.Params = append(s.Params, parameter)
		case !p.blank(true):
			p.pos++
		}
	}
	p.pos = min(p.pos+1, len(p.text))
	s.End = p.pos
	p.emit(s)
}

// brackets skips [ … ] with the strings in it.
func (p *parser) brackets() {
	open := 0
	for p.more() {
		switch c := p.at(0); c {
		case '[':
			open++
		case ']':
			open--
			if open == 0 {
				p.pos++
				return
			}
		case '"', '\'':
			p.quoted(0)
			continue
		case '\n':
			if open == 0 {
				return
			}
		}
		p.pos++
	}
}
