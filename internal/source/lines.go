package source

import (
	"bytes"
	"sort"
	"unicode/utf8"
)

var byteOrderMark = []byte("\xef\xbb\xbf")

// Lines converts between byte offsets and line:column for one file. It is the
// only code that does, so every report counts alike. Lines end at "\n"; a
// "\r" before it belongs to no column.
type Lines struct {
	data   []byte
	starts []int
}

// NewLines indexes data, which must not change afterwards.
func NewLines(data []byte) *Lines {
	starts := []int{0}
	if bytes.HasPrefix(data, byteOrderMark) {
		starts[0] = len(byteOrderMark)
	}
	for offset := 0; ; {
		next := bytes.IndexByte(data[offset:], '\n')
		if next < 0 {
			return &Lines{data: data, starts: starts}
		}
		offset += next + 1
		starts = append(starts, offset)
	}
}

// Count is the number of lines, at least 1.
func (l *Lines) Count() int { return len(l.starts) }

// Pos returns the place of a byte offset; offsets outside the file are clamped.
func (l *Lines) Pos(offset int) Pos {
	offset = min(max(offset, l.starts[0]), len(l.data))
	line := sort.SearchInts(l.starts, offset+1) - 1
	return Pos{Line: line + 1, Column: utf8.RuneCount(l.data[l.starts[line]:offset]) + 1}
}

// Offset is the inverse of Pos. A column past the end of its line yields the
// end of that line, a line past the last one the end of the file.
func (l *Lines) Offset(pos Pos) int {
	if pos.Line < 1 {
		return 0
	}
	if pos.Line > len(l.starts) {
		return len(l.data)
	}
	offset, end := l.starts[pos.Line-1], l.end(pos.Line)
	for column := 1; column < pos.Column && offset < end; column++ {
		_, size := utf8.DecodeRune(l.data[offset:end])
		offset += size
	}
	return offset
}

// Text returns a line, counted from 1, without its terminator.
func (l *Lines) Text(line int) string {
	if line < 1 || line > len(l.starts) {
		return ""
	}
	return string(l.data[l.starts[line-1]:l.end(line)])
}

// Slice returns the text between two offsets, which are clamped.
func (l *Lines) Slice(start, end int) string {
	start = min(max(start, l.starts[0]), len(l.data))
	return string(l.data[start:min(max(end, start), len(l.data))])
}

func (l *Lines) end(line int) int {
	if line == len(l.starts) {
		return len(l.data)
	}
	end := l.starts[line] - 1
	if end > l.starts[line-1] && l.data[end-1] == '\r' {
		end--
	}
	return end
}
