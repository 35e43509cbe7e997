package remedy

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/hcl/v2/hclwrite"

	"github.com/drlint/drlint/internal/edit"
	"github.com/drlint/drlint/internal/layout"
)

// documentOf reads a text as a file of a name.
func documentOf(t testing.TB, name, text string) *document {
	t.Helper()
	p := &planner{fsys: fstest.MapFS{name: {Data: []byte(text)}}, documents: map[string]*document{}}
	return p.document(name)
}

// firstBody is the body of the first entry that has one.
func firstBody(b *layout.Body) *layout.Body {
	for i := range b.Entries {
		if b.Entries[i].Body != nil {
			return b.Entries[i].Body
		}
	}
	return nil
}

func TestPut(t *testing.T) {
	for _, c := range []struct {
		what, file, before, after string
		wants                     []wanting
	}{
		{
			"aligned with what is there", "a.tf",
			"resource \"a\" \"b\" {\n  some_name = 1 # one\n  x         = 2\n}\n",
			"resource \"a\" \"b\" {\n  some_name = 1 # one\n  x         = 2\n  flag      = true\n}\n",
			[]wanting{{[]string{"flag"}, true}},
		}, {
			"apart from shorter names", "a.tf",
			"resource \"a\" \"b\" {\n  x = 2\n  nested {\n  }\n}\n",
			"resource \"a\" \"b\" {\n  x = 2\n\n  longer_name = \"v\"\n\n  nested {\n  }\n}\n",
			[]wanting{{[]string{"longer_name"}, "v"}},
		}, {
			"after a value of several lines", "a.tf",
			"resource \"a\" \"b\" {\n  tags = {\n    a = 1\n  }\n}\n",
			"resource \"a\" \"b\" {\n  tags = {\n    a = 1\n  }\n  n = 7\n}\n",
			[]wanting{{[]string{"n"}, 7}},
		}, {
			"after a heredoc", "a.tf",
			"resource \"a\" \"b\" {\n  text = <<EOT\nx }\nEOT\n}\n",
			"resource \"a\" \"b\" {\n  text = <<EOT\nx }\nEOT\n  n    = 7\n}\n",
			[]wanting{{[]string{"n"}, 7}},
		}, {
			"into a block of one line", "a.tf",
			"resource \"a\" \"b\" {\n  nested { status = \"x\" }\n}\n",
			"resource \"a\" \"b\" {\n  nested {\n    status = \"x\"\n    days   = 7\n  }\n}\n",
			[]wanting{{[]string{"nested", "days"}, 7}},
		}, {
			"blocks in blocks", "a.tf",
			"resource \"a\" \"b\" {}\n",
			"resource \"a\" \"b\" {\n  n = 1\n\n  one {\n    two {\n      days = 7\n    }\n  }\n}\n",
			[]wanting{{[]string{"one", "two", "days"}, 7}, {[]string{"n"}, 1}},
		}, {
			"ends of lines", "a.tf",
			"resource \"a\" \"b\" {\r\n  x = 2\r\n}\r\n",
			"resource \"a\" \"b\" {\r\n  x = 2\r\n  n = 7\r\n\r\n  one {\r\n    days = 7\r\n  }\r\n}\r\n",
			[]wanting{{[]string{"n"}, 7}, {[]string{"one", "days"}, 7}},
		}, {
			"byte order mark", "a.tf",
			"\xef\xbb\xbfresource \"a\" \"b\" {\n  é = 2\n}\n",
			"\xef\xbb\xbfresource \"a\" \"b\" {\n  é = 2\n  n = 7\n}\n",
			[]wanting{{[]string{"n"}, 7}},
		}, {
			"tabs", "a.tf",
			"resource \"a\" \"b\" {\n\tone {\n\t\tx = 1\n\t}\n}\n",
			"resource \"a\" \"b\" {\n\tone {\n\t\tx = 1\n\t}\n\n\ttwo {\n\t\tdays = 7\n\t}\n}\n",
			[]wanting{{[]string{"two", "days"}, 7}},
		}, {
			"bicep", "a.bicep",
			"resource a 'b@2020-01-01' = {\n  name: 'x' // name\n  PROPERTIES: { one: 1 }\n}\n",
			"resource a 'b@2020-01-01' = {\n  name: 'x' // name\n  PROPERTIES: { one: 1, two: { days: 7 } }\n}\n",
			[]wanting{{[]string{"properties", "two", "days"}, 7}},
		}, {
			"bicep in a loop", "a.bicep",
			"resource a 'b@2020-01-01' = [for n in names: {\n  name: n\n}]\n",
			"resource a 'b@2020-01-01' = [for n in names: {\n  name: n\n  properties: {\n    two: {\n      days: 7\n    }\n  }\n}]\n",
			[]wanting{{[]string{"properties", "two", "days"}, 7}},
		}, {
			"json", "a.json",
			"{\n    \"name\": \"x\" // name\n}\n",
			"{\n    \"name\": \"x\", // name\n    \"properties\": {\n        \"on\": true,\n        \"days\": 7\n    }\n}\n",
			[]wanting{{[]string{"properties", "on"}, true}, {[]string{"properties", "days"}, 7}},
		}, {
			"json on one line", "a.json",
			"{ \"properties\": { \"a\": [1] } }\n",
			"{ \"properties\": { \"a\": [1], \"days\": 7 } }\n",
			[]wanting{{[]string{"properties", "days"}, 7}},
		}, {
			"json without members", "a.json",
			"{\n  \"properties\": {}\n}",
			"{\n  \"properties\": {\n    \"days\": 7\n  }\n}",
			[]wanting{{[]string{"properties", "days"}, 7}},
		},
	} {
		t.Run(c.what, func(t *testing.T) {
			d := documentOf(t, c.file, c.before)
			edits, ok := d.put(firstBody(&d.body), tree(c.wants))
			if !ok {
				t.Fatal("it is left alone")
			}
			got, err := edit.Apply(d.data, edits)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.after, string(got)); diff != "" {
				t.Error(diff)
			}
			if strings.HasSuffix(c.file, ".tf") && !strings.Contains(c.before, "\t") && string(hclwrite.Format([]byte(c.before))) == c.before {
				if diff := cmp.Diff(string(hclwrite.Format(got)), string(got)); diff != "" {
					t.Errorf("terraform fmt would change it: %s", diff)
				}
			}
		})
	}
}

