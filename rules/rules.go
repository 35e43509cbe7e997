// Package rules embeds the rules that are part of drlint: one folder a rule,
// whose path is its name. It evaluates nothing.
package rules

import (
	"embed"
	"encoding/json"
	"fmt"

	"github.com/drlint/drlint/internal/finding"
)

//go:generate go run ../internal/gen

// FS holds the conditions and the examples of the rules, their libraries and
// the index.
//
//go:embed index.json lib/*.rego lib/*.plan */*/rule.rego */*/rule.plan */*/examples.txtar
var FS embed.FS

// Index returns what is known about every rule, ordered by ID, without parsing
// any of them. It is generated from the rules' metadata.
func Index() ([]finding.Rule, error) {
	data, err := FS.ReadFile("index.json")
	if err != nil {
		return nil, fmt.Errorf("reading the index of rules: %w", err)
	}
	var index []finding.Rule
	if err := json.Unmarshal(data, &index); err != nil {
		return nil, fmt.Errorf("reading the index of rules: %w", err)
	}
	return index, nil
}
