package difference

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestLines(t *testing.T) {
	cases := []struct {
		older, newer string
		want         []Span
	}{
		{"a\nb\nc\n", "a\nb\nc\n", nil},
		{"a\nb\nc\n", "a\r\nb\r\nc", nil},
		{"a\nb\nc\n", "a\nX\nc\n", []Span{{2, 2}}},
		{"a\nb\nc\n", "a\nb\nX\nc\n", []Span{{3, 3}}},
		{"a\nb\nc\n", "a\nc\n", []Span{{2, 1}}},
		{"a\nb\n", "a\n", []Span{{2, 1}}},
		{"", "a\nb\n", []Span{{1, 2}}},
		{"a\n", "", []Span{{1, 0}}},
		{"a\nb\nc\nd\ne\n", "a\nX\nc\nY\nZ\ne\n", []Span{{2, 2}, {4, 5}}},
		{"a {\n}\nb {\n}\n", "a {\n}\nc {\n}\nb {\n}\n", []Span{{3, 4}}},
		{"a\nb\nc\nd\n", "c\nd\na\nb\n", []Span{{1, 2}, {5, 4}}},
		{"x\nx\nx\n", "x\ny\nx\n", []Span{{2, 2}}},
	}
	for _, c := range cases {
		if diff := cmp.Diff(c.want, Lines([]byte(c.older), []byte(c.newer))); diff != "" {
			t.Errorf("from %q to %q: %s", c.older, c.newer, diff)
		}
	}
}

func TestSpanTouches(t *testing.T) {
	for _, c := range []struct {
		span        Span
		first, last int
		want        bool
	}{
		{Span{2, 3}, 3, 9, true}, {Span{2, 3}, 4, 9, false}, {Span{2, 3}, 1, 1, false}, {Span{5, 5}, 1, 9, true},
		{Span{5, 4}, 1, 9, true}, {Span{5, 4}, 5, 9, false}, {Span{5, 4}, 1, 4, false}, {Span{5, 4}, 4, 5, true},
	} {
		if got := c.span.touches(c.first, c.last); got != c.want {
			t.Errorf("%v, lines %d to %d: got %v", c.span, c.first, c.last, got)
		}
	}
}

// FuzzLines checks that lines which are called equal are: they are the lines of
// both texts in order.
func FuzzLines(f *testing.F) {
	f.Add("a\nb\nc", "a\nc\nb")
	f.Add("x\nx\n\ny", "\nx\ny\ny\r\n")
	f.Fuzz(func(t *testing.T, older, newer string) {
		var equal []string
		spans := Lines([]byte(older), []byte(newer))
		lines := split(newer)
		next := 1
		for _, s := range spans {
			if s.First < next || s.Last > len(lines) || s.Last < s.First-1 {
				t.Fatalf("%v of %d lines", spans, len(lines))
			}
			equal = append(equal, lines[next-1:s.First-1]...)
			next = s.Last + 1
		}
		equal = append(equal, lines[next-1:]...)
		rest := split(older)
		for _, line := range equal {
			for len(rest) > 0 && rest[0] != line {
				rest = rest[1:]
			}
			if len(rest) == 0 {
				t.Fatalf("%q is called equal from %q to %q: %v", line, older, newer, spans)
			}
			rest = rest[1:]
		}
		if (len(spans) == 0) != cmp.Equal(split(older), split(newer)) {
			t.Errorf("from %q to %q: %v", older, newer, spans)
		}
	})
}

func split(text string) []string {
	if text == "" {
		return nil
	}
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	for i := range lines {
		lines[i] = strings.TrimSuffix(lines[i], "\r")
	}
	return lines
}

func BenchmarkLines(b *testing.B) {
	older := bytes.Repeat([]byte("resource \"a\" \"b\" {\n  name = \"x\"\n}\n"), 20000)
	newer := bytes.Replace(older, []byte("name"), []byte("title"), 1)
	newer = append(newer, "last\n"...)
	b.SetBytes(int64(len(older)))
	for b.Loop() {
		Lines(older, newer)
	}
}
