package lsp

import (
	"fmt"
	"strings"
	"unicode"
)

// printable makes text from a repository safe to show: control characters and
// the marks that reorder text appear as escapes.
func printable(text string) string {
	var b strings.Builder
	for _, r := range text {
		switch {
		case r == '\t':
			b.WriteByte(' ')
		case unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029':
			fmt.Fprintf(&b, "\\u%04x", r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// special are the characters that Markdown gives a meaning to inside a line.
const special = "\\`*[]<>&|~"

// escaped shows text from a repository, or of a rule, in Markdown as it is.
func escaped(text string) string {
	runes := []rune(printable(text))
	isWord := func(i int) bool {
		return i >= 0 && i < len(runes) && (unicode.IsLetter(runes[i]) || unicode.IsDigit(runes[i]))
	}
	var b strings.Builder
	for i, r := range runes {
		address := r == ':' && i+1 < len(runes) && runes[i+1] == '/' // would become a link
		if strings.ContainsRune(special, r) || address || r == '_' && (!isWord(i-1) || !isWord(i+1)) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}
