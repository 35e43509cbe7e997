package yaml

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// show writes a tree with the source text of every value, so that one string
// asserts values and ranges alike.
func show(data string, v resource.Value) string {
	written := data[v.At.Start:v.At.End]
	switch {
	case v.IsUnknown():
		return fmt.Sprintf("unknown(%s)@%q", v.Why, written)
	case v.IsAbsent():
		return fmt.Sprintf("null@%q", written)
	}
	var parts []string
	switch v.Kind {
	case resource.List:
		for _, item := range v.Items {
			parts = append(parts, show(data, item))
		}
		return "[" + strings.Join(parts, " ") + "]"
	case resource.Object:
		for _, field := range v.Fields {
			parts = append(parts, data[field.At.Start:field.At.End]+"="+show(data, field.Value))
		}
		return "{" + strings.Join(parts, " ") + "}"
	case resource.Bool:
		return fmt.Sprintf("%v@%q", v.Truth, written)
	case resource.Number:
		return fmt.Sprintf("%v@%q", v.Num, written)
	default:
		return fmt.Sprintf("%q@%q", v.Text, written)
	}
}

func parseOne(t *testing.T, text string) Document {
	t.Helper()
	documents, problems := Parse("f.yml", []byte(text))
	if len(problems) > 0 || len(documents) != 1 {
		t.Fatalf("got %d documents, %+v", len(documents), problems)
	}
	return documents[0]
}

