package lsp

import (
	"bytes"
	"slices"
	"sort"
	"unicode/utf8"
)

// encoding is the unit that columns of the protocol count.
type encoding string

const (
	utf8Units  encoding = "utf-8"
	utf16Units encoding = "utf-16"
)

// choose prefers the unit that needs no conversion; without an offer the
// protocol demands UTF-16.
func choose(offered []string) encoding {
	if slices.Contains(offered, string(utf8Units)) {
		return utf8Units
	}
	return utf16Units
}

// text converts between byte offsets and positions of the protocol, whose lines
// also end at a lone carriage return and whose columns count bytes or UTF-16
// units. A byte order mark, which editors do not show, belongs to no column.
type text struct {
	data   []byte
	starts []int
	unit   encoding
}

func newText(data []byte, unit encoding) *text {
	t := &text{data: data, starts: []int{0}, unit: unit}
	if bytes.HasPrefix(data, []byte("\xef\xbb\xbf")) {
		t.starts[0] = 3
	}
	for i, c := range data {
		if c == '\n' || c == '\r' && (i+1 == len(data) || data[i+1] != '\n') {
			t.starts = append(t.starts, i+1)
		}
	}
	return t
}

// position returns the place of an offset; one in the middle of a character is
// that of the character, and one outside the text is clamped.
func (t *text) position(offset int) position {
	offset = min(max(offset, t.starts[0]), len(t.data))
	line := sort.SearchInts(t.starts, offset+1) - 1
	column := 0
	for at := t.starts[line]; at < offset; {
		size, units := t.character(at)
		if at+size > offset {
			break
		}
		at, column = at+size, column+units
	}
	return position{Line: line, Character: column}
}

// character returns the bytes and the units of the character at an offset.
func (t *text) character(at int) (size, units int) {
	r, size := utf8.DecodeRune(t.data[at:])
	switch {
	case t.unit == utf8Units:
		return size, size
	case r >= 0x10000:
		return size, 2
	default:
		return size, 1
	}
}

func (t *text) span(start, end int) span {
	return span{Start: t.position(start), End: t.position(end)}
}

// offset is the inverse of position. A column past the end of its line is the
// end of that line, a line past the last one the end of the text.
func (t *text) offset(p position) int {
	if p.Line < 0 {
		return t.starts[0]
	}
	if p.Line >= len(t.starts) {
		return len(t.data)
	}
	at, end := t.starts[p.Line], t.end(p.Line)
	for column := 0; at < end; {
		size, units := t.character(at)
		if column += units; column > p.Character {
			break
		}
		at += size
	}
	return at
}

// end is the offset of the end of a line, before its terminator.
func (t *text) end(line int) int {
	if line+1 == len(t.starts) {
		return len(t.data)
	}
	end := t.starts[line+1] - 1
	if t.data[end] == '\n' && end > t.starts[line] && t.data[end-1] == '\r' {
		end--
	}
	return end
}

// change replaces a range, or everything when there is none.
func (t *text) change(at *span, with string) *text {
	if at == nil {
		return newText([]byte(with), t.unit)
	}
	start, end := t.offset(at.Start), t.offset(at.End)
	end = max(start, end)
	return newText(slices.Concat(t.data[:start], []byte(with), t.data[end:]), t.unit)
}
