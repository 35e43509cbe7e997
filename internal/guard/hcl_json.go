package guard

import (
	"strconv"
	"unicode/utf8"
)

// scanHCLJSON follows the scanner of HCL's JSON reader, which knows no comments
// and ends a string at a control character, and scans every string as the
// template that it becomes when it is evaluated.
func scanHCLJSON(data []byte, limit int) verdict {
	depth := 0
	for at := 0; at < len(data); at++ {
		switch data[at] {
		case '{', '[':
			if depth++; depth > limit {
				return verdict{reason: tooDeep, at: at}
			}
		case '}', ']':
			depth = max(depth-1, 0)
		case '"':
			end := strictStringEnd(data, at)
			text := decodeJSON(data[at+1 : max(at+1, end-1)])
			if found := scanHCL(text, limit, true); found.reason != fits {
				found.at = at
				return found
			}
			at = end - 1
		}
	}
	return verdict{}
}

// strictStringEnd returns the offset after the closing quote, or that of the
// control character that cuts the string short.
func strictStringEnd(data []byte, at int) int {
	escaping := false
	for at++; at < len(data) && data[at] >= ' '; at++ {
		switch {
		case data[at] == '\\':
			escaping = !escaping
		case data[at] == '"' && !escaping:
			return at + 1
		default:
			escaping = false
		}
	}
	return at
}

// decodeJSON undoes JSON escapes; a broken one stays as it is written. Text
// without any is returned as it is.
func decodeJSON(text []byte) []byte {
	var decoded []byte
	for at := 0; at < len(text); at++ {
		if text[at] != '\\' || at+1 == len(text) {
			if decoded != nil {
				decoded = append(decoded, text[at])
			}
			continue
		}
		if decoded == nil {
			decoded = append(make([]byte, 0, len(text)), text[:at]...)
		}
		at++
		if code, ok := codeUnit(text[at:]); ok {
			decoded = utf8.AppendRune(decoded, code)
			at += len("0000")
			continue
		}
		decoded = append(decoded, unescape(text[at]))
	}
	if decoded == nil {
		return text
	}
	return decoded
}

// codeUnit reads the u and four digits of an escape.
func codeUnit(text []byte) (rune, bool) {
	if len(text) < len("u0000") || text[0] != 'u' {
		return 0, false
	}
	code, err := strconv.ParseUint(string(text[1:len("u0000")]), 16, 16)
	return rune(code), err == nil
}

func unescape(char byte) byte {
	switch char {
	case 'n':
		return '\n'
	case 'r':
		return '\r'
	case 't':
		return '\t'
	default:
		return char
	}
}
