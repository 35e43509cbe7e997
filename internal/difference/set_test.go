package difference

import (
	"bytes"
	"slices"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

func tree(files map[string]string) (fstest.MapFS, []string) {
	fsys := fstest.MapFS{}
	var names []string
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
		names = append(names, name)
	}
	slices.Sort(names)
	return fsys, names
}

func compare(older, newer map[string]string) *Set {
	o, oldNames := tree(older)
	n, newNames := tree(newer)
	same := func(name string) bool {
		return o[name] != nil && n[name] != nil && bytes.Equal(o[name].Data, n[name].Data)
	}
	without := func(names []string) []string {
		return slices.DeleteFunc(names, func(name string) bool { return name == "template.json" })
	}
	return Compare(Sides{Older: o, Newer: n, Same: same}, without(oldNames), without(newNames))
}

func TestFilesThatChanged(t *testing.T) {
	lake := "resource a {\n  one = 1\n  two = 2\n  three = 3\n}\n"
	s := compare(
		map[string]string{"same.tf": "x\n", "edited.tf": "x\n", "gone.tf": "a\nb\n", "old/lake.tf": lake, "old/copy.tf": lake + "#\n", "x.md": lake, "template.json": "1\n"},
		map[string]string{"same.tf": "x\n", "edited.tf": "x\ny\n", "new.tf": "z\n", "new/lake.tf": lake, "new/copy.tf": lake + "# copy\n", "y.tf": "q\n", "template.json": "2\n"})
	want := []File{
		{"edited.tf", "edited.tf", Edited}, {"gone.tf", "gone.tf", Deleted}, {"new.tf", "", Added}, {"new/copy.tf", "old/copy.tf", Edited},
		{"new/lake.tf", "old/lake.tf", Edited}, {"x.md", "x.md", Deleted}, {"y.tf", "", Added},
	}
	if diff := cmp.Diff(want, s.Files()); diff != "" {
		t.Error(diff)
	}
	for name, want := range map[string]bool{"same.tf": false, "edited.tf": true, "gone.tf": true, "new.tf": true, "template.json": true, "nowhere.tf": false} {
		if got := s.Changed(name); got != want {
			t.Errorf("%s changed: %v", name, got)
		}
	}
	if s.Touches("edited.tf", 1, 1) || !s.Touches("edited.tf", 2, 2) || !s.Touches("new.tf", 1, 1) || s.Touches("new/lake.tf", 1, 9) || s.Touches("same.tf", 1, 1) {
		t.Error("the wrong lines are touched")
	}
	if got := s.Newer("old/lake.tf"); got != "new/lake.tf" {
		t.Errorf("old/lake.tf is now %s", got)
	}
}
