package arm

import (
	"regexp"
	"strings"

	"github.com/drlint/drlint/internal/resource"
)

// placeholderPattern finds what deployment tools replace before Azure sees the
// file: {{sku}}, #{sku}#, __SKU__.
var placeholderPattern = regexp.MustCompile(`\{\{[^{}\n]{0,50}[A-Za-z][^{}\n]{0,50}\}\}|#\{[^{}\n]{1,100}\}#?|__[A-Za-z][A-Za-z0-9.-]*(?:_[A-Za-z0-9.-]+)*__`)

// replaced returns a literal, or the unknown value that a placeholder in it makes.
func replaced(v resource.Value) resource.Value {
	if !strings.Contains(v.Text, "__") && !strings.Contains(v.Text, "{{") && !strings.Contains(v.Text, "#{") {
		return v
	}
	place := placeholderPattern.FindStringIndex(v.Text)
	if place == nil {
		return v
	}
	unknown := resource.UnknownAt(v.At, "it holds the placeholder "+v.Text[place[0]:place[1]]+", which a deployment tool replaces")
	hint := placeholderPattern.ReplaceAllString(v.Text, string(resource.Hole))
	if strings.Trim(hint, string(resource.Hole)) != "" {
		unknown.Hint = hint
	}
	return unknown
}
