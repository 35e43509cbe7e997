package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/drlint/drlint/internal/report"
)

// excerpt is a block of docs/outputs.md with the name above it.
var excerpt = regexp.MustCompile("(?s)<!-- ([a-z.-]+) -->\n```[a-z]*\n(.*?)```\n")

// TestOutputsAreAsDocumented compares the excerpts of the page with what drlint
// writes for the configuration that the page shows.
func TestOutputsAreAsDocumented(t *testing.T) {
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "outputs.md"))
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("GITHUB_SERVER_URL", "") // links are relative where no service runs this
	t.Setenv("CI_PROJECT_URL", "")
	dir, shown := t.TempDir(), map[string]bool{}
	for _, block := range excerpt.FindAllStringSubmatch(string(page), -1) {
		name, text := block[1], block[2]
		if name == "main.tf" {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		shown[name] = true
		got := string(printed(t, "check", "--rule", "raw/not-replicated", "--format", name, dir))
		var pattern strings.Builder
		for part := range strings.SplitSeq(strings.TrimSuffix(text, "\n"), "…") {
			pattern.WriteString(regexp.QuoteMeta(part) + "(?s:.*)")
		}
		if !regexp.MustCompile("(?m)^" + strings.TrimSuffix(pattern.String(), "(?s:.*)")).MatchString(got) {
			t.Errorf("docs/outputs.md shows of %s:\n%s\nbut drlint writes\n%s", name, text, got)
		}
	}
	for _, name := range report.Formats() {
		if !shown[name] {
			t.Errorf("docs/outputs.md shows nothing of %s", name)
		}
	}
}

// printed is what a command that may find something writes to standard output.
func printed(t *testing.T, arguments ...string) []byte {
	t.Helper()
	var stdout, stderr bytes.Buffer
	if code := Main(context.Background(), arguments, &stdout, &stderr); code != exitClean && code != exitFindings || stderr.Len() > 0 {
		t.Fatalf("%q: exit %d: %s", arguments, code, stderr.String())
	}
	return stdout.Bytes()
}

// TestDocumentsFollowTheirSchemas validates what is written about the example
// platforms, and about input that attacks its readers.
func TestDocumentsFollowTheirSchemas(t *testing.T) {
	directories, err := filepath.Glob(filepath.Join("..", "..", "testdata", "repos", "*"))
	if err != nil || len(directories) == 0 {
		t.Fatal(err)
	}
	attack := t.TempDir()
	for name, text := range map[string]string{
		"raw\n::error::a|b`<script>\u202e]#.tf": "resource \"aws_s3_bucket\" \"raw\" {\n  bucket = \"]|`<b>::\"\n}\n",
		"latin.tf":                              hostile["latin/main.tf"].content, "syntax.tf": hostile["syntax/main.tf"].content,
	} {
		if err := os.WriteFile(filepath.Join(attack, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	compiler := schemas(t)
	for _, dir := range append(directories, attack) {
		for name, arguments := range map[string][]string{
			"report": {"check", "--format", "json"}, "ndjson": {"check", "--format", "ndjson"},
			"inventory": {"inventory", "--format", "json"}, "map": {"map", "--format", "json"},
		} {
			documents := [][]byte{printed(t, append(arguments, dir)...)}
			if name == "ndjson" {
				documents = bytes.Split(bytes.TrimSpace(documents[0]), []byte("\n"))
			}
			schema, err := compiler.Compile("https://drlint.dev/schema/" + name + ".schema.json")
			if err != nil {
				t.Fatal(err)
			}
			for _, document := range documents {
				instance, err := jsonschema.UnmarshalJSON(bytes.NewReader(document))
				if err != nil {
					t.Fatal(err)
				}
				if err := schema.Validate(instance); err != nil {
					t.Errorf("%s of %s: %.600s", name, dir, err)
				}
			}
		}
	}
}

// schemas knows the published schemas by their names.
func schemas(t *testing.T) *jsonschema.Compiler {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("..", "..", "docs", "*.schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		if err := compiler.AddResource("https://drlint.dev/schema/"+filepath.Base(file), document); err != nil {
			t.Fatal(err)
		}
	}
	return compiler
}
