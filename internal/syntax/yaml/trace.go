package yaml

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// segment says that length bytes of a scalar's text stand in the source one
// for one. An escape is a segment of its own.
type segment struct{ text, source, length int }

// tracer walks a scalar's source in step with its text. The text decides how
// folded lines were joined, so no state of the parser is needed.
type tracer struct {
	src   []byte
	at    int // in src
	value string
	done  int // in value
	// segments is nil when only the end is asked for.
	segments *[]segment
}

// trace returns the offset after the scalar that starts at an offset, and adds
// its segments when there is a place for them.
func trace(src []byte, at int, value string, segments *[]segment) int {
	t := &tracer{src: src, at: at, value: value, segments: segments}
	if at >= len(src) {
		return len(src)
	}
	switch src[at] {
	case '"', '\'':
		t.quoted(src[at])
	case '|', '>':
		return t.block(src[at] == '>')
	default:
		t.plain()
	}
	return t.at
}

// copied accounts for bytes that are the same in source and text.
func (t *tracer) copied(length int) {
	t.escaped(length, length)
}

// escaped accounts for source bytes that stand for some bytes of text.
func (t *tracer) escaped(source, text int) {
	if t.segments != nil && text > 0 {
		t.record(segment{t.done, t.at, text})
	}
	t.at += source
	t.done = min(t.done+text, len(t.value))
}

func (t *tracer) record(next segment) {
	if last := len(*t.segments) - 1; last >= 0 {
		previous := &(*t.segments)[last]
		if previous.text+previous.length == next.text && previous.source+previous.length == next.source {
			previous.length += next.length
			return
		}
	}
	*t.segments = append(*t.segments, next)
}

// plain stops where the text ends or, should they differ, where they do.
func (t *tracer) plain() {
	for t.done < len(t.value) && t.at < len(t.src) {
		if t.fold() {
			continue
		}
		length := t.blanks()
		if length == 0 {
			length = 1
		}
		if !bytes.HasPrefix(t.src[t.at:], []byte(t.value[t.done:min(t.done+length, len(t.value))])) {
			return
		}
		t.copied(length)
	}
}

// blanks counts the spaces and tabs ahead.
func (t *tracer) blanks() int {
	end := t.at
	for end < len(t.src) && (t.src[end] == ' ' || t.src[end] == '\t') {
		end++
	}
	return end - t.at
}

// fold consumes line breaks with the space around them, if that is what comes.
// A first line feed becomes a space when no other break follows, else nothing;
// the two Unicode separators and all further breaks stay.
func (t *tracer) fold() bool {
	at := t.at + t.blanks()
	first, rest := breakLength(t.src[at:]), 0
	if first == 0 {
		return false
	}
	at += first
	kept := breakText(first)
	for at < len(t.src) {
		if length := breakLength(t.src[at:]); length > 0 {
			rest += breakText(length)
			at += length
		} else if t.src[at] == ' ' || t.src[at] == '\t' {
			at++
		} else {
			break
		}
	}
	if kept == 1 && rest > 0 {
		kept = 0
	}
	t.at, t.done = at, min(t.done+kept+rest, len(t.value))
	return true
}

// breakText is the length of what a line break of a length becomes: itself for
// the Unicode separators of three bytes, else a line feed.
func breakText(length int) int {
	if length == len("\u2028") {
		return length
	}
	return 1
}

// quoted walks to the closing quote, or to the end of the source without one.
func (t *tracer) quoted(quote byte) {
	for t.at++; t.at < len(t.src); {
		char := t.src[t.at]
		switch {
		case quote == '\'' && bytes.HasPrefix(t.src[t.at:], []byte("''")):
			t.escaped(2, 1)
		case char == quote:
			t.at++
			return
		case quote == '"' && char == '\\':
			t.escape()
		case t.fold():
		default:
			t.copied(max(t.blanks(), 1))
		}
	}
}

// escape consumes a backslash with what belongs to it. The length of what it
// stands for is read from the text.
func (t *tracer) escape() {
	if length := breakLength(t.src[t.at+1:]); length > 0 {
		t.at += 1 + length
		t.at += t.blanks()
		t.joinAfterEscape()
		return
	}
	length := len(`\n`)
	switch rest := t.src[t.at+1:]; {
	case bytes.HasPrefix(rest, []byte("x")):
		length = len(`\x00`)
	case bytes.HasPrefix(rest, []byte("u")):
		length = len(`\u0000`)
	case bytes.HasPrefix(rest, []byte("U")):
		length = len(`\U00000000`)
	}
	_, size := utf8.DecodeRuneInString(t.value[t.done:])
	t.escaped(min(length, len(t.src)-t.at), size)
}

// joinAfterEscape consumes empty lines after an escaped line break: each leaves
// a line feed.
func (t *tracer) joinAfterEscape() {
	for breakLength(t.src[t.at:]) > 0 {
		length := breakLength(t.src[t.at:])
		t.escaped(length, breakText(length))
		t.at += t.blanks()
	}
}

// block walks the lines of a literal or folded scalar and returns the end of
// the last line that is not blank.
func (t *tracer) block(folded bool) int {
	header, next := lineEnd(t.src, t.at)
	end := t.at + len(bytes.TrimRight(t.src[t.at:header], " \t"))
	indent := t.indentation(next)
	if indent < 0 {
		return end
	}
	for t.at = next; t.at < len(t.src); {
		stop, next := lineEnd(t.src, t.at)
		spaces := countSpaces(t.src[t.at:stop])
		blank := t.at+spaces == stop
		if !blank && spaces < indent {
			break
		}
		t.at = min(t.at+indent, stop)
		if folded {
			t.foldedLine(stop, blank)
		} else {
			t.copied(stop - t.at)
			t.done = min(t.done+breakText(next-stop), len(t.value))
		}
		if !blank {
			end = stop
		}
		t.at = next
	}
	return end
}

// foldedLine copies a line of a folded scalar up to an offset. What joins it to
// the lines before is space, of which the text alone tells how much.
func (t *tracer) foldedLine(stop int, blank bool) {
	if blank || t.segments == nil {
		return
	}
	line := string(t.src[t.at:stop])
	for t.done < len(t.value) && (t.value[t.done] == ' ' || t.value[t.done] == '\n') && !strings.HasPrefix(t.value[t.done:], line) {
		t.done++
	}
	t.copied(stop - t.at)
}

// indentation returns the columns that the lines of a block scalar are indented
// by: those of its first line that is not blank, less the spaces that its text
// kept. It is -1 when there is no such line.
func (t *tracer) indentation(at int) int {
	kept := -1
	for line := range strings.SplitSeq(t.value, "\n") {
		if spaces := countLeading(line, ' '); spaces < len(line) {
			kept = spaces
			break
		}
	}
	for kept >= 0 && at < len(t.src) {
		stop, next := lineEnd(t.src, at)
		if spaces := countSpaces(t.src[at:stop]); at+spaces < stop {
			return max(spaces-kept, 0)
		}
		at = next
	}
	return -1
}

// lineEnd returns the offset of the line break after at and the one behind it.
func lineEnd(src []byte, at int) (stop, next int) {
	for ; at < len(src); at++ {
		if length := breakLength(src[at:]); length > 0 {
			return at, at + length
		}
	}
	return at, at
}

func countSpaces(line []byte) int { return len(line) - len(bytes.TrimLeft(line, " ")) }

func countLeading(text string, char byte) int {
	return len(text) - len(strings.TrimLeft(text, string(char)))
}
