package yaml

import "bytes"

// span is a piece of the file: the bytes [start, end).
type span struct{ start, end int }

// splitter cuts a stream at its document markers. They are recognised at the
// start of any line, whatever is open, so a broken document ends where the next
// one starts.
type splitter struct {
	data    []byte
	pieces  []span
	start   int
	marked  bool // the piece has its --- marker
	content bool // the piece has more than comments and directives
}

// split returns the documents that have content, each with the directives and
// the marker before it.
func split(data []byte) []span {
	s := &splitter{data: data}
	if bytes.HasPrefix(data, []byte("\xef\xbb\xbf")) {
		s.start = len("\xef\xbb\xbf")
	}
	for at := s.start; at < len(data); {
		end := len(data)
		if newline := bytes.IndexByte(data[at:], '\n'); newline >= 0 {
			end = at + newline + 1
		}
		s.line(at, end)
		at = end
	}
	s.finish(len(data), len(data))
	return s.pieces
}

func (s *splitter) line(at, end int) {
	line := s.data[at:end]
	switch marker(line) {
	case "...":
		s.finish(at, end)
	case "---":
		if s.content || s.marked {
			s.finish(at, at)
		}
		s.marked = true
		s.content = hasContent(line[len("---"):])
	default:
		if hasContent(line) && (s.marked || line[0] != '%') {
			s.content = true
		}
	}
}

// finish ends a piece and starts the next one.
func (s *splitter) finish(end, next int) {
	if s.content {
		s.pieces = append(s.pieces, skipComments(s.data, span{s.start, end}))
	}
	s.start, s.marked, s.content = next, false, false
}

// marker returns the document marker that a line starts with, or "".
func marker(line []byte) string {
	for _, marker := range []string{"---", "..."} {
		rest, ok := bytes.CutPrefix(line, []byte(marker))
		if ok && (len(rest) == 0 || bytes.IndexByte([]byte(" \t\r\n"), rest[0]) >= 0) {
			return marker
		}
	}
	return ""
}

// hasContent reports whether a line holds more than space and a comment.
func hasContent(line []byte) bool {
	text := bytes.TrimLeft(line, " \t\r\n")
	return len(text) > 0 && text[0] != '#'
}

// skipComments drops blank lines and comments before a piece.
func skipComments(data []byte, piece span) span {
	for {
		newline := bytes.IndexByte(data[piece.start:piece.end], '\n')
		if newline < 0 || hasContent(data[piece.start:piece.start+newline]) {
			return piece
		}
		piece.start += newline + 1
	}
}
