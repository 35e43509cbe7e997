package functions

import (
	"encoding/base64"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
	"go.yaml.in/yaml/v3"
)

const quotedStyle = yaml.SingleQuotedStyle | yaml.DoubleQuotedStyle

// explicitTag returns the tag that is written at a node, in its short form.
func explicitTag(node *yaml.Node) string {
	if node.Style&yaml.TaggedStyle == 0 {
		return ""
	}
	return node.ShortTag()
}

// yamlScalar reads a scalar. A block scalar is read like a plain one and then
// made a string again, so that "|-" over 1.10 gives "1.1": so does Terraform.
func yamlScalar(node *yaml.Node) (cty.Value, error) {
	v, err := resolveYAML(node)
	if err != nil || explicitTag(node) != "" || node.Style&(yaml.LiteralStyle|yaml.FoldedStyle) == 0 {
		return v, err
	}
	return convert.Convert(v, cty.String)
}

// resolveYAML finds out what a scalar means. The words for truth are those of
// YAML 1.1, the numbers those of YAML 1.2.
func resolveYAML(node *yaml.Node) (cty.Value, error) {
	text, tag := node.Value, explicitTag(node)
	var v cty.Value
	var err error
	switch tag {
	case "", "!!bool", "!!int", "!!float", "!!null", "!!timestamp":
		if node.Style&quotedStyle != 0 && (text == "" || startsLikeSpecial(text[0])) {
			return cty.StringVal(text), nil
		}
		v, err = resolveSpecial(text, tag)
	case "!!str":
		v = cty.StringVal(text)
	case "!!binary":
		v = cty.StringVal(text)
		if _, bad := base64.StdEncoding.DecodeString(text); bad != nil {
			err = errors.New("not valid base64")
		}
	default:
		err = fmt.Errorf("unsupported tag %q", tag)
	}
	if err != nil {
		return cty.NilVal, fmt.Errorf("line %d: %w", node.Line, err)
	}
	return v, nil
}

// startsLikeSpecial reports whether a text may be other than a string.
func startsLikeSpecial(first byte) bool {
	return strings.IndexByte("+-.~0123456789yYnNtTfFoO", first) >= 0
}

// resolveSpecial reads what is not a string by its look or by its tag.
func resolveSpecial(text, tag string) (cty.Value, error) {
	if v, ok := yamlWord(text); ok {
		return v, nil
	}
	if tag == "" && (text == ".nan" || text == ".NaN" || text == ".NAN") {
		return cty.NilVal, errors.New("floating point NaN is not supported")
	}
	if tag == "" || tag == "!!timestamp" {
		if at, ok := yamlTime(text); ok {
			return cty.StringVal(at.Format(time.RFC3339)), nil
		}
	}
	if yamlInteger.MatchString(text) || yamlFloat.MatchString(text) || tag == "!!int" || tag == "!!float" {
		return yamlNumber(strings.ReplaceAll(text, "_", ""), tag)
	}
	switch tag {
	case "":
		return cty.StringVal(text), nil
	case "!!null":
		return cty.NullVal(cty.DynamicPseudoType), nil
	default:
		return cty.NilVal, fmt.Errorf("cannot read %q as %s", text, tag)
	}
}

// yamlWord knows the scalars that stand for themselves.
func yamlWord(text string) (cty.Value, bool) {
	switch text {
	case "y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON":
		return cty.True, true
	case "n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF":
		return cty.False, true
	case "", "~", "null", "Null", "NULL":
		return cty.NullVal(cty.DynamicPseudoType), true
	case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF":
		return cty.PositiveInfinity, true
	case "-.inf", "-.Inf", "-.INF":
		return cty.NegativeInfinity, true
	default:
		return cty.NilVal, false
	}
}

// Numbers as in the YAML 1.2 core schema, https://yaml.org/spec/1.2.2/#1032-tag-resolution.
var (
	yamlInteger = regexp.MustCompile(`^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$`)
	yamlFloat   = regexp.MustCompile(`^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$`)
)

func yamlNumber(text, tag string) (cty.Value, error) {
	if len(text) > maxDigits {
		return cty.NilVal, errors.New("a number of too many digits")
	}
	if n, err := cty.ParseNumberVal(text); err == nil {
		return n, nil
	}
	if n, err := strconv.ParseInt(text, 0, 64); err == nil {
		return cty.NumberIntVal(n), nil
	}
	if n, err := strconv.ParseUint(text, 0, 64); err == nil {
		return cty.NumberUIntVal(n), nil
	}
	return cty.NilVal, fmt.Errorf("cannot read %q as a number %s", text, tag)
}

// yamlTime reads the usual forms of https://yaml.org/type/timestamp.html; years
// have four digits.
func yamlTime(text string) (time.Time, bool) {
	if len(text) < len("2006-1-2") || text[4] != '-' || strings.Trim(text[:4], "0123456789") != "" {
		return time.Time{}, false
	}
	for _, layout := range []string{
		"2006-1-2", "2006-1-2 15:4:5.999999999",
		"2006-1-2T15:4:5.999999999Z07:00", "2006-1-2t15:4:5.999999999Z07:00",
	} {
		if at, err := time.Parse(layout, text); err == nil {
			return at, true
		}
	}
	return time.Time{}, false
}
