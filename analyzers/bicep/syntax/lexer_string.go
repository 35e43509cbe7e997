package syntax

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

const tripleQuote = "'''"

// quote consumes the first piece of a string, or a "$" that starts none.
func (l *lexer) quote() {
	start, dollars := l.at, 0
	for l.peek(dollars) == '$' {
		dollars++
	}
	switch {
	case strings.HasPrefix(l.text[start+dollars:], tripleQuote):
		l.at += dollars + len(tripleQuote)
		l.multiline(start, dollars+len(tripleQuote), dollars, true)
	case dollars > 0:
		l.at += dollars
		l.add(badToken, start)
	default:
		l.at++
		l.singleLine(start, true)
	}
}

// singleLine consumes a piece of '…' up to its end or its next interpolation.
// The scan stands behind the delimiter.
func (l *lexer) singleLine(start int, first bool) {
	for l.at < len(l.text) {
		switch char := l.text[l.at]; {
		case char == '\'':
			l.at++
			l.piece(start, 1, 1, first, true, hole{})
			return
		case char == '$' && l.peek(1) == '{':
			l.at += 2
			l.piece(start, 1, 2, first, false, hole{})
			return
		case char == '\n' || char == '\r':
			l.unterminated(start, first)
			return
		case char == '\\':
			l.escape()
		default:
			l.at++
		}
	}
	l.unterminated(start, first)
}

func (l *lexer) unterminated(start int, first bool) {
	l.problems.add(start, l.at, "the string is not closed before the line ends")
	l.piece(start, 1, 0, first, true, hole{})
}

// escape steps over a backslash and what belongs to it.
func (l *lexer) escape() {
	if _, length := unescape(l.text[l.at:]); length > 0 {
		l.at += length
		return
	}
	start := l.at
	l.at++
	if next := l.peek(0); next != 0 && next != '\n' && next != '\r' {
		_, width := utf8.DecodeRuneInString(l.text[l.at:])
		l.at += width
	}
	l.problems.add(start, l.at, "the backslash starts no escape sequence; write \\\\ for a backslash")
}

// piece adds a string token and opens or closes its interpolation.
func (l *lexer) piece(start, lead, trail int, first, last bool, opened hole) {
	found := stringMiddleToken
	switch {
	case first && last:
		found = stringToken
	case first:
		found = stringLeftToken
		l.holes = append(l.holes, opened)
	case last:
		found = stringRightToken
		l.holes = l.holes[:len(l.holes)-1]
	}
	l.tokens = append(l.tokens, token{
		kind: found, multiline: opened.multiline, start: int32(start), end: int32(l.at), lead: int32(lead), trail: int32(trail),
	})
}

// multiline consumes a piece of ”'…”', which knows no escapes. With dollars,
// as many of them before a brace start an interpolation; more are text.
func (l *lexer) multiline(start, lead, dollars int, first bool) {
	opened := hole{multiline: true, dollars: dollars}
	from := l.at
	for l.at < len(l.text) {
		switch l.text[l.at] {
		case '$':
			count := l.run('$')
			if dollars > 0 && count >= dollars && l.peek(0) == '{' {
				l.at++
				l.piece(start, lead, dollars+1, first, false, opened)
				return
			}
		case '\'':
			if l.run('\'') >= len(tripleQuote) {
				l.piece(start, lead, len(tripleQuote), first, true, opened)
				return
			}
		default:
			l.at++
		}
	}
	// Only the first line is taken for the string, so that the statements after
	// it are still read.
	l.at = from
	l.skipLine()
	l.problems.add(start, start+lead, "the multi-line string that starts or goes on here is never closed with '''")
	l.piece(start, lead, 0, first, true, opened)
}

// skipMultiline goes to the end of a multi-line string whose interpolation is
// broken.
func (l *lexer) skipMultiline() {
	if length := strings.Index(l.text[l.at:], tripleQuote); length >= 0 {
		l.at += length
		l.run('\'')
	}
}

// run consumes a character repeated, and counts it.
func (l *lexer) run(char byte) int {
	start := l.at
	for l.peek(0) == char {
		l.at++
	}
	return l.at - start
}

// unescape returns what the escape sequence at the start of text stands for and
// its length, 0 when there is none.
func unescape(text string) (string, int) {
	if len(text) < 2 {
		return "", 0
	}
	switch text[1] {
	case 'n':
		return "\n", 2
	case 'r':
		return "\r", 2
	case 't':
		return "\t", 2
	case '\\', '\'', '$':
		return text[1:2], 2
	case 'u':
		return codePoint(text)
	}
	return "", 0
}

// codePoint reads "\u{1F600}".
func codePoint(text string) (string, int) {
	const most = len(`\u{0010FFFF`)
	end := strings.IndexByte(text[:min(len(text), most+1)], '}')
	if end < 0 || text[2] != '{' {
		return "", 0
	}
	number, err := strconv.ParseUint(text[3:end], 16, 32)
	if err != nil || number > utf8.MaxRune {
		return "", 0
	}
	return string(rune(number)), end + 1
}

// decode returns the text of a piece of a string.
func decode(source string, piece token) string {
	text := source[piece.start+piece.lead : piece.end-piece.trail]
	if piece.multiline {
		if piece.kind == stringToken || piece.kind == stringLeftToken {
			text = strings.TrimPrefix(text, "\r")
			text = strings.TrimPrefix(text, "\n")
		}
		return text
	}
	next := strings.IndexByte(text, '\\')
	if next < 0 {
		return text
	}
	var decoded strings.Builder
	for ; next >= 0; next = strings.IndexByte(text, '\\') {
		decoded.WriteString(text[:next])
		meaning, length := unescape(text[next:])
		if length == 0 {
			meaning, length = "\\", 1
		}
		decoded.WriteString(meaning)
		text = text[next+length:]
	}
	decoded.WriteString(text)
	return decoded.String()
}
