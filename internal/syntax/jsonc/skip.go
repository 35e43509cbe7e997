package jsonc

import "strings"

// skipSpace moves to the next byte that is neither space nor comment.
func (p *parser) skipSpace() {
	for p.at < len(p.text) {
		switch p.text[p.at] {
		case ' ', '\n', '\t', '\r':
			p.at++
		case '/':
			if !p.skipComment() {
				return
			}
		default:
			return
		}
	}
}

// skipComment moves past a comment, if one starts here.
func (p *parser) skipComment() bool {
	start, rest := p.at, p.text[p.at+1:]
	switch {
	case strings.HasPrefix(rest, "/"):
		p.at = len(p.text)
		if length := strings.IndexByte(rest, '\n'); length >= 0 {
			p.at = start + 1 + length
		}
	case strings.HasPrefix(rest, "*"):
		length := strings.Index(rest[1:], "*/")
		if length < 0 {
			p.at = len(p.text)
			p.fail(start, start+len("/*"), "the comment that starts here is never closed", "Write the missing */.")
			return true
		}
		p.at = start + len("/*") + length + len("*/")
	default:
		return false
	}
	if !p.options.Comments && !p.commented {
		p.commented = true
		p.fail(start, p.at, "JSON has no comments", "Remove the comment; it and others are skipped here.")
	}
	return true
}

// skipMember moves to the comma or bracket that ends a broken member or item.
func (p *parser) skipMember() {
	for p.at < len(p.text) {
		p.skipSpace()
		switch p.peek() {
		case ',', '}', ']':
			return
		case '"':
			p.skipString()
		case '{', '[':
			p.skipBalanced()
		default:
			p.at++
		}
	}
	p.at = len(p.text)
}

// skipBalanced moves past the bracket that closes the one that stands here,
// whatever the kinds of the brackets between.
func (p *parser) skipBalanced() {
	for depth := 0; p.at < len(p.text); {
		switch p.text[p.at] {
		case '"':
			p.skipString()
			continue
		case '/':
			if p.skipComment() {
				continue
			}
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		}
		p.at++
		if depth == 0 {
			return
		}
	}
}

// skipString moves past a string without reading it.
func (p *parser) skipString() {
	for p.at++; p.at < len(p.text); p.at++ {
		switch char := p.text[p.at]; {
		case char == '\\':
			p.at++
		case char == '"':
			p.at++
			return
		case char == '\n' && !p.options.MultilineStrings:
			return
		}
	}
	p.at = len(p.text)
}

// skipWord moves past letters, digits and what people write with them.
func (p *parser) skipWord() {
	for p.at < len(p.text) && isWordPart(p.text[p.at]) {
		p.at++
	}
}

func isWordPart(char byte) bool {
	return char|0x20 >= 'a' && char|0x20 <= 'z' || char >= '0' && char <= '9' ||
		char == '_' || char == '$' || char == '-' || char == '+' || char == '.' || char >= 0x80
}
