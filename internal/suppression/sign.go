package suppression

import (
	"path"
	"strings"

	"github.com/drlint/drlint/internal/finding"
)

// Judges reports whether a rule is about what users ignore, which nobody is
// offered to ignore in turn.
func Judges(rule *finding.Rule) bool { return strings.HasPrefix(rule.ID, "ignore/") }

// Unused reports whether a rule is about what has no effect and can go.
func Unused(rule *finding.Rule) bool { return rule.ID == unusedID }

// Sign is the sign of a comment that ends with its line, for whoever writes one
// into a file; empty where there is none. JSON has none, although its comments
// are found: much of what reads it takes no comments.
func Sign(file string) string {
	of := languageOf(file)
	switch {
	case of == nil:
		return ""
	case of.yaml:
		return "#"
	case of == jsonLanguage && !strings.EqualFold(path.Ext(file), ".jsonc"):
		return ""
	default:
		return of.line[0]
	}
}
