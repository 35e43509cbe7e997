package yaml

import (
	"sort"

	"github.com/drlint/drlint/internal/resource"
)

// Positions returns a function that maps a byte offset in the text of a string
// that Parse returned to the byte offset in the file, so that what is found
// inside a script or an expression can be shown where it is written. data is
// the whole file. Where one written character stands for several bytes of text,
// or several for one (escapes, joined lines), the place is that of its start.
// Offsets past the text yield the end of the last character, and a value that
// is no string yields its start.
func Positions(data []byte, v resource.Value) func(offset int) int {
	start, end := v.At.Start, min(v.At.End, len(data))
	if v.State != resource.Known || v.Kind != resource.String || start < 0 || start >= end {
		return func(int) int { return v.At.Start }
	}
	var segments []segment
	trace(data[:end], start, v.Text, &segments)
	if len(segments) == 0 {
		return func(int) int { return start }
	}
	return func(offset int) int {
		after := sort.Search(len(segments), func(i int) bool { return segments[i].text > offset })
		if after == 0 {
			return segments[0].source
		}
		found := segments[after-1]
		return found.source + min(max(offset-found.text, 0), found.length)
	}
}
