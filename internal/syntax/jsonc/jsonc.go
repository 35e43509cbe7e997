// Package jsonc reads JSON, and the JSON with comments that people write for
// ARM templates and editors, into positioned values. It recovers from errors:
// each is a diagnostic, and what is around it is still read.
package jsonc

import (
	"strings"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// Options say what a file may hold beyond RFC 8259. What is not allowed is
// reported and read all the same.
type Options struct {
	Comments         bool // from // to the end of the line, and /* … */
	TrailingCommas   bool // before a closing bracket
	MultilineStrings bool // line breaks and tabs in strings, as in ARM templates
}

const (
	// maxDepth bounds the nesting of brackets.
	maxDepth = 250
	// maxValues bounds the memory of one file: a value takes some 200 bytes, and
	// two bytes of text suffice to write one.
	maxValues = 500_000
)

// Parse reads one value. It is unknown where nothing valid is written; so are
// members and items that cannot be read. Numbers are float64; of members with
// the same name the last one counts. Texts share memory with a copy of data.
func Parse(path string, data []byte, options Options) (resource.Value, []source.Diagnostic) {
	p := &parser{path: path, text: string(data), options: options}
	if strings.HasPrefix(p.text, "\ufeff") {
		p.at = len("\ufeff")
	}
	p.skipSpace()
	if p.at == len(p.text) {
		p.fail(0, len(p.text), "the file holds no value", "Write a value, {} for instance, or remove the file.")
		return resource.UnknownAt(p.span(0, len(p.text)), "the file holds no value"), p.problems
	}
	root := p.value()
	if p.count > maxValues {
		return resource.UnknownAt(p.span(0, len(p.text)), "the file holds more than 500,000 values"), p.problems
	}
	p.skipSpace()
	if p.at < len(p.text) {
		p.fail(p.at, p.at+1, "there is text after the end of the value", "Remove it, or a closing bracket too many before it.")
	}
	return root, p.problems
}

// parser reads text from at on. fields and items are stacks of what belongs to
// collections that are still open.
type parser struct {
	path      string
	text      string
	at        int
	options   Options
	fields    []resource.Field
	items     []resource.Value
	kept      slabs
	count     int // values so far
	objects   int // open braces
	arrays    int // open brackets
	problems  []source.Diagnostic
	cut       bool // the end of the text was reported
	commented bool // a comment that is not allowed was reported
	broken    bool // the member before was reported and may have swallowed its comma
}

func (p *parser) span(start, end int) source.Range {
	return source.Range{File: p.path, Start: start, End: end}
}

// peek returns the next byte, 0 at the end.
func (p *parser) peek() byte {
	if p.at < len(p.text) {
		return p.text[p.at]
	}
	return 0
}

// value reads a value. It stands at something other than space.
func (p *parser) value() resource.Value {
	if p.count++; p.count > maxValues {
		return p.giveUp()
	}
	switch char := p.peek(); {
	case char == '"':
		start := p.at
		text := p.stringText()
		return resource.StringAt(p.span(start, p.at), text)
	case char == '{' || char == '[':
		return p.collection(char)
	case char == '-' || char >= '0' && char <= '9':
		return p.number()
	default:
		return p.word()
	}
}

// giveUp ends the reading of a file that would take too much memory.
func (p *parser) giveUp() resource.Value {
	if !p.cut {
		p.add(source.Error, "json/too-many-values", p.at, p.at, "the file holds more than 500,000 values, so it was not read", "Exclude the file; it looks like data.")
		p.cut = true
	}
	p.at = len(p.text)
	return resource.Value{}
}

// collection reads an object or a list, unless it nests too deeply.
func (p *parser) collection(opening byte) (v resource.Value) {
	start := p.at
	switch {
	case p.objects+p.arrays == maxDepth:
		p.skipBalanced()
		p.add(source.Error, "json/too-deep", start, start+1, "the value nests deeper than 250 levels here and was not read", "Flatten it, or exclude the file when it is generated.")
		return resource.UnknownAt(p.span(start, p.at), "it is nested too deeply to be read")
	case strings.HasPrefix(p.text[p.at:], "{{"):
		p.skipBalanced()
		p.fail(start, p.at, "a value is expected here, and "+shorten(p.text[start:p.at])+" is a placeholder", "Write it in quotes, so that the file is JSON before a tool replaces it.")
		return resource.UnknownAt(p.span(start, p.at), "it is the placeholder "+shorten(p.text[start:p.at])+", which a tool replaces")
	case opening == '{':
		p.objects++
		v = p.object()
		p.objects--
	default:
		p.arrays++
		v = p.array()
		p.arrays--
	}
	return v
}

func (p *parser) array() resource.Value {
	start, base := p.at, len(p.items)
	p.at++
	for p.next(start, ']', len(p.items) > base) {
		p.items = append(p.items, p.value())
	}
	items := p.kept.items(p.items[base:])
	p.items = p.items[:base]
	return resource.ListAt(p.span(start, p.at), items...)
}

func (p *parser) object() resource.Value {
	start, base := p.at, len(p.fields)
	p.at++
	var names index
	for more := false; p.next(start, '}', more); more = true {
		name, at, ok := p.name()
		if !ok {
			continue
		}
		field := resource.Field{Name: name, At: at, Value: p.value()}
		if first := names.find(p.fields[base:], name); first >= 0 {
			p.duplicate(at)
			p.fields[base+first] = field
			continue
		}
		p.fields = append(p.fields, field)
		names.added(p.fields[base:])
	}
	fields := p.kept.fields(p.fields[base:])
	p.fields = p.fields[:base]
	return resource.ObjectAt(p.span(start, p.at), fields...)
}

func (p *parser) duplicate(at source.Range) {
	p.add(source.Warning, "json/duplicate-key", at.Start, at.End,
		"the name "+shorten(p.text[at.Start:at.End])+" is written twice in one object", "The last one counts here; other readers take the first. Remove one of them.")
}

// name reads a member's name and its colon. Without them it reports, skips the
// member and returns false.
func (p *parser) name() (text string, at source.Range, ok bool) {
	start := p.at
	switch {
	case p.text[p.at] == '"':
		text = p.stringText()
	case isWordPart(p.text[p.at]):
		p.skipWord()
		text = p.text[start:p.at]
		p.fail(start, p.at, "the name "+shorten(text)+" is not in double quotes", "Write it in double quotes.")
	default:
		p.fail(start, start+1, "a name in double quotes is expected here", "Check the comma and the brackets before it.")
		p.skipMember()
		return "", source.Range{}, false
	}
	at = p.span(start, p.at)
	p.skipSpace()
	if p.peek() != ':' {
		p.fail(at.Start, at.End, "the name has no colon and value after it", "Write a colon and a value after the name.")
		p.skipMember()
		return "", source.Range{}, false
	}
	p.at++
	p.skipSpace()
	return text, at, true
}

// next moves to the next member or item of the collection that starts at an
// offset; false at its end, which it consumes. more is set after the first.
func (p *parser) next(start int, closing byte, more bool) bool {
	p.skipSpace()
	if more {
		p.comma(closing)
	}
	for {
		p.skipSpace()
		switch char := p.peek(); {
		case p.at == len(p.text):
			p.unclosedAt(start, closing)
			return false
		case char == closing:
			p.at++
			return false
		case char == '}' && p.objects > 0 || char == ']' && p.arrays > 0:
			p.fail(p.at, p.at+1, "a "+string(closing)+" is missing before the "+string(char)+" here", "Write it, or remove the bracket that it would close.")
			return false
		case char == '}' || char == ']':
			p.fail(p.at, p.at+1, "there is a "+string(char)+" that closes nothing", "Remove it.")
		case char == ',':
			p.fail(p.at, p.at+1, "there is a comma without a value before it", "Remove the comma.")
		default:
			return true
		}
		p.at++
	}
}

// unclosedAt reports the innermost collection that the end of the text cuts.
func (p *parser) unclosedAt(start int, closing byte) {
	if !p.cut {
		p.cut = true
		p.fail(start, start+1, "the "+p.text[start:start+1]+" that starts here is never closed", "Write the missing "+string(closing)+".")
	}
}

// comma consumes the comma between two members. A missing one is reported when
// something other than a closing bracket follows, unless the member before it
// was broken and may have swallowed it.
func (p *parser) comma(closing byte) {
	at, broken := p.at, p.broken
	p.broken = false
	if at == len(p.text) || p.isClosing() {
		return
	}
	if p.text[at] == ',' {
		p.at++
		p.skipSpace()
		if p.isClosing() && !p.options.TrailingCommas {
			p.fail(at, at+1, "there is a comma after the last value", "Remove the comma.")
		}
		return
	}
	if !broken {
		p.fail(at, at+1, "a comma or "+string(closing)+" is expected here", "Check the text before for a missing comma, quote or bracket.")
	}
	if char := p.text[at]; char == '"' || char == '{' || char == '[' {
		return
	}
	p.skipMember()
	if p.peek() == ',' {
		p.at++
	}
}

func (p *parser) isClosing() bool { return p.peek() == '}' || p.peek() == ']' }
