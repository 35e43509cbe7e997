package config

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
)

// The example of the page for users is valid and leaves out no key.
func TestThePageShowsEverything(t *testing.T) {
	page, err := os.ReadFile("../../docs/configuration.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(page), "```yaml\n")
	example, _, found := strings.Cut(rest, "```\n")
	if !found {
		t.Fatal("the page has no example")
	}
	c, problems := load(example)
	if problems != nil {
		t.Fatal(problems)
	}
	if len(c.Declarations.Entries) != 9 {
		t.Errorf("%d declarations are read", len(c.Declarations.Entries))
	}
	var schema struct {
		Properties map[string]struct {
			Properties map[string]any
			Items      struct{ Properties map[string]any }
		}
	}
	if err := json.Unmarshal(schemaText, &schema); err != nil {
		t.Fatal(err)
	}
	shown := func(key string) bool {
		return strings.Contains(example, key+":")
	}
	for name, of := range schema.Properties {
		if !shown(name) {
			t.Errorf("the example has no %s", name)
		}
		for _, keys := range []map[string]any{of.Properties, of.Items.Properties} {
			for key := range keys {
				if !shown(key) {
					t.Errorf("the example has no %s of %s", key, name)
				}
			}
		}
	}
}
