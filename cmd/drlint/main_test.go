package main

import (
	"bytes"
	"context"
	"flag"
	"os"
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
