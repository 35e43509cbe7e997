package suppression

import (
	"bytes"
	"slices"
)

// remark is a comment in a file: its whole span, and that of its text without
// the signs around it, as byte offsets.
type remark struct {
	start, end         int
	textStart, textEnd int
	// trailing means that code stands before it on its line.
	trailing bool
}

// lexer finds the comments of one file. It reads no grammar: signs and quoted
// texts are all it knows, and what it cannot tell it takes for code.
type lexer struct {
	language *language
	data     []byte
	remarks  []remark
	// code holds the offset of the first byte of each stretch of code.
	code []span
	// unclosed are the signs that nothing closes in the rest of the file.
	unclosed map[string]bool
	pending  []string // words of heredocs that begin with the next line

	decorated []decorated
	// inDecorator, depth and waiting say where decorators are: within one, in how many
	// of its brackets, and whether the statement below is still to come.
	inDecorator, waiting bool
	depth                int
}

type span struct{ start, end int }

// lexed reads a file: its comments in order, and the stretches that are neither
// blank nor comment.
func lexed(of *language, data []byte) *lexer {
	l := &lexer{language: of, data: data, unclosed: map[string]bool{}}
	if of.yaml {
		l.yaml()
		return l
	}
	for at := 0; at < len(data); {
		at = l.next(at)
	}
	return l
}

// next takes what begins at an offset and returns where it ends.
func (l *lexer) next(at int) int {
	c := l.data[at]
	switch {
	case c == '\n':
		if l.language.decorator != 0 {
			l.decorate(at, at+1)
		}
		return l.heredocs(at + 1)
	case c == l.language.directive && c != 0:
		return l.lineEnd(at + 1)
	case c == ' ' || c == '\t' || c == '\r':
		return at + 1
	}
	if end, ok := l.comment(at); ok {
		return end
	}
	end := at + 1
	if closed, ok := l.text(at, 0); ok {
		end = closed
	} else if c == l.language.escape && c != 0 {
		end = min(at+2, len(l.data))
	} else if l.language.heredoc && c == '<' {
		end = l.heredoc(at)
	}
	if l.language.decorator != 0 {
		l.decorate(at, end)
	}
	l.isCode(at, end)
	return end
}

func (l *lexer) isCode(start, end int) {
	if last := len(l.code) - 1; last >= 0 && l.code[last].end == start {
		l.code[last].end = end
		return
	}
	l.code = append(l.code, span{start, end})
}

func (l *lexer) comment(at int) (int, bool) {
	for _, signs := range l.language.block {
		if bytes.HasPrefix(l.data[at:], []byte(signs[0])) {
			text := at + len(signs[0])
			end, closed := l.find(text, signs[1])
			if !closed {
				end = len(l.data)
			}
			l.add(remark{start: at, textStart: text, textEnd: end, end: min(end+len(signs[1]), len(l.data))})
			return l.remarks[len(l.remarks)-1].end, true
		}
	}
	for _, sign := range l.language.line {
		if bytes.HasPrefix(l.data[at:], []byte(sign)) && (!l.language.spaced || l.spaced(at)) {
			end := l.lineEnd(at)
			l.add(remark{start: at, textStart: at + len(sign), textEnd: end, end: end})
			return end, true
		}
	}
	return 0, false
}

func (l *lexer) add(r remark) {
	if last := len(l.code) - 1; last >= 0 {
		r.trailing = bytes.IndexByte(l.data[l.code[last].end:r.start], '\n') < 0
	}
	l.remarks = append(l.remarks, r)
}

func (l *lexer) spaced(at int) bool {
	return at == 0 || bytes.IndexByte([]byte(" \t\r\n;"), l.data[at-1]) >= 0
}

// lineEnd is the end of the line of an offset, without its terminator.
func (l *lexer) lineEnd(at int) int {
	end := len(l.data)
	if length := bytes.IndexByte(l.data[at:], '\n'); length >= 0 {
		end = at + length
	}
	for end > at && l.data[end-1] == '\r' {
		end--
	}
	return end
}

func (l *lexer) find(from int, sign string) (int, bool) {
	if from > len(l.data) || l.unclosed[sign] {
		return 0, false
	}
	offset := bytes.Index(l.data[from:], []byte(sign))
	l.unclosed[sign] = offset < 0
	return from + offset, offset >= 0
}

const deepestNesting = 20

// text returns the end of the quoted text that begins at an offset. A quote that
// nothing closes is code like any other character.
func (l *lexer) text(at, depth int) (int, bool) {
	i := slices.IndexFunc(l.language.texts, func(t text) bool { return bytes.HasPrefix(l.data[at:], []byte(t.open)) })
	if i < 0 || depth > deepestNesting {
		return 0, false
	}
	t := l.language.texts[i]
	if t.lines && l.unclosed[t.open] {
		return 0, false
	}
	for at += len(t.open); at < len(l.data); {
		switch c := l.data[at]; {
		case bytes.HasPrefix(l.data[at:], []byte(t.end)):
			return at + len(t.end), true
		case c == t.escape && c != 0:
			at += 2
		case c == '\n' && !t.lines:
			return 0, false
		case t.nested && c == '$' && bytes.HasPrefix(l.data[at:], []byte("${")):
			at = l.interpolation(at+2, depth+1)
		default:
			at++
		}
	}
	l.unclosed[t.open] = t.lines
	return 0, false
}

// interpolation returns the end of the code in a text: the brace that closes it,
// or the end of the line.
func (l *lexer) interpolation(at, depth int) int {
	for open := 1; at < len(l.data) && l.data[at] != '\n'; {
		if end, ok := l.text(at, depth); ok {
			at = end
			continue
		}
		switch l.data[at] {
		case '{':
			open++
		case '}':
			if open--; open == 0 {
				return at + 1
			}
		}
		at++
	}
	return at
}

// heredoc notes the word behind << and returns where it ends.
func (l *lexer) heredoc(at int) int {
	rest := l.data[at:l.lineEnd(at)]
	if !bytes.HasPrefix(rest, []byte("<<")) || bytes.HasPrefix(rest, []byte("<<<")) {
		return at + max(1, len(rest)-len(bytes.TrimLeft(rest, "<")))
	}
	word := bytes.TrimLeft(rest[2:], "-~")
	quoted := bytes.TrimLeft(word, `'"\`)
	length := bytes.IndexFunc(quoted, func(r rune) bool {
		return r != '_' && r != '-' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
	})
	if length < 0 {
		length = len(quoted)
	}
	if length > 0 {
		l.pending = append(l.pending, string(quoted[:length]))
	}
	end := at + len(rest) - len(quoted) + length
	for end < len(l.data) && len(word) > len(quoted) && (l.data[end] == '\'' || l.data[end] == '"') {
		end++
	}
	return end
}

// heredocs skips the texts of the heredocs that the last line opened.
func (l *lexer) heredocs(at int) int {
	words := l.pending
	l.pending = nil
	for _, word := range words {
		if l.unclosed["<<"+word] {
			continue
		}
		end, closed := at, false
		for line := at; line < len(l.data) && !closed; line = end + 1 {
			end = line + len(l.data[line:])
			if length := bytes.IndexByte(l.data[line:], '\n'); length >= 0 {
				end = line + length
			}
			closed = string(bytes.TrimSpace(l.data[line:end])) == word
		}
		if !closed {
			l.unclosed["<<"+word] = true
			continue
		}
		l.isCode(at, end)
		at = end
	}
	return at
}
