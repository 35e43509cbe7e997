package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/tools/txtar"

	"github.com/drlint/drlint/analyzers"
	"github.com/drlint/drlint/internal/syntax/yaml"
)

// top is the root of this repository.
var top = filepath.Join("..", "..")

// TestHooks commits with the hooks of this repository, as pre-commit runs them.
func TestHooks(t *testing.T) {
	home, err := os.UserHomeDir()
	if err != nil {
		t.Skip("no home directory, and so no cache of Go modules:", err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join(top, "testdata", "hooks"),
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Condition:           testCondition,
		Cmds:                map[string]func(*testscript.TestScript, bool, []string){"publish": publish},
		Setup: func(env *testscript.Env) error {
			env.Setenv("HOME", home)
			env.Setenv("GIT_CONFIG_GLOBAL", os.DevNull)
			env.Setenv("PRE_COMMIT_HOME", filepath.Join(env.WorkDir, "pre-commit"))
			env.Setenv("PRE_COMMIT_COLOR", "never")
			return nil
		},
	})
}

// publish makes a repository of the files of this one, committed or not, and
// sets HOOKS to its path and REV to its commit. Of this repository it reads the
// files only. It also sets what building it without the network takes.
func publish(ts *testscript.TestScript, _ bool, _ []string) {
	source, err := filepath.Abs(top)
	ts.Check(err)
	run := func(arguments ...string) string {
		ts.Check(ts.Exec(arguments[0], arguments[1:]...))
		return strings.TrimSpace(ts.ReadFile("stdout"))
	}
	hooks := ts.MkAbs("hooks")
	git := func(arguments ...string) string {
		return run(append([]string{"git", "--git-dir=" + filepath.Join(hooks, ".git"), "--work-tree=" + source, "-c", "user.name=test", "-c", "user.email=test@example.com"}, arguments...)...)
	}
	run("git", "init", "-q", hooks)
	git("add", "-A")
	git("commit", "-qm", "All files")
	ts.Setenv("HOOKS", hooks)
	ts.Setenv("REV", git("rev-parse", "HEAD"))
	ts.Setenv("GOMODCACHE", run("go", "env", "GOMODCACHE")) // pre-commit moves GOPATH, which it lies in
	ts.Setenv("GOPROXY", "off")
	// As other tests build it, so that it is built once.
	ts.Setenv("GOFLAGS", "-mod=readonly -trimpath")
	ts.Setenv("CGO_ENABLED", "0")
}

// The files that the hooks ask for are those that an analyzer may read.
func TestHooksAskForAllFormats(t *testing.T) {
	file := filepath.Join(top, ".pre-commit-hooks.yaml")
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	documents, problems := yaml.Parse(file, data)
	if len(problems) > 0 || len(documents) != 1 || len(documents[0].Value.Items) == 0 {
		t.Fatalf("%d documents, problems %v", len(documents), problems)
	}
	claimed := claimedFiles(t)
	for _, hook := range documents[0].Value.Items {
		pattern, _ := hook.Get("files").AsString()
		id, _ := hook.Get("id").AsString()
		files, err := regexp.Compile(pattern)
		if pattern == "" || err != nil {
			t.Fatalf("%s: files %q: %v", id, pattern, err)
		}
		for _, name := range append(claimed, "Makefile", "scripts/backup.sh", "scripts/Restore.PS1", "GNUmakefile") {
			if !files.MatchString(name) {
				t.Errorf("%s passes over %s", id, name)
			}
		}
		for _, name := range []string{"README.md", "main.go", "logo.svg", "go.sum", "tf", "atf.txt"} {
			if files.MatchString(name) {
				t.Errorf("%s asks for %s", id, name)
			}
		}
	}
}

// claimedFiles are the files of all analyzers' tests that an analyzer claims.
func claimedFiles(t *testing.T) (names []string) {
	t.Helper()
	archives, err := filepath.Glob(filepath.Join(top, "analyzers", "*", "testdata", "*.txtar"))
	if err != nil || len(archives) < 20 {
		t.Fatalf("got %d archives, want at least 20: %v", len(archives), err)
	}
	for _, archive := range archives {
		parsed, err := txtar.ParseFile(archive)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range parsed.Files {
			for _, analyzer := range analyzers.All() {
				if analyzer.Claims(file.Name) {
					names = append(names, file.Name)
				}
			}
		}
	}
	return names
}
