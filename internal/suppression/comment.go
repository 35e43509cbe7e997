package suppression

import (
	"bytes"
	"io/fs"
	"regexp"
	"runtime"
	"slices"
	"sync"

	"github.com/drlint/drlint/internal/guard"
	"github.com/drlint/drlint/internal/source"
)

// Comment is one ignore comment of a file, complete or not.
type Comment struct {
	directive
	// At goes from the sign of the comment to its end.
	At source.Range
	// rulesAt is the offset in the file that the places of its rules count from.
	rulesAt int
	// line is the line that the comment is about: its own when code stands
	// before it, else the next line with code; 0 where none follows. Of a statement
	// below decorators, line is that of the first one and header that of the statement.
	line, header int
	// gone is the text that goes when the comment is deleted.
	gone source.Range
}

// traces are the ways to write the first word of a marker. Nearly all files have
// none of them, and nothing else of them is looked at.
var traces = [][]byte{[]byte("drlint"), []byte("DRLINT"), []byte("Drlint")}

// Comments returns the ignore comments of those files whose formats have
// comments, ordered by place. A file that is too large to be scanned has none.
func Comments(fsys fs.FS, files []string) []Comment {
	found := make([][]Comment, len(files))
	var wait sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	for worker := range workers {
		wait.Go(func() {
			buffer := make([]byte, 0, 1<<16)
			for i := worker; i < len(files); i += workers {
				if of := languageOf(files[i]); of != nil {
					found[i], buffer = commentsOf(fsys, files[i], of, buffer)
				}
			}
		})
	}
	wait.Wait()
	return slices.Concat(found...)
}

func commentsOf(fsys fs.FS, name string, of *language, buffer []byte) ([]Comment, []byte) {
	data, err := read(fsys, name, buffer)
	if err != nil || !slices.ContainsFunc(traces, func(trace []byte) bool { return bytes.Contains(data, trace) }) {
		return nil, data[:0]
	}
	if int64(len(data)) > guard.Text.Bytes || bytes.IndexByte(data, 0) >= 0 {
		return nil, data[:0]
	}
	return parse(name, of, data), data[:0]
}

// read fills a buffer with a file, up to one byte more than may be scanned.
func read(fsys fs.FS, name string, buffer []byte) ([]byte, error) {
	file, err := fsys.Open(name)
	if err != nil {
		return buffer, err
	}
	defer func() { _ = file.Close() }()
	for buffer = buffer[:0]; int64(len(buffer)) <= guard.Text.Bytes; {
		count, err := file.Read(buffer[len(buffer):cap(buffer)])
		buffer = buffer[:len(buffer)+count]
		if err != nil {
			break
		}
		if len(buffer) == cap(buffer) {
			buffer = slices.Grow(buffer, len(buffer))
		}
	}
	return buffer, nil
}

// opening is what may stand before a directive in a comment: nothing, or the
// sign of a further comment.
var opening = regexp.MustCompile(`(?i)(?:^[\s*#/;!<-]*|[#/-]\s*)(drlint\b)`)

// parse returns the ignore comments of one file.
func parse(file string, of *language, data []byte) (comments []Comment) {
	l := lexed(of, data)
	lines := source.NewLines(data)
	for _, r := range l.remarks {
		for start := r.textStart; start < r.textEnd; {
			end := r.textEnd
			if length := bytes.IndexByte(data[start:end], '\n'); length >= 0 {
				end = start + length
			}
			text := bytes.TrimRight(data[start:end], " \t\r")
			if at := opening.FindSubmatchIndex(text); at != nil {
				if d, meant := readDirective(string(text[at[2]:])); meant {
					c := Comment{directive: d, rulesAt: start + at[2], At: source.Range{File: file, Start: start + at[2], End: start + len(text)}}
					c.place(r, l, lines)
					comments = append(comments, c)
				}
			}
			start = end + 1
		}
	}
	return comments
}

// place finds the line that a comment is about and the text that goes with it.
func (c *Comment) place(r remark, l *lexer, lines *source.Lines) {
	data := l.data
	own := lines.Pos(c.At.Start).Line
	single := bytes.IndexByte(data[r.start:r.end], '\n') < 0
	if single && len(bytes.Trim(data[r.textStart:c.At.Start], " \t*")) == 0 {
		c.At.Start, c.At.End = r.start, r.end
	}
	c.line, c.header = l.about(r, own, lines)
	c.gone = c.At
	back := func(signs string, until int) {
		for c.gone.Start > until && bytes.IndexByte([]byte(signs), data[c.gone.Start-1]) >= 0 {
			c.gone.Start--
		}
	}
	back(" \t", 0)
	if c.gone.Start > r.textStart {
		back("#/-*", r.textStart) // the sign of a further comment
		back(" \t", r.textStart)
	}
	first, last := lines.Offset(source.Pos{Line: own, Column: 1}), len(data)
	if own < lines.Count() {
		last = lines.Offset(source.Pos{Line: own + 1, Column: 1})
	}
	alone := len(bytes.TrimLeft(data[first:c.At.Start], " \t*")) == 0 && len(bytes.TrimSpace(data[c.At.End:last])) == 0
	if alone && !r.trailing && (single || r.start < first && r.end > last) {
		c.gone = source.Range{File: c.At.File, Start: first, End: last}
	}
}

// about returns the lines that a comment on a line of its own or behind code is about.
func (l *lexer) about(r remark, own int, lines *source.Lines) (line, header int) {
	next := slices.IndexFunc(l.code, func(s span) bool { return s.start >= r.end })
	switch {
	case r.trailing && len(l.decorated) == 0:
		return own, own
	case r.trailing:
		start := lines.Offset(source.Pos{Line: own, Column: 1})
		next = slices.IndexFunc(l.code, func(s span) bool { return s.end > start })
		if l.code[next].start < start { // it goes on from another line
			return own, own
		}
	case next < 0:
		return 0, 0
	}
	first, last := reach(l.decorated, l.code[next].start)
	return lines.Pos(first).Line, lines.Pos(last).Line
}
