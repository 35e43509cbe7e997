package jsonc

import (
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/drlint/drlint/internal/resource"
)

// word reads true, false and null, and reports everything else that is no value.
func (p *parser) word() resource.Value {
	start := p.at
	p.skipWord()
	at := p.span(start, p.at)
	switch word := p.text[start:p.at]; word {
	case "true", "false":
		return resource.BoolAt(at, word == "true")
	case "null":
		return resource.NullAt(at)
	case "":
		return p.missing()
	default:
		p.fail(start, p.at, shorten(word)+" is not a JSON value", "Write text in double quotes; the other words of JSON are true, false and null.")
		return resource.UnknownAt(at, shorten(word)+" is not a JSON value")
	}
}

// missing reports the place of a value at which none stands.
func (p *parser) missing() resource.Value {
	start := p.at
	if start < len(p.text) { // the end of the text is reported with what it cuts
		p.fail(start, start+1, "a value is expected here", "Write a value; text goes in double quotes.")
	}
	p.skipMember()
	return resource.UnknownAt(p.span(start, p.at), "no valid value is written")
}

// number reads a number. Integers of up to 15 digits are exact and common, so
// they take a short way.
func (p *parser) number() resource.Value {
	start := p.at
	digits := start
	if p.text[start] == '-' {
		digits++
	}
	whole, at := 0, digits
	for ; at < len(p.text) && p.text[at] >= '0' && p.text[at] <= '9' && at-digits < 15; at++ {
		whole = whole*10 + int(p.text[at]-'0')
	}
	if at > digits && (p.text[digits] != '0' || at == digits+1) && (at == len(p.text) || !isWordPart(p.text[at])) {
		p.at = at
		number := float64(whole)
		if digits > start {
			number = -number
		}
		return resource.NumberAt(p.span(start, at), number)
	}
	p.skipWord()
	text := p.text[start:p.at]
	number, err := strconv.ParseFloat(text, 64)
	if !isNumber(text) || err != nil {
		p.fail(start, p.at, shorten(text)+" is not a JSON number", "Write digits without leading zeros, and an exponent below 308; anything else goes in double quotes.")
		return resource.UnknownAt(p.span(start, p.at), shorten(text)+" is not a JSON number")
	}
	return resource.NumberAt(p.span(start, p.at), number)
}

// isNumber checks the grammar of section 6 of RFC 8259, which is narrower than
// what strconv takes.
func isNumber(text string) bool {
	text = strings.TrimPrefix(text, "-")
	whole := countDigits(text)
	if whole == 0 || whole > 1 && text[0] == '0' {
		return false
	}
	text = text[whole:]
	if rest, ok := strings.CutPrefix(text, "."); ok {
		fraction := countDigits(rest)
		if fraction == 0 {
			return false
		}
		text = rest[fraction:]
	}
	if text == "" {
		return true
	}
	if text[0]|0x20 != 'e' {
		return false
	}
	text = text[1:]
	if text != "" && (text[0] == '+' || text[0] == '-') {
		text = text[1:]
	}
	return text != "" && countDigits(text) == len(text)
}

func countDigits(text string) int {
	count := 0
	for count < len(text) && text[count] >= '0' && text[count] <= '9' {
		count++
	}
	return count
}

// stringText reads a string and moves past its closing quote. A string without
// escapes is a part of the text itself.
func (p *parser) stringText() string {
	start := p.at + 1
	for at := start; at < len(p.text); at++ {
		switch char := p.text[at]; {
		case char == '"':
			p.at = at + 1
			return p.text[start:at]
		case char == '\\' || char < ' ':
			return p.escapedText(start, at)
		}
	}
	return p.unclosed(start, len(p.text), p.text[start:])
}

func (p *parser) unclosed(start, end int, text string) string {
	p.at, p.broken = end, true
	p.fail(start-1, start, "the string that starts here is never closed", "Write the missing double quote.")
	return text
}

// escapedText reads on from the first byte of a string that needs a look.
func (p *parser) escapedText(start, at int) string {
	out := append(make([]byte, 0, 2*(at-start)+16), p.text[start:at]...)
	for at < len(p.text) {
		char := p.text[at]
		switch {
		case char == '"':
			p.at = at + 1
			return string(out)
		case char == '\\':
			length := p.escape(&out, at)
			at += length
			continue
		case (char == '\n' || char == '\r') && !p.options.MultilineStrings:
			return p.unclosed(start, at, string(out))
		case char < ' ' && !p.options.MultilineStrings:
			p.fail(at, at+1, "there is a control character in the string", "Write it as an escape: \\t for a tab.")
		}
		out = append(out, char)
		at++
	}
	return p.unclosed(start, at, string(out))
}

// escape decodes the escape at an offset and returns its length. A broken one
// is reported and stays as it is written.
func (p *parser) escape(out *[]byte, at int) int {
	text, length := decodeEscape(p.text[at:])
	if length == 0 {
		length = min(len(`\n`), len(p.text)-at)
		if length == len(`\n`) && p.text[at+1] < ' ' {
			length = 1
		}
		text = p.text[at : at+length]
		p.fail(at, at+length, "the string has an escape that JSON does not know", `Write \\ for a backslash.`)
	}
	*out = append(*out, text...)
	return length
}

// decodeEscape returns what an escape stands for and its length in the source,
// 0 for a broken one.
func decodeEscape(source string) (text string, length int) {
	if len(source) < len(`\n`) {
		return "", 0
	}
	if at := strings.IndexByte(`"\/bfnrt`, source[1]); at >= 0 {
		return "\"\\/\b\f\n\r\t"[at : at+1], len(`\n`)
	}
	first, ok := codeUnit(source)
	if !ok {
		return "", 0
	}
	if utf16.IsSurrogate(first) {
		if second, ok := codeUnit(source[len(`\u0000`):]); ok {
			if char := utf16.DecodeRune(first, second); char != utf8.RuneError {
				return string(char), len(`\u0000\u0000`)
			}
		}
		return string(utf8.RuneError), len(`\u0000`)
	}
	return string(first), len(`\u0000`)
}

func codeUnit(source string) (rune, bool) {
	if len(source) < len(`\u0000`) || source[:2] != `\u` {
		return 0, false
	}
	code, err := strconv.ParseUint(source[2:len(`\u0000`)], 16, 16)
	return rune(code), err == nil
}
