package lsp

import (
	"testing"
	"unicode/utf8"
)

func TestPositions(t *testing.T) {
	const mark = "\xef\xbb\xbf"
	for _, c := range []struct {
		text       string
		offset     int
		utf8, wide position
	}{
		{"a😀b", 5, position{0, 5}, position{0, 3}},
		{"a😀b", 3, position{0, 1}, position{0, 1}}, // in the middle of the character
		{"é\r\nx😀y", 9, position{1, 5}, position{1, 3}},
		{"a\rb\n\nc", 5, position{3, 0}, position{3, 0}},
		{"a\r\n", 3, position{1, 0}, position{1, 0}},
		{mark + "ab", 4, position{0, 1}, position{0, 1}},
		{mark + "ab", 0, position{0, 0}, position{0, 0}},
		{"a\xffb", 2, position{0, 2}, position{0, 2}},
		{"abc", 99, position{0, 3}, position{0, 3}},
	} {
		for unit, want := range map[encoding]position{utf8Units: c.utf8, utf16Units: c.wide} {
			if got := newText([]byte(c.text), unit).position(c.offset); got != want {
				t.Errorf("%q at %d in %s: got %v, want %v", c.text, c.offset, unit, got, want)
			}
		}
	}
}

func TestOffsetsOutsideTheTextAreClamped(t *testing.T) {
	text := newText([]byte("a😀\r\nbc"), utf16Units)
	for place, want := range map[position]int{
		{0, 99}: 5, {0, 2}: 1, {0, -1}: 0, {-1, 5}: 0, {9, 0}: 9, {1, 1}: 8,
	} {
		if got := text.offset(place); got != want {
			t.Errorf("%v: got %d, want %d", place, got, want)
		}
	}
}

func TestChange(t *testing.T) {
	text := newText([]byte("one\r\n😀 two\r\n"), utf16Units)
	text = text.change(&span{position{1, 2}, position{1, 3}}, "\n")
	text = text.change(&span{position{0, 0}, position{0, 3}}, "")
	if got := string(text.data); got != "\r\n😀\ntwo\r\n" {
		t.Errorf("got %q", got)
	}
	if got := string(text.change(&span{position{2, 1}, position{0, 0}}, "X").data); got != "\r\n😀\ntXwo\r\n" {
		t.Errorf("a range that ends before it starts: got %q", got)
	}
	if got := string(text.change(nil, "all").data); got != "all" {
		t.Errorf("got %q", got)
	}
}

func FuzzPositions(f *testing.F) {
	f.Add("a😀\r\né\rx\n", 3)
	f.Fuzz(func(t *testing.T, data string, offset int) {
		for _, unit := range []encoding{utf8Units, utf16Units} {
			text := newText([]byte(data), unit)
			back := text.offset(text.position(offset))
			if back < 0 || back > len(data) {
				t.Fatalf("offset %d of %d bytes", back, len(data))
			}
			inside := offset >= text.starts[0] && offset <= len(data)
			onRune := inside && (offset == len(data) || utf8.RuneStart(data[offset]))
			atEnd := inside && offset > 0 && data[offset-1] == '\r' // between the two characters of one line end
			if onRune && !atEnd && utf8.ValidString(data) && back != offset {
				t.Fatalf("%q: %d became %d in %s", data, offset, back, unit)
			}
		}
	})
}

func TestURIs(t *testing.T) {
	for uri, path := range map[string]string{
		"file:///a%20b/c%3Ad.tf": "/a b/c:d.tf", "file://localhost/a": "/a", "file:///c%3A/x.tf": "c:/x.tf", "file://host/share/x": "//host/share/x",
	} {
		if got, ok := pathOf(uri); !ok || got != path {
			t.Errorf("%s: got %q, %v", uri, got, ok)
		}
		if got, ok := pathOf(uriOf(path)); !ok || got != path {
			t.Errorf("%s is not what %s names", path, uriOf(path))
		}
	}
	for _, uri := range []string{"untitled:Untitled-1", "https://example.com/a", "file://", "file:///a%00b", "%", ""} {
		if path, ok := pathOf(uri); ok {
			t.Errorf("%s is no file, got %q", uri, path)
		}
	}
}
