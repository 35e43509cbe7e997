package functions_test

import (
	"testing"

	"github.com/zclconf/go-cty/cty"

	"github.com/drlint/drlint/analyzers/terraform/functions"
)

var yamlExamples = []example{
	{`yamldecode("days: 35\nzones: [1, '2', yes]\n")`, `{days = 35, zones = [1, "2", true]}`},
	{`yamldecode("- on\n- ~\n- 0x1f\n- 0o17\n- 012\n- 1e3\n- .5\n- 1.2.3")`, `[true, null, 31, 15, 12, 1000, 0.5, "1.2.3"]`},
	{`yamldecode("- 2024-02-29\n- 2024-02-29 7:05:00\n- '2024-02-29'\n- 2024-13-01")`, `["2024-02-29T00:00:00Z", "2024-02-29T07:05:00Z", "2024-02-29", "2024-13-01"]`},
	{`yamldecode("- .inf\n- -.INF")`, "[+Inf, -Inf]"},
	{`yamldecode("!!str 5")`, `"5"`},
	{`yamldecode("- !!int \"5\"\n- !!int 1_000\n- !!float 2\n- !!null x\n- !!timestamp 2024-1-2")`, `["5", 1000, 2, null, "2024-01-02T00:00:00Z"]`},
	{`yamldecode("!!binary Zm9v")`, `"Zm9v"`},
	{`yamldecode("a: &a {p: 1, q: 2}\nb: {<<: *a, q: 3}\nc: {q: 3, <<: *a}\nd: {<<: [*a, {p: 9}]}")`,
		"{a = {p = 1, q = 2}, b = {p = 1, q = 3}, c = {p = 1, q = 2}, d = {p = 9, q = 2}}"},
	{`yamldecode("a: 1\na: 2")`, "{a = 2}"},
	{`yamldecode("1: a\ny: b")`, `{1 = "a", true = "b"}`},
	{`yamldecode("|-\n  1.10")`, `"1.1"`},
	{`yamldecode("|\n  1.10\n")`, `"1.10\n"`},
	{`yamldecode(unktext)`, "unknown dynamic"},
	{`yamldecode("a: [*b]")`, "error: "},
	{`yamldecode("a: &a [1, *a]")`, `error: cannot refer to anchor "a" from inside its own definition`},
	{`yamldecode("a: 1\n---\nb: 2")`, "error: only a single document is allowed"},
	{`yamldecode("")`, "error: there is no document"},
	{`yamldecode("!Ref x")`, "error: unsupported tag"},
	{`yamldecode("!!set {a}")`, "error: unsupported tag"},
	{`yamldecode("!!int x")`, "error: cannot read"},
	{`yamldecode("!!bool x")`, "error: cannot read"},
	{`yamldecode("!!binary '%'")`, "error: not valid base64"},
	{`yamldecode("x: .nan")`, "error: line 1: floating point NaN is not supported"},
	{`yamldecode("[a]: b")`, "error: only strings are allowed as mapping keys"},
	{`yamldecode("~: b")`, "error: a mapping key cannot be null"},
	{`yamldecode("<<: 5")`, "error: << takes a mapping"},
	{`yamldecode("<<: [[{a: 1}]]")`, "error: << takes a mapping"},
	{`yamldecode("\tx: [")`, "error: "},

	{`yamlencode({ days = 35, zones = ["a", true, null], none = {}, empty = [] })`,
		`"\"days\": 35\n\"empty\": []\n\"none\": {}\n\"zones\":\n- \"a\"\n- true\n- null\n"`},
	{`yamlencode([{ a = [["x"]], b = { c = "d" } }])`, `"- \"a\":\n  - - \"x\"\n  \"b\":\n    \"c\": \"d\"\n"`},
	{`yamlencode("é \"q\" \t\\")`, `"\"é \\\"q\\\" \\t\\\\\"\n"`},
	{`yamlencode("😀\u2028")`, `"\"\\U0001F600\\L\"\n"`},
	{`yamlencode({ run = "a\n  b\n", keep = "a\n\n", strip = "a\nb", lead = " a\nb\n", odd = "a \nb" })`,
		`"\"keep\": |+\n  a\n\n\"lead\": |2\n   a\n  b\n\"odd\": \"a \\nb\"\n\"run\": |\n  a\n    b\n\"strip\": |-\n  a\n  b\n"`},
	{`yamlencode({ "a\nb" = [1] })`, `"? |-\n  a\n  b\n: - 1\n"`},
	{`yamlencode(false)`, `"false\n...\n"`},
	{`yamlencode(nothing)`, `"null\n...\n"`},
	{`yamlencode(12.5)`, `"12.5\n...\n"`},
	{`yamlencode([])`, `"[]\n"`},
	{`yamlencode(toset(["b", "a"]))`, `"- \"a\"\n- \"b\"\n"`},
	{`yamlencode({ a = unk })`, "unknown string"},
	{`yamlencode([1]...)`, `"1\n...\n"`},
}

func TestYAMLBreaksLongStrings(t *testing.T) {
	word := "0123456789"
	text := word
	for range 20 {
		text += " " + word
	}
	got, err := functions.Table(scope())["yamlencode"].Call([]cty.Value{cty.StringVal(text)})
	if err != nil {
		t.Fatal(err)
	}
	line := word + " " + word + " " + word + " " + word + " " + word + " " + word + " " + word
	want := `"` + line + " " + word + "\n  " + line + " " + word + "\n  " + word + " " + word + " " + word + " " + word + " " + word + "\"\n"
	if got.AsString() != want {
		t.Errorf("got\n%s\nwant\n%s", got.AsString(), want)
	}
}

// TestCache lets tables with different limits share what they decoded.
func TestCache(t *testing.T) {
	const expr = `yamldecode("a: [1, 2, 3, 4]")`
	cache := functions.NewCache()
	wide := functions.Table(functions.Scope{Cache: cache})
	narrow := functions.Table(functions.Scope{Cache: cache, Limit: functions.Limit{Elements: 5}})
	for range 2 {
		if got, err := evaluate(t, wide, expr); err != nil || show(got) != "{a = [1, 2, 3, 4]}" {
			t.Errorf("got %s, %v", show(got), err)
		}
		if got, err := evaluate(t, narrow, expr); err != nil || show(got) != "unknown dynamic yamldecode() gives more than 5 values" {
			t.Errorf("with a limit got %s, %v", show(got), err)
		}
	}
}
