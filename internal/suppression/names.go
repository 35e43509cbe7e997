package suppression

import (
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/drlint/drlint/internal/config"
	"github.com/drlint/drlint/internal/finding"
)

// customPrefix begins the names of users' own rules.
const customPrefix = "custom/"

// names knows the rules that exist.
type names []*finding.Rule

// match returns the rules that a name, an alias or a glob stands for.
func (n names) match(pattern string) (found []*finding.Rule) {
	for _, rule := range n {
		if finding.Matches(pattern, rule) {
			found = append(found, rule)
		}
	}
	return found
}

// judges reports whether it can be said that a name is wrong: without users' own
// rules their names are unknown.
func (n names) judges(pattern string) bool {
	if !strings.HasPrefix(pattern, customPrefix) {
		return true
	}
	for _, rule := range n {
		if rule.Custom {
			return true
		}
	}
	return false
}

// suggest completes a message about a name that no rule has.
func (n names) suggest(pattern string) string {
	known := make([]string, 0, len(n))
	for _, rule := range n {
		known = append(known, rule.ID)
	}
	return config.DidYouMean(pattern, known)
}

func globs(pattern, text string) bool {
	if pattern == "" {
		return true
	}
	ok, err := doublestar.Match(pattern, text)
	return err == nil && ok
}
