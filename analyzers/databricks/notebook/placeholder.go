package notebook

import "strings"

// placeholder is a part of a text that something else fills in.
type placeholder struct {
	start, end int
	name       string // the expression in it
}

// placeholders finds the parts of a text that its language fills in: {…} of
// Python's f-strings and of format, %s, and ${…} of Scala.
func placeholders(t token, format, percent bool) []placeholder {
	switch {
	case strings.Contains(t.prefix, "f") || format:
		return braces(t.text)
	case t.prefix == "s":
		return dollars(t.text)
	case percent:
		return percents(t.text)
	default:
		return nil
	}
}

func braces(content string) (found []placeholder) {
	for i := 0; i < len(content); i++ {
		switch {
		case strings.HasPrefix(content[i:], "{{"), strings.HasPrefix(content[i:], "}}"):
			i++
		case content[i] == '{':
			end := strings.IndexByte(content[i:], '}')
			if end < 0 {
				return found
			}
			name, _, _ := strings.Cut(content[i+1:i+end], ":")
			found = append(found, placeholder{i, i + end + 1, strings.TrimSpace(strings.TrimSuffix(name, "!r"))})
			i += end
		}
	}
	return found
}

func dollars(content string) (found []placeholder) {
	for i := 0; i < len(content); i++ {
		if content[i] != '$' {
			continue
		}
		end := i + 1
		if strings.HasPrefix(content[end:], "{") {
			length := strings.IndexByte(content[end:], '}')
			if length < 0 {
				return found
			}
			end += length + 1
			found = append(found, placeholder{i, end, strings.TrimSpace(content[i+2 : end-1])})
		} else {
			for end < len(content) && (content[end] == '_' || isDigit(content[end]) || content[end]|0x20 >= 'a' && content[end]|0x20 <= 'z') {
				end++
			}
			if end > i+1 {
				found = append(found, placeholder{i, end, content[i+1 : end]})
			}
		}
		i = end - 1
	}
	return found
}

func percents(content string) (found []placeholder) {
	for i := 0; i+1 < len(content); i++ {
		if content[i] == '%' && (content[i+1] == 's' || content[i+1] == 'd') {
			found = append(found, placeholder{i, i + 2, content[i : i+2]})
			i++
		}
	}
	return found
}

// mask replaces placeholders by holes of the same length, so that offsets stay.
func mask(content string, found []placeholder) string {
	if len(found) == 0 {
		return content
	}
	masked := []byte(content)
	for _, p := range found {
		for i := p.start; i < p.end; i++ {
			masked[i] = hole
		}
	}
	return string(masked)
}

// maskTemplates hides what other tools fill in before SQL runs: ${…} of widgets
// and pipelines, {{…}} of jobs and dbt.
func maskTemplates(content string) string {
	var found []placeholder
	for i := 0; i < len(content); i++ {
		for _, pair := range [][2]string{{"${", "}"}, {"{{", "}}"}} {
			if !strings.HasPrefix(content[i:], pair[0]) {
				continue
			}
			if end := strings.Index(content[i:], pair[1]); end > 0 {
				found = append(found, placeholder{start: i, end: i + end + len(pair[1])})
				i += end
				break
			}
		}
	}
	return mask(content, found)
}

func isSign(t token, text string) bool { return t.kind == sign && t.text == text }

// closing returns the index of the bracket that closes the one at an index, or
// the number of tokens.
func closing(tokens []token, open int) int {
	if span := tokens[open].span; span > 0 && open+span < len(tokens) {
		return open + span
	}
	return len(tokens)
}

// split separates tokens at a sign that is in no bracket.
func split(tokens []token, separator string) (parts [][]token) {
	if len(tokens) == 0 {
		return nil
	}
	start, depth := 0, tokens[0].depth
	for i, t := range tokens {
		if t.depth == depth && isSign(t, separator) {
			parts = append(parts, tokens[start:i])
			start = i + 1
		}
	}
	return append(parts, tokens[start:])
}
