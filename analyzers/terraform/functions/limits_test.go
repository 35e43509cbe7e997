package functions_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/zclconf/go-cty/cty"

	"github.com/drlint/drlint/analyzers/terraform/functions"
)

// large are arguments that are cheap to write in a configuration.
func large() map[string]cty.Value {
	texts := make([]cty.Value, 3000)
	mixed := make([]cty.Value, 3000)
	objects := make([]cty.Value, 3000)
	for i := range texts {
		texts[i] = cty.StringVal(fmt.Sprint(i))
		objects[i] = cty.ObjectVal(map[string]cty.Value{"i": cty.NumberIntVal(int64(i))})
		if mixed[i] = cty.NumberIntVal(int64(i)); i%2 == 0 {
			mixed[i] = texts[i]
		}
	}
	shared := cty.StringVal("x")
	for range 16 {
		shared = cty.TupleVal([]cty.Value{shared, shared})
	}
	return map[string]cty.Value{
		"text":    cty.StringVal(strings.Repeat("a", 20_000)),
		"digits":  cty.StringVal(strings.Repeat("9", 5000)),
		"hex":     cty.StringVal(strings.Repeat("f", 5000)),
		"list":    cty.ListVal(texts),
		"mixed":   cty.TupleVal(mixed),
		"objects": cty.TupleVal(objects),
		"shared":  shared,
		"bomb": cty.StringVal("a: &a [x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\n" +
			"c: &c [*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c]\ne: [*d,*d,*d,*d,*d,*d,*d,*d]\n"),
	}
}

// TestLimits wants every call that costs too much to give an unknown value: not
// an error, for which try() would take its fallback.
func TestLimits(t *testing.T) {
	limit := functions.Limit{Elements: 20_000, Bytes: 50_000, Work: 5_000_000}
	for _, e := range []example{
		{`flatten(shared)`, "an argument of flatten() holds more than 20,000 values"},
		{`upper([text, text, text])`, "an argument of upper() holds more than 50,000 bytes of text"},
		{`join(text, ["a", "b", "c", "d"])`, "join() gives more than 50,000 bytes of text"},
		{`format("%99999s", "x")`, "format() gives more than 50,000 bytes of text"},
		{`format("%.99999f", 1)`, "format() gives more than 50,000 bytes of text"},
		{`format("%[1]s%[1]s%[1]s", text)`, "format() gives more than 50,000 bytes of text"},
		{`format("%d", 1e9999)`, "an argument of format() holds a number of too many digits"},
		{`formatlist("%s %020s", list, "x")`, "formatlist() gives more than 50,000 bytes of text"},
		{`indent(60000, "a\nb")`, "indent() gives more than 50,000 bytes of text"},
		{`indent(1000, join("\n", list))`, "indent() gives more than 50,000 bytes of text"},
		{`replace(text, "a", "bcd")`, "replace() gives more than 50,000 bytes of text"},
		{`replace(text, "", "bcd")`, "replace() gives more than 50,000 bytes of text"},
		{`replace(text, "/a/", "$0$0$0")`, "replace() gives more than 50,000 bytes of text"},
		{`replace(text, "/(a|aa|aaa)*b|a/", "")`, "the regular expression of replace() takes too much work"},
		{`regexall("(a)()", substr(text, 0, 15000))`, "regexall() gives more than 20,000 values"},
		{`regexall("a*b|a", text)`, "the regular expression of regexall() takes too much work"},
		{`regex("((a?){100}){10}b", text)`, "the regular expression of regex() takes too much work"},
		{`regex(text, "a")`, "the regular expression of regex() is longer than 16,384 bytes"},
		{`split("", text)`, "split() gives more than 20,000 values"},
		{`tonumber(digits)`, "an argument of tonumber() holds a number of too many digits"},
		{`abs(digits)`, "an argument of abs() holds a number of too many digits"},
		{`lookup(tomap({ a = 1 }), "b", digits)`, "an argument of lookup() holds a number of too many digits"},
		{`parseint(hex, 16)`, "an argument of parseint() is a number of too many digits"},
		{`setproduct(list, list)`, "setproduct() gives more than 20,000 values"},
		{`toset(objects)`, "toset() makes a set of more than 1,000 values"},
		{`setunion(objects)`, "setunion() makes a set of more than 1,000 values"},
		{`tolist(concat(mixed, mixed))`, "evaluating the expressions of this configuration takes too much work"},
		{`matchkeys(list, list, list)`, "evaluating the expressions of this configuration takes too much work"},
		{`max(list...)`, "evaluating the expressions of this configuration takes too much work"},
		{`jsondecode("${replace(text, "a", "[")}")`, "jsondecode() gives more than 20,000 values"},
		{`jsondecode(replace(substr(text, 0, 600), "a", "["))`, "the text given to jsondecode() cannot be read: the text nests deeper than 250 levels here, so the file was not read"},
		{`yamldecode(replace(substr(text, 0, 600), "a", "["))`, "the text given to yamldecode() cannot be read: the text nests deeper than 250 levels here, so the file was not read"},
		{`yamldecode(replace(text, "a", "a,"))`, "yamldecode() gives more than 20,000 values"},
		{`yamldecode(bomb)`, "yamldecode() gives more than 20,000 values"},
		{`csvdecode(replace(text, "a", ",,"))`, "csvdecode() gives more than 20,000 values"},
		{`base64gunzip(base64gzip(text))`, ""},
		{`templatestring("%%{for a in l}%%{for b in l}x%%{endfor}%%{endfor}", { l = list })`, "evaluating the expressions of this configuration takes too much work"},
		{`templatestring("$${x}$${x}$${x}", { x = text })`, "templatestring() gives more than 50,000 bytes of text"},
		{`templatestring("$${[for a in l : l]}", { l = list })`, "evaluating the expressions of this configuration takes too much work"},
		{`templatestring(replace(substr(text, 0, 3000), "a", "$${("), {})`, "the template cannot be read: the text nests deeper than 250 levels here, so the file was not read"},
	} {
		t.Run(e.expr, func(t *testing.T) {
			got, err := evaluateWith(t, functions.Table(functions.Scope{Limit: limit}), e.expr, large())
			if err != nil {
				t.Fatal(err)
			}
			_, whys := functions.Reasons(got)
			if why := strings.Join(whys, "; "); got.IsWhollyKnown() != (e.want == "") || why != e.want {
				t.Errorf("known: %v, because %q; want %q", got.IsWhollyKnown(), why, e.want)
			}
		})
	}
}

