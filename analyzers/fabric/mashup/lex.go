package mashup

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

type kind uint8

const (
	word kind = iota
	text
	number
	punctuation
)

// token is one token of M. The text of a text has its doubled quotes undone.
type token struct {
	kind       kind
	start, end int
	text       string
}

// lex takes a query apart. Names may have dots in them, as functions have;
// #"…" is a name too. Comments are left out.
func lex(query string) (tokens []token) {
	for at := 0; at < len(query); {
		rest := query[at:]
		r, size := utf8.DecodeRuneInString(rest)
		switch {
		case unicode.IsSpace(r):
			at += size
			continue
		case strings.HasPrefix(rest, "//"):
			at += until(rest, "\n", 0)
			continue
		case strings.HasPrefix(rest, "/*"):
			at += 2 + until(rest[2:], "*/", 2)
			continue
		}
		t := next(rest, r, size)
		t.start, t.end = at, at+t.end
		tokens = append(tokens, t)
		at = t.end
	}
	return tokens
}

// next reads the token at the start of a text; its end is its length.
func next(rest string, r rune, size int) token {
	switch {
	case r == '"':
		content, length := quoted(rest)
		return token{kind: text, end: length, text: content}
	case strings.HasPrefix(rest, `#"`):
		content, length := quoted(rest[1:])
		return token{kind: word, end: 1 + length, text: content}
	case r == '_' || r == '#' || unicode.IsLetter(r):
		end := size + prefix(rest[size:], func(r rune) bool {
			return r == '_' || r == '.' || unicode.IsLetter(r) || unicode.IsDigit(r)
		})
		return token{kind: word, end: end, text: rest[:end]}
	case r >= '0' && r <= '9':
		end := prefix(rest, func(r rune) bool { return r >= '0' && r <= '9' || r == '.' })
		return token{kind: number, end: end, text: rest[:end]}
	default:
		return token{kind: punctuation, end: size, text: rest[:size]}
	}
}

// prefix is the length of the start of a text that holds only such runes.
func prefix(text string, fits func(rune) bool) int {
	if end := strings.IndexFunc(text, func(r rune) bool { return !fits(r) }); end >= 0 {
		return end
	}
	return len(text)
}

// until is the length of a text up to a terminator, or all of it.
func until(rest, terminator string, past int) int {
	if end := strings.Index(rest, terminator); end >= 0 {
		return end + past
	}
	return len(rest)
}

// quoted reads a text whose quotes are doubled within.
func quoted(rest string) (content string, length int) {
	var b strings.Builder
	for i := 1; i < len(rest); i++ {
		if rest[i] != '"' {
			b.WriteByte(rest[i])
			continue
		}
		if i+1 < len(rest) && rest[i+1] == '"' {
			b.WriteByte('"')
			i++
			continue
		}
		return b.String(), i + 1
	}
	return b.String(), len(rest)
}
