package functions

import (
	"strings"
	"testing"
)

// FuzzOneByOne compares the search that counts its work with Go's own.
func FuzzOneByOne(f *testing.F) {
	for _, seed := range [][2]string{
		{"a*", "baab"}, {`\b`, "two words"}, {"(?m)^.*$", "a\n\nb"}, {"^a", "aaa"}, {"a*b|a", "aaaa"}, {"", "é"},
		{`\Aa|\z`, "aba"}, {"(?i:A)(b)?", "abAB"}, {`\B`, "ab c"}, {"[^\\x00-\\x7f]", "aéü"}, {"x$|y", "yx"}, {"a|b", "\xffa"},
	} {
		f.Add(seed[0], seed[1])
	}
	f.Fuzz(func(t *testing.T, pattern, text string) {
		tab := newTable(Scope{Limit: Limit{Work: 1_000_000}})
		s, why := (&call{table: tab, name: "regexall"}).search(pattern, text)
		if s == nil || why != "" {
			return
		}
		got, why := s.oneByOne()
		if why != "" {
			return
		}
		if want := len(s.re.FindAllStringIndex(text, -1)); got != want {
			t.Errorf("%q in %q: %d matches, want %d", pattern, text, got, want)
		}
	})
}

// TestOneByOneEnds searches a text in which finding each match means reading on
// to the end.
func TestOneByOneEnds(t *testing.T) {
	tab := newTable(Scope{Limit: Limit{Work: 1_000_000}})
	s, _ := (&call{table: tab, name: "regexall"}).search("a*b|a", strings.Repeat("a", 50_000))
	if _, why := s.oneByOne(); why != "the regular expression of regexall() takes too much work" {
		t.Errorf("why = %q", why)
	}
	if left := tab.budget.left.Load(); left >= 1_000_000 {
		t.Error("the search cost nothing")
	}
}
