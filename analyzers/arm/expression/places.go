package expression

import (
	"unicode/utf8"

	"github.com/drlint/drlint/internal/source"
)

// Place maps byte offsets in the text of a JSON string to the place in the file
// where that part is written. written is the string's own text in the file,
// with its quotes and escapes, and at its place.
func Place(written string, at source.Range, start, end int) source.Range {
	first := fileOffset(written, start)
	last := first
	if end > start {
		last = max(fileOffset(written, end), first+1)
	}
	return source.Range{File: at.File, Start: min(at.Start+first, at.End), End: min(at.Start+last, at.End)}
}

// fileOffset walks a JSON string up to an offset in its text.
func fileOffset(written string, offset int) int {
	at, done := 1, 0
	for done < offset && at < len(written) {
		if written[at] != '\\' || at+1 == len(written) {
			at++
			done++
			continue
		}
		length, size := 2, 1
		if written[at+1] == 'u' {
			length, size = unicodeEscape(written[at:])
		}
		at += length
		done += size
	}
	return min(at, len(written))
}

// unicodeEscape returns the length of one \uXXXX, or of a pair of them that
// makes one character, and the size of the character in UTF-8.
func unicodeEscape(written string) (length, size int) {
	const escape = len(`\uXXXX`)
	high, ok := hexDigits(written)
	if !ok {
		return 2, 2
	}
	if high >= 0xD800 && high < 0xDC00 && len(written) >= 2*escape && written[escape] == '\\' && written[escape+1] == 'u' {
		if low, ok := hexDigits(written[escape:]); ok && low >= 0xDC00 && low < 0xE000 {
			return 2 * escape, utf8.UTFMax
		}
	}
	if high >= 0xD800 && high < 0xE000 {
		high = utf8.RuneError
	}
	return escape, utf8.RuneLen(high)
}

// hexDigits reads the digits of a \uXXXX.
func hexDigits(written string) (rune, bool) {
	if len(written) < len(`\uXXXX`) {
		return 0, false
	}
	var value rune
	for _, char := range []byte(written[2:6]) {
		switch {
		case char >= '0' && char <= '9':
			value = value<<4 | rune(char-'0')
		case char|0x20 >= 'a' && char|0x20 <= 'f':
			value = value<<4 | rune(char|0x20-'a'+10)
		default:
			return 0, false
		}
	}
	return value, true
}
