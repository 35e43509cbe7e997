package expression

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

func lookup(path []string) resource.Value {
	switch strings.Join(path, ".") {
	case "env.A":
		return resource.StringAt(source.Range{}, "a")
	case "env.EMPTY":
		return resource.StringAt(source.Range{}, "")
	case "env.LIST":
		return resource.StringAt(source.Range{}, `["x", "y"]`)
	case "env.HINT":
		v := resource.UnknownAt(source.Range{}, "secrets.T is known only to GitHub")
		v.Hint = "https://" + string(resource.Hole) + "@h"
		return v
	}
	return resource.UnknownAt(source.Range{}, strings.Join(path, ".")+" depends on the run")
}

func show(v resource.Value) string {
	switch {
	case v.IsUnknown() && v.Hint != "":
		return strings.ReplaceAll(v.Hint, string(resource.Hole), "…") + " because " + v.Why
	case v.IsUnknown():
		return "because " + v.Why
	case v.IsAbsent():
		return "null"
	case v.Kind == resource.String:
		return "'" + v.Text + "'"
	}
	return Text(v)
}

func TestEvaluate(t *testing.T) {
	tests := map[string]string{
		"'it''s'":                             "'it''s'",
		" true ":                              "true",
		"null":                                "null",
		"-1.5e3":                              "-1500",
		"0x1F":                                "31",
		"!''":                                 "true",
		"!!github.ref":                        "because github.ref depends on the run",
		"env.A":                               "'a'",
		"env['A']":                            "'a'",
		"env[github.x].b":                     "because github.x depends on the run",
		"github.event.commits.*.id":           "because github.event.commits.*.id depends on the run",
		"github.ref == 'refs/heads/main'":     "because github.ref depends on the run",
		"'A' == 'a'":                          "true",
		"1 == '1'":                            "true",
		"'' == 0":                             "true",
		"null == false":                       "true",
		"'x' == 1":                            "false",
		"1 < 2 && 2 >= 2":                     "true",
		"'b' > 'a'":                           "true",
		"env.A && 'yes' || 'no'":              "'yes'",
		"env.EMPTY && 'yes' || 'no'":          "'no'",
		"env.EMPTY || 'default'":              "'default'",
		"github.ref || 'default'":             "because github.ref depends on the run",
		"github.ref == 'x' && false":          "false",
		"false && github.ref":                 "false",
		"true || github.ref":                  "true",
		"github.ref == 'x' || true":           "true",
		"github.ref == 'x' && 'a' || 'b'":     "because github.ref depends on the run",
		"(1 == 2 || 3 == 3) && 'y'":           "'y'",
		"contains('Hello', 'ELL')":            "true",
		"contains(fromJSON(env.LIST), 'y')":   "true",
		"fromJSON(env.LIST)[1]":               "'y'",
		"fromJSON('{\"a\": {\"b\": 2}}').A.b": "2",
		"fromJSON('[')":                       "because fromJSON gets no valid JSON",
		"startsWith(env.A, 'A')":              "true",
		"endsWith(github.ref, 'x')":           "because github.ref depends on the run",
		"format('{0}-{1} {{x}}', env.A, 2)":   "'a-2 {x}'",
		"format('{0}/x', env.HINT)":           "https://…@h/x because secrets.T is known only to GitHub",
		"format('{3}', 1)":                    "because format names an argument that is not there",
		"join(fromJSON(env.LIST), '-')":       "'x-y'",
		"toJSON(env.A)":                       "'\"a\"'",
		"hashFiles('**/x')":                   "because hashFiles is computed by the runner",
		"always() && success()":               "true",
		"failure() || cancelled()":            "false",
		"case(false, 1, true, 2, 3)":          "2",
		"secrets.X":                           "because secrets.X depends on the run",
	}
	for text, want := range tests {
		v, err := Evaluate(text, source.Range{File: "f", Start: 1, End: 2}, lookup)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		got := strings.ReplaceAll(show(v), "'it's'", "'it''s'")
		if got != want {
			t.Errorf("%s = %s, want %s", text, got, want)
		}
		if v.At.File != "f" {
			t.Errorf("%s is placed at %v", text, v.At)
		}
	}
}

func TestEvaluateErrors(t *testing.T) {
	for _, text := range []string{
		"", "'x", "1 +", "a b", "f(", "nosuch()", "format()", "a.", "a[", "a[1", "(1", "1x", "&& a", "a == ", "é", "a.'b'",
		strings.Repeat("(", 100), strings.Repeat("!", 6000), strings.Repeat("a[", 5000), strings.Repeat(" ", 30_000),
	} {
		if v, err := Evaluate(text, source.Range{}, lookup); err == nil {
			t.Errorf("%.20q = %s, want an error", text, show(v))
		}
	}
}

func TestSplit(t *testing.T) {
	tests := map[string][]Part{
		"plain":              {{0, 5, false, "plain"}},
		"":                   nil,
		"a ${{ b }} c":       {{0, 2, false, "a "}, {2, 10, true, " b "}, {10, 12, false, " c"}},
		"${{a}}${{b}}":       {{0, 6, true, "a"}, {6, 12, true, "b"}},
		"${{ '}}' }}":        {{0, 11, true, " '}}' "}},
		"${{ a":              {{0, 5, false, "${{ a"}},
		"$${{ '${{' }} }}":   {{0, 1, false, "$"}, {1, 13, true, " '${{' "}, {13, 16, false, " }}"}},
		"${{ a }} and ${{ b": {{0, 8, true, " a "}, {8, 18, false, " and ${{ b"}},
	}
	for text, want := range tests {
		if diff := cmp.Diff(want, Split(text)); diff != "" {
			t.Errorf("Split(%q) (-want +got):\n%s", text, diff)
		}
	}
}

func FuzzEvaluate(f *testing.F) {
	f.Add("a.b[1].*.c && format('{0}', fromJSON('[1]')) || !x")
	f.Add("case(1 < 2, 'a', contains(github.x, 0x1F))")
	f.Fuzz(func(t *testing.T, text string) {
		at := 0
		for _, part := range Split(text) {
			if part.Start != at || part.End <= part.Start || part.End > len(text) {
				t.Fatalf("parts of %q do not cover it: %+v", text, part)
			}
			at = part.End
		}
		if v, err := Evaluate(text, source.Range{}, lookup); err == nil && v.IsUnknown() && v.Why == "" {
			t.Errorf("%q is unknown without a reason", text)
		}
	})
}
