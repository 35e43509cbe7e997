package rules_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/drlint/drlint/analyzers"
	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/gen/pages"
	"github.com/drlint/drlint/internal/policy"
	"github.com/drlint/drlint/internal/scan"
)

// oneWay says of the rules that can be broken or kept in one way only why that is so.
var oneWay = map[string]string{
	"ingest/publish-artifact-only":          "publishing writes templates of Resource Manager and nothing else",
	"platform/global-cluster-single-member": "only AWS sells clusters that can be global with one member",
	"platform/purged-on-destroy":            "the switch is one of the provider azurerm",
	"platform/store-without-plan":           "only plans of AWS Backup choose stores by tags",
	"raw/versioning-suspended":              "only S3 suspends versioning; elsewhere it is on or off",
	"report/binary-only":                    "only Power BI saves reports in a binary file",
	"scripts/not-in-git":                    "only databricks_notebook takes the text of a notebook instead of a file",
}

// A rule over the model holds for whoever writes the platform in whichever way,
// so it is shown failing in two ways and passing in two, where two exist.
func TestExamplesAreWrittenInTwoWays(t *testing.T) {
	index, problems := policy.Check(os.DirFS("."))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	set, err := policy.Load(os.DirFS("."), index)
	if err != nil {
		t.Fatal(err)
	}
	for i := range index {
		id := index[i].ID
		data, err := os.ReadFile(filepath.Join(filepath.FromSlash(id), "examples.txtar"))
		if err != nil {
			t.Fatal(err)
		}
		_, examples, err := pages.ParseExamples(data)
		if err != nil {
			t.Fatal(err)
		}
		ways := map[finding.Verdict][][]string{}
		for _, e := range examples {
			if e.Verdict != finding.Fail && e.Verdict != finding.Pass {
				continue
			}
			ways[e.Verdict] = append(ways[e.Verdict], waysOf(t, set, &e, id))
		}
		reason, excused := oneWay[id]
		both := differ(ways[finding.Fail]) && differ(ways[finding.Pass])
		if !both && !excused {
			t.Errorf("%s fails in %v and passes in %v", id, ways[finding.Fail], ways[finding.Pass])
		}
		if both && excused {
			t.Errorf("%s has examples in two ways, although %q", id, reason)
		}
	}
}

// waysOf lists in which ways an example is written: the formats that analyzers
// read in it, and for Terraform, which is one format for all of them, the
// providers of its assets.
func waysOf(t *testing.T, set *policy.Ruleset, e *pages.Example, rule string) (ways []string) {
	t.Helper()
	o := optionsOf(t, set, e, rule)
	written := map[string]bool{}
	for _, a := range analyzers.All() {
		claimed := slices.DeleteFunc(slices.Clone(o.Tree.Files), func(f string) bool { return !a.Claims(f) })
		if len(claimed) == 0 {
			continue
		}
		for _, r := range a.Analyze(context.Background(), o.Tree, claimed).Resources {
			if r.Format == "terraform" {
				written[r.Type] = true
			} else {
				ways = append(ways, r.Format)
			}
		}
	}
	r, err := scan.Run(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	for _, asset := range r.Assets {
		if written[asset.Type] {
			ways = append(ways, "terraform for "+asset.Provider)
		}
	}
	slices.Sort(ways)
	return slices.Compact(ways)
}

// differ reports whether two of the lists have each something that the other lacks.
func differ(lists [][]string) bool {
	lacks := func(a, b []string) bool {
		return slices.ContainsFunc(a, func(way string) bool { return !slices.Contains(b, way) })
	}
	for i, a := range lists {
		if slices.ContainsFunc(lists[:i], func(b []string) bool { return lacks(a, b) && lacks(b, a) }) {
			return true
		}
	}
	return false
}
