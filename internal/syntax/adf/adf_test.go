package adf

import (
	"fmt"
	"strings"
	"testing"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

func plain(s string) Result { return Known(resource.StringAt(source.Range{}, s)) }

// scope answers a few references.
func scope() Scope {
	parameters := map[string]Result{
		"table": plain("orders"), "flag": Known(resource.BoolAt(source.Range{}, true)),
		"window": Fold("@trigger().outputs.windowStartTime", source.Range{}, Scope{}),
	}
	lookup := func(name string) Result {
		if r, ok := parameters[name]; ok {
			return r
		}
		return Open(source.Range{}, "parameter "+name+" has no default", "pipeline().parameters."+name, OnParameter)
	}
	return Scope{
		Parameter: lookup,
		Dataset:   func(name string) Result { return plain("dataset-" + name) },
		Variable:  func(string) Result { return Fold("@utcNow('yyyy_MM_dd_hh_mm_ss')", source.Range{}, Scope{}) },
		Item: func() Result {
			return Known(resource.ObjectAt(source.Range{}, resource.Field{Name: "Schema", Value: resource.StringAt(source.Range{}, "dbo")}))
		},
	}
}

func TestFold(t *testing.T) {
	cases := []struct{ in, want string }{
		{"plain", `"plain"`},
		{"@@at", `"@at"`},
		{"mail@@{x}", `"mail@{x}"`},
		{"@concat('a', 'it''s', 1, true)", `"ait's1true"`},
		{"@{concat('a','b')}/@{toUpper('x')}", `"ab/X"`},
		{"@pipeline().parameters.table", `"orders"`},
		{"@pipeline()['parameters'].table", `"orders"`},
		{"@pipeline()?.parameters?['table']", `"orders"`},
		{"@dataset().folder", `"dataset-folder"`},
		{"@item().schema", `"dbo"`},
		{"@item().nothing", "{item().nothing} | item().nothing is not written | item"},
		{"@if(equals(1,1),'a','b')", `"a"`},
		{"@if(pipeline().parameters.open,'a','a')", `"a"`},
		{"@if(pipeline().parameters.open,'a','b')", "{if(pipeline().parameters.open,'a','b')} | parameter open has no default | parameter"},
		{"@replace('a-b','-','/')", `"a/b"`},
		{"@substring('landing',0,4)", `"land"`},
		{"@split('a/b','/')[1]", `"b"`},
		{"@coalesce(null,'x')", `"x"`},
		{"raw/@{utcNow('yyyy')}/@{utcNow('MM')}/@{utcNow('dd')}", "raw/{utcNow('yyyy')}/{utcNow('MM')}/{utcNow('dd')} | utcNow() is known only when it runs | time daily"},
		{"@concat(utcnow('yyyy-MM-dd'),'/',pipeline().parameters.table)", "{utcnow('yyyy-MM-dd')}/orders | utcNow() is known only when it runs | time daily"},
		{"@utcNow('yyyy/MM')", "{utcNow('yyyy/MM')} | utcNow() is known only when it runs | time"},
		{"@formatDateTime(utcNow(),'dddd')", "{formatDateTime(utcNow(),'dddd')} | utcNow() is known only when it runs | time"},
		{"@formatDateTime(pipeline().parameters.window,'yyyyMMdd')", "{formatDateTime(pipeline().parameters.window,'yyyyMMdd')} | trigger().outputs.windowStartTime is known only when it runs | window daily"},
		{"@formatDateTime(pipeline().parameters.open,'yyyyMMdd')", "{formatDateTime(pipeline().parameters.open,'yyyyMMdd')} | parameter open has no default | parameter"},
		{"@variables('folder')", "{utcNow('yyyy_MM_dd_hh_mm_ss')} | utcNow() is known only when it runs | time daily"},
		{"@pipeline().RunId", "{pipeline().RunId} | pipeline().RunId is known only when it runs | run daily"},
		{"@substring(utcNow(),0,10)", "{substring(utcNow(),0,10)} | utcNow() is known only when it runs | time daily"},
		{"@substring(utcNow(),0,7)", "{substring(utcNow(),0,7)} | utcNow() is known only when it runs | time"},
		{"@startOfMonth(utcNow())", "{startOfMonth(utcNow())} | utcNow() is known only when it runs | time"},
		{"@convertTimeZone(utcnow(),'UTC','India Standard Time','yyyyMMddHH')", "{convertTimeZone(utcnow(),'UTC','India Standard Time','yyyyMM…} | utcNow() is known only when it runs | time daily"},
		{"@activity('Last mark').output.firstRow.Value", "{activity('Last mark').output.firstRow.Value} | the output of activity Last mark is known only when it runs | activity Last mark"},
		{"@greater(activity('x').output.size, utcNow())", "{greater(activity('x').output.size, utcNow())} | the output of activity x is known only when it runs | time activity x"},
		{"@triggerBody().fileName", "{triggerBody().fileName} | triggerBody().fileName is known only when it runs | event"},
		{"@trigger().scheduledTime", "{trigger().scheduledTime} | trigger().scheduledTime is known only when it runs | window daily"},
		{"@guid()", "{guid()} | guid() is known only when it runs | run daily"},
		{"@linkedService().host", "{linkedService().host} | linkedService() has no value here | parameter"},
		{"@nothing", `{@nothing} | the expression cannot be read: "nothing" is neither a function call nor a value |`},
		{"@concat('a'", "{@concat('a'} | the expression cannot be read: \")\" is expected at its end |"},
		{"@concat('a) ", "{@concat('a) } | the expression cannot be read: a quote is never closed |"},
		{"x@{1}y@{", "{x@{1}y@{} | the expression cannot be read: a value is expected at its end |"},
	}
	for _, c := range cases {
		if got := show(Fold(c.in, source.Range{}, scope())); !strings.EqualFold(got, c.want) {
			t.Errorf("%s\n got %s\nwant %s", c.in, got, c.want)
		}
	}
}

// show writes a result as: "text", or parts | why | dependences.
func show(r Result) string {
	if text, ok := r.Text(); ok {
		return fmt.Sprintf("%q", text)
	}
	out := r.Readable() + " | " + r.Value.Why + " |"
	for i, word := range []string{"time", "run", "window", "event", "activity", "item", "variable", "parameter", "service"} {
		if r.On&(1<<i) != 0 {
			out += " " + word
		}
	}
	for _, activity := range r.Activities {
		out += " " + activity
	}
	if r.Moment.Daily() {
		out += " daily"
	}
	return out
}

func TestHintAndPrefix(t *testing.T) {
	r := Fold("lake/@{utcNow('yyyy')}/orders", source.Range{File: "p.json", Start: 3, End: 9}, Scope{})
	if r.Value.Hint != "lake/\uFFFC/orders" || r.Prefix() != "lake/" || r.Value.At.Start != 3 {
		t.Errorf("hint %q, prefix %q, at %v", r.Value.Hint, r.Prefix(), r.Value.At)
	}
}

func TestMerge(t *testing.T) {
	row := func(schema, table string) resource.Value {
		return resource.ObjectAt(source.Range{},
			resource.Field{Name: "schema", Value: resource.StringAt(source.Range{}, schema)},
			resource.Field{Name: "table", Value: resource.StringAt(source.Range{}, table)})
	}
	merged := Merge([]resource.Value{row("dbo", "a"), row("dbo", "b")}, "it differs from item to item")
	if merged.Get("schema").Text != "dbo" || merged.Get("table").Why != "it differs from item to item" {
		t.Errorf("merged %+v", merged)
	}
}

func TestMomentOf(t *testing.T) {
	cases := map[string]bool{
		"yyyy-MM-dd": true, "yyyyMMddHHmmss": true, "o": true, "d": true, "yy/M/d": true,
		"yyyy": false, "yyyy-MM": false, "MM-dd": false, "dddd": false, "HH": false, "": false, "'yyyyMMdd'": false, `yyyy\dMM`: false,
	}
	for format, want := range cases {
		if got := MomentOf(format).Daily(); got != want {
			t.Errorf("%q: daily %v", format, got)
		}
	}
}

func TestHostileExpressions(t *testing.T) {
	for _, in := range []string{
		"@" + strings.Repeat("f(", 100_000), "@" + strings.Repeat("@", 50_000) + "{", "@{" + strings.Repeat("a()[", 20_000),
		"@f()" + strings.Repeat(".x", 30_000), "@" + strings.Repeat("concat(", 60) + "'x'" + strings.Repeat(")", 60),
		strings.Repeat("@{'a'}", 10_000),
	} {
		r := Fold(in, source.Range{}, scope())
		if len(r.Parts) > maxParts || len(r.Value.Text) > maxText {
			t.Errorf("%.20s…: %d parts", in, len(r.Parts))
		}
	}
}

func FuzzFold(f *testing.F) {
	for _, seed := range []string{"@concat('a',dataset().x)", "a@{utcNow('yyyy')}b", "@@x", "@item()['a']?.b[0]", "@activity('x').output", "@if(true,1,-2.5e3)", "@substring('é',0,1)"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		r := Fold(in, source.Range{}, scope())
		if r.Value.State == resource.Absent {
			t.Fatalf("%q folds to nothing", in)
		}
		if text, ok := r.Text(); ok && !IsExpression(in) && text != in {
			t.Fatalf("%q became %q", in, text)
		}
		_, _ = r.Readable(), r.Prefix()
	})
}
