package finding

import (
	"github.com/bmatcuk/doublestar/v4"

	"github.com/drlint/drlint/internal/source"
)

// Acceptance is an entry of the configuration's ignore list. Rule, Address and
// Path are globs; an empty one matches everything.
type Acceptance struct {
	Rule, Address, Path string
	Reason              string
	At                  source.Range
}

// Accept marks the findings that an entry of the configuration covers. A
// finding with several instances is covered when all of them are.
func Accept(findings []Finding, accepted []Acceptance) {
	for i := range findings {
		for _, a := range accepted {
			if findings[i].Suppressed == nil && a.covers(findings[i]) {
				findings[i].Suppressed = &Suppression{Kind: "configuration", Reason: a.Reason, At: a.At}
			}
		}
	}
}

func (a Acceptance) covers(f Finding) bool {
	if !globs(a.Rule, f.Rule.ID) || !globs(a.Path, f.At.File) || !globs(a.Address, f.Subject.Address) {
		return false
	}
	for _, instance := range f.Instances {
		if !globs(a.Address, instance.Subject.Address) {
			return false
		}
	}
	return true
}

func globs(pattern, text string) bool {
	if pattern == "" {
		return true
	}
	ok, err := doublestar.Match(pattern, text)
	return err == nil && ok
}
