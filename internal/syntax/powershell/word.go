package powershell

import "strings"

// word reads one word: of a command, or an operand of an expression, where
// members and indices belong to it.
func (p *parser) word(depth int, operand bool) Word {
	w := Word{Start: p.pos, Quoted: p.at(0) == '"' || p.at(0) == '\''}
	if p.at(0) == '@' && (isLetter(p.at(1)) || p.at(1) == '_') && !operand {
		p.pos++
		w.Splat = true
		w.Pieces = []Piece{{Kind: Variable, Text: strings.ToLower(p.name()), Start: w.Start, End: p.pos}}
		w.End = p.pos
		return w
	}
	for p.more() {
		before := p.pos
		if !p.piece(&w, depth, operand) {
			break
		}
		if p.pos == before {
			break
		}
	}
	w.End = p.pos
	return w
}

// piece reads the next piece of a word; it is false at the word's end.
func (p *parser) piece(w *Word, depth int, operand bool) bool {
	c := p.at(0)
	switch {
	case strings.IndexByte(" \t\r\n;|)}", c) >= 0:
		return false
	case operand && (c == ',' || c == '=' || len(w.Pieces) > 0 && strings.IndexByte("+-*/%<>!&", c) >= 0):
		return false
	case c == '`' && p.pos+1 < len(p.text):
		if p.at(1) == '\n' || p.at(1) == '\r' {
			return false
		}
		w.add(Text, escape(p.at(1)), p.pos, p.pos+2)
		p.pos += 2
	case c == '"' || c == '\'':
		w.Pieces = append(w.Pieces, p.quoted(depth)...)
	case c == '@' && (p.at(1) == '"' || p.at(1) == '\'') && p.hereString():
		w.Pieces = append(w.Pieces, p.here(depth)...)
	case c == '@' && p.at(1) == '{':
		from := p.pos
		p.table(depth)
		w.add(Expression, "", from, p.pos)
	case c == '$' && p.at(1) == '(' || c == '@' && p.at(1) == '(':
		from := p.pos
		p.pos++
		w.Pieces = append(w.Pieces, p.nestedPieces(from, depth)...)
		p.selectors(w, depth)
	case c == '$':
		v := p.variable()
		w.Pieces = append(w.Pieces, v)
		p.selectors(w, depth)
	case c == '(':
		if len(w.Pieces) > 0 && !operand {
			return false
		}
		w.Pieces = append(w.Pieces, p.nestedPieces(p.pos, depth)...)
		p.selectors(w, depth)
	case c == '{':
		from := p.pos
		p.group('}', depth+1)
		w.add(Expression, "", from, p.pos)
	default:
		p.plain(w, operand)
	}
	return true
}

// plain reads characters that stand for themselves.
func (p *parser) plain(w *Word, operand bool) {
	from := p.pos
	stops := " \t\r\n;|)}\"'`$@({"
	if operand {
		stops += ",=+*/%<>!&["
	}
	for p.pos++; p.more() && strings.IndexByte(stops, p.at(0)) < 0; p.pos++ {
	}
	w.add(Text, p.text[from:p.pos], from, p.pos)
}

func (w *Word) add(kind Kind, text string, start, end int) {
	w.Pieces = append(w.Pieces, Piece{Kind: kind, Text: text, Start: start, End: end})
}

// selectors reads ".member", "[index]" and "(arguments)" behind a value, which
// only a run can follow.
func (p *parser) selectors(w *Word, depth int) {
	from := -1
	for p.more() {
		switch c := p.at(0); {
		case c == '.' && (isLetter(p.at(1)) || p.at(1) == '_'), c == ':' && p.at(1) == ':' && isLetter(p.at(2)):
			if from < 0 {
				from = p.pos
			}
			for p.pos++; p.more() && (isName(p.at(0)) || p.at(0) == ':'); p.pos++ {
			}
			if p.at(0) == '(' {
				p.group(')', depth)
			}
			continue
		case c == '[':
			if from < 0 {
				from = p.pos
			}
			p.brackets()
			continue
		}
		break
	}
	if from >= 0 {
		last := &w.Pieces[len(w.Pieces)-1]
		*last = Piece{Kind: Expression, Start: last.Start, End: p.pos}
	}
}

