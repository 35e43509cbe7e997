package recoverymap

import "strings"

// glue keeps words together when text wraps.
const glue = "\u00a0"

// glued keeps the words of a text together.
func glued(text string) string { return strings.ReplaceAll(text, " ", glue) }

// width counts the columns of a text.
func width(text string) int { return len([]rune(text)) }

func padded(text string, columns int) string {
	return text + strings.Repeat(" ", max(0, columns-width(text)))
}

// shortened cuts a text that is too long.
func shortened(text string, columns int) string {
	runes := []rune(text)
	if len(runes) <= columns {
		return text
	}
	return strings.TrimRight(string(runes[:max(0, columns-1)]), " ") + "…"
}

// breaking is where a word that is too long is cut: after the last slash of a
// path, if there is one.
func breaking(runes []rune) int {
	for i := len(runes); i > len(runes)/2; i-- {
		if runes[i-1] == '/' {
			return i
		}
	}
	return len(runes)
}

// wrapped breaks text into lines at spaces; a longer word is cut into pieces.
func wrapped(text string, columns int) []string {
	var lines []string
	line := ""
	flush := func() {
		if line != "" {
			lines = append(lines, strings.ReplaceAll(line, glue, " "))
		}
		line = ""
	}
	for word := range strings.SplitSeq(text, " ") {
		if line != "" && width(line)+1+width(word) > columns {
			flush()
		}
		runes := []rune(word)
		for len(runes) > columns {
			cut := breaking(runes[:columns])
			line = string(runes[:cut])
			flush()
			runes = runes[cut:]
		}
		word = string(runes)
		if line != "" {
			line += " "
		}
		line += word
	}
	flush()
	if len(lines) == 0 {
		return []string{""}
	}
	return lines
}

// joined joins what is not empty.
func joined(separator string, parts ...string) string {
	var kept []string
	for _, part := range parts {
		if part != "" {
			kept = append(kept, part)
		}
	}
	return strings.Join(kept, separator)
}
