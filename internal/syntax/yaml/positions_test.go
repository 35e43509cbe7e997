package yaml

import (
	"strings"
	"testing"

	"github.com/drlint/drlint/internal/guard"
	"github.com/drlint/drlint/internal/resource"
)

func TestPositions(t *testing.T) {
	tests := []struct {
		name, text string
		// want marks, in the source, the places of the letters x, y and z of the text.
		want string
	}{
		{"plain", "a: b xy z", "     ^^ ^"},
		{"plain over lines", "a: b\n  x y\n\n  z", "....|..^.^||..^"},
		{"single quoted", "a: 'b''x' # x\n", "       ^"},
		{"single quoted over lines", "a: 'b  \n\n\n  x ''y'''", "............^...^"},
		{"double quoted", `a: "b\t\u00e9\U0001F600\x41x\"\\y\_z"`, `...........................^....^..^`},
		{"double quoted over lines", "a: \"b\\\n  x\n  y\\n\\\n\n z\"", "......|..^|..^...||.^"},
		{"literal", "a: |\n  b\n\n    x\n  y\nc: z", "....|...||....^|..^"},
		{"literal with an indicator", "a: |2-\n    b\n   x\n  y", "......|.....|...^|..^"},
		{"literal after blank lines", "a: |\n\n \n  x\n", "....||.|..^"},
		{"literal with tabs", "a: |\n  b\n  \tx\n  \n   \n  y", "....|...|...^|..|...|..^"},
		{"kept", "a: |+ # z\n  x\n\n  y\n\n\n", ".........|..^||..^"},
		{"folded", "a: >\n  b x\n  y\n\n\n  c\n    d\n  z\n", "....|....^|..^|||...|.....|..^"},
		{"folded with blanks", "a: >-\n\n  b\n\n    c\n\n    x\n\n  y\n  z", ".....||...||.....||....^||..^|..^"},
		{"Windows line ends", "a: |\r\n  b\r\n  x\r\n\r\n  y\r\n", "....||...||..^||||..^"},
		{"folded, Windows line ends", "a: >\r\n  b\r\n  x\r\n\r\n  y\r\n", "....||...||..^||||..^"},
		{"many bytes", "a: |\n  é x\n  😀y", "....|.....^|......^"},
		{"in a list", "- - |\n    x\n  - z", ".....|....^"},
		{"anchored", "a: &z !!str |\n  x\n", ".............|..^"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			value := firstString(parseOne(t, test.text).Value)
			place := Positions([]byte(test.text), value)
			got := make(map[int]bool)
			for i := range len(value.Text) {
				if strings.IndexByte("xyz", value.Text[i]) >= 0 {
					got[place(i)] = true
				}
			}
			for i := range len(test.want) {
				if (test.want[i] == '^') != got[i] {
					t.Errorf("offset %d (%q): got %v", i, test.text[i:], got[i])
				}
				delete(got, i)
			}
			if len(got) > 0 {
				t.Errorf("also at %v", got)
			}
			if end := place(len(value.Text) + 1); end > value.At.End || end < value.At.Start {
				t.Errorf("the end is at %d, outside of %+v", end, value.At)
			}
		})
	}
}

func firstString(v resource.Value) resource.Value {
	for v.Kind != resource.String {
		v = v.Block()
		if len(v.Fields) > 0 {
			v = v.Fields[0].Value
		}
	}
	return v
}

func TestPositionsOfNothing(t *testing.T) {
	text := "a:\nb: ''\nc: |\nd: 12\ne: !x y"
	value := parseOne(t, text).Value
	for name, want := range map[string]int{"a": 2, "b": 6, "c": 12, "d": 17, "e": 26} {
		if got := Positions([]byte(text), value.Get(name))(0); got != want {
			t.Errorf("%s: got %d, want %d", name, got, want)
		}
	}
	if got := Positions(nil, value.Get("b"))(3); got != 6 {
		t.Errorf("without the file: got %d", got)
	}
}

