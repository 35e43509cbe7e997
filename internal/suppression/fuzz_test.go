package suppression

import (
	"bytes"
	"maps"
	"slices"
	"testing"
)

// FuzzComments: whatever a file holds, in every format its comments lie within it,
// in order and apart from its code, and what is deleted stays deleted.
func FuzzComments(f *testing.F) {
	const ignore = `drlint:ignore raw/not-replicated reason="rebuilt"`
	for _, text := range []string{
		"# " + ignore + "\na = \"${f(\"b\")}\" # " + ignore + "\n", "/*\n * " + ignore + "\n */\na = <<-EOT\n  # x\n  EOT\n",
		"run: |\n  echo don't # " + ignore + "\nx: 'y\n  # z'\n", "{\"a\": 1 // " + ignore + "\n}", "a: '''\n// x\n''' // " + ignore,
		"<# " + ignore + " #>\n@'\n# x\n'@\n", "VACUUM t; -- " + ignore + "\r\n", "\"\"\"\n# x\n\"\"\" # drlint:skip", "cat <<'EOF' <<\"B\"\nEOF\nB\n# " + ignore,
		"// " + ignore + "\n@a({\n  b: '('\n})\n#disable-next-line x\n@c\nresource d\n",
		"/*/", "'''", "<<", "<<-'", "\"\\", "a\xff # drlint\r", "${${${", "# drlint:ignore a,b reason=\"", "|\n\n#", "@\"\n",
	} {
		f.Add([]byte(text))
	}
	names := slices.Sorted(maps.Keys(languages))
	names = append(names, "Makefile")
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, name := range names {
			of := languageOf("a" + name)
			if of == nil {
				of = languageOf(name)
			}
			within(t, name, of, data)
		}
	})
}

func within(t *testing.T, name string, of *language, data []byte) {
	t.Helper()
	l := lexed(of, data)
	remarks, code := l.remarks, l.code
	last := 0
	for _, r := range remarks {
		if r.start < last || r.textStart < r.start || r.textEnd < r.textStart || r.end < r.textEnd || r.end > len(data) {
			t.Fatalf("%s: %+v of %d bytes behind %d", name, r, len(data), last)
		}
		last = r.end
	}
	last = 0
	for _, s := range code {
		if s.start < last || s.end <= s.start || s.end > len(data) {
			t.Fatalf("%s: code %+v of %d bytes behind %d", name, s, len(data), last)
		}
		last = s.end
		for _, r := range remarks {
			if r.start < s.end && s.start < r.end {
				t.Fatalf("%s: %+v is in the code %+v", name, r, s)
			}
		}
	}
	comments := parse("a"+name, of, data)
	for _, c := range comments {
		if c.At.Start < 0 || c.At.End < c.At.Start || c.At.End > len(data) || c.gone.Start > c.At.Start || c.gone.End < c.At.End || c.gone.Start < 0 || c.gone.End > len(data) {
			t.Fatalf("%s: %+v of %d bytes", name, c, len(data))
		}
		for _, rule := range c.rules {
			if start, end := c.rulesAt+rule.start, c.rulesAt+rule.end; start < 0 || end > len(data) || string(data[start:end]) != rule.text {
				t.Fatalf("%s: %q does not stand at %d", name, rule.text, start)
			}
		}
		rest := slices.Concat(data[:c.gone.Start], data[c.gone.End:])
		if c.flaw == "" && bytes.Count(rest, []byte(onePlace)) >= bytes.Count(data, []byte(onePlace)) {
			t.Fatalf("%s: the deletion of %+v deletes nothing", name, c)
		}
	}
}
