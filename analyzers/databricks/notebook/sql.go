package notebook

import (
	"strings"
	"unicode/utf8"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// statements is SQL to be scanned: a cell, or a text in one. masked is raw with
// holes for what is filled in before it runs; both have the same length. base is
// their offset in the cell.
type statements struct {
	*scanner
	cell        *cell
	raw, masked string
	base        int
	tokens      []token
}

// sql finds the statements that decide about recovery.
func (s *scanner) sql(t *statements) {
	if t.cell == nil {
		return
	}
	t.tokens = lexSQL(t.masked)
	for i := range t.tokens {
		switch {
		case t.words(i, "VACUUM") && t.begins(i):
			t.vacuum(i)
		case t.words(i, "MERGE", "INTO"), t.words(i, "MERGE", "WITH", "SCHEMA", "EVOLUTION", "INTO"):
			t.add(t.writes(i, t.after(i, "INTO"), "merge into", "upsert"))
		case t.words(i, "COPY", "INTO"):
			t.add(t.writes(i, i+2, "copy into", "append"))
		case t.words(i, "INSERT", "OVERWRITE"):
			t.overwrite(i)
		case t.words(i, "INSERT", "INTO"):
			t.insert(i)
		case t.words(i, "TRUNCATE", "TABLE"):
			if name, ok := t.name(i + 2); ok && name.v.IsKnown() {
				t.truncated = append(t.truncated, name.v.Text)
			}
		case t.words(i, "CREATE") && t.begins(i):
			t.create(i)
		case t.words(i, "SET") && t.begins(i):
			t.set(i)
		case t.words(i, "TBLPROPERTIES"):
			t.tableProperties(i)
		}
	}
}

// words reports whether the tokens from an index are these words.
func (t *statements) words(at int, names ...string) bool {
	if at+len(names) > len(t.tokens) {
		return false
	}
	for i, name := range names {
		if token := t.tokens[at+i]; token.kind != word || !strings.EqualFold(token.text, name) {
			return false
		}
	}
	return true
}

// begins reports whether a statement begins at an index.
func (t *statements) begins(at int) bool {
	return at == 0 || isSign(t.tokens[at-1], ";") || t.tokens[at].first && t.tokens[at].depth == 0
}

// after returns the index after the next such word.
func (t *statements) after(at int, name string) int {
	for ; at < len(t.tokens); at++ {
		if t.words(at, name) {
			return at + 1
		}
	}
	return at
}

// maxStatement is the number of tokens up to which a statement is looked at.
const maxStatement = 500

// end is the index of the semicolon that ends the statement, or the end; it is
// looked for within so many tokens.
func (t *statements) end(at, within int) int {
	limit := min(len(t.tokens), at+within)
	for ; at < limit; at++ {
		if isSign(t.tokens[at], ";") {
			return at
		}
	}
	return at
}

func (t *statements) at(from, to token) source.Range {
	return t.place(t.cell, t.base+from.start, t.base+to.end)
}

// name is a table as a statement names it.
type name struct {
	v    resource.Value
	e    expression
	next int // the token behind it
}

// name reads "catalog.schema.table", "delta.`/path`" or a text from an index.
func (t *statements) name(at int) (name, bool) {
	if at >= len(t.tokens) {
		return name{}, false
	}
	first := t.tokens[at]
	e, next := expression{}, at
	switch {
	case first.kind == text && first.prefix != "`":
		e.append(t.filled(first.text, first.inner))
		next++
	case first.kind == word && strings.EqualFold(first.text, "IDENTIFIER") && at+1 < len(t.tokens) && isSign(t.tokens[at+1], "("):
		next = closing(t.tokens, at+1) + 1
		e = expression{text: string(hole), unknown: []string{"the parameter of IDENTIFIER"}}
	case isSign(first, ":"):
		next += 2
		e = expression{text: string(hole), unknown: []string{"the parameter of the query"}}
	default:
		e, next = t.dotted(at)
	}
	if next == at || next > len(t.tokens) {
		return name{}, false
	}
	return name{e.value(t.at(first, t.tokens[next-1])), e, next}, true
}

// dotted reads parts that dots join. A path behind a format, as in
// delta.`/path`, stands for itself.
func (t *statements) dotted(at int) (e expression, next int) {
	for next = at; next < len(t.tokens); next += 2 {
		part := t.tokens[next]
		if part.kind != word && (part.kind != text || part.prefix != "`") {
			return e, next
		}
		if part.kind == text && next > at && strings.ContainsAny(part.text, "/:") {
			e = expression{}
		} else if next > at {
			e.text += "."
		}
		e.append(t.filled(part.text, part.inner))
		if next+1 >= len(t.tokens) || !isSign(t.tokens[next+1], ".") {
			return e, next + 1
		}
	}
	return e, next
}

// filled resolves the holes of a part by the names that the code sets once.
func (t *statements) filled(masked string, offset int) (e expression) {
	for i := 0; i < len(masked); {
		if masked[i] != hole {
			length := strings.IndexByte(masked[i:], hole)
			if length < 0 {
				length = len(masked) - i
			}
			e.append(expression{text: masked[i : i+length]})
			i += length
			continue
		}
		end := i
		for end < len(masked) && masked[end] == hole {
			end++
		}
		for _, written := range fillers(t.raw[offset+i : offset+end]) {
			e.append(t.names.named(written, strings.TrimSpace(strings.Trim(written, "${}")), 0))
		}
		i = end
	}
	return e
}

// fillers separates placeholders that touch: "{a}{b}".
func fillers(written string) (parts []string) {
	for written != "" {
		end := strings.IndexByte(written, '}')
		for end >= 0 && end+1 < len(written) && written[end+1] == '}' {
			end++
		}
		if end < 0 {
			return append(parts, written)
		}
		parts = append(parts, written[:end+1])
		written = written[end+1:]
	}
	return parts
}

// writes describes a statement that writes to the table at an index, nil when
// no name stands there.
func (t *statements) writes(at, target int, call, mode string) *write {
	n, ok := t.name(target)
	if !ok {
		return nil
	}
	where := t.at(t.tokens[at], t.tokens[n.next-1])
	return &write{
		call: call, mode: mode, at: where, modeAt: t.at(t.tokens[at], t.tokens[target-1]), target: n.v, dated: n.e.datedValue(n.v.At),
	}
}

// lexSQL takes SQL apart. Comments are left out.
func lexSQL(content string) []token {
	l := &lexer{text: content, language: sql}
	for l.at < len(l.text) && l.depth <= maxDepth {
		rest := l.text[l.at:]
		switch char := rest[0]; {
		case strings.HasPrefix(rest, "--"):
			l.skip(rest, "\n", 0)
		case strings.HasPrefix(rest, "/*"):
			l.skip(rest, "*/", 2)
		case char == '\n':
			l.at++
			l.line, l.fresh = l.at, true
		case char == ' ' || char == '\t' || char == '\r':
			l.at++
		case char == '\'' || char == '"' || char == '`':
			l.quotedSQL()
		case char == hole || isWordStart(rest) || isDigit(char):
			l.wordSQL()
		default:
			l.sign()
		}
	}
	return paired(l.tokens)
}

// skip moves to the end of a comment; past of its terminator is skipped too.
func (l *lexer) skip(rest, terminator string, past int) {
	if end := strings.Index(rest, terminator); end >= 0 {
		l.at += end + past
	} else {
		l.at = len(l.text)
	}
}

// quotedSQL reads a text or a quoted name; a doubled quote is part of it.
func (l *lexer) quotedSQL() {
	start, quote := l.at, l.text[l.at]
	for l.at++; l.at < len(l.text); l.at++ {
		if l.text[l.at] == '\\' && quote != '`' {
			l.at++
		} else if l.text[l.at] == quote {
			if l.at+1 < len(l.text) && l.text[l.at+1] == quote {
				l.at++
				continue
			}
			break
		}
	}
	end := min(l.at, len(l.text))
	l.at = min(l.at+1, len(l.text))
	l.emit(token{kind: text, start: start, end: l.at, text: l.text[start+1 : max(end, start+1)], inner: start + 1, prefix: string(quote)})
}

func (l *lexer) wordSQL() {
	start, kind := l.at, word
	if isDigit(l.text[start]) {
		kind = number
	}
	for l.at < len(l.text) {
		r, size := utf8.DecodeRuneInString(l.text[l.at:])
		if r != hole && r != '_' && !isWordStart(l.text[l.at:]) && !isDigit(l.text[l.at]) {
			break
		}
		l.at += size
	}
	l.emit(token{kind: kind, start: start, end: l.at, text: l.text[start:l.at], inner: start})
}
