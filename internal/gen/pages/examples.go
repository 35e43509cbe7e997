package pages

import "github.com/drlint/drlint/internal/ruletest"

// Example is a small repository and the verdicts that one rule must give on it.
type Example = ruletest.Example

// ParseExamples reads the archive beside a rule.
func ParseExamples(data []byte) (prose string, examples []Example, err error) {
	return ruletest.Parse(data)
}
