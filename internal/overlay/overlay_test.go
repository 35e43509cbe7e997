package overlay_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/drlint/drlint/internal/overlay"
)

// disk is a real directory, confined as repositories are.
func disk(t *testing.T, files map[string]string) fs.FS {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		full := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = root.Close() })
	return root.FS()
}

func TestTextsReplaceAndAddFiles(t *testing.T) {
	o := overlay.New(disk(t, map[string]string{"a/main.tf": "old", "a/other.tf": "kept"}), map[string][]byte{
		"a/main.tf": []byte("unsaved"), "a/new.tf": []byte("added"), "b/c/deep.tf": []byte("deep"),
	})
	if err := fstest.TestFS(o, "a/main.tf", "a/new.tf", "a/other.tf", "b/c/deep.tf"); err != nil {
		t.Error(err)
	}
	got := map[string]string{}
	err := fs.WalkDir(o, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(o, name)
		got[name] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"a/main.tf": "unsaved", "a/new.tf": "added", "a/other.tf": "kept", "b/c/deep.tf": "deep"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A shared variables.tf shows its text under every link to it.
func TestLinksShowTheText(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "shared.tf"), []byte("old"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("shared.tf", filepath.Join(dir, "link.tf")); err != nil {
		t.Skip("no symbolic links here: ", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = root.Close() }()
	for _, laid := range []string{"shared.tf", "link.tf"} {
		o := overlay.New(root.FS(), map[string][]byte{laid: []byte("unsaved")})
		for _, name := range []string{"shared.tf", "link.tf"} {
			data, err := fs.ReadFile(o, name)
			info, statErr := fs.Stat(o, name)
			if err != nil || statErr != nil || string(data) != "unsaved" || info.Size() != 7 || info.Name() != name {
				t.Errorf("%s laid over, %s: got %q, %v, %v", laid, name, data, err, statErr)
			}
		}
		if link, err := fs.ReadLink(o, "link.tf"); err != nil || link != "shared.tf" {
			t.Errorf("the link leads to %q: %v", link, err)
		}
	}
}

func TestNothingOutsideIsOpened(t *testing.T) {
	outside := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(outside, []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	o := overlay.New(disk(t, map[string]string{"main.tf": ""}), map[string][]byte{"../up.tf": nil, "/abs.tf": nil, ".": nil})
	for _, name := range []string{"../up.tf", "/abs.tf", outside} {
		if _, err := o.Open(name); err == nil {
			t.Errorf("%s was opened", name)
		}
	}
	if _, err := o.Open("missing.tf"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v, want that it does not exist", err)
	}
}
