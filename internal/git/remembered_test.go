package git

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestRemembered asks the index from below its top, where it knows the files that
// stood there before it was written, by their objects.
func TestRemembered(t *testing.T) {
	dir := t.TempDir()
	git(t, dir, "init", "-q", "-b", "main")
	then, later := time.Now().Add(-time.Hour).Truncate(time.Second), time.Now().Add(time.Hour)
	for name, modified := range map[string]time.Time{"above.tf": then, "sub/old.tf": then, "sub/just.tf": later} {
		file := filepath.Join(dir, filepath.FromSlash(name))
		put(t, file, "one\n")
		if err := os.Chtimes(file, modified, modified); err != nil {
			t.Fatal(err)
		}
	}
	git(t, dir, "add", ".")
	want := map[string]Remembered{"old.tf": {ID: git(t, dir, "rev-parse", ":above.tf"), Size: 4, Modified: then}}
	if diff := cmp.Diff(want, open(t, filepath.Join(dir, "sub")).Remembered()); diff != "" {
		t.Error(diff)
	}
	if err := os.WriteFile(filepath.Join(dir, ".git", "index"), []byte("DIRC of another time"), 0o644); err != nil {
		t.Fatal(err)
	}
	if got := open(t, filepath.Join(dir, "sub")).Remembered(); len(got) > 0 {
		t.Errorf("got %v from an index that cannot be read", got)
	}
}
