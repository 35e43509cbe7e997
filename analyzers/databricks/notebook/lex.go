package notebook

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// tokenKind is the kind of a token.
type tokenKind uint8

const (
	word tokenKind = iota
	text
	number
	sign
)

// token is one token of Python, Scala, R or SQL. Start and end are offsets in
// the cell.
type token struct {
	kind       tokenKind
	start, end int
	text       string // a sign, a word or number as written, the content of a text
	inner      int    // offset of a text's content
	prefix     string // of a text: "f", "s", "r"
	first      bool   // it is the first of its line
	indent     int    // column of the line, of a first token
	depth      int    // open brackets before it
	span       int    // from an opening bracket to its closing one, in tokens
}

// hole stands for one byte of a placeholder in the text of a statement, so that
// offsets stay as they are.
const hole = '\x01'

// lex takes a cell of Python, Scala or R apart. Comments are left out.
func lex(c *cell) []token {
	l := &lexer{text: c.text, language: c.language}
	for l.at < len(l.text) && l.depth <= maxDepth {
		l.next()
	}
	return paired(l.tokens)
}

// maxDepth is the nesting of brackets beyond which a cell is not read further.
const maxDepth = 250

// paired notes which brackets belong together.
func paired(tokens []token) []token {
	var open []int
	for i, t := range tokens {
		if t.kind != sign {
			continue
		}
		switch t.text {
		case "(", "[", "{":
			open = append(open, i)
		case ")", "]", "}":
			if len(open) > 0 {
				last := open[len(open)-1]
				open = open[:len(open)-1]
				tokens[last].span = i - last
			}
		}
	}
	return tokens
}

type lexer struct {
	text     string
	language string
	at       int
	line     int // offset of the line's start
	fresh    bool
	started  bool
	depth    int
	tokens   []token
}

func (l *lexer) next() {
	switch char := l.text[l.at]; {
	case char == '\n':
		l.at++
		l.line, l.fresh = l.at, true
	case char == ' ' || char == '\t' || char == '\r' || char == '\\':
		l.at++
	case l.comment():
	case char == '"' || char == '\'' && l.isQuote() || char == '`':
		l.quoted("")
	case isWordStart(l.text[l.at:]):
		l.word()
	case char >= '0' && char <= '9':
		start := l.at
		for l.at < len(l.text) && (isDigit(l.text[l.at]) || l.text[l.at] == '.' || l.text[l.at] == '_' || l.text[l.at] == 'L') {
			l.at++
		}
		l.emit(token{kind: number, start: start, end: l.at, text: strings.TrimSuffix(strings.ReplaceAll(l.text[start:l.at], "_", ""), "L")})
	default:
		l.sign()
	}
}

// isQuote tells a text from a character of Scala: 'a' is one, as a symbol 'a is.
func (l *lexer) isQuote() bool { return l.language != scala }

func (l *lexer) comment() bool {
	rest := l.text[l.at:]
	switch {
	case l.language != scala && rest[0] == '#', l.language == scala && strings.HasPrefix(rest, "//"):
		if end := strings.IndexByte(rest, '\n'); end >= 0 {
			l.at += end
		} else {
			l.at = len(l.text)
		}
		return true
	case l.language == scala && strings.HasPrefix(rest, "/*"):
		if end := strings.Index(rest[2:], "*/"); end >= 0 {
			l.at += end + 4
		} else {
			l.at = len(l.text)
		}
		return true
	default:
		return false
	}
}

func (l *lexer) word() {
	start := l.at
	for l.at < len(l.text) {
		r, size := utf8.DecodeRuneInString(l.text[l.at:])
		if r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			break
		}
		l.at += size
	}
	name := l.text[start:l.at]
	if l.at < len(l.text) && (l.text[l.at] == '"' || l.text[l.at] == '\'' && l.isQuote()) && isStringPrefix(name) {
		l.at = start
		l.quoted(name)
		return
	}
	l.emit(token{kind: word, start: start, end: l.at, text: name})
}

func isStringPrefix(name string) bool {
	switch strings.ToLower(name) {
	case "f", "r", "b", "u", "rf", "fr", "br", "rb", "s", "raw":
		return true
	default:
		return false
	}
}

// quoted reads a text that starts at the current offset, prefix included. A
// text that is never closed ends with its line, or with the cell where it is
// a long one.
func (l *lexer) quoted(prefix string) {
	start := l.at
	l.at += len(prefix)
	quote := l.text[l.at : l.at+1]
	if long := strings.Repeat(quote, 3); quote != "`" && strings.HasPrefix(l.text[l.at:], long) {
		quote = long
	}
	l.at += len(quote)
	inner := l.at
	for l.at < len(l.text) && !strings.HasPrefix(l.text[l.at:], quote) {
		if l.text[l.at] == '\\' && quote != "`" {
			l.at++
		} else if l.text[l.at] == '\n' && len(quote) == 1 {
			break
		}
		l.at++
	}
	l.at = min(l.at, len(l.text))
	content := l.text[inner:l.at]
	if strings.HasPrefix(l.text[l.at:], quote) {
		l.at += len(quote)
	}
	l.emit(token{kind: text, start: start, end: l.at, text: content, inner: inner, prefix: strings.ToLower(prefix)})
}

// sign reads one sign; "==" and its like are one, so that "=" is an assignment.
func (l *lexer) sign() {
	start := l.at
	_, size := utf8.DecodeRuneInString(l.text[l.at:])
	l.at += size
	if l.at < len(l.text) && l.text[l.at] == '=' && strings.ContainsRune("=!<>+-*/%|&:", rune(l.text[start])) {
		l.at++
	}
	found := l.text[start:l.at]
	switch found {
	case "(", "[", "{":
		l.emit(token{kind: sign, start: start, end: l.at, text: found})
		l.depth++
		return
	case ")", "]", "}":
		l.depth = max(l.depth-1, 0)
	}
	l.emit(token{kind: sign, start: start, end: l.at, text: found})
}

func (l *lexer) emit(t token) {
	t.first = l.fresh || !l.started
	t.indent = t.start - l.line
	t.depth = l.depth
	l.fresh, l.started = false, true
	l.tokens = append(l.tokens, t)
}

func isWordStart(rest string) bool {
	r, _ := utf8.DecodeRuneInString(rest)
	return r == '_' || unicode.IsLetter(r)
}

func isDigit(char byte) bool { return char >= '0' && char <= '9' }
