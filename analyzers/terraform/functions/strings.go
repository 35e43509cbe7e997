package functions

import (
	"strings"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
)

func stringFunctions() map[string]entry {
	return map[string]entry{
		"chomp":       {fn: stdlib.ChompFunc, bound: boundCharacters},
		"endswith":    {fn: endsWith()},
		"format":      {fn: stdlib.FormatFunc, bound: boundFormat},
		"formatlist":  {fn: stdlib.FormatListFunc, bound: boundFormatList},
		"indent":      {fn: stdlib.IndentFunc, bound: boundIndent},
		"join":        {fn: stdlib.JoinFunc, bound: boundJoin},
		"lower":       {fn: stdlib.LowerFunc},
		"split":       {fn: stdlib.SplitFunc, bound: boundSplit},
		"startswith":  {fn: startsWith()},
		"strcontains": {fn: strContains()},
		"strrev":      {fn: stdlib.ReverseFunc, bound: boundCharacters},
		"substr":      {fn: stdlib.SubstrFunc, bound: boundCharacters},
		"title":       {fn: stdlib.TitleFunc},
		"trim":        {fn: stdlib.TrimFunc},
		"trimprefix":  {fn: stdlib.TrimPrefixFunc},
		"trimspace":   {fn: stdlib.TrimSpaceFunc},
		"trimsuffix":  {fn: stdlib.TrimSuffixFunc},
		"upper":       {fn: stdlib.UpperFunc},
	}
}

func endsWith() function.Function {
	return ofText(cty.Bool, func(in []string) (cty.Value, error) {
		return cty.BoolVal(strings.HasSuffix(in[0], in[1])), nil
	}, "str", "suffix")
}

// partial is a parameter that takes strings of which only the start is known.
func partial(name string) function.Parameter {
	return function.Parameter{Name: name, Type: cty.String, AllowUnknown: true}
}

// startsWith decides by the known start of a string where that suffices:
// "prod-${var.region}" starts with "prod" whatever the region.
func startsWith() function.Function {
	return fixed(cty.Bool, func(args []cty.Value) (cty.Value, error) {
		prefix := args[1].AsString()
		if args[0].IsKnown() {
			return cty.BoolVal(strings.HasPrefix(args[0].AsString(), prefix)), nil
		}
		start := args[0].Range().StringPrefix()
		switch {
		case strings.HasPrefix(start, prefix):
			return cty.True, nil
		case !strings.HasPrefix(prefix, start):
			return cty.False, nil
		default:
			return cty.UnknownVal(cty.Bool), nil
		}
	}, partial("str"), textParam("prefix"))
}

// strContains finds a text in the known start of a string as well.
func strContains() function.Function {
	return fixed(cty.Bool, func(args []cty.Value) (cty.Value, error) {
		sought := args[1].AsString()
		if args[0].IsKnown() {
			return cty.BoolVal(strings.Contains(args[0].AsString(), sought)), nil
		}
		if strings.Contains(args[0].Range().StringPrefix(), sought) {
			return cty.True, nil
		}
		return cty.UnknownVal(cty.Bool), nil
	}, partial("str"), textParam("substr"))
}

// boundCharacters charges for telling what a reader takes for one character.
func boundCharacters(c *call) string {
	const characterSteps = 4
	return c.budget.spend(int64(c.size.bytes) * characterSteps)
}

func boundFormat(c *call) string { return c.formatted(1) }

func boundFormatList(c *call) string {
	results := 1
	for i := range c.args {
		if v, ok := c.known(i); ok && isSequence(v.Type()) {
			results = max(results, v.LengthInt())
		}
	}
	return c.formatted(results)
}

// formatted bounds the text that a format makes of each set of arguments: the
// format itself, the widths and precisions it asks for, and all of the
// arguments for each verb, since a verb may name any of them.
func (c *call) formatted(results int) string {
	format, ok := c.text(0)
	if !ok {
		return ""
	}
	size := len(format)
	for rest := format; size <= c.limit.Bytes; {
		start := strings.IndexByte(rest, '%')
		if start < 0 {
			break
		}
		rest = rest[start+1:]
		size += c.size.bytes - len(format) + padding(rest, c.limit.Bytes)
	}
	if size*results > c.limit.Bytes {
		return c.tooLong()
	}
	return c.budget.spend(int64(size * results / bytesPerStep))
}

// padding adds up the numbers that a verb begins with, in any place.
func padding(verb string, limit int) int {
	total, number := 0, 0
	for i := 0; i < len(verb) && total <= limit; i++ {
		switch char := verb[i]; {
		case '0' <= char && char <= '9':
			number = min(number*10+int(char-'0'), limit+1)
		case strings.IndexByte(".+-# []", char) >= 0:
			total, number = total+number, 0
		default:
			return total + number
		}
	}
	return total + number
}

func boundIndent(c *call) string {
	text, ok := c.text(1)
	spaces, isNumber := c.known(0)
	if !ok || !isNumber {
		return ""
	}
	if spaces.LessThan(cty.Zero).True() {
		return "" // the function refuses it
	}
	lines := int64(strings.Count(text, "\n"))
	width, _ := spaces.AsBigFloat().Int64()
	if width > int64(c.limit.Bytes) || width*lines > int64(c.limit.Bytes) {
		return c.tooLong()
	}
	return ""
}

func boundJoin(c *call) string {
	separator, _ := c.text(0)
	elements := 0
	for i := range c.args {
		elements += c.length(i)
	}
	if c.size.bytes+elements*len(separator) > c.limit.Bytes {
		return c.tooLong()
	}
	return ""
}

func boundSplit(c *call) string {
	separator, ok := c.text(0)
	text, known := c.text(1)
	if ok && known && strings.Count(text, separator) >= c.limit.Elements {
		return c.tooMany()
	}
	return ""
}
