package notebook

import (
	"slices"
	"strconv"
	"strings"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

func hoursOf(e expression, at source.Range) resource.Value {
	if n, err := strconv.ParseFloat(strings.TrimSpace(e.text), 64); err == nil && n >= 0 {
		return resource.NumberAt(at, n)
	}
	v := e.value(at)
	if v.IsKnown() {
		return resource.UnknownAt(at, "it is not a number")
	}
	return v
}

// setting reads a text that names a setting and the value behind it: the
// arguments of conf.set, option and config, or an entry of a dictionary.
func (c *code) setting(at int) {
	name := c.tokens[at]
	property := propertyName(name.text)
	isCheck := name.text == retentionCheck
	if property == "" && !isCheck || at+2 >= len(c.tokens) {
		return
	}
	if next := c.tokens[at+1]; next.kind != sign || !slices.Contains([]string{",", ":", "-"}, next.text) {
		return
	}
	value := c.tokens[at+2 : at+3]
	if c.is(at+1, "-") && c.is(at+2, ">") && at+3 < len(c.tokens) {
		value = c.tokens[at+3 : at+4]
	}
	e := c.names.evaluate(value, 0)
	if value[0].kind == word && (strings.EqualFold(value[0].text, "true") || strings.EqualFold(value[0].text, "false")) {
		e = expression{text: strings.ToLower(value[0].text)}
	}
	if isCheck {
		c.switchCheck(e, c.around(value))
		return
	}
	c.addProperty(c.at(name, value[0]), resource.Value{}, property, e.value(c.around(value)))
}

// switchCheck notes whether vacuums below the safe retention are refused. What
// switches the check off anywhere counts.
func (s *scanner) switchCheck(e expression, at source.Range) {
	if off, known := s.check.AsBool(); known && !off {
		return
	}
	switch strings.ToLower(strings.TrimSpace(e.text)) {
	case "false":
		s.check = resource.BoolAt(at, false)
	case "true":
		s.check = resource.BoolAt(at, true)
	default:
		s.check = resource.UnknownAt(at, e.value(at).Why)
		if s.check.Why == "" {
			s.check.Why = "it is not a boolean"
		}
	}
}

// statement scans the SQL that a call of sql(…) runs: a text, or a name that is
// set once to one.
func (c *code) statement(at int) {
	end := closing(c.tokens, at+1)
	if end <= at+2 {
		return
	}
	tokens, owner := split(c.tokens[at+2:end], ",")[0], c.cell
	if len(tokens) == 1 && tokens[0].kind == word {
		if value, ok := c.names.get(tokens[0].text); ok {
			tokens, owner = value.tokens, value.cell
		}
	}
	if len(tokens) == 0 || tokens[0].kind != text {
		return
	}
	format := slices.ContainsFunc(tokens, func(t token) bool { return t.kind == word && t.text == "format" })
	percent := slices.ContainsFunc(tokens, func(t token) bool { return isSign(t, "%") })
	t := tokens[0]
	c.sql(&statements{
		scanner: c.scanner, cell: owner, raw: t.text, base: t.inner,
		masked: maskTemplates(mask(t.text, placeholders(t, format, percent))),
	})
}
