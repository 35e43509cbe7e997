package rules_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/gen/pages"
	"github.com/drlint/drlint/internal/policy"
	"github.com/drlint/drlint/internal/scan"
)

// families are rules that look at one question from several sides. At most one
// of each may speak about an asset, so that one cause is reported once.
var families = [][]string{
	{
		"raw/not-backed-up", "raw/versioning-suspended", "raw/backup-misses-container", "raw/backup-suspended",
		"raw/restore-window-too-short", "raw/soft-delete-is-no-rollback",
	},
	{"raw/not-replicated", "raw/partially-replicated", "raw/same-region-replica", "raw/replication-disabled"},
	{"raw/backup-shares-fate", "raw/no-locked-copy"},
	{"infrastructure/state-not-remote", "infrastructure/state-not-versioned"},
	{"raw/no-locked-copy", "platform/vault-shares-fate", "platform/vault-not-locked"},
	{"platform/global-cluster-single-member", "raw/not-replicated", "presentation/not-replicated"},
	{"platform/global-cluster-single-member", "source/not-replicated"},
	{"platform/global-cluster-single-member", "modeled/not-replicated", "model/no-recovery-path"},
	{"platform/global-cluster-single-member", "curated/not-replicated"},
	{"platform/global-cluster-single-member", "enriched/not-replicated"},
	{"platform/backup-suspended", "raw/backup-suspended"},
	{"platform/key-not-purge-protected", "platform/purged-on-destroy"},
	{"platform/vault-not-replicated", "platform/vault-cross-region-restore-off"},
	{"source/not-backed-up", "source/restore-window-too-short"},
	{
		"presentation/not-backed-up", "presentation/restore-window-too-short", "presentation/replica-is-no-backup",
		"presentation/full-load-without-dated-copy", "model/not-backed-up",
	},
	{"model/no-recovery-path", "presentation/full-load-without-dated-copy"},
	{"modeled/not-backed-up", "modeled/overwrites-in-place"},
	{"presentation/no-deletion-guard", "presentation/destroyed-with-backups"},
	{"model/increments-overwritten", "model/increments-not-backed-up"},
	{"presentation/not-replicated", "presentation/failover-group-empty", "presentation/geo-backup-contradiction"},
	{"platform/backup-required", "platform/source-forgets-first", "platform/recreation-exceeds-rto"},
	{
		"platform/window-shorter-than-detection", "raw/restore-window-too-short", "presentation/restore-window-too-short",
		"source/restore-window-too-short", "curated/not-backed-up", "modeled/not-backed-up", "model/not-backed-up",
	},
	{"platform/backup-dearer-than-recreation", "raw/not-backed-up", "presentation/not-backed-up"},
}

// Every example of every rule is judged by all rules.
func TestOneRuleOfAFamilySpeaks(t *testing.T) {
	index, problems := policy.Check(os.DirFS("."))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	set, err := policy.Load(os.DirFS("."), index)
	if err != nil {
		t.Fatal(err)
	}
	for i := range index {
		data, err := os.ReadFile(filepath.Join(filepath.FromSlash(index[i].ID), "examples.txtar"))
		if err != nil {
			t.Fatal(err)
		}
		_, examples, err := pages.ParseExamples(data)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range examples {
			name := index[i].ID + "/" + string(e.Verdict) + "/" + e.Name
			findings := judged(t, set, e)
			for _, fault := range deferrals(findings, set) {
				t.Errorf("%s: %s", name, fault)
			}
			for asset, rules := range spoken(findings) {
				for _, family := range families {
					if said := both(family, rules); len(said) > 1 {
						t.Errorf("%s: %v all speak about %s", name, said, asset)
					}
				}
			}
		}
	}
}

// judged are the findings of all rules.
func judged(t *testing.T, set *policy.Ruleset, e pages.Example) []finding.Finding {
	t.Helper()
	r, err := scan.Run(context.Background(), optionsOf(t, set, &e))
	if err != nil {
		t.Fatal(err)
	}
	return r.Findings
}

var defers = regexp.MustCompile(`([a-z]+/[a-z0-9-]+) (?:judges|reports|speaks)`)

// deferrals lists the rules that leave a cause to one that a profile with the
// first lacks: there nobody would speak.
func deferrals(findings []finding.Finding, set *policy.Ruleset) (faults []string) {
	rules := map[string]*finding.Rule{}
	for _, rule := range set.Rules() {
		rules[rule.ID] = rule
	}
	for _, f := range findings {
		if f.Verdict != finding.Exempt {
			continue
		}
		for _, found := range defers.FindAllStringSubmatch(f.Message, -1) {
			if other := rules[found[1]]; other == nil || !f.Rule.Profile.Contains(other.Profile) {
				faults = append(faults, fmt.Sprintf("%s leaves it to %s, which its profile lacks", f.Rule.ID, found[1]))
			}
		}
	}
	return faults
}

// spoken lists, by asset, the rules that say fail or unknown.
func spoken(findings []finding.Finding) map[string][]string {
	rules := map[string][]string{}
	for _, f := range findings {
		if f.Verdict != finding.Fail && f.Verdict != finding.Unknown {
			continue
		}
		rules[f.Subject.ID] = append(rules[f.Subject.ID], f.Rule.ID)
		for _, instance := range f.Instances {
			rules[instance.Subject.ID] = append(rules[instance.Subject.ID], f.Rule.ID)
		}
	}
	return rules
}

// both lists, once each, the rules that are in two lists.
func both(a, b []string) (common []string) {
	for _, rule := range a {
		if slices.Contains(b, rule) {
			common = append(common, rule)
		}
	}
	return common
}
