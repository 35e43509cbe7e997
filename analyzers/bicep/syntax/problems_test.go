package syntax

import (
	"fmt"
	"strings"
	"testing"

	"github.com/drlint/drlint/internal/source"
)

// TestProblems asserts the one diagnostic that a text has, and its place.
func TestProblems(t *testing.T) {
	tests := []struct{ path, text, want string }{
		{"x.bicep", "var a = ()", `1:9 parentheses hold exactly one expression unless "=>" follows`},
		{"x.bicep", "var a = (b, c)", `1:9 parentheses hold exactly one expression unless "=>" follows`},
		{"x.bicep", "var a = (b + c, d) => d", "1:10 the parameters of a lambda are names only"},
		{"x.bicep", "var a = 9223372036854775809", "1:9 the number does not fit into 64 bits"},
		{"x.bicep", "var a = b.", "1:11 the name of a property or function is expected here, but the file ends"},
		{"x.bicep", "var a = 'b${c", "1:14 the interpolation is not closed before the file ends"},
		{"x.bicep", `var a = 'b\`, "1:9 the string is not closed before the line ends"},
		{"x.bicep", `var a = '\u{110000}'`, `1:10 the backslash starts no escape sequence; write \\ for a backslash`},
		{"x.bicep", "var a = {\n  b: 1 c: 2\n}", `2:8 a comma or a new line is expected here, but "c" follows`},
		{"x.bicep", "var a = [for x in y: z", `1:23 "]" is expected here, but the file ends`},
		{"x.bicep", "var a = [\n  1\nvar b = 2", `1:9 "[" is opened here and never closed`},
		{"x.bicep", "import a from 'b'", `1:8 a list of names in braces or "*" is expected here, but "a" follows`},
		{"x.bicep", "import * from 'b'", `1:10 "as" is expected here, but "from" follows`},
		{"x.bicep", "import {a} 'b'", `1:12 "from" is expected here, but a string follows`},
		{"x.bicep", "extension a with b", `1:18 an object in braces is expected here, but "b" follows`},
		{"x.bicep", "extension a as", "1:15 the name of the namespace is expected here, but the file ends"},
		{"x.bicepparam", "extensionConfig a", `1:18 "with" is expected here, but the file ends`},
		{"x.bicepparam", "extends none", `1:9 the path of a parameter file, a string, is expected here, but "none" follows`},
		{"x.bicep", "resource a 'b' = c", `1:18 a body in braces, "if" or a "for" loop is expected here, but "c" follows`},
		{"x.bicep", "resource a 'b' = if (c) d", `1:25 a body in braces is expected here, but "d" follows`},
		{"x.bicep", "resource a 'b' = {\n  @c()\n  d: 1\n}", `3:3 a nested resource is expected here, but "d" follows`},
		{"x.bicep", "param a }", `1:9 a type is expected here, but "}" follows`},
		{"x.bicep", "type a = b<'c'", `1:15 "," or ">" is expected here, but the file ends`},
		{"x.bicep", "func f(a int, b) int => 1", `1:16 a type is expected here, but ")" follows`},
		{"x.bicep", "var a = " + strings.Repeat("[", 300) + strings.Repeat("]", 300), "1:259 the text nests deeper than 250 levels here"},
		{"x.bicep", "var a = b" + strings.Repeat(".c", 1_001), "1:2010 the expression has too many operators and nested parts; split it into variables"},
	}
	for _, test := range tests {
		_, problems := Parse(test.path, []byte(test.text))
		lines := source.NewLines([]byte(test.text))
		var got []string
		for _, problem := range problems {
			at := lines.Pos(problem.At.Start)
			got = append(got, fmt.Sprintf("%d:%d %s", at.Line, at.Column, problem.Summary))
		}
		if len(got) != 1 || got[0] != test.want {
			t.Errorf("%q\n got %q\nwant %q", shorten(test.text), got, test.want)
		}
	}
}

// TestManyProblems asserts that a file full of errors is told about in a few.
func TestManyProblems(t *testing.T) {
	file, problems := Parse("x.bicep", []byte(strings.Repeat("var a =\n", 100)))
	if len(file.Statements) != 100 || len(problems) != maxProblems+1 {
		t.Fatalf("%d statements, %d diagnostics", len(file.Statements), len(problems))
	}
	last := problems[maxProblems]
	if want := "the file has more syntax errors from here on, which are not listed"; last.Summary != want {
		t.Errorf("the last diagnostic is %q", last.Summary)
	}
	for i, statement := range file.Statements {
		if !statement.Lead().Broken {
			t.Errorf("statement %d does not say that it is broken", i)
		}
	}
}
