package suppression

import (
	"bytes"
	"regexp"
)

// blockStart ends a line of YAML behind which a text begins that its indentation
// delimits.
var blockStart = regexp.MustCompile(`(?:^|[:\-\s])[|>][0-9+-]{0,2}$`)

// yaml finds the comments of YAML line by line. In a block scalar, which in
// pipelines is a script, a # behind a blank opens a comment as well.
func (l *lexer) yaml() {
	block := -1 // the indentation of the line that opened a block scalar
	for at := 0; at < len(l.data); {
		end := l.lineEnd(at)
		line := l.data[at:end]
		indent := len(line) - len(bytes.TrimLeft(line, " "))
		if block >= 0 && (indent > block || len(bytes.TrimSpace(line)) == 0) {
			l.yamlLine(at, end, false)
		} else {
			block = -1
			var stop int
			stop, end = l.yamlLine(at, end, true)
			if blockStart.Match(bytes.TrimRight(l.data[at:max(at, stop)], " \t")) {
				block = indent
			}
		}
		at = end
		for at < len(l.data) && l.data[at] != '\n' {
			at++
		}
		at++
	}
}

// yamlLine takes one line, or more where a quoted text goes on, and returns where
// its comment begins and where it ends. texts says whether quoted texts may go
// over several lines: in a script of a block scalar an apostrophe is no quote.
func (l *lexer) yamlLine(at, end int, texts bool) (comment, stop int) {
	for i := at; i < end; {
		c := l.data[i]
		switch {
		case c == ' ' || c == '\t' || c == '\r':
			i++
			continue
		case c == '#' && l.spaced(i):
			l.add(remark{start: i, textStart: i + 1, textEnd: end, end: end})
			return i, end
		case (c == '"' || c == '\'') && (!texts || l.opensText(at, i)):
			if closed, ok := l.yamlText(i, end, texts); ok {
				l.isCode(i, closed)
				if i = closed; i > end {
					end = l.lineEnd(i)
				}
				continue
			}
		}
		l.isCode(i, i+1)
		i++
	}
	return end, end
}

// opensText reports whether a quote is the first character of a value.
func (l *lexer) opensText(line, at int) bool {
	before := bytes.TrimRight(l.data[line:at], " \t")
	return len(before) == 0 || bytes.IndexByte([]byte(":-[{,?!("), before[len(before)-1]) >= 0
}

func (l *lexer) yamlText(at, end int, lines bool) (int, bool) {
	quote := l.data[at]
	if lines {
		end = len(l.data)
	}
	if lines && l.unclosed[string(quote)] {
		return 0, false
	}
	for i := at + 1; i < end; i++ {
		switch {
		case l.data[i] == '\\' && quote == '"':
			i++
		case l.data[i] == quote:
			return i + 1, true
		}
	}
	l.unclosed[string(quote)] = l.unclosed[string(quote)] || lines
	return 0, false
}
