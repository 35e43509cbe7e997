package starter

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// lineWidth is where prose wraps. Suggestions never do.
const lineWidth = 88

func wrap(text string, width int) (lines []string) {
	line := ""
	for word := range strings.FieldsSeq(text) {
		switch {
		case line == "":
			line = word
		case len([]rune(line))+1+len([]rune(word)) > width:
			lines, line = append(lines, line), word
		default:
			line += " " + word
		}
	}
	return append(lines, line)
}

// plain are the texts that YAML reads as they stand, also within braces.
var plain = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_./-]*$`)

// words are what YAML, or an older reader of it, takes for something else than text.
var words = map[string]bool{
	"true": true, "false": true, "null": true, "yes": true, "no": true, "on": true, "off": true, "y": true, "n": true,
}

// scalar writes a text of the repository so that YAML reads the same text.
func scalar(text string) string {
	switch {
	case plain.MatchString(text) && !words[strings.ToLower(text)]:
		return text
	case strings.ContainsFunc(text, hidden):
		return strconv.Quote(text)
	default:
		return "'" + strings.ReplaceAll(text, "'", "''") + "'"
	}
}

// hidden reports whether a rune could end a line or reorder what is read.
func hidden(r rune) bool { return !unicode.IsPrint(r) }

// printable is a text of the repository within a comment.
func printable(text string) string {
	if !strings.ContainsFunc(text, hidden) {
		return text
	}
	var b strings.Builder
	for _, r := range text {
		if hidden(r) {
			fmt.Fprintf(&b, "\\u%04x", r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// literal is the glob that matches nothing but a text.
func literal(text string) string {
	var b strings.Builder
	for _, r := range text {
		if strings.ContainsRune(`*?[]{}\`, r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
