package suppression

// decorated is a statement below decorators, as Bicep has them: where the first
// of them begins, and the statement itself.
type decorated struct{ first, header int }

// decorate follows the decorators in the code from one offset to another. One ends
// with the line on which all of its brackets are closed.
func (l *lexer) decorate(start, end int) {
	switch c := l.data[start]; {
	case l.inDecorator && c == '\n':
		l.inDecorator = l.depth > 0
	case c == '\n':
	case c == l.language.decorator && !l.inDecorator:
		if !l.waiting {
			l.decorated = append(l.decorated, decorated{first: start, header: start})
		}
		l.inDecorator, l.waiting, l.depth = true, true, 0
	case l.inDecorator && end == start+1:
		switch c {
		case '(', '[', '{':
			l.depth++
		case ')', ']', '}':
			l.depth--
		}
	case l.waiting && !l.inDecorator:
		l.decorated[len(l.decorated)-1].header, l.waiting = start, false
	}
}

// reach returns the offsets that a comment about the code at an offset is about:
// the first decorator of a statement and the statement itself, else only the offset.
func reach(all []decorated, at int) (first, last int) {
	for _, d := range all {
		if d.first <= at && at <= d.header {
			return d.first, d.header
		}
	}
	return at, at
}
