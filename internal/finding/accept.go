package finding

import (
	"slices"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/drlint/drlint/internal/source"
)

// Acceptance is an entry of the configuration's ignore list. Rule, Address and
// Path are globs; an empty one matches everything.
type Acceptance struct {
	Rule, Address, Path string
	Reason              string
	// Until is the last day on which it holds, "2027-01-31"; empty means for ever.
	Until string
	// Owner is who can be asked; may be empty.
	Owner string
	At    source.Range
}

// Matches reports whether a pattern, which is a name, a former name or a glob
// over names, stands for a rule.
func Matches(pattern string, rule *Rule) bool {
	matches := func(name string) bool {
		ok, err := doublestar.Match(pattern, name)
		return err == nil && ok
	}
	return matches(rule.ID) || slices.ContainsFunc(rule.Aliases, matches)
}
