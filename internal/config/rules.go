package config

import (
	"fmt"
	"maps"
	"slices"

	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/source"
)

// Disabled lists the rules that are off.
func (c Config) Disabled() (ids []string) {
	for _, id := range slices.Sorted(maps.Keys(c.Rules)) {
		if c.Rules[id].Off {
			ids = append(ids, id)
		}
	}
	return ids
}

// Named lists the rules that the configuration names and does not turn off.
func (c Config) Named() (ids []string) {
	for _, id := range slices.Sorted(maps.Keys(c.Rules)) {
		if !c.Rules[id].Off {
			ids = append(ids, id)
		}
	}
	return ids
}

// Settings are the values that rules read, by rule.
func (c Config) Settings() map[string]map[string]any {
	settings := map[string]map[string]any{}
	for id, rule := range c.Rules {
		if rule.Settings != nil {
			settings[id] = rule.Settings
		}
	}
	return settings
}

// Severities are the severities that replace the rules' own.
func (c Config) Severities() map[string]finding.Severity {
	severities := map[string]finding.Severity{}
	for id, rule := range c.Rules {
		if rule.Severity != "" {
			severities[id] = rule.Severity
		}
	}
	return severities
}

// CheckRules replaces former names of rules by those that they have now. It
// reports the names that no rule has, with the nearest one that exists, and
// rules that are named twice.
func (c *Config) CheckRules(rules []*finding.Rule) (problems []source.Diagnostic) {
	var known []string
	byName := map[string]string{}
	for _, rule := range rules {
		known = append(known, rule.ID)
		for _, alias := range rule.Aliases {
			byName[alias] = rule.ID
		}
	}
	for _, id := range known {
		byName[id] = id
	}
	named := map[string]Rule{}
	for _, name := range slices.Sorted(maps.Keys(c.Rules)) {
		id, exists := byName[name]
		_, twice := named[id]
		switch {
		case !exists:
			problems = append(problems, problem(c.Rules[name].At, fmt.Sprintf("unknown rule %q", name), DidYouMean(name, known)))
		case twice:
			problems = append(problems, problem(c.Rules[name].At, fmt.Sprintf("%q and another name of the same rule are both here", name), "keep "+id))
		default:
			named[id] = c.Rules[name]
		}
	}
	c.Rules = named
	for _, a := range c.Ignore {
		if !slices.ContainsFunc(rules, func(r *finding.Rule) bool { return finding.Matches(a.Rule, r) }) {
			problems = append(problems, problem(a.At, fmt.Sprintf("no rule matches %q", a.Rule), DidYouMean(a.Rule, known)))
		}
	}
	return problems
}
