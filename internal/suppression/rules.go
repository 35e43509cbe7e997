package suppression

import (
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/finding"
)

// The names of the rules about ignoring.
const (
	expiredID    = "ignore/expired"
	incompleteID = "ignore/incomplete"
	unknownID    = "ignore/unknown-rule"
	unusedID     = "ignore/unused"
)

// Join returns other rules and those about ignoring, ordered by ID.
func Join(rules []*finding.Rule) []*finding.Rule {
	all := slices.Clone(rules)
	own := Rules()
	for i := range own {
		all = append(all, &own[i])
	}
	slices.SortFunc(all, func(a, b *finding.Rule) int { return strings.Compare(a.ID, b.ID) })
	return all
}

// Rules returns the rules about ignoring, ordered by ID. They are about what
// users write for drlint, so no model holds what they look at and they are not
// written in the rule language.
func Rules() []finding.Rule {
	rule := func(id, title, description, fix string, severity finding.Severity, profile finding.Profile) finding.Rule {
		return finding.Rule{
			ID: id, Title: title, Description: description, Fix: finding.Advice{finding.Everywhere: fix}, Severity: severity, Kinds: []string{}, Stages: []string{},
			Profile: profile, Since: finding.FirstRuleSet, Tags: []string{"ignore"},
		}
	}
	return []finding.Rule{
		rule(expiredID, "What is ignored for a while is looked at again",
			"An ignore comment or an entry of .drlint.yaml has passed the day in its until. It ignores nothing any more: what it covered is reported again, each with its own severity, which decides whether the run fails.",
			"Remedy what is reported. If it must be accepted for longer, agree on a new day and write it into until.",
			finding.Low, finding.MinimalProfile),
		rule(incompleteID, "Ignore comments are complete",
			"A comment that is meant to ignore a rule names none, gives no reason, or is written in another way than drlint reads. It ignores nothing. A reason is what the next reader needs to know whether the decision still holds.",
			`Write # drlint:ignore RULE reason="why this is accepted", with until=2027-01-31 and owner=team where they help; several rules are separated by commas. drlint:ignore-file is for the whole file.`,
			finding.Medium, finding.MinimalProfile),
		rule(unknownID, "Ignore comments name rules that exist",
			"An ignore comment names a rule that does not exist, so it ignores nothing: it is misspelt, or the rule is one of your own and was not loaded.",
			"Write the name as the report shows it in brackets; drlint rules lists all of them.",
			finding.Medium, finding.MinimalProfile),
		rule(unusedID, "Nothing is ignored in vain",
			"An ignore comment or an entry of .drlint.yaml covers nothing, although its rule looked at everything: what it once accepted was remedied, moved or deleted. Left in place, it would hide the next finding of that rule without anybody having decided so.",
			"Delete it, or move it to the place that it is about.",
			finding.Low, finding.DefaultProfile),
	}
}