func TestPutLeavesAlone(t *testing.T) {
	for name, c := range map[string]struct{ file, text string }{
		"a computed object":      {"a.tf", "resource \"a\" \"b\" {\n  nested = var.x\n}\n"},
		"two blocks":             {"a.tf", "resource \"a\" \"b\" {\n  nested {\n  }\n  nested {\n  }\n}\n"},
		"a comment in one line":  {"a.tf", "resource \"a\" \"b\" {\n  nested { /* why */ }\n}\n"},
		"an open comment":        {"a.tf", "resource \"a\" \"b\" {\n  nested {\n    x = 1 /* why\n    so */\n  }\n}\n"},
		"a spread":               {"a.bicep", "resource a 'b@2020-01-01' = {\n  nested: {\n    ...x\n  }\n}\n"},
		"a trailing comma":       {"a.json", "{\n  \"nested\": {\n    \"x\": 1,\n  }\n}\n"},
		"a list in place of one": {"a.json", "{\n  \"nested\": [{}]\n}\n"},
	} {
		d := documentOf(t, c.file, c.text)
		if d == nil {
			t.Errorf("%s: cannot be read", name)
			continue
		}
		if edits, ok := d.put(firstBody(&d.body), tree([]wanting{{[]string{"nested", "days"}, 7}})); ok {
			t.Errorf("%s: got %v", name, edits)
		}
	}
}

// FuzzPut checks that no file that can be read becomes one that cannot.
func FuzzPut(f *testing.F) {
	f.Add("a.tf", "resource \"a\" \"b\" {\n  x = 2 # y\n  nested {}\n}\n", "nested", "days")
	f.Add("a.tf", "a {\r\n  x = <<E\r\nE\r\n}\r\n", "x", "y")
	f.Add("a.bicep", "resource a 'b@2020-01-01' = if (c) {\n  name: 'x' // }\n  p: { a: '''}''' }\n}\n", "p", "days")
	f.Add("a.json", "{\"p\": {\"a\": 1 /* x */}, \"q\": [{}]}", "p", "days")
	f.Fuzz(func(t *testing.T, name, text, outer, inner string) {
		if !strings.HasPrefix(name, "a.") || !plain(outer) || !plain(inner) {
			return
		}
		d := documentOf(t, name, text)
		if d == nil {
			return
		}
		var visit func(b *layout.Body)
		visit = func(b *layout.Body) {
			for i := range b.Entries {
				if b.Entries[i].Body == nil {
					continue
				}
				tryPut(t, d, b.Entries[i].Body, outer, inner)
				visit(b.Entries[i].Body)
			}
		}
		visit(&d.body)
	})
}

func tryPut(t *testing.T, d *document, body *layout.Body, outer, inner string) {
	for _, path := range [][]string{{inner}, {outer, inner}} {
		edits, ok := d.put(body, tree([]wanting{{path, 7}}))
		if !ok {
			continue
		}
		got, err := edit.Apply(d.data, edits)
		if err != nil {
			t.Fatal(err)
		}
		if again := documentOf(t, d.file, string(got)); again == nil {
			t.Errorf("%v makes %q of %q", path, got, d.data)
		}
	}
}

func plain(name string) bool {
	return name != "" && len(name) < 20 && strings.Trim(name, "abcdefghijklmnopqrstuvwxyz_") == "" && name != "for" && name != "if"
}
