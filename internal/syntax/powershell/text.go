package powershell

import "strings"

// escape is what stands for a character after a backtick.
func escape(c byte) string {
	switch c {
	case 'n':
		return "\n"
	case 'r':
		return "\r"
	case 't':
		return "\t"
	case '0':
		return ""
	default:
		return string([]byte{c})
	}
}

// quoted reads a string in quotes; a doubled quote stands for itself.
func (p *parser) quoted(depth int) []Piece {
	quote := p.at(0)
	p.pos++
	return p.content(depth, quote == '"', func() int {
		if p.at(0) != quote {
			return 0
		}
		if p.at(1) == quote {
			return -1
		}
		return 1
	})
}

// hereString reports whether @" or @' ends its line.
func (p *parser) hereString() bool {
	rest := p.text[p.pos+2:]
	line, _, found := strings.Cut(rest, "\n")
	return found && strings.TrimSpace(line) == ""
}

// here reads a here-string, which ends at a quote and @ at the start of a line.
func (p *parser) here(depth int) []Piece {
	quote := p.at(1)
	p.skipUntil("\n")
	p.pos++
	ends := string([]byte{quote, '@'})
	if p.starts(ends) {
		p.pos += 2
		return []Piece{{Start: p.pos, End: p.pos}}
	}
	return p.content(depth, quote == '"', func() int {
		switch {
		case p.starts("\r\n" + ends):
			return 4
		case p.starts("\n" + ends):
			return 3
		default:
			return 0
		}
	})
}

// content reads up to where ends says how many bytes close the string; -1 is a
// doubled quote. Variables count only when expand is set.
func (p *parser) content(depth int, expand bool, ends func() int) []Piece {
	var out []Piece
	var b strings.Builder
	from := p.pos
	flush := func() {
		if b.Len() > 0 {
			out = append(out, Piece{Text: b.String(), Start: from, End: p.pos})
		}
		b.Reset()
	}
	start := p.pos
	for p.more() {
		switch n := ends(); {
		case n > 0:
			flush()
			p.pos += n
			if len(out) == 0 {
				out = []Piece{{Start: start, End: start}}
			}
			return out
		case n < 0:
			b.WriteByte(p.at(0))
			p.pos += 2
		case expand && p.at(0) == '`' && p.pos+1 < len(p.text):
			b.WriteString(escape(p.at(1)))
			p.pos += 2
		case expand && p.at(0) == '$' && p.at(1) == '(':
			flush()
			at := p.pos
			p.pos++
			out = append(out, p.nestedPieces(at, depth)...)
			from = p.pos
		case expand && p.at(0) == '$' && (isName(p.at(1)) || p.at(1) == '{'):
			flush()
			out = append(out, p.variable())
			from = p.pos
		default:
			b.WriteByte(p.at(0))
			p.pos++
		}
	}
	flush()
	return out
}
