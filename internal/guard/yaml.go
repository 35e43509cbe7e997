package guard

import "bytes"

// yamlScan follows the layout of YAML line by line: the columns of open block
// collections, flow brackets, quotes and block scalars. The YAML parser has
// limits of its own that make it safe, so where the layout is broken the scan
// prefers to count too little.
type yamlScan struct {
	limit   int
	columns []int // of the open block collections, strictly increasing
	flow    int   // open brackets
	quote   byte  // the quote that is open, or 0
	plain   bool  // inside a plain scalar, which the next line may continue
	text    int   // lines indented deeper than this belong to a block scalar, or noText
	parent  int   // column of the innermost key or dash so far
	found   verdict
}

const noText = 1 << 30

func scanYAML(data []byte, limit int) verdict {
	s := &yamlScan{limit: limit}
	s.startDocument()
	data = BlankBOM(data)
	for at := 0; at < len(data) && s.found.reason == fits; {
		end := len(data)
		if newline := bytes.IndexByte(data[at:], '\n'); newline >= 0 {
			end = at + newline + 1
		}
		s.line(bytes.TrimRight(data[at:end], "\r\n"), at)
		at = end
	}
	return s.found
}

func (s *yamlScan) startDocument() {
	s.columns, s.flow, s.quote, s.plain, s.text, s.parent = s.columns[:0], 0, 0, false, noText, -1
}

// line scans one line that starts at an offset of the file.
func (s *yamlScan) line(line []byte, offset int) {
	if isDocumentMarker(line) {
		s.startDocument()
		if line[0] == '-' {
			s.content(line, len("---"), offset)
		}
		return
	}
	column := len(line) - len(bytes.TrimLeft(line, " "))
	blank := len(bytes.TrimSpace(line)) == 0
	switch {
	case s.quote != 0 || s.flow > 0:
		s.content(line, 0, offset)
		return
	case blank || s.text != noText && column > s.text || s.plain && column > s.parent:
		return
	case line[column] == '#':
		return
	}
	s.text, s.plain, s.parent = noText, false, -1
	for len(s.columns) > 0 && s.columns[len(s.columns)-1] >= column {
		s.columns = s.columns[:len(s.columns)-1]
	}
	if len(s.columns) > 0 {
		s.parent = s.columns[len(s.columns)-1]
	}
	s.content(line, s.dashes(line, column, offset), offset)
}

// dashes opens a level for the line's first column and one for each dash (or
// explicit key) that has its content on the same line.
func (s *yamlScan) dashes(line []byte, column, offset int) int {
	for {
		s.open(column, offset+column)
		marker := column < len(line) && bytes.IndexByte([]byte("-?:"), line[column]) >= 0
		if !marker || column+1 < len(line) && line[column+1] != ' ' && line[column+1] != '\t' {
			return column
		}
		s.parent = column
		column++
		for column < len(line) && (line[column] == ' ' || line[column] == '\t') {
			column++
		}
		if column == len(line) {
			return column
		}
	}
}

func (s *yamlScan) open(column, at int) {
	s.columns = append(s.columns, column)
	s.check(at)
}

func (s *yamlScan) check(at int) {
	if len(s.columns)+s.flow > s.limit && s.found.reason == fits {
		s.found = verdict{reason: tooDeep, at: at}
	}
}

// content scans the rest of a line from an index.
func (s *yamlScan) content(line []byte, index, offset int) {
	start := index
	for index < len(line) && s.found.reason == fits {
		switch char := line[index]; {
		case s.quote != 0:
			index = s.quoted(line, index)
			continue
		case char == ' ' || char == '\t':
		case char == '#' && (index == 0 || line[index-1] == ' ' || line[index-1] == '\t'):
			s.plain = false
			return
		case char == ':' && endsKey(line, index+1, s.flow > 0):
			if s.flow == 0 {
				s.parent = max(s.parent, start)
			}
			s.plain = false
		case s.flow > 0 && bytes.IndexByte([]byte(",[]{}"), char) >= 0:
			s.bracket(char, offset+index)
		case s.plain:
		default:
			index = s.token(line, index, offset)
		}
		index++
	}
}

// token starts at an index outside of any scalar; it returns the index of its
// last byte as far as that is known.
func (s *yamlScan) token(line []byte, index, offset int) int {
	switch char := line[index]; char {
	case '[', '{':
		s.bracket(char, offset+index)
	case '"', '\'':
		s.quote = char
	case '&', '!', '*':
		for index+1 < len(line) && bytes.IndexByte([]byte(" \t,[]{}"), line[index+1]) < 0 {
			index++
		}
	case '|', '>':
		if s.flow == 0 {
			s.text = s.parent
			return len(line)
		}
	default:
		s.plain = true
	}
	return index
}

func (s *yamlScan) bracket(char byte, at int) {
	s.plain = false
	switch char {
	case '[', '{':
		s.flow++
		s.check(at)
	case ']', '}':
		s.flow = max(s.flow-1, 0)
	}
}

// quoted returns the index after the closing quote, or the end of the line.
func (s *yamlScan) quoted(line []byte, index int) int {
	for ; index < len(line); index++ {
		switch {
		case s.quote == '"' && line[index] == '\\':
			index++
		case line[index] == s.quote:
			s.quote = 0
			return index + 1
		}
	}
	return index
}

// endsKey reports whether a colon before the index ends a key.
func endsKey(line []byte, index int, flow bool) bool {
	if index >= len(line) || line[index] == ' ' || line[index] == '\t' {
		return true
	}
	return flow && bytes.IndexByte([]byte(",[]{}"), line[index]) >= 0
}

// isDocumentMarker reports whether a line is --- or ... alone or before a space.
func isDocumentMarker(line []byte) bool {
	if !bytes.HasPrefix(line, []byte("---")) && !bytes.HasPrefix(line, []byte("...")) {
		return false
	}
	return len(line) == len("---") || line[len("---")] == ' ' || line[len("---")] == '\t'
}
