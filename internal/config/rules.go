package config

import (
	"fmt"
	"maps"
	"slices"

	"github.com/bmatcuk/doublestar/v4"

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

// CheckRules reports the names that no rule has, with the nearest one that exists.
func (c Config) CheckRules(known []string) (problems []source.Diagnostic) {
	for _, id := range slices.Sorted(maps.Keys(c.Rules)) {
		if !slices.Contains(known, id) {
			problems = append(problems, problem(c.Rules[id].At, fmt.Sprintf("unknown rule %q", id), DidYouMean(id, known)))
		}
	}
	for _, a := range c.Ignore {
		matches := func(id string) bool {
			ok, err := doublestar.Match(a.Rule, id)
			return err == nil && ok
		}
		if !slices.ContainsFunc(known, matches) {
			problems = append(problems, problem(a.At, fmt.Sprintf("no rule matches %q", a.Rule), DidYouMean(a.Rule, known)))
		}
	}
	return problems
}
