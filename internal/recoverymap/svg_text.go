package recoverymap

import (
	"strings"
	"unicode"
)

// escape writes text for the content of an SVG element or an attribute: markup
// characters become entities, and what XML forbids was replaced by clean.
func escape(text string) string { return escapes.Replace(clean(text)) }

var escapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "'", "&#39;", "\ufffe", "", "\uffff", "")

// The width of letters in thousandths of the font size, on the safe side for
// the fonts that systems use for their own interface; bold text is measured a
// size larger.
const (
	narrow = 390
	normal = 625
	broad  = 740
	widest = 960
	square = 1050
)

// measure estimates the width of text in pixels.
func measure(text string, size int) int {
	total := 0
	for _, r := range text {
		total += letter(r)
	}
	return total*size/1000 + 1
}

func letter(r rune) int {
	switch {
	case strings.ContainsRune("iljtfrI.,:;'|!/()[]- ·", r):
		return narrow
	case strings.ContainsRune("mwMW@%", r):
		return widest
	case r >= 0x1100 && !unicode.Is(unicode.Latin, r):
		return square
	case unicode.IsUpper(r):
		return broad
	default:
		return normal
	}
}

// fit cuts text to a width in pixels.
func fit(text string, size, pixels int) string {
	if measure(text, size) <= pixels {
		return text
	}
	room := pixels*1000 - (letter('…')*size + 1000)
	for i, r := range text {
		if room -= letter(r) * size; room < 0 {
			return strings.TrimRight(text[:i], " ,") + "…"
		}
	}
	return text
}

// fitLines breaks words into at most a number of lines of a width in pixels; the
// last one is cut.
func fitLines(words []string, size, pixels, most int) []string {
	var lines []string
	line := ""
	for i, word := range words {
		if i < len(words)-1 {
			word += ","
		}
		joint := joined(" ", line, word)
		if line != "" && measure(joint, size) > pixels && len(lines) < most-1 {
			lines = append(lines, fit(line, size, pixels))
			joint = word
		}
		line = joint
	}
	return append(lines, fit(line, size, pixels))
}
