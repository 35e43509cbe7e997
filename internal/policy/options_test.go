package policy

import (
	"testing"

	"github.com/drlint/drlint/internal/finding"
)

func TestOptionsChooseRules(t *testing.T) {
	strict := finding.Rule{ID: "raw/a", Profile: finding.StrictProfile, Since: "2026-12"}
	minimal := finding.Rule{ID: "raw/b", Profile: finding.MinimalProfile, Since: "2026-11"}
	custom := finding.Rule{ID: "custom/c", Profile: finding.DefaultProfile, Since: "2026-12", Custom: true}
	cases := []struct {
		name    string
		options Options
		want    [3]bool // strict, minimal, custom
	}{
		{"nothing is left out", Options{}, [3]bool{true, true, true}},
		{"the default profile", Options{Profile: finding.DefaultProfile}, [3]bool{false, true, true}},
		{"the minimal profile", Options{Profile: finding.MinimalProfile}, [3]bool{false, true, false}},
		{"a rule set knows nothing of users' own rules", Options{RuleSet: "2026-11"}, [3]bool{false, true, true}},
		{"a named rule runs in every profile", Options{Profile: finding.MinimalProfile, RuleSet: "2026-11", Named: []string{"raw/a"}}, [3]bool{true, true, false}},
		{"what is off stays off", Options{Named: []string{"raw/a"}, Disabled: []string{"raw/a"}}, [3]bool{false, true, true}},
		{"only what is asked for", Options{Only: []string{"raw/a"}, Profile: finding.MinimalProfile, RuleSet: "2026-11"}, [3]bool{true, false, false}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := [3]bool{c.options.Enables(&strict), c.options.Enables(&minimal), c.options.Enables(&custom)}; got != c.want {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}
