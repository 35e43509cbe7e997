package functions

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
)

const (
	// yamlWidth is the column after which a quoted string goes on in another line.
	yamlWidth = 80
	// yamlKeyLength is the longest key, in bytes, that needs no "? " before it.
	yamlKeyLength = 128
)

func yamlEncode() function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{{Name: "value", Type: cty.DynamicPseudoType, AllowNull: true, AllowDynamicType: true}},
		Type:   function.StaticReturnType(cty.String),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			if !args[0].IsWhollyKnown() {
				return cty.UnknownVal(cty.String), nil
			}
			var w yamlWriter
			if err := w.value(args[0], -yamlIndent, afterMarker); err != nil {
				return cty.NilVal, err
			}
			w.line(0)
			if ty := args[0].Type(); args[0].IsNull() || ty == cty.Number || ty == cty.Bool {
				w.WriteString("...\n")
			}
			return cty.StringVal(w.String()), nil
		},
	})
}

const yamlIndent = 2

// yamlPlace is where a value stands.
type yamlPlace bool

const (
	// afterMarker: nothing, "- " or ": " precedes it, at the indentation of its
	// parent.
	afterMarker yamlPlace = false
	// afterKey: a key and ":" precede it on the same line.
	afterKey yamlPlace = true
)

// yamlWriter writes block style with every string and key quoted, or as a
// literal block when it has several lines. The library that drlint reads YAML
// with never breaks long strings, so Terraform's own layout is written here.
type yamlWriter struct {
	strings.Builder
	lineStart int
}

func (w *yamlWriter) column() int { return w.Len() - w.lineStart }

func (w *yamlWriter) newLine() {
	w.WriteByte('\n')
	w.lineStart = w.Len()
}

// line starts a new line at an indentation, unless the text stands there already.
func (w *yamlWriter) line(indent int) {
	if w.column() > indent {
		w.newLine()
	}
	w.WriteString(strings.Repeat(" ", indent-w.column()))
}

// value writes a value inside of a collection that is indented by some spaces.
func (w *yamlWriter) value(v cty.Value, indent int, place yamlPlace) error {
	ty := v.Type()
	isMapping := ty.IsObjectType() || ty.IsMapType()
	if !v.IsNull() && (isSequence(ty) || isMapping) && v.LengthInt() > 0 {
		if isMapping {
			return w.mapping(v, indent+yamlIndent)
		}
		if place == afterMarker {
			indent += yamlIndent
		}
		return w.sequence(v, indent)
	}
	if place == afterKey {
		w.WriteByte(' ')
	}
	switch {
	case v.IsNull():
		w.WriteString("null")
	case ty == cty.String:
		w.text(v.AsString(), max(indent+yamlIndent, yamlIndent))
	case ty == cty.Number:
		w.WriteString(v.AsBigFloat().Text('f', -1))
	case ty == cty.Bool:
		fmt.Fprint(w, v.True())
	case isSequence(ty):
		w.WriteString("[]")
	case isMapping:
		w.WriteString("{}")
	default:
		return function.NewArgErrorf(0, "%s cannot be written as YAML", ty.FriendlyName())
	}
	return nil
}

func (w *yamlWriter) sequence(v cty.Value, indent int) error {
	for it := v.ElementIterator(); it.Next(); {
		_, element := it.Element()
		w.line(indent)
		w.WriteString("- ")
		if err := w.value(element, indent, afterMarker); err != nil {
			return err
		}
	}
	return nil
}

func (w *yamlWriter) mapping(v cty.Value, indent int) error {
	members := v.AsValueMap()
	for _, name := range slices.Sorted(maps.Keys(members)) {
		w.line(indent)
		place := w.key(name, indent)
		if err := w.value(members[name], indent, place); err != nil {
			return err
		}
	}
	return nil
}

func (w *yamlWriter) key(name string, indent int) yamlPlace {
	if len(name) <= yamlKeyLength && !strings.ContainsAny(name, "\n\r\u0085\u2028\u2029") {
		w.quoted(name, indent+yamlIndent, false)
		w.WriteByte(':')
		return afterKey
	}
	w.WriteString("? ")
	w.text(name, indent+yamlIndent)
	w.line(indent)
	w.WriteString(": ")
	return afterMarker
}

func (w *yamlWriter) text(text string, indent int) {
	if strings.Contains(text, "\n") && fitsLiteral(text) {
		w.literal(text, indent)
		return
	}
	w.quoted(text, indent, true)
}

// fitsLiteral reports whether a literal block gives a text back unchanged.
func fitsLiteral(text string) bool {
	return !strings.Contains(text, " \n") && !strings.HasSuffix(text, " ") && !strings.ContainsFunc(text, needsEscape)
}

// needsEscape reports whether a character is written as an escape in quotes.
func needsEscape(char rune) bool {
	switch {
	case char == '\n':
		return false
	case char < ' ', char > '~' && char < '\u00a0':
		return true
	case char == '\u2028', char == '\u2029', char == '\ufeff', char == '\ufffe', char == '\uffff':
		return true
	default:
		return char > '\uffff'
	}
}

// literal writes a block whose header says how it is indented, when that cannot
// be seen, and what becomes of the line breaks at its end.
func (w *yamlWriter) literal(text string, indent int) {
	w.WriteByte('|')
	if text[0] == ' ' || text[0] == '\n' {
		fmt.Fprint(w, yamlIndent)
	}
	switch {
	case !strings.HasSuffix(text, "\n"):
		w.WriteByte('-')
	case text == "\n" || strings.HasSuffix(text, "\n\n"):
		w.WriteByte('+')
	}
	w.newLine()
	for line := range strings.Lines(text) {
		content, hasEnd := strings.CutSuffix(line, "\n")
		if content != "" {
			w.line(indent)
			w.WriteString(content)
		}
		if hasEnd {
			w.newLine()
		}
	}
}

// quoted writes a string in double quotes. It breaks at single spaces once the
// line is long enough; such a break means a space.
func (w *yamlWriter) quoted(text string, indent int, breaks bool) {
	w.WriteByte('"')
	afterSpace := false
	for i, char := range text {
		if char == ' ' && breaks && !afterSpace && w.characters() > yamlWidth && i > 0 && i < len(text)-1 {
			w.newLine()
			w.line(indent)
			if text[i+1] == ' ' {
				w.WriteByte('\\')
			}
			afterSpace = true
			continue
		}
		afterSpace = char == ' '
		w.WriteString(escaped(char))
	}
	w.WriteByte('"')
}

// characters counts those of the present line.
func (w *yamlWriter) characters() int {
	return utf8.RuneCountInString(w.String()[w.lineStart:])
}

func escaped(char rune) string {
	const short = "\x00\a\b\t\n\v\f\r\x1b\"\\\u0085\u2028\u2029"
	const letters = `0abtnvfre"\NLP`
	if i := slices.Index([]rune(short), char); i >= 0 {
		return `\` + letters[i:i+1]
	}
	switch {
	case !needsEscape(char):
		return string(char)
	case char <= 0xff:
		return fmt.Sprintf(`\x%02X`, char)
	case char <= 0xffff:
		return fmt.Sprintf(`\u%04X`, char)
	default:
		return fmt.Sprintf(`\U%08X`, char)
	}
}
