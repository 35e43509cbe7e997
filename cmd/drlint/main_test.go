package main

import (
	"bytes"
	"context"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "write what the tests see to the expectations")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"drlint": main})
}

// TestScript runs the command as its users do: files in, text and exit code out.
func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("..", "..", "testdata", "script"),
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Condition:           testCondition,
	})
}

// TestRepositories compares everything that is said about the example platforms.
func TestRepositories(t *testing.T) {
	repositories, err := filepath.Glob(filepath.Join("..", "..", "testdata", "repos", "*"))
	if err != nil || len(repositories) < 3 {
		t.Fatalf("got %d example platforms, want at least 3: %v", len(repositories), err)
	}
	for _, dir := range repositories {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			for file, arguments := range map[string][]string{
				"check.txt":     {"check", "--unknown", dir},
				"inventory.txt": {"inventory", dir},
			} {
				compare(t, filepath.Join(dir, "want", file), runQuietly(t, arguments))
			}
		})
	}
}

// runQuietly runs a command that finds something and returns its report
// without the elapsed time.
func runQuietly(t *testing.T, arguments []string) string {
	t.Helper()
	out := filepath.Join(t.TempDir(), "out")
	var stdout, stderr bytes.Buffer
	code := Main(context.Background(), append(arguments, "--output", out), &stdout, &stderr)
	if code != exitClean && code != exitFindings || stderr.Len() > 0 || stdout.Len() > 0 {
		t.Fatalf("exit %d\n%s%s", code, stdout.String(), stderr.String())
	}
	text, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func compare(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s differs (-want +got); run with -update and read the change:\n%s", file, diff)
	}
}

// testCondition knows "ci", where a missing program is a failure and no reason to
// skip a test, and "short".
func testCondition(name string) (bool, error) {
	switch name {
	case "ci":
		return os.Getenv("CI") == "true", nil
	case "short":
		return testing.Short(), nil
	}
	return false, os.ErrInvalid
}

// needGit skips a test where git is not installed, which is a failure in
// continuous integration.
func needGit(t *testing.T) {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil && os.Getenv("CI") != "true" {
		t.Skip("git is not installed")
	}
}