// TestGzipBomb unpacks to far more than the limit.
func TestGzipBomb(t *testing.T) {
	packed, err := evaluateWith(t, functions.Table(functions.Scope{}), `base64gzip(text)`, large())
	if err != nil {
		t.Fatal(err)
	}
	small := functions.Table(functions.Scope{Limit: functions.Limit{Bytes: 5000}})
	got, err := small["base64gunzip"].Call([]cty.Value{packed})
	if err != nil || show(got) != "unknown dynamic base64gunzip() gives more than 5,000 bytes of text" {
		t.Errorf("got %s, %v", show(got), err)
	}
}

// TestWithinLimits are large calls that real configurations make.
func TestWithinLimits(t *testing.T) {
	for _, expr := range []string{
		`tolist(concat(list, list))`, `toset(list)`, `distinct(list)`, `join(",", list)`,
		`regexall("(?m)^(\\w+)$", join("\n", list))`, `replace(join("\n", list), "/(?m)^1/", "x")`,
		`zipmap(list, list)`, `jsondecode(jsonencode(objects))`, `yamldecode(yamlencode(objects))`,
		`templatestring("%%{for a in l}$${a},%%{endfor}", { l = list })`, `contains(list, "2999")`,
		`setproduct(slice(list, 0, 100), slice(list, 0, 100))`, `matchkeys(list, list, ["7", "8"])`,
	} {
		got, err := evaluateWith(t, functions.Table(functions.Scope{}), expr, large())
		if err != nil || !got.IsWhollyKnown() {
			_, whys := functions.Reasons(got)
			t.Errorf("%s: %v %v", expr, err, whys)
		}
	}
}

// TestSharedBudget lets one table spend what another one needs.
func TestSharedBudget(t *testing.T) {
	budget := functions.NewBudget(functions.Limit{Work: 3000})
	first := functions.Table(functions.Scope{Budget: budget})
	second := functions.Table(functions.Scope{Budget: budget})
	var known int
	for range 100 {
		got, err := evaluateWith(t, first, `upper("a")`, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got.IsKnown() {
			known++
		}
	}
	if known == 0 || known == 100 {
		t.Errorf("%d of 100 calls fit into the budget", known)
	}
	got, err := evaluateWith(t, second, `lower("A")`, nil)
	if want := "unknown dynamic evaluating the expressions of this configuration takes too much work"; err != nil || show(got) != want {
		t.Errorf("after that another table gives %s, %v", show(got), err)
	}
}

// TestNestedTry would take 2^60 evaluations if each try evaluated twice.
func TestNestedTry(t *testing.T) {
	expr := strings.Repeat("try(", 60) + "1" + strings.Repeat(")", 60)
	if got, err := evaluateWith(t, functions.Table(functions.Scope{}), expr, nil); err != nil || show(got) != "1" {
		t.Errorf("got %s, %v", show(got), err)
	}
}
