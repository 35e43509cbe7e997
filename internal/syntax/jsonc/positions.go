package jsonc

import (
	"strings"

	"github.com/drlint/drlint/internal/resource"
)

// Positions returns a function that maps a byte offset in the text of a string
// that Parse returned to the byte offset in the file. data is the whole file.
// Within an escape it is the place of the backslash; offsets past the text
// yield the closing quote, and a value that is no string yields its start.
func Positions(data []byte, v resource.Value) func(offset int) int {
	start, end := v.At.Start+1, min(v.At.End, len(data))
	if v.State != resource.Known || v.Kind != resource.String || v.At.Start < 0 || start > end {
		return func(int) int { return v.At.Start }
	}
	written := string(data[start:end])
	if strings.IndexByte(written, '\\') < 0 {
		return func(offset int) int { return start + min(max(offset, 0), len(v.Text)) }
	}
	return func(offset int) int {
		at := 0
		for done := 0; at < len(written) && done < len(v.Text); {
			text, length := written[at:at+1], 1
			if written[at] == '\\' {
				if decoded, size := decodeEscape(written[at:]); size > 0 {
					text, length = decoded, size
				}
			}
			if done += len(text); done > offset {
				break
			}
			at += length
		}
		return start + at
	}
}
