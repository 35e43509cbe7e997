package guard

import "bytes"

// scanJSON follows brackets outside strings and comments. A string ends at its
// closing quote only, since ARM templates let one run over several lines.
func scanJSON(data []byte, limit int) verdict {
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
			at = stringEnd(data, at) - 1
		case '/':
			at = commentEnd(data, at) - 1
		}
	}
	return verdict{}
}

// stringEnd returns the offset after the string that starts at a quote.
func stringEnd(data []byte, at int) int {
	for at++; at < len(data); at++ {
		switch data[at] {
		case '\\':
			at++
		case '"':
			return at + 1
		}
	}
	return len(data)
}

// commentEnd returns the offset after the comment that starts at a slash, or
// after the slash when none does.
func commentEnd(data []byte, at int) int {
	rest := data[at+1:]
	var terminator string
	switch {
	case bytes.HasPrefix(rest, []byte("/")):
		terminator = "\n"
	case bytes.HasPrefix(rest, []byte("*")):
		terminator = "*/"
	default:
		return at + 1
	}
	end := bytes.Index(rest[1:], []byte(terminator))
	if end < 0 {
		return len(data)
	}
	return at + 2 + end + len(terminator)
}
