package yaml

import (
	"bytes"
	"unicode/utf8"
)

// places turns the parser's positions into byte offsets of the piece. The
// parser counts lines and code points in its own way (a lone carriage return
// and three Unicode separators end a line for it), which is why source.Lines
// does not fit here.
type places struct {
	text  []byte
	base  int // offset of text in the file
	lines []int
	// The place that was asked for last: nodes come in the order of the text,
	// so a long line is walked through once.
	line, column, offset int
}

// lineStarts returns the offsets at which the parser starts to count a line.
func lineStarts(text []byte) []int {
	starts := []int{0}
	for at := 0; at < len(text); {
		length := breakLength(text[at:])
		at += max(length, 1)
		if length > 0 {
			starts = append(starts, at)
		}
	}
	return starts
}

// breakLength is the length of the line break at the start of text, or 0.
func breakLength(text []byte) int {
	if len(text) == 0 {
		return 0
	}
	switch text[0] {
	case '\n':
		return 1
	case '\r':
		if len(text) > 1 && text[1] == '\n' {
			return 2
		}
		return 1
	case 0xC2, 0xE2:
		for _, separator := range []string{"\u0085", "\u2028", "\u2029"} {
			if bytes.HasPrefix(text, []byte(separator)) {
				return len(separator)
			}
		}
	}
	return 0
}

// of returns the offset of a node's first byte, which may be an anchor or a tag.
func (p *places) of(n *node) int {
	if n.Line > len(p.lines) {
		return len(p.text)
	}
	line := max(n.Line, 1)
	if line != p.line || n.Column < p.column {
		p.line, p.column, p.offset = line, 1, p.lines[line-1]
	}
	for p.column < n.Column && p.offset < len(p.text) {
		_, size := utf8.DecodeRune(p.text[p.offset:])
		p.offset += size
		p.column++
	}
	return p.offset
}

// afterProperties returns the offset after a node's anchor and tag and the
// space that follows them. A node without content ends right after them.
func (p *places) afterProperties(n *node, offset int) int {
	anchor, tag := n.Anchor != "", true
	for offset < len(p.text) {
		switch char := p.text[offset]; {
		case char == '&' && anchor:
			anchor = false
		case char == '!' && tag && (n.Style&taggedStyle != 0 || isSpace(p.text, offset+1)):
			tag = false
		default:
			return offset
		}
		offset = p.afterProperty(offset)
		if content := skipSpace(p.text, offset); hasText(n) || content < len(p.text) && isProperty(p.text[content]) && (anchor || tag) {
			offset = content
		}
	}
	return offset
}

func isProperty(char byte) bool { return char == '&' || char == '!' }

// afterProperty returns the offset after one anchor, which ends where its name
// does, or tag, which the parser wants space after.
func (p *places) afterProperty(offset int) int {
	anchor := p.text[offset] == '&'
	for offset++; offset < len(p.text) && !isSpace(p.text, offset); offset++ {
		if anchor && !isNamePart(p.text[offset]) {
			break
		}
	}
	return offset
}

func isNamePart(char byte) bool {
	return char|0x20 >= 'a' && char|0x20 <= 'z' || char >= '0' && char <= '9' || char == '_' || char == '-'
}

// isSpace reports whether text ends or has space at an offset.
func isSpace(text []byte, offset int) bool {
	return offset >= len(text) || text[offset] == ' ' || text[offset] == '\t' || breakLength(text[offset:]) > 0
}

// skipSpace returns the offset after space, line breaks and comments.
func skipSpace(text []byte, offset int) int {
	for offset < len(text) {
		switch {
		case text[offset] == '#':
			for offset < len(text) && breakLength(text[offset:]) == 0 {
				offset++
			}
		case isSpace(text, offset):
			offset += max(breakLength(text[offset:]), 1)
		default:
			return offset
		}
	}
	return offset
}
