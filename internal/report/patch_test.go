package report

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/source"
)

func TestPatches(t *testing.T) {
	const text = "a {\r\n  b = 1\r\n  c = 2\r\n}\r\n"
	sources := source.NewStore(fstest.MapFS{"f": {Data: []byte(text)}, "g": {Data: []byte("x")}})
	change := func(file, data, old, to string) finding.Edit {
		start := strings.Index(data, old)
		return finding.Edit{At: source.Range{File: file, Start: start, End: start + len(old)}, New: to}
	}
	insert := finding.Edit{At: source.Range{File: "f", Start: strings.Index(text, "}"), End: strings.Index(text, "}")}, New: "  d = 4\r\n"}
	for name, c := range map[string]struct {
		edits        []finding.Edit
		want, narrow []patch
	}{
		"a value": {
			[]finding.Edit{change("f", text, "1", "3")},
			[]patch{{"f", 2, []string{"  b = 1"}, []string{"  b = 3"}}},
			[]patch{{"f", 2, []string{"  b = 1"}, []string{"  b = 3"}}},
		},
		"two of a line and another file": {
			[]finding.Edit{change("g", "x", "x", "y"), change("f", text, "b", "z"), change("f", text, "1", "")},
			[]patch{{"f", 2, []string{"  b = 1"}, []string{"  z = "}}, {"g", 1, []string{"x"}, []string{"y"}}},
			[]patch{{"f", 2, []string{"  b = 1"}, []string{"  z = "}}, {"g", 1, []string{"x"}, []string{"y"}}},
		},
		"a new line": {
			[]finding.Edit{insert},
			[]patch{{"f", 4, []string{"}"}, []string{"  d = 4", "}"}}},
			[]patch{{"f", 4, []string{}, []string{"  d = 4"}}},
		},
		"a line that goes": {
			[]finding.Edit{change("f", text, "  b = 1\r\n", "")},
			[]patch{{"f", 2, []string{"  b = 1", "  c = 2"}, []string{"  c = 2"}}},
			[]patch{{"f", 2, []string{"  b = 1"}, []string{}}},
		},
	} {
		got, ok := patches(sources, finding.Fix{Edits: c.edits})
		if !ok {
			t.Fatal(name)
		}
		options := cmp.AllowUnexported(patch{})
		if diff := cmp.Diff(c.want, got, options); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		for i := range got {
			got[i] = got[i].narrow()
		}
		if diff := cmp.Diff(c.narrow, got, options); diff != "" {
			t.Errorf("%s, narrow: %s", name, diff)
		}
	}
	for name, e := range map[string]finding.Edit{"no file": {At: source.Range{File: "gone"}}, "past the end": {At: source.Range{File: "g", End: 9}, New: "z"}} {
		if got, ok := patches(sources, finding.Fix{Edits: []finding.Edit{e}}); ok {
			t.Errorf("%s: %+v", name, got)
		}
	}
}
