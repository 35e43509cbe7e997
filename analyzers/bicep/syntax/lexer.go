package syntax

import (
	"strings"
	"unicode/utf8"
)

// lexer splits a file into tokens. Comments, directives and space leave no
// token; several newlines leave one.
type lexer struct {
	text     string
	at       int
	tokens   []token
	holes    []hole // interpolations that are open, with the braces within
	problems problems
	// noCommentEnd is set once a comment was found that never ends, so that the
	// file is not searched again for every further one.
	noCommentEnd bool
}

// hole is an open "${" or a brace within one.
type hole struct {
	brace     bool
	multiline bool
	dollars   int // that start an interpolation of a multi-line string
}

// lex never fails: what is wrong is in problems, and the tokens go on behind it.
func lex(text string) *lexer {
	l := &lexer{text: text, tokens: make([]token, 0, len(text)/6+8), problems: problems{text: text}}
	if strings.HasPrefix(text, "\ufeff") {
		l.at = len("\ufeff")
	}
	for l.at < len(text) {
		l.step()
	}
	if len(l.holes) > 0 {
		l.problems.add(l.at, l.at, "the interpolation is not closed before the file ends")
		l.closeHoles()
	}
	return l
}

// step consumes one token, comment, directive or run of space.
func (l *lexer) step() {
	switch char := l.text[l.at]; {
	case char == ' ' || char == '\t':
		l.at++
	case char == '\n' || char == '\r':
		l.newline()
	case isWordStart(char):
		l.word()
	case char == '\'' || char == '$':
		l.quote()
	case isDigit(char):
		start := l.at
		for l.at < len(l.text) && isDigit(l.text[l.at]) {
			l.at++
		}
		l.add(intToken, start)
	case char == '/' && l.comment():
	case char == '#' && l.directive():
	default:
		l.sign(char)
	}
}

func (l *lexer) add(kind kind, start int) {
	l.tokens = append(l.tokens, token{kind: kind, start: int32(start), end: int32(l.at)})
}

func (l *lexer) peek(ahead int) byte {
	if l.at+ahead < len(l.text) {
		return l.text[l.at+ahead]
	}
	return 0
}

// newline ends interpolations: they may not contain one. The language has that
// rule, and it keeps one unclosed brace from hiding the rest of the file.
func (l *lexer) newline() {
	if len(l.holes) > 0 {
		l.problems.add(l.at, l.at, "the interpolation is not closed before the line ends")
		if l.holes[0].multiline {
			l.skipMultiline()
		}
		l.closeHoles()
		return
	}
	start := l.at
	for l.at < len(l.text) && (l.text[l.at] == '\n' || l.text[l.at] == '\r') {
		l.at++
	}
	if len(l.tokens) > 0 && l.tokens[len(l.tokens)-1].kind != newlineToken {
		l.add(newlineToken, start)
	}
}

// closeHoles writes an empty end for every string that is still open.
func (l *lexer) closeHoles() {
	for _, open := range l.holes {
		if !open.brace {
			l.add(stringRightToken, l.at)
		}
	}
	l.holes = l.holes[:0]
}

func (l *lexer) word() {
	start := l.at
	for l.at < len(l.text) && isWordPart(l.text[l.at]) {
		l.at++
	}
	found := identToken
	if length := l.at - start; length == 4 || length == 5 {
		if word, ok := words[l.text[start:l.at]]; ok {
			found = word
		}
	}
	l.add(found, start)
}

// comment consumes a comment and reports whether there is one. The newline
// after a line comment stays, since it separates.
func (l *lexer) comment() bool {
	switch l.peek(1) {
	case '/':
		l.skipLine()
		return true
	case '*':
	default:
		return false
	}
	if !l.noCommentEnd {
		if length := strings.Index(l.text[l.at+2:], "*/"); length >= 0 {
			l.at += 2 + length + 2
			return true
		}
		l.noCommentEnd = true
	}
	l.problems.add(l.at, l.at+2, "the comment that starts here never ends")
	l.skipLine()
	return true
}

func (l *lexer) skipLine() {
	if length := strings.IndexAny(l.text[l.at:], "\r\n"); length >= 0 {
		l.at += length
	} else {
		l.at = len(l.text)
	}
}

// directive consumes "#disable-next-line …" and its like, which stand alone on
// a line and concern the Bicep linter only.
func (l *lexer) directive() bool {
	if count := len(l.tokens); count > 0 && l.tokens[count-1].kind != newlineToken || !isWordStart(l.peek(1)) {
		return false
	}
	for l.at < len(l.text) && l.text[l.at] != '\n' && l.text[l.at] != '\r' {
		if l.text[l.at] == '/' && (l.peek(1) == '/' || l.peek(1) == '*') {
			break
		}
		l.at++
	}
	return true
}

// sign consumes a token of fixed spelling, or one character that is none.
func (l *lexer) sign(char byte) {
	start := l.at
	switch char {
	case '{':
		l.at++
		if len(l.holes) > 0 {
			l.holes = append(l.holes, hole{brace: true})
		}
		l.add(leftBrace, start)
		return
	case '}':
		l.closeBrace()
		return
	}
	for _, sign := range signs[char] {
		if strings.HasPrefix(l.text[start:], sign.text) {
			l.at += len(sign.text)
			l.add(sign.kind, start)
			return
		}
	}
	_, width := utf8.DecodeRuneInString(l.text[start:])
	l.at += width
	l.add(badToken, start)
}

// closeBrace closes an object, or goes on with the string around.
func (l *lexer) closeBrace() {
	start := l.at
	l.at++
	if len(l.holes) == 0 {
		l.add(rightBrace, start)
		return
	}
	switch open := l.holes[len(l.holes)-1]; {
	case open.brace:
		l.holes = l.holes[:len(l.holes)-1]
		l.add(rightBrace, start)
	case open.multiline:
		l.multiline(start, 1, open.dollars, false)
	default:
		l.singleLine(start, false)
	}
}
