package rules_test

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/gen/pages"
	"github.com/drlint/drlint/internal/model"
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

// types finds the types of Terraform that a text names, and whose they are.
var types = regexp.MustCompile(`\b(azurerm|azapi|aws|google|databricks|fabric)_[a-z0-9_]+`)

// Advice for the users of one provider names no resources of another, and a
// text for everybody names those of one provider at most.
func TestAdviceIsAboutOneProvider(t *testing.T) {
	index, problems := policy.Check(os.DirFS("."))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	for i := range index {
		rule := &index[i]
		if slices.Contains(rule.Kinds, string(model.StateStore)) {
			continue // Terraform keeps its state with any of them
		}
		for key, text := range rule.Fix {
			var named []string
			for _, match := range types.FindAllStringSubmatch(text, -1) {
				named = append(named, strings.NewReplacer("azurerm", "azure", "azapi", "azure").Replace(match[1]))
			}
			slices.Sort(named)
			named = slices.Compact(named)
			if len(named) > 1 || key != finding.Everywhere && len(named) == 1 && named[0] != key {
				t.Errorf("%s: the text for %s names resources of %v", rule.ID, key, named)
			}
		}
	}
}
