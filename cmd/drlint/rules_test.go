package main

import (
	"bytes"
	"context"
	"path/filepath"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// What programs read of the rules is what the published schema says.
func TestRulesFollowTheirSchema(t *testing.T) {
	schema, err := jsonschema.NewCompiler().Compile(filepath.Join("..", "..", "docs", "rules.schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, arguments := range [][]string{
		{"rules", "--format", "json"}, {"explain", "raw/not-replicated", "--format", "json"}, {"explain", "ignore", "--format", "json"},
	} {
		var stdout, stderr bytes.Buffer
		if code := Main(context.Background(), arguments, &stdout, &stderr); code != exitClean {
			t.Fatalf("%v: exit %d: %s", arguments, code, stderr.String())
		}
		document, err := jsonschema.UnmarshalJSON(&stdout)
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(document); err != nil {
			t.Errorf("%v: %v", arguments, err)
		}
	}
}
