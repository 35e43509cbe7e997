// Package source names places in the scanned files and says what could not be
// read there. It knows nothing about formats, resources or rules.
package source

// Range is a half-open span of bytes [Start, End) in one file. File is the
// slash-separated path below the scanned root. Byte offsets are the only
// position kept while data flows; Lines turns them into line and column when a
// place is shown.
type Range struct {
	File       string
	Start, End int
}

// IsZero reports whether r names no place at all.
func (r Range) IsZero() bool { return r.File == "" }

// Contains reports whether inner lies within r.
func (r Range) Contains(inner Range) bool {
	return r.File == inner.File && r.Start <= inner.Start && inner.End <= r.End
}

// Compare orders ranges by file, then start, then end.
func (r Range) Compare(other Range) int {
	switch {
	case r.File < other.File:
		return -1
	case r.File > other.File:
		return 1
	case r.Start != other.Start:
		return r.Start - other.Start
	default:
		return r.End - other.End
	}
}

// Pos is a place as people and reports count it: both numbers start at 1, the
// column counts code points and a byte order mark is not counted.
type Pos struct {
	Line   int `json:"line"`
	Column int `json:"column"`
}
