package config_test

import (
	"errors"
	"testing"
	"testing/fstest"

	"github.com/bmatcuk/doublestar/v4"
	"github.com/google/go-cmp/cmp"

	"github.com/drlint/drlint/internal/config"
	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/source"
)

func TestAcceptAddsOneEntry(t *testing.T) {
	added := finding.Acceptance{Rule: "raw/*", Address: config.Literal(`module.a["x: y"].b`), Path: "off", Reason: "why #1"}
	lines := "rule: raw/*\n    address: \"module.a\\\\[\\\"x: y\\\"\\\\].b\"\n    path: \"off\"\n    reason: \"why #1\"\n"
	for name, c := range map[string]struct{ before, after string }{
		"new":             {"", "version: 1\nignore:\n  - " + lines},
		"no list":         {"version: 1 # the first", "version: 1 # the first\nignore:\n  - " + lines},
		"empty list":      {"version: 1\nignore: []\nfail-on: low\n", "version: 1\nignore: \n  - " + lines + "fail-on: low\n"},
		"further entries": {"version: 1\nignore:\n  - rule: a/*\n    reason: old # note\n\n# end\nfail-on: low\n", "version: 1\nignore:\n  - rule: a/*\n    reason: old # note\n  - " + lines + "\n# end\nfail-on: low\n"},
		"at the end":      {"version: 1\nignore:\n  - {rule: a/*, reason: old}", "version: 1\nignore:\n  - {rule: a/*, reason: old}\n  - " + lines[:len(lines)-1]},
	} {
		edit, err := config.Accept(".drlint.yaml", []byte(c.before), added)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		after := c.before[:edit.At.Start] + edit.New + c.before[edit.At.End:]
		if diff := cmp.Diff(c.after, after); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		read, problems := config.Load(fstest.MapFS{".drlint.yaml": {Data: []byte(after)}}, ".drlint.yaml")
		if len(problems) > 0 || len(read.Ignore) == 0 {
			t.Errorf("%s: %v\n%s", name, problems, after)
			continue
		}
		got := read.Ignore[len(read.Ignore)-1]
		got.At = source.Range{}
		if diff := cmp.Diff(added, got); diff != "" {
			t.Errorf("%s is read as another entry (-want +got):\n%s", name, diff)
		}
	}
}

func TestAcceptRefuses(t *testing.T) {
	for text, want := range map[string]error{
		"version: 1\nignore: [{rule: a/*, reason: old}]\n": config.ErrFlow,
		"version: [\n": config.ErrInvalid,
	} {
		if edit, err := config.Accept(".drlint.yaml", []byte(text), finding.Acceptance{Rule: "a/b", Reason: "why"}); !errors.Is(err, want) {
			t.Errorf("%q: got %v, %v", text, edit, err)
		}
	}
}

func TestLiteralMatchesItself(t *testing.T) {
	for _, text := range []string{`module.a["x"].b[0]`, "{a,b}", `a\b`, "what?*"} {
		if ok, err := doublestar.Match(config.Literal(text), text); err != nil || !ok {
			t.Errorf("%q: %v", text, err)
		}
	}
}
