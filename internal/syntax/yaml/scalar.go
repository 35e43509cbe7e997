package yaml

import (
	"math"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// The parser's names that the package uses.
const (
	aliasNode    = yaml.AliasNode
	mappingNode  = yaml.MappingNode
	sequenceNode = yaml.SequenceNode
	scalarNode   = yaml.ScalarNode
	taggedStyle  = yaml.TaggedStyle
	flowStyle    = yaml.FlowStyle
	plainStyle   = yaml.Style(0)
	mergeTag     = "!!merge"
)

// isStandard reports whether a tag belongs to YAML itself.
func isStandard(tag string) bool {
	switch tag {
	case "!!null", "!!bool", "!!int", "!!float", "!!str", "!!seq", "!!map", mergeTag,
		"!!binary", "!!timestamp", "!!set", "!!omap", "!!pairs":
		return true
	default:
		return false
	}
}

// hasText reports whether a node is written at all: an empty plain scalar is not.
func hasText(n *node) bool {
	return n.Kind != scalarNode || n.Value != "" || n.Style&^taggedStyle != plainStyle
}

// scalar returns the value of a scalar. A standard tag decides over the style.
func scalar(n *node, at source.Range) resource.Value {
	switch {
	case n.Style&taggedStyle == 0 && n.Style != plainStyle:
		return resource.StringAt(at, n.Value)
	case n.Style&taggedStyle == 0 || n.Tag == "!!int" || n.Tag == "!!float" || n.Tag == "!!bool" || n.Tag == "!!null":
		return core(n.Value, at)
	default:
		return resource.StringAt(at, n.Value)
	}
}

// core resolves plain text by the core schema of YAML 1.2 (section 10.3.2).
// Infinities and "not a number" stay text: no rule could judge such a number.
func core(text string, at source.Range) resource.Value {
	switch text {
	case "", "~", "null", "Null", "NULL":
		return resource.NullAt(at)
	case "true", "True", "TRUE":
		return resource.BoolAt(at, true)
	case "false", "False", "FALSE":
		return resource.BoolAt(at, false)
	}
	if number, ok := coreNumber(text); ok {
		return resource.NumberAt(at, number)
	}
	return resource.StringAt(at, text)
}

func coreNumber(text string) (float64, bool) {
	if digits, ok := strings.CutPrefix(text, "0x"); ok {
		return based(digits, 16)
	}
	if digits, ok := strings.CutPrefix(text, "0o"); ok {
		return based(digits, 8)
	}
	if !isDecimal(text) {
		return 0, false
	}
	number, err := strconv.ParseFloat(text, 64)
	return number, err == nil && !math.IsInf(number, 0)
}

func based(digits string, base int) (float64, bool) {
	number, err := strconv.ParseUint(digits, base, 64)
	return float64(number), err == nil && digits[0] != '+'
}

// isDecimal reports whether text is an integer or a float: an optional sign,
// digits with at most one point, an optional exponent.
func isDecimal(text string) bool {
	mantissa := strings.TrimLeft(text, "+-")
	if len(text)-len(mantissa) > 1 {
		return false
	}
	mantissa, exponent, scientific := cutExponent(mantissa)
	whole, fraction, _ := strings.Cut(mantissa, ".")
	if whole+fraction == "" || !isDigits(whole) || !isDigits(fraction) {
		return false
	}
	return !scientific || exponent != "" && isDigits(exponent)
}

func cutExponent(text string) (mantissa, exponent string, found bool) {
	at := strings.IndexAny(text, "eE")
	if at < 0 {
		return text, "", false
	}
	exponent = text[at+1:]
	if len(exponent) > 1 && (exponent[0] == '+' || exponent[0] == '-') {
		exponent = exponent[1:]
	}
	return text[:at], exponent, true
}

func isDigits(text string) bool {
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return false
		}
	}
	return true
}

// quote shows a key in a message, cut to a readable length.
func quote(text string) string {
	if runes := []rune(text); len(runes) > 60 {
		text = string(runes[:60]) + "…"
	}
	return strconv.Quote(text)
}
