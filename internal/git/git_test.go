package git

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// git runs git in a directory, as somebody who has configured nothing.
func git(t testing.TB, dir string, arguments ...string) string {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil && os.Getenv("CI") != "true" {
		t.Skip("git is not installed")
	}
	cmd := exec.Command("git", arguments...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1",
		"GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@example.com", "GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@example.com")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("git %s: %v\n%s", strings.Join(arguments, " "), err, out)
	}
	return strings.TrimSpace(string(out))
}

func open(t testing.TB, dir string) *Repository {
	t.Helper()
	r, err := Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.Close)
	return r
}

func put(t testing.TB, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o755); err != nil {
		t.Fatal(err)
	}
}

func TestListsAndBlobs(t *testing.T) {
	dir := t.TempDir()
	git(t, dir, "init", "-q", "-b", "main")
	put(t, filepath.Join(dir, "sub", "a b\n\"ü\".tf"), "one\n")
	put(t, filepath.Join(dir, "top.tf"), "top\n")
	if err := os.Symlink("../top.tf", filepath.Join(dir, "sub", "link")); err != nil {
		t.Fatal(err)
	}
	git(t, dir, "add", ".")
	git(t, dir, "commit", "-qm", "first")
	put(t, filepath.Join(dir, "sub", "staged.tf"), "two\n")
	git(t, dir, "add", ".")
	r := open(t, filepath.Join(dir, "sub"))
	base, err := r.Base(t.Context(), "main")
	if err != nil {
		t.Fatal(err)
	}
	if want := "main (" + git(t, dir, "rev-parse", "HEAD")[:7] + ")"; base.String() != want {
		t.Errorf("got %s, want %s", base, want)
	}
	files, err := r.Files(t.Context(), base)
	if err != nil {
		t.Fatal(err)
	}
	one, link := "5626abf0f72e58d7a153368ba57db4c673c0e171", git(t, dir, "rev-parse", ":sub/link")
	want := []Entry{{"a b\n\"ü\".tf", 0, one}, {"link", fs.ModeSymlink, link}}
	if diff := cmp.Diff(want, files); diff != "" {
		t.Error(diff)
	}
	staged, err := r.Staged(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(staged) != 3 || staged[2].Path != "staged.tf" {
		t.Errorf("staged: %v", staged)
	}
	data, size, err := r.Blob(t.Context(), one, 100)
	if string(data) != "one\n" || size != 4 || err != nil {
		t.Errorf("got %q of %d, %v", data, size, err)
	}
	if data, size, err := r.Blob(t.Context(), one, 3); data != nil || size != 4 || err != nil {
		t.Errorf("a blob that is too large: %q of %d, %v", data, size, err)
	}
	var refusal *RefusalError
	if _, _, err := r.Blob(t.Context(), strings.Repeat("1", 40), 3); !errors.As(err, &refusal) {
		t.Errorf("a missing blob: %v", err)
	}
	if data, _, err := r.Blob(t.Context(), link, 100); string(data) != "../top.tf" || err != nil {
		t.Errorf("after a missing one: %q, %v", data, err)
	}
}

// Nothing that a repository configures is started, whatever is asked.
func TestNothingIsRun(t *testing.T) {
	dir := t.TempDir()
	trap := filepath.Join(dir, "trap")
	put(t, trap, "#!/bin/sh\ntouch "+filepath.Join(dir, "sprung")+"\ncat\n")
	git(t, dir, "init", "-q", "-b", "main")
	put(t, filepath.Join(dir, ".gitattributes"), "* filter=x diff=x\n")
	put(t, filepath.Join(dir, "main.tf"), "one\n")
	git(t, dir, "add", ".")
	git(t, dir, "commit", "-qm", "first")
	for _, key := range []string{
		"core.fsmonitor", "core.pager", "core.editor", "core.sshCommand", "diff.external", "diff.x.textconv", "diff.x.command", "filter.x.clean",
		"filter.x.smudge", "filter.x.process", "uploadpack.packObjectsHook", "core.askPass", "credential.helper", "core.alternateRefsCommand",
	} {
		git(t, dir, "config", key, trap)
	}
	git(t, dir, "config", "remote.origin.url", "ext::"+trap)
	git(t, dir, "config", "remote.origin.promisor", "true")
	git(t, dir, "config", "extensions.partialClone", "origin")
	git(t, dir, "config", "protocol.ext.allow", "always")
	put(t, filepath.Join(dir, "main.tf"), "two\n")
	for _, hook := range []string{"post-index-change", "fsmonitor-watchman", "reference-transaction"} {
		put(t, filepath.Join(dir, ".git", "hooks", hook), "#!/bin/sh\n"+trap+"\n")
	}
	r := open(t, dir)
	base, err := r.Base(t.Context(), "main")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.Files(t.Context(), base); err != nil {
		t.Error(err)
	}
	if _, err := r.Staged(t.Context()); err != nil {
		t.Error(err)
	}
	var refusal *RefusalError
	if _, _, err := r.Blob(t.Context(), strings.Repeat("1", 40), 100); !errors.As(err, &refusal) {
		t.Errorf("an object that would have to be fetched: %v", err)
	}
	if _, err := os.Stat(filepath.Join(dir, "sprung")); err == nil {
		t.Error("git ran a program that the repository names")
	}
}

func TestWithoutGit(t *testing.T) {
	t.Setenv("PATH", "")
	var refusal *RefusalError
	if _, err := Open(t.Context(), t.TempDir()); !errors.As(err, &refusal) || !strings.Contains(err.Error(), "git is needed") {
		t.Errorf("got %v", err)
	}
}

func FuzzLists(f *testing.F) {
	f.Add([]byte("100644 blob 5626abf0f72e58d7a153368ba57db4c673c0e171\ta\tb\n\x00"))
	f.Add([]byte("120000 5626abf0f72e58d7a153368ba57db4c673c0e171 0\t\xff\x00"))
	f.Fuzz(func(t *testing.T, out []byte) {
		for _, mode := range []int{1, 2} {
			entries, err := parseList(out, func(fields [][]byte) (a, b []byte, err error) {
				if len(fields) != 3 {
					return nil, nil, errList
				}
				return fields[0], fields[mode], nil
			})
			if err == nil && len(entries) != bytes.Count(out, []byte{0}) {
				t.Errorf("%d entries of %q", len(entries), out)
			}
		}
	})
}
