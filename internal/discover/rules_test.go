package discover

import (
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/go-git/go-git/v5/plumbing/format/gitignore"
)

// plainly asks every line, the last first, as gitignore(5) words it.
func plainly(base string, lines []string, name string, isDirectory bool) bool {
	for _, line := range slices.Backward(lines) {
		switch gitignore.ParsePattern(line, elements(base)).Match(elements(name), isDirectory) {
		case gitignore.Exclude:
			return true
		case gitignore.Include:
			return false
		}
	}
	return false
}

var patterns = []string{
	"build", "build/", "/build", "a/build", "a/**/build", "**/build", "build/**", "**/build/**", "*.tf", "*.tar.gz", "!keep.tf", "!a/*.tf",
	"[Bb]uild/", "*.[Tt]f", "b?ild", "*", "**", "/", "//", "/*", "!*/", "a**b", "a/b**", `\!keep.tf`, `\#x`, `build\ `, "build  ", "*.tf ", "[", "[a",
	"[]a]", "[^b]uild", "a]b", `b\uild`, "*~", ".*", "*.", "x*.tf", "**/*.tf", "**/x*/*.tf", "a/*/c.tf", "/**/a/", "a//b", "ü*", "*é", "!", " build",
	"a/build/", "!build", "*.tf.json", "**.tf", "doc[s]/*.md", "?", "a?", "*a*", "*.*", "!*.*", `*\`, `a\`, "*[", "x/**", "**/", "!/a", "[a-c]*",
}

var paths = []string{
	"build", "Build", "a/build", "a/b/build", "build/x", "build/x/y.tf", "x.tf", "x.TF", "keep.tf", "a/keep.tf", "!keep.tf", "#x", "build ", "a.tar.gz",
	"gz", ".gz", "a/b/c.tf", "a/c.tf", "xa/y.tf", "xa/yb/z.tf", "ab", "acb", "a]b", "]", "[", "[a", "~", "x~", ".hidden", "a.", "über", "café", "x/a/y",
	"x.tf.json", "docs/x.md", "doc[s]/x.md", " build", "a", "b", "c/d/e/f/g/h", `a\`, "a/x/a/build/a",
}

func TestRulesMatchAsEachLineDoes(t *testing.T) {
	check := func(base string, lines []string, name string, isDirectory bool) {
		t.Helper()
		want := plainly(base, lines, name, isDirectory)
		if got := newRules(nil, base, lines).ignores(name, isDirectory); got != want {
			t.Errorf("in %s, %q on %q (directory: %v): got %v, want %v", base, lines, name, isDirectory, got, want)
		}
	}
	for _, name := range paths {
		for _, isDirectory := range []bool{false, true} {
			for _, one := range patterns {
				check(".", []string{one}, name, isDirectory)
				check("a", []string{one}, path.Join("a", name), isDirectory)
				check("a", []string{one}, name, isDirectory)
				for _, two := range patterns {
					check(".", []string{one, two}, name, isDirectory)
				}
			}
			check(".", patterns, name, isDirectory)
			check(".", append(patterns[:20:20], "!"+name), name, isDirectory)
		}
	}
}

func TestInnerRulesOutweighOuterOnes(t *testing.T) {
	outer := newRules(nil, ".", []string{"*.tf", "!keep.tf", "*.md"})
	inner := newRules(outer, "a", []string{"!x.tf", "keep.tf"})
	for name, want := range map[string]bool{"a/x.tf": false, "a/keep.tf": true, "a/y.tf": true, "a/y.md": true, "a/y.go": false} {
		if got := inner.ignores(name, false); got != want {
			t.Errorf("%s: got %v", name, got)
		}
	}
	if (*rules)(nil).ignores("x", false) {
		t.Error("no rules ignore a file")
	}
}

func FuzzRules(f *testing.F) {
	f.Add(strings.Join(patterns, "\n"), ".", "a/b/keep.tf", false)
	f.Add("*.[Cc]ache\n!?*.[Cc]ache/", "src", "src/x.cache", true)
	f.Fuzz(func(t *testing.T, text, base, name string, isDirectory bool) {
		if len(text) > 1000 || len(name) > 200 {
			t.Skip("long input only takes time")
		}
		lines := strings.Split(text, "\n")
		want := plainly(base, lines, name, isDirectory)
		if got := newRules(nil, base, lines).ignores(name, isDirectory); got != want {
			t.Errorf("in %s, %q on %q (directory: %v): got %v, want %v", base, lines, name, isDirectory, got, want)
		}
	})
}

func BenchmarkIgnores(b *testing.B) {
	var lines []string
	for range 8 {
		lines = append(lines, patterns[:len(patterns)/2]...)
	}
	lines = slices.DeleteFunc(lines, func(line string) bool { return strings.Trim(line, "*!/") == "" })
	r := newRules(nil, ".", lines)
	for b.Loop() {
		r.ignores("infra/modules/lake/main.json", false)
	}
}
