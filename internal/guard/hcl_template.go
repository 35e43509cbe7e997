package guard

import "bytes"

// moved is the number of bytes that the HCL parser moves for each later piece
// of a template when it joins two: the size of an interface value.
const moved = 16

// meld adds up what joining the literal pieces of a finished template costs.
func (s *hclScan) meld(t *template) {
	if t.joins == 0 {
		return
	}
	s.melded += int64(t.joins) * int64(t.parts*moved+s.at-t.start) / 2
	if s.melded > meldLimit {
		s.stop(tooComplex, t.start, "the text from here is a template of too many lines or pieces")
	}
}

// heredocStart consumes <<EOT with its newline, if that is what stands here.
func (s *hclScan) heredocStart() bool {
	rest := s.data[s.at:]
	if !bytes.HasPrefix(rest, []byte("<<")) {
		return false
	}
	begin := len("<<")
	if s.peek(begin) == '-' {
		begin++
	}
	end, ascii := begin, true
	for end < len(rest) && isWordPart(rest[end]) {
		ascii = ascii && rest[end] < 0x80
		end++
	}
	newline := end
	if newline < len(rest) && rest[newline] == '\r' {
		newline++
	}
	if end == begin || !isWordStart(rest[begin]) || newline == len(rest) || rest[newline] != '\n' {
		return false
	}
	if !ascii {
		// Which letters HCL allows depends on a version of Unicode; a wrong
		// guess would take code for text.
		s.stop(tooComplex, s.at, "the heredoc marker has letters outside ASCII")
	}
	after := s.at + newline + 1
	s.push(frame{kind: heredoc, template: template{start: after, marker: rest[begin:end]}})
	s.at = after
	return true
}

// quotedText consumes a piece of a quoted template.
func (s *hclScan) quotedText() {
	start := s.at
	for ; s.at < len(s.data); s.at++ {
		switch s.data[s.at] {
		case '"', '\n', '\r', '$', '%':
			s.endQuotedText(start)
			return
		case '\\':
			if next := s.peek(1); next != '\n' && next != '\r' && s.at+1 < len(s.data) {
				s.at++
			}
		}
	}
	s.literal()
}

// endQuotedText handles what ends a piece; a newline only makes it invalid.
func (s *hclScan) endQuotedText(start int) {
	if s.at > start {
		s.literal()
	}
	switch s.data[s.at] {
	case '"':
		s.pop()
		s.at++
	case '$', '%':
		s.sequence()
	default:
		s.at++
	}
}

// plainText consumes a piece of a heredoc or of a bare template: at most a line.
func (s *hclScan) plainText() {
	if s.top().kind == heredoc && s.data[s.at-1] == '\n' && s.heredocEnd() {
		return
	}
	switch end := bytes.IndexAny(s.data[s.at:], "$%\n"); {
	case end < 0:
		s.at = len(s.data)
		s.literal()
	case s.data[s.at+end] == '\n':
		s.at += end + 1
		s.literal()
	case end > 0:
		s.at += end
		s.literal()
	default:
		s.sequence()
	}
}

// heredocEnd consumes a line that is the marker, up to its newline. A last line
// without one does not end a heredoc.
func (s *hclScan) heredocEnd() bool {
	length := bytes.IndexByte(s.data[s.at:], '\n')
	if length < 0 || !bytes.Equal(bytes.TrimSpace(s.data[s.at:s.at+length]), s.top().marker) {
		return false
	}
	s.pop()
	s.at += length
	return true
}

// sequence consumes ${ or %{ with what follows it at once, its escape $${ or
// %%{, or a dollar or percent sign that means itself.
func (s *hclScan) sequence() {
	char := s.data[s.at]
	switch {
	case s.peek(1) == '{':
		s.top().parts++
		s.top().afterText = false
		s.push(frame{kind: inline, closer: '}', control: char == '%'})
		s.at += len("${")
		if s.at < len(s.data) && s.data[s.at] == '~' {
			s.at++
		}
	case s.peek(1) == char && s.peek(2) == '{':
		s.at += len("$${")
		s.literal()
	default:
		s.at++
		s.literal()
	}
}

func (s *hclScan) literal() {
	top := s.top()
	if top.afterText {
		top.joins++
	}
	top.afterText = true
	top.parts++
}
