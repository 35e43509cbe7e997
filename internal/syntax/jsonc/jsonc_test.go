package jsonc

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

var arm = Options{Comments: true, TrailingCommas: true, MultilineStrings: true}

// show writes a tree with the source text of every value, so that one string
// asserts values and ranges alike.
func show(data string, v resource.Value) string {
	written := data[v.At.Start:v.At.End]
	switch {
	case v.IsUnknown():
		return fmt.Sprintf("unknown@%q", written)
	case v.Kind == resource.Null:
		return fmt.Sprintf("null@%q", written)
	case v.Kind == resource.Bool:
		return fmt.Sprintf("%v@%q", v.Truth, written)
	case v.Kind == resource.Number:
		return fmt.Sprintf("%v@%q", v.Num, written)
	case v.Kind == resource.String:
		return fmt.Sprintf("%q@%q", v.Text, written)
	}
	var parts []string
	for _, item := range v.Items {
		parts = append(parts, show(data, item))
	}
	for _, field := range v.Fields {
		parts = append(parts, fmt.Sprintf("%s(%s)=%s", field.Name, data[field.At.Start:field.At.End], show(data, field.Value)))
	}
	return written[:1] + strings.Join(parts, " ") + written[len(written)-1:]
}

func shown(text string, problems []source.Diagnostic) (list []string) {
	lines := source.NewLines([]byte(text))
	for _, problem := range problems {
		pos := lines.Pos(problem.At.Start)
		list = append(list, fmt.Sprintf("%d:%d %s", pos.Line, pos.Column, problem.Summary))
	}
	return list
}

