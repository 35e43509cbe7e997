package edit

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/source"
)

func at(start, end int, text string) finding.Edit {
	return finding.Edit{At: source.Range{File: "f", Start: start, End: end}, New: text}
}

func TestApply(t *testing.T) {
	for name, c := range map[string]struct {
		data  string
		edits []finding.Edit
		want  string
	}{
		"nothing":         {"abc", nil, "abc"},
		"any order":       {"abcdef", []finding.Edit{at(4, 5, "E"), at(0, 1, "AA"), at(6, 6, "!")}, "AAbcdEf!"},
		"side by side":    {"abc", []finding.Edit{at(0, 1, "x"), at(1, 2, "y")}, "xyc"},
		"insert after":    {"abc", []finding.Edit{at(0, 1, "x"), at(1, 1, "-")}, "x-bc"},
		"carriage return": {"a = 1\r\nb = 2\r\n", []finding.Edit{at(4, 5, "7")}, "a = 7\r\nb = 2\r\n"},
		"mark":            {"\xef\xbb\xbfa", []finding.Edit{at(3, 4, "b")}, "\xef\xbb\xbfb"},
		"many bytes":      {"é = ü", []finding.Edit{at(5, 7, "ö")}, "é = ö"},
	} {
		got, err := Apply([]byte(c.data), c.edits)
		if err != nil || string(got) != c.want {
			t.Errorf("%s: got %q (%v), want %q", name, got, err, c.want)
		}
	}
}

func TestApplyRefuses(t *testing.T) {
	for name, edits := range map[string][]finding.Edit{
		"past the end": {at(2, 9, "")},
		"before":       {at(-1, 0, "")},
		"backwards":    {at(2, 1, "")},
		"overlap":      {at(0, 2, "x"), at(1, 3, "y")},
		"same place":   {at(1, 1, "x"), at(1, 1, "y")},
	} {
		if got, err := Apply([]byte("abc"), edits); err == nil {
			t.Errorf("%s: got %q and no error", name, got)
		}
	}
}

func TestMergeLeavesContradictions(t *testing.T) {
	fsys := fstest.MapFS{"f": {Data: []byte("one two three\n")}, "g": {Data: []byte("x\n")}}
	other := finding.Edit{At: source.Range{File: "g", Start: 0, End: 1}, New: "y"}
	plan, err := Merge(fsys, []finding.Fix{
		{Edits: []finding.Edit{at(0, 3, "1")}},
		{Edits: []finding.Edit{at(0, 5, "1 t"), other}},
		{Edits: []finding.Edit{at(0, 3, "1"), at(4, 7, "2")}},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := Plan{
		Changes: []Change{{File: "f", Before: []byte("one two three\n"), After: []byte("1 2 three\n")}},
		Made:    []int{0, 2}, Left: []int{1},
	}
	if diff := cmp.Diff(want, plan); diff != "" {
		t.Error(diff)
	}
}

func TestMergeRefuses(t *testing.T) {
	fsys := fstest.MapFS{"f": {Data: []byte("abc")}}
	for _, file := range []string{"gone", "", "../f", "."} {
		fix := finding.Fix{Edits: []finding.Edit{{At: source.Range{File: file}, New: "x"}}}
		if _, err := Merge(fsys, []finding.Fix{fix}); err == nil {
			t.Errorf("%q: no error", file)
		}
	}
}

func TestPreview(t *testing.T) {
	fsys := fstest.MapFS{"f": {Data: []byte("a\nb\nc\nd\ne\nf")}}
	got, err := Preview(fsys, finding.Fix{Edits: []finding.Edit{at(8, 9, "E")}})
	if err != nil {
		t.Fatal(err)
	}
	want := "--- a/f\n+++ b/f\n@@ -2,5 +2,5 @@\n b\n c\n d\n-e\n+E\n f\n\\ No newline at end of file\n"
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Error(diff)
	}
}

func TestWrite(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "main.tf")
	if err := os.WriteFile(name, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(name, 0o664); err != nil {
		t.Fatal(err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = root.Close() }()
	if err := Write(root, Change{"main.tf", []byte("old"), []byte("new")}); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(name)
	if err != nil || string(text) != "new" {
		t.Errorf("got %q, %v", text, err)
	}
	if info, err := os.Stat(name); err != nil || info.Mode().Perm() != 0o664 {
		t.Errorf("got mode %v, %v", info.Mode(), err)
	}
	if err := Write(root, Change{"main.tf", []byte("old"), []byte("x")}); !errors.Is(err, ErrChanged) {
		t.Errorf("a changed file: %v", err)
	}
	if err := os.Symlink("main.tf", filepath.Join(dir, "link.tf")); err != nil {
		t.Fatal(err)
	}
	if err := Write(root, Change{"link.tf", []byte("new"), []byte("x")}); err == nil || !strings.Contains(err.Error(), "regular") {
		t.Errorf("a symbolic link: %v", err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 2 {
		t.Errorf("something is left behind: %v, %v", entries, err)
	}
}

func FuzzApply(f *testing.F) {
	f.Add("abc", 0, 1, "x", 1, 2, "y")
	f.Add("a\r\nb", 0, 0, "x", 3, 4, "")
	f.Fuzz(func(t *testing.T, data string, s1, e1 int, n1 string, s2, e2 int, n2 string) {
		edits := []finding.Edit{at(s1, e1, n1), at(s2, e2, n2)}
		got, err := Apply([]byte(data), edits)
		if err != nil {
			return
		}
		if want := len(data) - (e1 - s1) - (e2 - s2) + len(n1) + len(n2); len(got) != want {
			t.Errorf("got %d bytes, want %d", len(got), want)
		}
		if !strings.Contains(string(got), n1) || !strings.Contains(string(got), n2) {
			t.Errorf("%q lacks what was written", got)
		}
	})
}
