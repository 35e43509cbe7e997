package main

import (
	"context"
	"encoding/json"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/drlint/drlint/internal/lsp/lsptest"
)

// session is an editor that speaks with "drlint lsp" about a repository on disk.
type session struct {
	*lsptest.Editor
	dir string
}

// converse writes an archive to disk and starts a session about it. The editor can
// do what the newest ones can, unless other capabilities are given.
func converse(t *testing.T, archive string, arguments ...string) *session {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range txtar.Parse([]byte(archive)).Files {
		path := filepath.Join(dir, filepath.FromSlash(file.Name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, file.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	serve := func(in io.Reader, out io.Writer) error {
		root := newRoot()
		root.SetArgs(append([]string{"lsp"}, arguments...))
		root.SetIn(in)
		root.SetOut(out)
		return root.ExecuteContext(context.Background())
	}
	s := &session{dir: dir}
	hidden := append(ruleTexts(t), s.uri(""), "file:///repository/", dir, "/repository", filepath.Base(dir), "repository", version(), "VERSION")
	s.Editor = lsptest.Start(t, serve, hidden...)
	return s
}

// ruleTexts replaces what rules say by what it is: transcripts are not about it.
func ruleTexts(t *testing.T) (pairs []string) {
	t.Helper()
	all, err := allRules()
	if err != nil {
		t.Fatal(err)
	}
	for _, rule := range all {
		names := map[string]string{rule.Description: "DESCRIPTION"}
		for _, passage := range rule.Fix.Passages() {
			names[passage.Text] = "FIX"
		}
		for text, name := range names {
			encoded, err := json.Marshal(text)
			if err != nil {
				t.Fatal(err)
			}
			pairs = append(pairs, string(encoded[1:len(encoded)-1]), name)
		}
	}
	return pairs
}

func (s *session) uri(file string) string {
	return (&url.URL{Scheme: "file", Path: filepath.ToSlash(s.dir) + "/" + file}).String()
}

// initialize shows what the editor can do.
func (s *session) initialize() {
	s.Call("initialize", map[string]any{
		"rootUri": s.uri(""),
		"capabilities": map[string]any{
			"workspace": map[string]any{"workspaceEdit": map[string]any{"documentChanges": true, "resourceOperations": []string{"create"}}},
			"textDocument": map[string]any{
				"publishDiagnostics": map[string]any{
					"relatedInformation": true, "versionSupport": true, "codeDescriptionSupport": true,
					"tagSupport": map[string]any{"valueSet": []int{1}},
				},
				"hover":      map[string]any{"contentFormat": []string{"markdown", "plaintext"}},
				"codeAction": map[string]any{"codeActionLiteralSupport": map[string]any{}},
			},
		},
	})
	s.Notify("initialized", map[string]any{})
}

func (s *session) open(file, text string) {
	s.Notify("textDocument/didOpen", map[string]any{
		"textDocument": map[string]any{"uri": s.uri(file), "languageId": "terraform", "version": 1, "text": text},
	})
}

// change tells the server what an edit did.
func (s *session) change(file string, version int, edits []lsptest.TextEdit) {
	var changes []map[string]any
	for _, e := range edits {
		changes = append(changes, map[string]any{"range": e.Range, "text": e.NewText})
	}
	s.Notify("textDocument/didChange", map[string]any{
		"textDocument": map[string]any{"uri": s.uri(file), "version": version}, "contentChanges": changes,
	})
}

func (s *session) at(file string, line, character int) map[string]any {
	return map[string]any{
		"textDocument": map[string]any{"uri": s.uri(file)},
		"position":     map[string]any{"line": line, "character": character},
	}
}

const bucket = `-- .drlint.yaml --
version: 1
-- lake/main.tf --
resource "aws_s3_bucket" "raw" {
  bucket = "acme-raw"
}
provider "aws" {
  region = "eu-central-1"
}
`

// A whole session, as it goes over the wire: the emoji before the block counts
// as two units, and what the editor applies ends the findings.
func TestEditorSession(t *testing.T) {
	s := converse(t, bucket, "--rule", "raw/*")
	file, text := s.uri("lake/main.tf"), "/* 😀 */ resource \"aws_s3_bucket\" \"raw\" {\n  bucket = \"acme-raw\"\n}\n"
	s.initialize()
	s.open("lake/main.tf", text)
	if at := s.Diagnostics(file)[0].Range; at.Start.Character != 9 || at.End.Character != 39 {
		t.Errorf("the block is at %v", at)
	}
	comment := []lsptest.TextEdit{{Range: lsptest.Range{End: lsptest.Position{Character: 9}}}}
	text = lsptest.Apply(text, comment)
	s.change("lake/main.tf", 2, comment)
	for version := 3; ; version++ {
		found := s.Diagnostics(file)
		if len(found) == 0 {
			break
		}
		at := found[0].Range
		s.Call("textDocument/hover", s.at("lake/main.tf", at.Start.Line, at.Start.Character))
		actions := s.Actions(file, at.Start.Line, at.Start.Character, at.End.Character)
		edits := actions[0].EditsOf(file)
		if len(edits) == 0 || version > 5 {
			t.Fatalf("no action ends %s", found[0].Code)
		}
		text = lsptest.Apply(text, edits)
		s.change("lake/main.tf", version, edits)
	}
	if strings.Count(text, `# drlint:ignore raw/`) != 2 {
		t.Errorf("got\n%s", text)
	}
	s.Call("textDocument/hover", s.at("lake/main.tf", 2, 12))
	if err := s.Exit(); err != nil {
		t.Error(err)
	}
	compare(t, filepath.Join("testdata", "session.txt"), s.Transcript())
}

// A configuration that cannot be used is a problem of its file; the session goes
// on, and what was found before stays until it can be judged again.
func TestEditorShowsAnInvalidConfiguration(t *testing.T) {
	s := converse(t, bucket)
	s.initialize()
	s.open("lake/main.tf", "resource \"aws_s3_bucket\" \"raw\" {\n}\n")
	before := s.Diagnostics(s.uri("lake/main.tf"))
	s.open(".drlint.yaml", "version: 1\nprofil: strict\n")
	found := s.Diagnostics(s.uri(".drlint.yaml"))
	if len(found) != 1 || found[0].Code != "config/invalid" || found[0].Range.Start.Line != 1 || !strings.Contains(found[0].Message, "did you mean \"profile\"") {
		t.Errorf("got %v", found)
	}
	s.change(".drlint.yaml", 2, []lsptest.TextEdit{{
		Range:   lsptest.Range{Start: lsptest.Position{Line: 1}, End: lsptest.Position{Line: 2}},
		NewText: "rules:\n  raw/not-replicated:\n    severity: low\n",
	}})
	if found := s.Diagnostics(s.uri(".drlint.yaml")); len(found) != 0 {
		t.Errorf("got %v", found)
	}
	after := s.Diagnostics(s.uri("lake/main.tf"))
	if len(after) != len(before) || severityOf(before, "raw/not-replicated") != 1 || severityOf(after, "raw/not-replicated") != 3 {
		t.Errorf("before %v\nafter %v", before, after)
	}
	if err := s.Exit(); err != nil {
		t.Error(err)
	}
}

func severityOf(found []lsptest.Diagnostic, rule string) int {
	for _, d := range found {
		if d.Code == rule {
			return d.Severity
		}
	}
	return 0
}

// What an editor shows is what check says: a finding in a module, with the call
// that leads to it, although only the call is open; a file with a syntax error;
// and users' own rules as they are in the editor.
func TestEditorSeesTheWholeRepository(t *testing.T) {
	s := converse(t, `-- .drlint.yaml --
version: 1
custom-rules: policy
-- policy/rule.rego --
# METADATA
# title: x
package custom.broken
-- main.tf --
module "raw" {
  source = "./bucket"
}
-- bucket/main.tf --
resource "aws_s3_bucket" "raw" {
}
-- flawed/main.tf --
resource "aws_s3_bucket" "flawed" {
  bucket =
`, "--rule", "raw/not-replicated")
	s.initialize()
	s.open("main.tf", "module \"raw\" {\n  source = \"./bucket\"\n}\n")
	if found := s.Diagnostics(s.uri("policy/rule.rego")); len(found) == 0 || found[0].Severity != 1 {
		t.Errorf("got %v", found)
	}
	s.open("policy/rule.rego", "package custom.lib.nothing\n")
	if found := s.Diagnostics(s.uri("bucket/main.tf")); len(found) != 1 || found[0].Code != "raw/not-replicated" {
		t.Errorf("got %v", found)
	}
	if found := s.Diagnostics(s.uri("flawed/main.tf")); len(found) == 0 || found[0].Code != "terraform/syntax" {
		t.Errorf("got %v", found)
	}
	if err := s.Exit(); err != nil {
		t.Error(err)
	}
	if log := s.Transcript(); !strings.Contains(log, `"message": "through module.raw"`) {
		t.Error(log)
	}
}

// The comment that an editor writes is the comment that a scan reads, in every
// format that has one.
func TestEditorIgnoresInEveryFormat(t *testing.T) {
	for file, text := range map[string]string{
		"main.bicep":                  "// a\r\nresource sa 'Microsoft.Storage/storageAccounts@2023-01-01' = {\r\n  name: 'raw'\r\n  location: 'westeurope'\r\n  sku: { name: 'Standard_LRS' }\r\n  kind: 'StorageV2'\r\n}\r\n",
		".github/workflows/apply.yml": "name: apply\non: push\njobs:\n  apply:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - run: terraform apply -auto-approve\n",
	} {
		s := converse(t, "-- .drlint.yaml --\nversion: 1\nplatform:\n  data: true\n-- infra/main.tf --\n"+strings.SplitN(bucket, "-- lake/main.tf --\n", 2)[1], "--profile", "strict", "--unknown=false")
		s.initialize()
		s.open(file, text)
		count := 0
		for version := 2; ; version++ {
			found := s.Diagnostics(s.uri(file))
			if len(found) == 0 {
				break
			}
			if count++; count > 20 {
				t.Fatalf("%s: %v is not ignored by\n%s", file, found[0], text)
			}
			at := found[0].Range
			for _, action := range s.Actions(s.uri(file), at.Start.Line, at.Start.Character, at.Start.Character, "quickfix") {
				if strings.HasPrefix(action.Title, "Ignore "+found[0].Code+" here") {
					edits := action.EditsOf(s.uri(file))
					text = lsptest.Apply(text, edits)
					s.change(file, version, edits)
				}
			}
		}
		if count == 0 {
			t.Errorf("%s has no finding", file)
		}
		if err := s.Exit(); err != nil {
			t.Error(err)
		}
	}
}