// checkTree asserts what holds for every tree: ranges lie in the file, children
// that are not behind an alias lie in their parents, and characters that are
// written as themselves are found where they are written.
func checkTree(t *testing.T, data []byte, v resource.Value, aliases bool) {
	t.Helper()
	if v.At.Start < 0 || v.At.Start > v.At.End || v.At.End > len(data) {
		t.Fatalf("%+v is outside of the %d bytes", v.At, len(data))
	}
	place := Positions(data, v)
	for i := range len(v.Text) {
		at := place(i)
		if at < v.At.Start || at > v.At.End {
			t.Fatalf("offset %d of %q is placed at %d, outside of %+v", i, v.Text, at, v.At)
		}
		letter := v.Text[i]|0x20 >= 'a' && v.Text[i]|0x20 <= 'z'
		if letter && data[at] != v.Text[i] && data[v.At.Start] != '"' {
			t.Fatalf("offset %d of %q is placed at %d, which holds %q", i, v.Text, at, data[at])
		}
	}
	for _, item := range v.Items {
		checkChild(t, data, v, item, aliases)
	}
	for _, field := range v.Fields {
		checkChild(t, data, v, field.Value, aliases)
		if field.At.Start > field.At.End || field.At.End > len(data) {
			t.Fatalf("the name %q is at %+v", field.Name, field.At)
		}
	}
}

func checkChild(t *testing.T, data []byte, parent, child resource.Value, aliases bool) {
	t.Helper()
	if !aliases && !parent.At.Contains(child.At) {
		t.Fatalf("%+v (%q) holds %+v (%q)", parent.At, data[parent.At.Start:parent.At.End], child.At, data[child.At.Start:child.At.End])
	}
	checkTree(t, data, child, aliases)
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"a: b\n---\nc: [d, {e: 'f', g: \"h\\n\"}]\n", "on:\n  push:\n    branches: [main]\njobs:\n  a:\n    run: |-\n      echo x\n\n      echo y\n",
		"a: &x {b: c}\nd:\n  <<: *x\n  e: *x\n", "!Ref a", "a: !Sub [b, {c: d}]", "? a\n: >+\n  b\n  c\n\n", "- - a\n  - |2\n    b\n- ",
		"%YAML 1.2\n--- # c\na: b\n...\n", "a: 'it''s\n\n x'\r\nb: \"\\\n c\"\r\n", "\xef\xbb\xbfa: b", "[a, [b: c], {d}, ]", "a: b: c\n---\nd", "\"a\": &a !!str\n*a : b",
		"a: b\u2028c\n\u0085", "a: |\n  b\u2028  c\r  d", "?", "{a, b}", "{a: , ? b, : c}", "- !!str\n- &a\n- ! b", "a: >\n\n   b\n  # c\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if guard.Check("f.yml", data, guard.YAML) != nil {
			return
		}
		documents, problems := Parse("f.yml", data)
		for _, document := range documents {
			checkTree(t, data, document.Value, strings.Contains(string(data), "*"))
			for _, tag := range document.Tags {
				checkTree(t, data, tag.Value, true)
			}
		}
		for _, problem := range problems {
			if problem.At.Start < 0 || problem.At.Start > problem.At.End || problem.At.End > len(data) {
				t.Fatalf("%+v is outside of the %d bytes", problem, len(data))
			}
		}
	})
}

func BenchmarkParse(b *testing.B) {
	document := "---\nkind: Deployment\nmetadata: {name: raw, labels: {stage: raw}}\nspec:\n  - run: |\n      terraform apply\n      echo done\n    with:\n      a: 'b' # c\n      d: 12\n"
	data := []byte(strings.Repeat(document, 5000))
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if documents, problems := Parse("f.yml", data); len(documents) != 5000 || len(problems) != 0 {
			b.Fatal(len(documents), problems)
		}
	}
}
