package powershell

import "strings"

// startsExpression tells a value from a command by its first character.
func (p *parser) startsExpression() bool {
	c := p.at(0)
	return isDigit(c) || p.more() && strings.IndexByte("$\"'(@[{-!+,", c) >= 0
}

// assigned reads an expression to its end and returns its value when it is one
// word, or the pairs of a table.
func (p *parser) assigned(depth int) (*Word, []Pair) {
	if p.starts("@{") {
		table := p.table(depth)
		if p.ended("") {
			return nil, table
		}
		p.expression(depth, "")
		return nil, nil
	}
	return p.value(depth, ""), nil
}

// ended reports whether a statement is over here. stops are further bytes that
// end it.
func (p *parser) ended(stops string) bool {
	p.blanks(false)
	c := p.at(0)
	return !p.more() || strings.IndexByte("\n;|)}", c) >= 0 || c == '&' || strings.IndexByte(stops, c) >= 0 && c != 0
}

// value reads an expression and returns it when it is one word, or a text with
// -f, whose arguments are filled in as far as they are words.
func (p *parser) value(depth int, stops string) *Word {
	for p.at(0) == '[' {
		p.brackets() // a cast
		p.blanks(false)
	}
	if !p.more() || strings.IndexByte("$\"'@(", p.at(0)) < 0 && !isDigit(p.at(0)) {
		p.expression(depth, stops)
		return nil
	}
	first := p.word(depth, true)
	if p.ended(stops) {
		return &first
	}
	if p.starts("-f ") || p.starts("-f\t") {
		p.pos += 2
		return p.formatted(first, depth, stops)
	}
	p.expression(depth, stops)
	return nil
}

// formatted fills the arguments of -f into a text.
func (p *parser) formatted(format Word, depth int, stops string) *Word {
	var args []Word
	for p.more() {
		p.blanks(true)
		if !p.startsExpression() || p.at(0) == ',' {
			break
		}
		args = append(args, p.word(depth, true))
		if p.blanks(false); p.at(0) != ',' || strings.Contains(stops, ",") {
			break
		}
		p.pos++
	}
	if !p.ended(stops) {
		p.expression(depth, stops)
	}
	out := Word{Start: format.Start, End: p.pos, Quoted: true}
	for _, piece := range format.Pieces {
		if piece.Kind != Text {
			out.Pieces = append(out.Pieces, piece)
			continue
		}
		out.Pieces = append(out.Pieces, filled(piece, args)...)
	}
	return &out
}

// filled replaces {0}, {1} … in a text.
func filled(piece Piece, args []Word) []Piece {
	var out []Piece
	add := func(text string) {
		if text != "" {
			out = append(out, Piece{Text: text, Start: piece.Start, End: piece.End})
		}
	}
	text := piece.Text
	for {
		open := strings.IndexByte(text, '{')
		if open < 0 || open+2 >= len(text) || !isDigit(text[open+1]) {
			break
		}
		end := strings.IndexByte(text[open:], '}')
		if end < 0 {
			break
		}
		add(text[:open])
		if n := int(text[open+1] - '0'); end == 2 && n < len(args) {
			out = append(out, args[n].Pieces...)
		} else {
			out = append(out, Piece{Kind: Expression, Start: piece.Start, End: piece.End})
		}
		text = text[open+end+1:]
	}
	add(text)
	return out
}

// expression skips to the end of a statement and reads what is nested in it.
func (p *parser) expression(depth int, stops string) {
	operator := true // a line that ends in one goes on
	for p.more() {
		c := p.at(0)
		switch {
		case c == '\n':
			if !operator {
				return
			}
			p.pos++
		case c == ';' || c == '|' || c == ')' || c == '}' || c == '&' || strings.IndexByte(stops, c) >= 0:
			return
		case c == '"' || c == '\'' || c == '$' || c == '(' || c == '{' || c == '@':
			p.word(depth, true)
			operator = false
		case c == '[':
			p.brackets()
			operator = false
		case p.blank(false):
		default:
			operator = strings.IndexByte("+-*/%,=.<>!", c) >= 0
			if c == '-' && isLetter(p.at(1)) {
				for p.pos++; p.more() && isLetter(p.at(0)); p.pos++ {
				}
				continue
			}
			p.pos++
		}
	}
}

// table reads @{ name = value … }.
func (p *parser) table(depth int) []Pair {
	p.pos += 2
	pairs := []Pair{}
	if !p.enter() {
		p.skipTo('}')
		p.pos = min(p.pos+1, len(p.text))
		p.leave()
		return pairs
	}
	defer p.leave()
	for p.more() && p.at(0) != '}' {
		if c := p.at(0); c == ';' || c == ')' || c == '|' || c == ',' {
			p.pos++
			continue
		}
		if p.blank(true) {
			continue
		}
		from := p.pos
		name := p.word(depth, true)
		p.blanks(false)
		if p.at(0) != '=' {
			p.expression(depth, "")
		} else {
			p.pos++
			p.blanks(true)
			pairs = append(pairs, Pair{Name: name.literal(), Value: p.entry(depth)})
		}
		if p.pos == from {
			p.pos++
		}
	}
	p.pos = min(p.pos+1, len(p.text))
	return pairs
}

// entry reads the value of one entry of a table.
func (p *parser) entry(depth int) Word {
	from := p.pos
	if p.starts("@{") {
		p.table(depth)
		if !p.ended("") {
			p.expression(depth, "")
		}
	} else if value := p.value(depth, ""); value != nil {
		return *value
	}
	return Word{Pieces: []Piece{{Kind: Expression, Start: from, End: p.pos}}, Start: from, End: p.pos}
}

// literal is the text of a word that holds nothing else.
func (w Word) literal() string {
	var b strings.Builder
	for _, piece := range w.Pieces {
		if piece.Kind == Text {
			b.WriteString(piece.Text)
		}
	}
	return b.String()
}