// nestedPieces reads ( … ), from whose statements the value follows where they
// are one command that joins paths.
func (p *parser) nestedPieces(from, depth int) []Piece {
	before := len(p.found)
	inner := p.pos + 1
	p.group(')', depth)
	unknown := []Piece{{Kind: Expression, Start: from, End: p.pos}}
	if len(p.found) != before+1 {
		if pieces, ok := p.single(inner, p.pos-1, depth); ok && len(p.found) == before {
			return pieces
		}
		return unknown
	}
	s := p.found[before]
	if len(s.Words) > 0 && len(s.Words[0].Pieces) == 1 && s.Words[0].Pieces[0].Kind == Text {
		unknown[0].Text = s.Words[0].Pieces[0].Text
		if pieces, ok := joinPath(s); ok {
			return pieces
		}
	}
	return unknown
}

// single reads a bracket that holds one word: ("a") and ($b).
func (p *parser) single(from, to, depth int) ([]Piece, bool) {
	if p.flat || from >= to || p.nested >= maxDepth {
		return nil, false
	}
	inner := &parser{text: p.text[:to], pos: from, nested: p.nested + 1, flat: true}
	inner.blanks(true)
	if strings.IndexByte("$\"'", inner.at(0)) < 0 || !inner.more() {
		return nil, false
	}
	w := inner.word(depth, true)
	inner.blanks(true)
	return w.Pieces, !inner.more() && len(inner.found) == 0
}

// joinPath evaluates Join-Path with two or more words.
func joinPath(s Statement) ([]Piece, bool) {
	if !strings.EqualFold(s.Words[0].literal(), "join-path") {
		return nil, false
	}
	var out []Piece
	parts := 0
	for _, w := range s.Words[1:] {
		text := w.literal()
		if !w.Quoted && len(w.Pieces) == 1 && w.Pieces[0].Kind == Text && strings.HasPrefix(text, "-") {
			if name := strings.ToLower(text); name != "-path" && name != "-childpath" && name != "-additionalchildpath" {
				return nil, false
			}
			continue
		}
		if parts > 0 {
			out = append(out, Piece{Text: "/", Start: w.Start, End: w.Start})
		}
		out = append(out, w.Pieces...)
		parts++
	}
	return out, parts > 1
}

// variable reads "$name", "${name}" and "$env:NAME".
func (p *parser) variable() Piece {
	from := p.pos
	p.pos++
	if p.at(0) == '{' {
		if end := strings.IndexByte(p.text[p.pos:min(p.pos+maxName, len(p.text))], '}'); end > 0 {
			name := p.text[p.pos+1 : p.pos+end]
			p.pos += end + 1
			return Piece{Kind: Variable, Text: scoped(name), Start: from, End: p.pos}
		}
		return Piece{Kind: Text, Text: "$", Start: from, End: p.pos}
	}
	name := p.name()
	if p.at(0) == ':' && isScope(name) && isName(p.at(1)) {
		p.pos++
		name += ":" + p.name()
	}
	if name == "" {
		if c := p.at(0); p.more() && strings.IndexByte("_$?^", c) >= 0 {
			p.pos++
			return Piece{Kind: Variable, Text: string(c), Start: from, End: p.pos}
		}
		return Piece{Kind: Text, Text: "$", Start: from, End: p.pos}
	}
	return Piece{Kind: Variable, Text: scoped(name), Start: from, End: p.pos}
}

// maxName bounds the names in braces.
const maxName = 200

func (p *parser) name() string {
	from := p.pos
	for p.more() && isName(p.at(0)) {
		p.pos++
	}
	return p.text[from:p.pos]
}

func isScope(name string) bool {
	switch strings.ToLower(name) {
	case "env", "script", "global", "local", "private", "using":
		return true
	}
	return false
}

// scoped drops the scope of a variable, whose case does not matter, and keeps
// that of the environment apart.
func scoped(name string) string {
	scope, rest, found := strings.Cut(name, ":")
	switch {
	case !found:
		return strings.ToLower(name)
	case strings.EqualFold(scope, "env"):
		return "env:" + rest
	default:
		return strings.ToLower(rest)
	}
}
