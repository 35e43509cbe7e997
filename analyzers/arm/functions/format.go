package functions

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/drlint/drlint/internal/resource"
)

// format fills {0}, {1,8} and {2:N2} as .NET's composite formatting does.
func (c *caller) format(args []resource.Value) resource.Value {
	if args[0].IsUnknown() {
		return c.undecided(args)
	}
	if args[0].Kind != resource.String {
		return c.misused("is given "+kindName(args[0])+" as its format", args...)
	}
	return c.fill(args[0].Text, args)
}

func (c *caller) fill(rest string, args []resource.Value) resource.Value {
	var out strings.Builder
	all := true
	for rest != "" {
		if out.Len() > maxText {
			return c.unknown(OverBudget, args...)
		}
		brace := strings.IndexAny(rest, "{}")
		if brace < 0 {
			out.WriteString(rest)
			break
		}
		out.WriteString(rest[:brace])
		if strings.HasPrefix(rest[brace+1:], rest[brace:brace+1]) {
			out.WriteByte(rest[brace])
			rest = rest[brace+2:]
			continue
		}
		end := strings.IndexByte(rest, '}')
		if end < brace || rest[brace] != '{' {
			return c.misused("is given a format with a stray brace", args...)
		}
		text, known, ok := c.formatItem(rest[brace+1:end], args[1:])
		if !ok {
			return c.misused("is given the format item {"+rest[brace+1:end]+"}, which drlint cannot fill", args...)
		}
		out.WriteString(text)
		all = all && known
		rest = rest[end+1:]
	}
	if !all {
		return c.hinted(out.String(), args...)
	}
	return c.text(out.String(), args...)
}

// formatItem fills one item, given without its braces.
func (c *caller) formatItem(item string, args []resource.Value) (text string, known, ok bool) {
	head, pattern, hasPattern := strings.Cut(item, ":")
	index, alignment, hasAlignment := strings.Cut(head, ",")
	place, err := strconv.Atoi(strings.TrimSpace(index))
	if err != nil || place < 0 || place >= len(args) {
		return "", false, false
	}
	v := args[place]
	text, known = c.written(v)
	if known && hasPattern && v.Kind == resource.Number {
		if text, ok = formatNumber(v.Num, pattern); !ok {
			return "", false, false
		}
	}
	if known && hasAlignment {
		width, err := strconv.Atoi(strings.TrimSpace(alignment))
		if err != nil || width > 1000 || width < -1000 {
			return "", false, false
		}
		text = fmt.Sprintf("%*s", width, text)
	}
	return text, known, true
}

// formatNumber knows the standard formats of whole numbers, N and F, and custom
// formats of zeros.
func formatNumber(number float64, pattern string) (string, bool) {
	if pattern == "" {
		return numberText(number), true
	}
	if strings.Trim(pattern, "0") == "" {
		return zeroPadded(math.Round(number), len(pattern)), len(pattern) <= 100
	}
	precision := -1
	if len(pattern) > 1 {
		var err error
		if precision, err = strconv.Atoi(pattern[1:]); err != nil || precision < 0 || precision > 99 {
			return "", false
		}
	}
	isWhole := number == math.Trunc(number) && math.Abs(number) < 1<<53
	switch kind := pattern[0] | 0x20; {
	case kind == 'd' && isWhole:
		return zeroPadded(number, precision), true
	case kind == 'x' && isWhole && number >= 0:
		text := fmt.Sprintf("%0*x", max(precision, 0), int64(number))
		if pattern[0] == 'X' {
			text = strings.ToUpper(text)
		}
		return text, true
	case kind == 'n' || kind == 'f':
		if precision < 0 {
			precision = 2
		}
		text := strconv.FormatFloat(number, 'f', precision, 64)
		if kind == 'n' {
			text = grouped(text)
		}
		return text, true
	default:
		return "", false
	}
}

func zeroPadded(number float64, digits int) string {
	text := numberText(math.Abs(number))
	if missing := digits - len(text); missing > 0 {
		text = strings.Repeat("0", missing) + text
	}
	if number < 0 {
		return "-" + text
	}
	return text
}

// grouped puts commas between thousands.
func grouped(text string) string {
	sign := ""
	if strings.HasPrefix(text, "-") {
		sign, text = "-", text[1:]
	}
	integer, fraction, hasFraction := strings.Cut(text, ".")
	for at := len(integer) - 3; at > 0; at -= 3 {
		integer = integer[:at] + "," + integer[at:]
	}
	if hasFraction {
		integer += "." + fraction
	}
	return sign + integer
}
