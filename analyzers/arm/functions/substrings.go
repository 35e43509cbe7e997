package functions

import (
	"strings"
	"unicode"

	"github.com/drlint/drlint/internal/resource"
)

func (c *caller) substring(args []resource.Value) resource.Value {
	if args[0].IsUnknown() && args[0].Hint != "" {
		return c.hinted(hole+strings.Trim(args[0].Hint, hole)+hole, args...)
	}
	for _, arg := range args {
		if arg.IsUnknown() {
			return c.undecided(args)
		}
	}
	start, ok := whole(args[1])
	if !ok || args[0].Kind != resource.String {
		return c.misused("takes a string and whole numbers", args...)
	}
	text := unitsOf(args[0].Text)
	length := text.len() - start
	if len(args) == 3 && !args[2].IsAbsent() {
		if length, ok = whole(args[2]); !ok {
			return c.misused("takes a string and whole numbers", args...)
		}
	}
	if start < 0 || length < 0 || start > text.len() || length > text.len()-start {
		return c.misused("reaches past the end of its text", args...)
	}
	return c.text(text.slice(start, start+length), args...)
}

func (c *caller) padLeft(args []resource.Value) resource.Value {
	width, ok := whole(args[1])
	text, _ := c.written(args[0])
	pad := " "
	if len(args) == 3 {
		pad, _ = c.written(args[2])
	}
	runes := []rune(pad)
	switch {
	case !ok || len(runes) != 1 || args[0].Kind != resource.String && args[0].Kind != resource.Number:
		return c.misused("takes a string or number, a length and one character", args...)
	case width > maxText:
		return c.unknown(OverBudget, args...)
	}
	if missing := width - unitsOf(text).len(); missing > 0 {
		text = strings.Repeat(pad, missing) + text
	}
	return c.text(text, args...)
}

// units counts a text as ARM does, in UTF-16 code units.
type units struct {
	text  string
	wide  []uint16
	ascii bool
}

func unitsOf(text string) units {
	for i := range len(text) {
		if text[i] > unicode.MaxASCII {
			return units{wide: encodeUTF16(text)}
		}
	}
	return units{text: text, ascii: true}
}

func (u units) len() int {
	if u.ascii {
		return len(u.text)
	}
	return len(u.wide)
}

func (u units) slice(start, end int) string {
	if u.ascii {
		return u.text[start:end]
	}
	return decodeUTF16(u.wide[start:end])
}
