package rules_test

import (
	"os"
	"testing"

	"github.com/drlint/drlint/internal/gen/pages"
	"github.com/drlint/drlint/internal/policy"
)

// Every statement of the guide is checked by a rule, or says why no repository
// can show it; never both.
func TestTheWholeGuideIsCovered(t *testing.T) {
	index, problems := policy.Check(os.DirFS("."))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	for _, cover := range pages.Coverage(index) {
		switch {
		case len(cover.Rules) == 0 && cover.Reason == "":
			t.Errorf("G%s has neither a rule nor a reason for having none", cover.Statement)
		case len(cover.Rules) > 0 && cover.Reason != "":
			t.Errorf("G%s is said to be checked by no rule, and %v check it", cover.Statement, cover.Rules)
		}
	}
}
