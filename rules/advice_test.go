package rules_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/gen/pages"
	"github.com/drlint/drlint/internal/policy"
	"github.com/drlint/drlint/internal/scan"
)

// Whoever a rule speaks to in its examples finds what to write for the products
// of their provider, and not only for those of another.
func TestAdviceIsForEveryProvider(t *testing.T) {
	index, problems := policy.Check(os.DirFS("."))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	set, err := policy.Load(os.DirFS("."), index)
	if err != nil {
		t.Fatal(err)
	}
	for i := range index {
		rule := &index[i]
		t.Run(rule.ID, func(t *testing.T) {
			t.Parallel()
			for _, provider := range addressed(t, set, rule) {
				if rule.Fix[provider] == "" && rule.Fix[finding.Everywhere] == "" {
					t.Errorf("custom.fix has texts for %v, and the examples are about %q too", rule.Fix.Passages(), provider)
				}
			}
		})
	}
}

// addressed lists the providers of what a rule reports in its examples, sorted.
func addressed(t *testing.T, set *policy.Ruleset, rule *finding.Rule) (providers []string) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(filepath.FromSlash(rule.ID), "examples.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	_, examples, err := pages.ParseExamples(data)
	if err != nil {
		t.Fatal(err)
	}
	for j := range examples {
		r, err := scan.Run(context.Background(), optionsOf(t, set, &examples[j], rule.ID))
		if err != nil {
			t.Fatal(err)
		}
		for k := range r.Findings {
			if r.Findings[k].Verdict != finding.Exempt {
				providers = append(providers, r.Findings[k].Providers()...)
			}
		}
	}
	slices.Sort(providers)
	return slices.Compact(providers)
}
