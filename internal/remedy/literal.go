package remedy

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// reference matches an expression that only hands a value on.
var reference = regexp.MustCompile(`^(?:[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)*|"\[(?:parameters|variables)\('[\w-]+'\)\]")$`)

// literal returns the place where a known value is written out: the expression
// itself, or the only input that it hands on. The zero place means that the value
// is computed, or decided by more than one text.
func (p *planner) literal(v resource.Value) (source.Range, *dialect) {
	if d := p.document(v.At.File); d != nil && d.dialect.states(d.text(v.At), v) {
		return v.At, d.dialect
	}
	var found source.Range
	var written *dialect
	for _, at := range v.Origin {
		d := p.document(at.File)
		switch {
		case d == nil:
			return source.Range{}, nil
		case reference.MatchString(d.text(at)) && !d.dialect.states(d.text(at), v):
		case found.IsZero() && d.dialect.states(d.text(at), v):
			found, written = at, d.dialect
		default:
			return source.Range{}, nil
		}
	}
	return found, written
}

// dialect is how a format writes what remedies write.
type dialect struct {
	quote byte
	// holes begin an interpolation in a string.
	holes []string
	// colon says that members are "name: value", quoted that their names are in
	// quotes and separated by commas.
	colon, quoted bool
}

var (
	hclDialect   = dialect{quote: '"', holes: []string{"${", "%{"}}
	bicepDialect = dialect{quote: '\'', holes: []string{"${"}, colon: true}
	jsonDialect  = dialect{quote: '"', holes: []string{"${", "%{"}, colon: true, quoted: true}
)

// states reports whether a text is the value, written out. Strings with escapes
// or interpolation are left alone.
func (d *dialect) states(text string, v resource.Value) bool {
	value, known := v.AsString()
	if !known || text == "" {
		return false
	}
	if text[0] == d.quote {
		return len(text) >= 2 && text == string(d.quote)+value+string(d.quote) && !d.escapes(value)
	}
	if text == "true" || text == "false" {
		return text == value
	}
	number, err := strconv.ParseFloat(text, 64)
	written, isNumber := v.AsNumber()
	return err == nil && isNumber && number == written
}

func (d *dialect) escapes(value string) bool {
	if strings.ContainsAny(value, "\\\n\r"+string(d.quote)) || strings.HasPrefix(value, "[") {
		return true
	}
	for _, hole := range d.holes {
		if strings.Contains(value, hole) {
			return true
		}
	}
	return false
}

// scalar writes a value. Strings of the catalogue need no escapes.
func (d *dialect) scalar(value any) string {
	if text, ok := value.(string); ok {
		return string(d.quote) + text + string(d.quote)
	}
	return printed(value)
}

// instead writes a value in place of another one; a number or a boolean that was
// in quotes stays in quotes.
func (d *dialect) instead(old string, value any) string {
	if old != "" && old[0] == d.quote {
		return d.scalar(printed(value))
	}
	return d.scalar(value)
}

// name writes the name of a member.
func (d *dialect) name(name string) string {
	if d.quoted {
		return `"` + name + `"`
	}
	return name
}

func printed(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case bool:
		return strconv.FormatBool(v)
	case int:
		return strconv.Itoa(v)
	default:
		return ""
	}
}

// lineEnd is how a file ends its lines.
func lineEnd(data []byte) string {
	if bytes.Contains(data, []byte("\r\n")) {
		return "\r\n"
	}
	return "\n"
}
