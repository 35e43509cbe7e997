package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/spf13/cobra"

	"github.com/drlint/drlint/internal/config"
)

// elapsed is what differs between two runs.
var elapsed = regexp.MustCompile(` \(\d+\.\d\d s\)`)

// Links between pages lead to files and headings that are there.
func TestLinksResolve(t *testing.T) {
	all := pages(t, append(slices.Clone(documents), "docs/adr/*.md", "docs/rules/*.md", "docs/rules/*/*.md")...)
	for _, p := range all {
		for _, found := range pageLink.FindAllStringSubmatch(p.text, -1) {
			target, anchor, _ := strings.Cut(found[1], "#")
			if strings.Contains(target, "://") || strings.HasPrefix(target, "mailto:") {
				continue
			}
			name := p.name
			if target != "" {
				name = filepath.ToSlash(filepath.Join(filepath.Dir(p.name), target))
			}
			data, err := os.ReadFile(filepath.Join(top, name))
			info, missing := os.Stat(filepath.Join(top, name))
			switch {
			case missing != nil:
				t.Errorf("%s: %s leads nowhere", p.name, found[1])
			case anchor != "" && !info.IsDir() && (err != nil || !slices.Contains(readPage(name, string(data)).anchors(), anchor)):
				t.Errorf("%s: %s has no heading %s", p.name, name, anchor)
			}
		}
	}
}

// Examples are what they are said to be: configurations are valid, and code can
// be read.
func TestExamplesAreValid(t *testing.T) {
	for _, p := range pages(t, documents...) {
		for _, f := range p.fences {
			switch {
			case f.language == "yaml" && (f.file == ".drlint.yaml" || strings.HasPrefix(f.body, "version: 1\n")):
				if _, problems := config.Load(fstest.MapFS{".drlint.yaml": {Data: []byte(f.body)}}, ".drlint.yaml"); len(problems) > 0 {
					t.Errorf("%s: %v", p.at(f), problems)
				}
			case f.language == "json" && f.file != "" && !json.Valid([]byte(f.body)):
				t.Errorf("%s: no JSON", p.at(f))
			case f.language == "hcl":
				readable(t, p.at(f), "main.tf", f.body)
			case f.language == "bicep":
				readable(t, p.at(f), "main.bicep", f.body)
			case f.language == "rego" && strings.Contains(f.body, "package custom."):
				loadable(t, p.at(f), f.body)
			}
		}
	}
}