func TestScalars(t *testing.T) {
	tests := []struct{ text, want string }{
		{"a: b", `{a="b"@"b"}`},
		{"a:", `{a=null@""}`},
		{"a: ~\nb: null # c", `{a=null@"~" b=null@"null"}`},
		{"on: [push]", `{on=["push"@"push"]}`},
		{"a: yes\nb: no\nc: on\nd: off\ne: y", `{a="yes"@"yes" b="no"@"no" c="on"@"on" d="off"@"off" e="y"@"y"}`},
		{"a: true\nb: False\nc: 'true'\nd: tRue", `{a=true@"true" b=false@"False" c="true"@"'true'" d="tRue"@"tRue"}`},
		{"[12, -3, +4, 0x1F, 0o17, 017, 1_000, 0b1]", `[12@"12" -3@"-3" 4@"+4" 31@"0x1F" 15@"0o17" 17@"017" "1_000"@"1_000" "0b1"@"0b1"]`},
		{"[1.5, .5, 5., 1e3, -1.5E-2, ., 1e, 1.2.3, -, --1, 0x, 1e999]",
			`[1.5@"1.5" 0.5@".5" 5@"5." 1000@"1e3" -0.015@"-1.5E-2" "."@"." "1e"@"1e" "1.2.3"@"1.2.3" "-"@"-" "--1"@"--1" "0x"@"0x" "1e999"@"1e999"]`},
		{"[.inf, .nan, 2024-01-01]", `[".inf"@".inf" ".nan"@".nan" "2024-01-01"@"2024-01-01"]`},
		{"a: b c  # d", `{a="b c"@"b c"}`},
		{"a: b\n  c\n\n  d  \n e: f", ``},
		{"a: b\n  c \n\n  d  \nx: y", `{a="b c\nd"@"b\n  c \n\n  d" x="y"@"y"}`},
		{"a: b#c:d", `{a="b#c:d"@"b#c:d"}`},
		{"{a: b c, d: e f}", `{a="b c"@"b c" d="e f"@"e f"}`},
		{"a: 'it''s'\nb: \"x\\\"y\\u00e9\\n\"", `{a="it's"@"'it''s'" b="x\"yé\n"@"\"x\\\"y\\u00e9\\n\""}`},
		{"a: 'b\n  c'\nd: \"e \\\n  f\n\n  g\"", `{a="b c"@"'b\n  c'" d="e f\ng"@"\"e \\\n  f\n\n  g\""}`},
		{"é: \"ü\" # ö\nb: c", `{é="ü"@"\"ü\"" b="c"@"c"}`},
		{"a: |\n  b\n\n    c\n# d\ne: f", `{a="b\n\n  c\n"@"|\n  b\n\n    c" e="f"@"f"}`},
		{"a: |-\n  b\n\n\nc: d", `{a="b"@"|-\n  b" c="d"@"d"}`},
		{"a: |+\n  b\n\nc: d", `{a="b\n\n"@"|+\n  b" c="d"@"d"}`},
		{"a: |2 # x\n    b\n  c\nd: e", `{a="  b\nc\n"@"|2 # x\n    b\n  c" d="e"@"e"}`},
		{"a: >-\n  b\n  c\n\n  d\n    e\n  f\ng: h", `{a="b c\nd\n  e\nf"@">-\n  b\n  c\n\n  d\n    e\n  f" g="h"@"h"}`},
		{"a: |\nb: |\n\n", `{a=""@"|" b=""@"|"}`},
		{"- |\n b\n- >\n c", `["b\n"@"|\n b" "c"@">\n c"]`},
		{"a: !!str 12\nb: !!int \"12\"\nc: ! 12\nd: !!str\ne: !!null x", `{a="12"@"12" b=12@"\"12\"" c="12"@"12" d=""@"" e="x"@"x"}`},
		{"--- 12", `12@"12"`},
		{"--- |\n a\n  b", `"a\n b"@"|\n a\n  b"`},
	}
	for _, test := range tests {
		t.Run(test.text, func(t *testing.T) {
			if test.want == "" {
				if documents, problems := Parse("f.yml", []byte(test.text)); len(documents) != 0 || len(problems) != 1 {
					t.Fatalf("got %d documents, %+v", len(documents), problems)
				}
				return
			}
			if diff := cmp.Diff(test.want, show(test.text, parseOne(t, test.text).Value)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestCollectionRanges(t *testing.T) {
	tests := []struct{ text, want string }{
		{"a:\n  b: c\n  d:\n  - e\n  -\n# x\nf: g", "a:\n  b: c\n  d:\n  - e\n  -\n# x\nf: g"},
		{"# x\n- a # y\n- b\n# z\n", "- a # y\n- b"},
		{"[a, b] # x", "[a, b]"},
		{"[\n  a, # ]\n  \"]\",\n]\n", "[\n  a, # ]\n  \"]\",\n]"},
		{"{a: , b, c: {} }", "{a: , b, c: {} }"},
		{"{}", "{}"},
		{"[[], [a: b, ? c : d]]", "[[], [a: b, ? c : d]]"},
		{"a: |\n  b\n  \n\nc:\n  - |\n   d\n\n\n", "a: |\n  b\n  \n\nc:\n  - |\n   d"},
		{"\xef\xbb\xbfa: b\r\nc:\r\n  - d\r\n", "a: b\r\nc:\r\n  - d"},
		{"--- # x\n&x !!map\n# y\na: b\n", "a: b"},
		{"&x\n- &y a\n", "- &y a"},
		{"&x [ &y a ]", "[ &y a ]"},
	}
	for _, test := range tests {
		t.Run(test.text, func(t *testing.T) {
			at := parseOne(t, test.text).Value.At
			if got := test.text[at.Start:at.End]; got != test.want || at.File != "f.yml" {
				t.Errorf("got %q in %q, want %q", got, at.File, test.want)
			}
		})
	}
}

func TestLinesAndColumns(t *testing.T) {
	text := "# é\r\njobs:\r\n  \"dé\": { x: [1, ünï] }\r\n  # \u2028 \u0085\r\n  steps:\r\n    - run: |\r\n        a\r\n      with: *x\r\n"
	text = strings.Replace(text, "{ x", "&x { x", 1)
	lines := source.NewLines([]byte(text))
	root := parseOne(t, text).Value
	job := root.Get("jobs").Get("dé")
	step := root.Path("jobs.steps")
	for name, test := range map[string]struct {
		value resource.Value
		want  source.Pos
	}{
		"jobs":            {root.Get("jobs"), source.Pos{Line: 3, Column: 3}},
		"flow mapping":    {job, source.Pos{Line: 3, Column: 12}},
		"in a flow list":  {job.Get("x").Items[1], source.Pos{Line: 3, Column: 21}},
		"behind an alias": {step.Path("with.x"), source.Pos{Line: 3, Column: 17}},
		"script":          {step.Path("run"), source.Pos{Line: 6, Column: 12}},
	} {
		if got := lines.Pos(test.value.At.Start); got != test.want {
			t.Errorf("%s: got %+v, want %+v", name, got, test.want)
		}
	}
	if end := lines.Pos(step.At.End); end != (source.Pos{Line: 8, Column: 15}) {
		t.Errorf("the list ends at %+v", end)
	}
	if text := step.Path("run").Text; text != "a\n" {
		t.Errorf("the script is %q", text)
	}
}

func TestStreams(t *testing.T) {
	tests := []struct {
		text  string
		want  []string
		codes []string
	}{
		{"", nil, nil},
		{"# only\n\n---\n# comments\n...\n", nil, nil},
		{"a\n---\nb\n---\n---\n# c\n--- d\n...\ne", []string{"a", "b", "d", "e"}, nil},
		{"%YAML 1.2\n%TAG !e! tag:e.com,2000:\n---\na: !!str b\n...\n%YAML 1.1\n--- c", []string{"a=b", "c"}, nil},
		{"a: |\n  ---\n  b\n---\nc", []string{"a=---\nb\n", "c"}, nil},
		{"a: b: c\n---\nd: e\n---\nf: [\n---\ng", []string{"d=e", "g"}, []string{"yaml/syntax 1:1", "yaml/syntax 5:1"}},
		{"a: \"b\n---\nc", []string{"c"}, []string{"yaml/syntax 1:1"}},
		{"a: b\n\tc: d\ne: f", nil, []string{"yaml/syntax 2:2"}},
		{"a:\n  - b\n  - c\n  d: e\nf: g", nil, []string{"yaml/syntax 4:3"}},
		{"a: b\nc: d\ne: f\n g: h\ni: j", nil, []string{"yaml/syntax 4:2"}},
		{"a:\n  b: c\n d: e", nil, []string{"yaml/syntax 3:2"}},
		{"a: [b, c\nd: e\n", nil, []string{"yaml/syntax 1:1"}},
		{"a: b\nc: \"d\n\n\n", nil, []string{"yaml/syntax 2:1"}},
		{"--- |\na", nil, []string{"yaml/syntax 2:1"}},
		{"a\n...\nb\nc: d\n", []string{"a"}, []string{"yaml/syntax 4:1"}},
		{"x: y\na: *b\n", nil, []string{"yaml/syntax 2:4"}},
		{"a: \x01", nil, []string{"yaml/syntax 1:4"}},
	}
	for _, test := range tests {
		t.Run(test.text, func(t *testing.T) {
			documents, problems := Parse("f.yml", []byte(test.text))
			var got []string
			for _, document := range documents {
				got = append(got, flat(document.Value))
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("documents: %s", diff)
			}
			if diff := cmp.Diff(test.codes, placed(test.text, problems)); diff != "" {
				t.Errorf("diagnostics: %s%+v", diff, problems)
			}
		})
	}
}

// flat shows a value without its places.
func flat(v resource.Value) string {
	var parts []string
	for _, field := range v.Fields {
		parts = append(parts, field.Name+"="+flat(field.Value))
	}
	for _, item := range v.Items {
		parts = append(parts, flat(item))
	}
	if v.IsUnknown() {
		return "unknown"
	}
	text, _ := v.AsString()
	return text + strings.Join(parts, " ")
}

func placed(text string, problems []source.Diagnostic) (shown []string) {
	lines := source.NewLines([]byte(text))
	for _, problem := range problems {
		pos := lines.Pos(problem.At.Start)
		shown = append(shown, fmt.Sprintf("%s %d:%d", problem.Code, pos.Line, pos.Column))
	}
	return shown
}

func TestDocumentRanges(t *testing.T) {
	text := "# x\na: b\n\n---\nc:\n- d\n\n# y\n---\n"
	documents, _ := Parse("f.yml", []byte(text))
	var got []string
	for _, document := range documents {
		got = append(got, text[document.At.Start:document.At.End])
	}
	if diff := cmp.Diff([]string{"a: b", "---\nc:\n- d"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestTooManyDocuments(t *testing.T) {
	documents, problems := Parse("f.yml", []byte(strings.Repeat("---\na\n", maxDocuments+5)))
	if len(documents) != maxDocuments || len(problems) != 1 || problems[0].Code != "yaml/too-many-documents" {
		t.Errorf("got %d documents, %+v", len(documents), problems)
	}
}

func TestTooManyValues(t *testing.T) {
	documents, problems := Parse("f.yml", []byte("["+strings.Repeat("a,", maxSeparators)+"\n]"))
	if len(documents) != 0 || len(problems) != 1 || problems[0].Code != "yaml/too-many-values" {
		t.Errorf("got %d documents, %+v", len(documents), problems)
	}
}

func TestProblemsAreCapped(t *testing.T) {
	_, problems := Parse("f.yml", []byte(strings.Repeat("---\na: b: c\n", 100)))
	if len(problems) != maxProblems+1 || problems[maxProblems].Code != "yaml/more" {
		t.Errorf("got %d diagnostics, the last is %+v", len(problems), problems[len(problems)-1])
	}
}
