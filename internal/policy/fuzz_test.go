package policy

import (
	"strings"
	"testing"
)

// Users' own rules come with the repository that is scanned: whatever they
// hold, loading ends with rules or with problems that have a file.
func FuzzLoadCustom(f *testing.F) {
	f.Add(ruleFile("custom.x", aboutStores, versioned))
	f.Add(ruleFile("rules.raw.x", aboutStores, versioned))
	f.Add(ruleFile("custom.x", "#   kinds: [object_store]\n#   settings: [{name: a, default: {}}]\n", "deny contains a.id if some a in input.assets"))
	f.Add("package custom\n")
	f.Add("# METADATA\n# title: [\npackage custom.x\n")
	f.Add("package custom[1]\nx := 1")
	f.Add(strings.Repeat("{", 200))
	f.Fuzz(func(t *testing.T, text string) {
		set, problems := LoadCustom(customFS(map[string]string{"x.rego": text}))
		for _, p := range problems {
			if p.File != "x.rego" || p.Message == "" {
				t.Errorf("a problem without a place: %+v", p)
			}
		}
		for _, rule := range set.Rules() {
			if !strings.HasPrefix(rule.ID, "custom/") {
				t.Errorf("rule %s is not a custom one", rule.ID)
			}
		}
	})
}