// readable scans an example as the only file of a repository.
func readable(t *testing.T, at, file, body string) {
	t.Helper()
	dir := t.TempDir()
	writeExample(t, filepath.Join(dir, file), body)
	var stdout, stderr bytes.Buffer
	if code := Main(context.Background(), []string{"check", "--format", "json", dir}, &stdout, &stderr); code > exitFindings {
		t.Fatalf("%s: exit %d: %s", at, code, stderr.String())
	}
	var got struct {
		Diagnostics []struct{ Code, Summary string }
	}
	if err := json.Unmarshal(stdout.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	for _, d := range got.Diagnostics {
		if strings.HasSuffix(d.Code, "/syntax") {
			t.Errorf("%s: %s", at, d.Summary)
		}
	}
}

// loadable loads an example as a user's rule.
func loadable(t *testing.T, at, body string) {
	t.Helper()
	dir := t.TempDir()
	writeExample(t, filepath.Join(dir, "rules", "rule.rego"), body)
	var stdout, stderr bytes.Buffer
	if code := Main(context.Background(), []string{"check", "--rules", filepath.Join(dir, "rules"), dir}, &stdout, &stderr); code > exitFindings {
		t.Errorf("%s: exit %d: %s", at, code, stderr.String())
	}
}

func writeExample(t *testing.T, file, body string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(body), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestConsoles runs what the pages show in blocks of the language console: lines
// that begin with "$ drlint", each followed by what it writes, where "…" stands
// for anything; where a page shows no output, drlint only must not refuse. Files that the page shows before with their names are there; what
// names testdata runs in this repository.
func TestConsoles(t *testing.T) {
	root, err := filepath.Abs(top)
	if err != nil {
		t.Fatal(err)
	}
	all, ran := pages(t, documents...), 0
	for _, p := range all {
		dir := t.TempDir()
		for _, f := range p.fences {
			if f.language != "console" {
				if f.file != "" && filepath.IsLocal(filepath.FromSlash(f.file)) {
					writeExample(t, filepath.Join(dir, filepath.FromSlash(f.file)), f.body)
				}
				continue
			}
			for example := range strings.SplitSeq("\n"+f.body, "\n$ ") {
				command, want, _ := strings.Cut(strings.TrimPrefix(example, "\n"), "\n")
				words := strings.Fields(command)
				if len(words) == 0 || words[0] != "drlint" {
					continue
				}
				t.Chdir(dir)
				if strings.Contains(command, "testdata/") {
					t.Chdir(root)
				}
				ran++
				if got := typed(words[1:]); strings.TrimSpace(want) != "" {
					sameOutput(t, p.at(f)+": "+command, want, got)
				} else if strings.HasPrefix(got, "drlint: ") {
					t.Errorf("%s: %s: %s", p.at(f), command, got)
				}
			}
		}
	}
	if ran < 3 {
		t.Errorf("only %d examples were run", ran)
	}
}

// typed returns what a command shows in a terminal, without the elapsed time.
func typed(arguments []string) string {
	var out bytes.Buffer
	Main(context.Background(), arguments, &out, &out)
	return elapsed.ReplaceAllString(out.String(), "")
}

func sameOutput(t *testing.T, at, want, got string) {
	t.Helper()
	trim := func(text string) string {
		lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
		for i, line := range lines {
			lines[i] = strings.TrimRight(line, " ")
		}
		return strings.Join(lines, "\n")
	}
	pattern := regexp.QuoteMeta(trim(want))
	pattern = strings.ReplaceAll(pattern, "\n…\n", "\n(?s:.*)\n")
	pattern = strings.TrimSuffix(strings.ReplaceAll(pattern, "…", ".*"), "\n.*")
	if strings.HasSuffix(trim(want), "\n…") {
		pattern += "(?s:.*)"
	}
	if !regexp.MustCompile("^" + pattern + "$").MatchString(trim(got)) {
		t.Errorf("%s: the page shows\n%s\nand drlint says\n%s", at, want, got)
	}
}

// shownFlag finds a flag in the list of a command's flags, which leaves hidden ones out.
var shownFlag = regexp.MustCompile(`(?m)^ +(?:-\w, )?--([a-z][a-z-]*)`)

// collectPublic lists the commands that users see, by their names below drlint, with
// their flags.
func collectPublic(command *cobra.Command, prefix string, into map[string][]string) {
	var flags []string
	for _, found := range shownFlag.FindAllStringSubmatch(command.LocalFlags().FlagUsages(), -1) {
		if found[1] != "help" {
			flags = append(flags, found[1])
		}
	}
	into[prefix] = flags
	for _, sub := range command.Commands() {
		switch {
		case sub.Hidden || sub.Name() == "help":
		case sub.Name() == "completion":
			into["completion"] = nil // what it prints is for shells
		default:
			collectPublic(sub, strings.TrimSpace(prefix+" "+sub.Name()), into)
		}
	}
}

func publicCommands() map[string][]string {
	root, all := newRoot(), map[string][]string{}
	root.InitDefaultCompletionCmd()
	collectPublic(root, "", all)
	return all
}

var (
	codeSpan   = regexp.MustCompile("`([^`\n]+)`")
	optionName = regexp.MustCompile(`(?:^|[\s\[(|])--([a-z][a-z-]*)`)
)

// What the pages say of the command line exists: commands in code that begins
// with "drlint", and their flags, and flags in code of their own.
func TestPagesNameWhatExists(t *testing.T) {
	all, flags := publicCommands(), map[string]bool{"help": true, "version": true}
	for _, names := range all {
		for _, name := range names {
			flags[name] = true
		}
	}
	for _, p := range pages(t, documents...) {
		var spans []string
		for _, found := range codeSpan.FindAllStringSubmatch(p.text, -1) {
			spans = append(spans, found[1])
		}
		for _, f := range p.fences {
			for line := range strings.Lines(f.body) {
				spans = append(spans, strings.TrimPrefix(strings.TrimSpace(line), "$ "))
			}
		}
		for _, span := range spans {
			words := strings.Fields(span)
			if len(words) == 0 || words[0] != "drlint" && !strings.HasPrefix(span, "--") {
				continue
			}
			if _, exists := all[commandIn(words)]; !exists {
				t.Errorf("%s: %q: there is no command %s", p.name, span, words[1])
			}
			for _, found := range optionName.FindAllStringSubmatch(span, -1) {
				if !flags[found[1]] {
					t.Errorf("%s: %q: there is no flag --%s", p.name, span, found[1])
				}
			}
		}
	}
}

// commandIn is the command that words name, and empty where they name none.
func commandIn(words []string) string {
	if len(words) < 2 || words[0] != "drlint" || words[1][0] < 'a' || words[1][0] > 'z' {
		return ""
	}
	return words[1]
}

// Every command and every flag is on a page.
func TestEverythingIsDocumented(t *testing.T) {
	var said strings.Builder
	for _, p := range pages(t, documents...) {
		said.WriteString(p.text)
		for _, f := range p.fences {
			said.WriteString(f.body)
		}
	}
	for command, flags := range publicCommands() {
		if !strings.Contains(said.String(), strings.TrimSpace("drlint "+command)) {
			t.Errorf("no page says drlint %s", command)
		}
		for _, name := range flags {
			if !regexp.MustCompile(`--` + name + `\b`).MatchString(said.String()) {
				t.Errorf("no page says --%s of drlint %s", name, command)
			}
		}
	}
}