func TestParse(t *testing.T) {
	tests := []struct{ text, want string }{
		{`{}`, `{}`},
		{" [ ]\n", `[]`},
		{`{"a": 1, "b": [true, false, null, "c"]}`, `{a("a")=1@"1" b("b")=[true@"true" false@"false" null@"null" "c"@"\"c\""]}`},
		{`[0, -0, 12, -3.5, 1e3, 1E-2, 0.25e+1, 123456789012345678]`, `[0@"0" -0@"-0" 12@"12" -3.5@"-3.5" 1000@"1e3" 0.01@"1E-2" 2.5@"0.25e+1" 1.2345678901234568e+17@"123456789012345678"]`},
		{`["\"\\\/\b\f\n\r\t", "é\u00e9\uD83D\ude00", "\ud800x"]`, `["\"\\/\b\f\n\r\t"@"\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"" "éé😀"@"\"é\\u00e9\\uD83D\\ude00\"" "�x"@"\"\\ud800x\""]`},
		{"// a\n{ /* b\n */ \"c\" /**/ : // d\n 1, }// e", `{c("c")=1@"1"}`},
		{"[1, // a ]\n]", `[1@"1"]`},
		{"{\"a\": \"b\n\tc\"}", "{a(\"a\")=\"b\\n\\tc\"@\"\\\"b\\n\\tc\\\"\"}"},
		{"\xef\xbb\xbf{\"a\":1}", `{a("a")=1@"1"}`},
		{`""`, `""@"\"\""`},
		{`"a"`, `"a"@"\"a\""`},
	}
	for _, test := range tests {
		t.Run(test.text, func(t *testing.T) {
			value, problems := Parse("f.json", []byte(test.text), arm)
			if len(problems) > 0 {
				t.Errorf("got %+v", problems)
			}
			if diff := cmp.Diff(test.want, show(test.text, value)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestRecovery(t *testing.T) {
	tests := []struct {
		text, want string
		problems   []string
	}{
		{"{\"a\": 1\n \"b\": 2}", `{a("a")=1@"1" b("b")=2@"2"}`, []string{"2:2 a comma or } is expected here"}},
		{`{"a": , "b": 2}`, `{a("a")=unknown@"" b("b")=2@"2"}`, []string{"1:7 a value is expected here"}},
		{`{"a" 1, "b": 2}`, `{b("b")=2@"2"}`, []string{"1:2 the name has no colon and value after it"}},
		{`{a: 1, 'b': 2, "c": 3}`, `{a(a)=1@"1" c("c")=3@"3"}`, []string{"1:2 the name a is not in double quotes", "1:8 a name in double quotes is expected here"}},
		{`{"a": True, "b": NaN, "c": [undefined]}`, `{a("a")=unknown@"True" b("b")=unknown@"NaN" c("c")=[unknown@"undefined"]}`,
			[]string{"1:7 True is not a JSON value", "1:18 NaN is not a JSON value", "1:29 undefined is not a JSON value"}},
		{`[01, +1, .5, 1., 1e, 0x1, 1-2, -, 1e999]`, `[unknown@"01" unknown@"+1" unknown@".5" unknown@"1." unknown@"1e" unknown@"0x1" unknown@"1-2" unknown@"-" unknown@"1e999"]`,
			[]string{"1:2 01 is not a JSON number", "1:6 +1 is not a JSON value", "1:10 .5 is not a JSON value", "1:14 1. is not a JSON number", "1:18 1e is not a JSON number",
				"1:22 0x1 is not a JSON number", "1:27 1-2 is not a JSON number", "1:32 - is not a JSON number", "1:35 1e999 is not a JSON number"}},
		{`[1 2, 3 [4], 5]`, `[1@"1" 3@"3" [4@"4"] 5@"5"]`, []string{"1:4 a comma or ] is expected here", "1:9 a comma or ] is expected here"}},
		{`[,1,,2]`, `[1@"1" 2@"2"]`, []string{"1:2 there is a comma without a value before it", "1:5 there is a comma without a value before it"}},
		{`[1, 2`, `[1@"1" 2@"2"2`, []string{"1:1 the [ that starts here is never closed"}},
		{`{"a": {"b": [1`, `{a("a")={b("b")=[1@"1"111`, []string{"1:13 the [ that starts here is never closed"}},
		{`{"a": [1, 2}, "b"`, `{a("a")=[1@"1" 2@"2"2}`, []string{"1:12 a ] is missing before the } here", "1:13 there is text after the end of the value"}},
		{`[1}, 2]`, `[1@"1" 2@"2"]`, []string{"1:3 there is a } that closes nothing", "1:4 there is a comma without a value before it"}},
		{`{"a": 1}}`, `{a("a")=1@"1"}`, []string{"1:9 there is text after the end of the value"}},
		{`{"a": "\q\u12", "b": "\`, `{a("a")="\\q\\u12"@"\"\\q\\u12\"" b("b")="\\"@"\"\\"\`, []string{
			"1:8 the string has an escape that JSON does not know", "1:10 the string has an escape that JSON does not know",
			"1:23 the string has an escape that JSON does not know", "1:22 the string that starts here is never closed", "1:1 the { that starts here is never closed"}},
		{`{"a": @@, "b": "[", "c": (}`, `{a("a")=unknown@"@@" b("b")="["@"\"[\"" c("c")=unknown@"("}`, []string{"1:7 a value is expected here", "1:26 a value is expected here"}},
		{`{"a": @ {"x": ["]"]} "}", "b": 1}`, `{a("a")=unknown@"@ {\"x\": [\"]\"]} \"}\"" b("b")=1@"1"}`, []string{"1:7 a value is expected here"}},
		{`{"a": {{ count }}, "b": [{{x}}, 1]}`, `{a("a")=unknown@"{{ count }}" b("b")=[unknown@"{{x}}" 1@"1"]}`, []string{
			"1:7 a value is expected here, and {{ count }} is a placeholder", "1:26 a value is expected here, and {{x}} is a placeholder"}},
		{"[1] /* a", `[1@"1"]`, []string{"1:5 the comment that starts here is never closed"}},
		{"", `unknown@""`, []string{"1:1 the file holds no value"}},
		{" // a\n", `unknown@" // a\n"`, []string{"1:1 the file holds no value"}},
		{"{\"é\": 1, \"é\": 2}", `{é("é")=2@"2"}`, []string{`1:10 the name "é" is written twice in one object`}},
	}
	for _, test := range tests {
		t.Run(test.text, func(t *testing.T) {
			value, problems := Parse("f.json", []byte(test.text), arm)
			if diff := cmp.Diff(test.want, show(test.text, value)); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(test.problems, shown(test.text, problems)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestStrictJSON(t *testing.T) {
	text := "{\"a\": 1, // x\n\"b\": [2, /* y */], \"c\": \"d\te\",\n\"f\": \"g,\n\"h\": 3}"
	value, problems := Parse("f.json", []byte(text), Options{})
	want := []string{
		"1:10 JSON has no comments", "2:8 there is a comma after the last value", "2:27 there is a control character in the string",
		"3:6 the string that starts here is never closed",
	}
	if diff := cmp.Diff(want, shown(text, problems)); diff != "" {
		t.Error(diff)
	}
	if got := show(text, value); !strings.Contains(got, `h("h")=3@"3"`) || !strings.Contains(got, `c("c")="d\te"`) {
		t.Error(got)
	}
}

func TestDuplicatesKeepTheLast(t *testing.T) {
	var text strings.Builder
	text.WriteString("{")
	for i := range 100 {
		fmt.Fprintf(&text, "%q: %d, ", fmt.Sprint("k", i%40), i)
	}
	text.WriteString(`"last": 1}`)
	value, problems := Parse("f.json", []byte(text.String()), Options{})
	if len(value.Fields) != 41 || value.Get("k0").Num != 80 || value.Get("k39").Num != 79 || value.Fields[40].Name != "last" {
		t.Errorf("got %d members, k0 is %v, k39 is %v", len(value.Fields), value.Get("k0").Num, value.Get("k39").Num)
	}
	if len(problems) != maxProblems+1 || problems[0].Code != "json/duplicate-key" || problems[maxProblems].Code != "json/more" {
		t.Errorf("got %d diagnostics: %+v", len(problems), problems[0])
	}
}

func TestDepth(t *testing.T) {
	deep := "[" + strings.Repeat("[", 2_000_000) + "1, \"]\"" + strings.Repeat("]", 2_000_000) + ", 2]"
	value, problems := Parse("f.json", []byte(deep), arm)
	if len(problems) != 1 || problems[0].Code != "json/too-deep" || problems[0].At.Start != maxDepth {
		t.Fatalf("got %d diagnostics, the first is %+v", len(problems), problems[0])
	}
	if len(value.Items) != 2 || value.Items[1].Num != 2 {
		t.Error("what follows the deep value is lost")
	}
}

func TestStrayBracketsDoNotRecurse(t *testing.T) {
	for _, text := range []string{"[" + strings.Repeat("}", 1_000_000), strings.Repeat("[}", 1_000_000), "[" + strings.Repeat(",", 1_000_000), "{" + strings.Repeat(":", 1_000_000), "{" + strings.Repeat("]", 1_000_000)} {
		if _, problems := Parse("f.json", []byte(text), arm); len(problems) == 0 || len(problems) > maxProblems+1 {
			t.Errorf("%.5s: got %d diagnostics", text, len(problems))
		}
	}
}

func TestPositions(t *testing.T) {
	text := `["[concat('a', \"b\", '\u00e9\ud83d\ude00', x)]"]`
	value, _ := Parse("f.json", []byte(text), arm)
	place := Positions([]byte(text), value.Items[0])
	for part, want := range map[string]string{"concat": "concat", `"b"`: `\"b`, "é": `\u00e9`, "😀": `\ud83d`, "x)": "x)"} {
		if got := place(strings.Index(value.Items[0].Text, part)); !strings.HasPrefix(text[got:], want) {
			t.Errorf("%s is placed at %q", part, text[got:])
		}
	}
	if got := place(1000); text[got:] != `"]` {
		t.Errorf("the end is placed at %q", text[got:])
	}
	if got := Positions([]byte(text), value)(5); got != 0 {
		t.Errorf("a list is placed at %d", got)
	}
}

func TestTooManyValues(t *testing.T) {
	value, problems := Parse("f.json", []byte("["+strings.Repeat("[1],", maxValues)+"2]"), arm)
	if !value.IsUnknown() || len(problems) != 1 || problems[0].Code != "json/too-many-values" {
		t.Errorf("got %v, %+v", value.State, problems)
	}
}

// plain is what encoding/json makes of the same text.
func plain(v resource.Value) any {
	switch v.Kind {
	case resource.Bool:
		return v.Truth
	case resource.Number:
		return v.Num
	case resource.String:
		return v.Text
	case resource.List:
		list := []any{}
		for _, item := range v.Items {
			list = append(list, plain(item))
		}
		return list
	case resource.Object:
		object := map[string]any{}
		for _, field := range v.Fields {
			object[field.Name] = plain(field.Value)
		}
		return object
	default:
		return nil
	}
}

func checkRanges(t *testing.T, data []byte, v resource.Value) {
	t.Helper()
	if v.At.Start < 0 || v.At.Start > v.At.End || v.At.End > len(data) {
		t.Fatalf("%+v is outside of the %d bytes", v.At, len(data))
	}
	place := Positions(data, v)
	for i := range len(v.Text) {
		if at := place(i); at < v.At.Start || at > v.At.End {
			t.Fatalf("offset %d of %q is at %d", i, v.Text, at)
		}
	}
	for _, item := range v.Items {
		if !v.At.Contains(item.At) {
			t.Fatalf("%+v does not hold %+v", v.At, item.At)
		}
		checkRanges(t, data, item)
	}
	for _, field := range v.Fields {
		if !v.At.Contains(field.At) || !v.At.Contains(field.Value.At) {
			t.Fatalf("%+v does not hold %+v and %+v", v.At, field.At, field.Value.At)
		}
		checkRanges(t, data, field.Value)
	}
}

// FuzzParse holds the reader against encoding/json: what that accepts has the
// same value here and no diagnostic but for duplicate names; what it refuses
// has at least one.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		`{"a": [1, -2.5e3, true, null, "b\u00e9\n"], "c": {"d": ""}}`, "{\"a\": 1, // b\n}", `{"a": 1, "a": 2}`, "[\"\\ud83d\\ude00\\ud800\"]", `[01]`,
		"\xef\xbb\xbf[]", `{"a" 1, b: [}, 'c']`, "[1 2 /* ", "{\"a\": \"b\n\"}", `[[[[]]],{}] x`, `"\`, `{"a":`, "1e400", "-", `{"":{"":[]}}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if !utf8.Valid(data) {
			return
		}
		lenient, _ := Parse("f.json", data, arm)
		checkRanges(t, data, lenient)
		value, problems := Parse("f.json", data, Options{})
		checkRanges(t, data, value)
		var want any
		err := json.Unmarshal(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), &want)
		for _, problem := range problems {
			if problem.At.Start < 0 || problem.At.Start > problem.At.End || problem.At.End > len(data) {
				t.Fatalf("%+v is outside of the %d bytes", problem, len(data))
			}
			if err == nil && problem.Code == "json/syntax" {
				t.Fatalf("valid JSON is refused: %+v", problem)
			}
		}
		if err != nil {
			if len(problems) == 0 {
				t.Fatalf("invalid JSON is accepted: %v", err)
			}
			return
		}
		duplicate := len(problems) > 0 // encoding/json merges objects of the same name
		if diff := cmp.Diff(want, plain(value)); diff != "" && !duplicate {
			t.Error(diff)
		}
	})
}

func TestExactNumbers(t *testing.T) {
	value, _ := Parse("f.json", []byte(`[999999999999999, 9007199254740993, 0.1, 1e308, -0]`), Options{})
	want := []float64{999999999999999, 9007199254740992, 0.1, 1e308, math.Copysign(0, -1)}
	for i, item := range value.Items {
		if item.Num != want[i] || math.Signbit(item.Num) != math.Signbit(want[i]) {
			t.Errorf("got %v, want %v", item.Num, want[i])
		}
	}
}

func benchmark(b *testing.B, text string) {
	data := []byte(text)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, problems := Parse("f.json", data, arm); len(problems) > 0 {
			b.Fatal(problems[0])
		}
	}
}

func BenchmarkParseTemplate(b *testing.B) {
	resources := strings.Repeat(`    {
      "type": "Microsoft.Storage/storageAccounts",
      "apiVersion": "2023-01-01",
      "name": "[parameters('accountName')]",
      "location": "[resourceGroup().location]",
      "sku": { "name": "Standard_LRS" },
      // the copy
      "properties": { "supportsHttpsTrafficOnly": true, "retentionDays": 7, "zones": [1, 2, 3] }
    },
`, 20_000)
	benchmark(b, "{\"$schema\": \"x\", \"resources\": [\n"+resources+"]}")
}

func BenchmarkParseNumbers(b *testing.B) {
	benchmark(b, "["+strings.Repeat("12, -3.5, 1234567, ", 100_000)+"]")
}
