package main

import (
	"cmp"
	"slices"

	"github.com/drlint/drlint/internal/config"
	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/policy"
	"github.com/drlint/drlint/internal/suppression"
)

// choose decides which rules run: the flags, else the configuration, else the
// default profile with all of its rules.
func (in *inputs) choose(o *policy.Options, set *policy.Ruleset) error {
	if in.profile != "" && !slices.Contains(finding.Profiles, finding.Profile(in.profile)) {
		return unknownValue("--profile", in.profile, profileNames())
	}
	if in.ruleSet != "" {
		if err := config.ReadMonth(in.ruleSet); err != nil {
			return usage("--rule-set cannot be %q: %w", in.ruleSet, err)
		}
	}
	o.Profile = cmp.Or(finding.Profile(in.profile), o.Profile, finding.DefaultProfile)
	o.RuleSet = cmp.Or(in.ruleSet, o.RuleSet)
	if len(in.only) == 0 {
		return nil
	}
	o.Profile, o.RuleSet, o.Disabled = "", "", nil
	return in.name(o, set)
}

// name limits the rules to those that the flag names.
func (in *inputs) name(o *policy.Options, set *policy.Ruleset) error {
	var known []string
	rules := suppression.Join(set.Rules())
	for _, rule := range rules {
		known = append(known, rule.ID)
	}
	for _, glob := range in.only {
		found := false
		for _, rule := range rules {
			if finding.Matches(glob, rule) {
				o.Only, found = append(o.Only, rule.ID), true
			}
		}
		if !found {
			return usage("--rule: no rule matches %q; %s", glob, config.DidYouMean(glob, known))
		}
	}
	return nil
}

func profileNames() (names []string) {
	for _, profile := range finding.Profiles {
		names = append(names, string(profile))
	}
	return names
}
