package functions

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
	"github.com/drlint/drlint/internal/syntax/jsonc"
)

var site = source.Range{File: "main.json", Start: 10, End: 20}

// some is an unknown text of which a part can be read.
func some(hint string) resource.Value {
	v := resource.UnknownAt(source.Range{File: "main.json", Start: 1, End: 2}, "parameter name has no default")
	v.Hint = strings.ReplaceAll(hint, "?", hole)
	return v
}

// given reads JSON, in which {"?": "lake-?"} is an unknown value with a hint.
func given(t *testing.T, text string) []resource.Value {
	t.Helper()
	v, problems := jsonc.Parse("given", []byte(text), jsonc.Options{})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return opened(v).Items
}

func opened(v resource.Value) resource.Value {
	if len(v.Fields) == 1 && v.Fields[0].Name == "?" {
		return some(v.Fields[0].Value.Text)
	}
	for i := range v.Items {
		v.Items[i] = opened(v.Items[i])
	}
	for i := range v.Fields {
		v.Fields[i].Value = opened(v.Fields[i].Value)
	}
	return v
}

// shown writes a value as JSON, unknown ones with their reason and hint.
func shown(v resource.Value) string {
	switch {
	case v.IsUnknown() && v.Hint != "":
		return "?(" + v.Why + ") " + strings.ReplaceAll(v.Hint, hole, "?")
	case v.IsUnknown():
		return "?(" + v.Why + ")"
	case v.IsAbsent():
		return "null"
	}
	var parts []string
	for _, item := range v.Items {
		parts = append(parts, shown(item))
	}
	for _, field := range v.Fields {
		parts = append(parts, field.Name+":"+shown(field.Value))
	}
	switch v.Kind {
	case resource.List:
		return "[" + strings.Join(parts, ",") + "]"
	case resource.Object:
		return "{" + strings.Join(parts, ",") + "}"
	case resource.String:
		return fmt.Sprintf("%q", v.Text)
	default:
		text, _ := v.AsString()
		return text
	}
}

// The results are those of the examples in the Microsoft documentation where it
// has them.
func TestCall(t *testing.T) {
	tests := []struct{ name, args, want string }{
		{"concat", `["prefix", "-", 5, true]`, `"prefix-5True"`},
		{"concat", `[["1-1"], ["2-1", 3]]`, `["1-1","2-1",3]`},
		{"concat", `["lake", {"?": ""}, "raw"]`, `?(parameter name has no default) lake?raw`},
		{"concat", `[{"?": ""}]`, `?(parameter name has no default)`},
		{"concat", `["a", ["b"]]`, `?(concat() joins an array to a text)`},
		{"FORMAT", `["{0}, {1}. Formatted number: {2:N0}", "Hello", "User", 8175133]`, `"Hello, User. Formatted number: 8,175,133"`},
		{"format", `["{0:D3}-{0,5}-{0,-3}|{{{1}}}", 7, null]`, `"007-    7-7  |{}"`},
		{"format", `["{0}/{1}", {"?": ""}, "default"]`, `?(parameter name has no default) ?/default`},
		{"format", `["{0:yyyy}{1}", "x"]`, `?(format() is given the format item {1}, which drlint cannot fill)`},
		{"replace", `["123-123-1234", "-", ""]`, `"1231231234"`},
		{"replace", `[{"?": "a-?-b"}, "-", ""]`, `?(parameter name has no default) a?b`},
		{"split", `["one,two;three", [",", ";"]]`, `["one","two","three"]`},
		{"split", `[{"?": "/subscriptions/?/providers/A.B/cs/lake-?/ds/raw"}, "/"]`, `["","subscriptions",?(parameter name has no default),"providers","A.B","cs",?(parameter name has no default) lake-?,"ds","raw"]`},
		{"split", `[{"?": "x/?/raw"}, "/"]`, `?(parameter name has no default)`},
		{"split", `["one,two", ","]`, `["one","two"]`},
		{"join", `[["one", 2, "three"], ","]`, `"one,2,three"`},
		{"join", `[["one", {"?": "t?"}], ","]`, `?(parameter name has no default) one,t?`},
		{"toLower", `["LAKE"]`, `"lake"`},
		{"toUpper", `[{"?": "lake?"}]`, `?(parameter name has no default) LAKE?`},
		{"trim", `["  one two  "]`, `"one two"`},
		{"substring", `["one two three", 4, 3]`, `"two"`},
		{"substring", `["one", 4]`, `?(substring() reaches past the end of its text)`},
		{"startsWith", `["abcdef", "AB"]`, `true`},
		{"endsWith", `["abcdef", "EF"]`, `true`},
		{"padLeft", `["123", 10, "0"]`, `"0000000123"`},
		{"length", `["é😀"]`, `3`},
		{"take", `["é😀x", 1]`, `"é"`},
		{"uniqueString", `["known"]`, `?(uniqueString() is known only at deployment)`},
		{"guid", `["lake"]`, `"d1968436-ff4e-5092-864d-7fa591159fb9"`},
		{"guid", `["a", "b"]`, `"2d796349-8c7e-55ec-9624-54ece82ed031"`},
		{"string", `[{"a": [1, "b", null, true], "é": {}}]`, `"{\"a\":[1,\"b\",null,true],\"é\":{}}"`},
		{"string", `[{"a": {"?": ""}}]`, `?(parameter name has no default)`},

		{"base64", `["one, two, three"]`, `"b25lLCB0d28sIHRocmVl"`},
		{"base64ToString", `["b25lLCB0d28sIHRocmVl"]`, `"one, two, three"`},
		{"base64ToJson", `["eydvbmUnOiAnYSd9"]`, `?(base64ToJson() is given a text that is not JSON)`},
		{"dataUri", `["Hello"]`, `"data:text/plain;charset=utf8;base64,SGVsbG8="`},
		{"dataUriToString", `["data:;base64,SGVsbG8sIFdvcmxkIQ=="]`, `"Hello, World!"`},
		{"uri", `["http://contoso.org/firstpath/azuredeploy.json/", "myscript.sh"]`, `"http://contoso.org/firstpath/azuredeploy.json/myscript.sh"`},
		{"uri", `["http://contoso.org/firstpath/azuredeploy.json", "/myscript.sh"]`, `"http://contoso.org/myscript.sh"`},
		{"uri", `[{"?": ""}, "nested/storage.json"]`, `?(parameter name has no default) ?nested/storage.json`},
		{"uriComponent", `["http://contoso.com/a b"]`, `"http%3A%2F%2Fcontoso.com%2Fa%20b"`},
		{"uriComponentToString", `["a%20b"]`, `"a b"`},
		{"json", `["{\"a\": [1, null]}"]`, `{a:[1,null]}`},
		{"json", `["null"]`, `null`},
		{"json", `["{"]`, `?(json() is given a text that is not JSON)`},

		{"array", `[{"a": 1}]`, `[{a:1}]`},
		{"createArray", `["a", null, {"?": ""}]`, `["a",null,?(parameter name has no default)]`},
		{"length", `[{"a": 1, "b": 2}]`, `2`},
		{"empty", `[""]`, `true`},
		{"empty", `[null]`, `true`},
		{"empty", `[[1]]`, `false`},
		{"contains", `["OneTwoThree", "two"]`, `false`},
		{"contains", `[{"One": 1}, "one"]`, `true`},
		{"contains", `[["one", {"?": ""}], "one"]`, `true`},
		{"contains", `[["one", {"?": ""}], "two"]`, `?(parameter name has no default)`},
		{"first", `[["one", "two"]]`, `"one"`},
		{"first", `["One"]`, `"O"`},
		{"first", `[[]]`, `null`},
		{"last", `[["one", "two"]]`, `"two"`},
		{"take", `[["one", "two"], 1]`, `["one"]`},
		{"take", `[{"?": "storage?"}, 24]`, `?(parameter name has no default) storage?`},
		{"take", `[{"?": "storage?"}, 4]`, `?(parameter name has no default) stor`},
		{"skip", `["one two three", 4]`, `"two three"`},
		{"indexOf", `["abcdef", "CD"]`, `2`},
		{"indexOf", `[["one", "Two"], "two"]`, `-1`},
		{"lastIndexOf", `["test", "t"]`, `3`},
		{"indexFromEnd", `[["a", "b", "c"], 2]`, `"b"`},
		{"tryIndexFromEnd", `[["a"], 2]`, `null`},
		{"range", `[5, 3]`, `[5,6,7]`},
		{"range", `[0, 1000000000]`, `?(range() is asked for more than 10,000 numbers, which Azure does not allow)`},
		{"flatten", `[[["one"], ["two", ["three"]]]]`, `["one","two",["three"]]`},
		{"union", `[{"one": "a", "two": {"x": 1}}, {"Two": {"y": 2}, "three": null}]`, `{one:"a",Two:{x:1,y:2},three:null}`},
		{"union", `[["one", "two"], ["two", "three"]]`, `["one","two","three"]`},
		{"union", `[{"a": 1}, {"?": ""}]`, `?(parameter name has no default)`},
		{"intersection", `[{"one": "a", "two": "b"}, {"one": "a", "two": "c"}]`, `{one:"a"}`},
		{"intersection", `[["one", "two"], ["two", "three"]]`, `["two"]`},

		{"createObject", `["a", 1, "b", {"?": ""}]`, `{a:1,b:?(parameter name has no default)}`},
		{"createObject", `["a"]`, `?(createObject() takes a value for every name)`},
		{"items", `[{"b": 1, "A": 2}]`, `[{key:"A",value:2},{key:"b",value:1}]`},
		{"objectKeys", `[{"b": 1, "A": 2}]`, `["b","A"]`},
		{"shallowMerge", `[[{"a": {"x": 1}}, {"a": {"y": 2}}]]`, `{a:{y:2}}`},
		{"tryGet", `[{"a": {"b": [1, 2]}}, "A", "b", 1]`, `2`},
		{"tryGet", `[{"a": 1}, "x", "y"]`, `null`},
		{"coalesce", `[null, null, "a", {"?": ""}]`, `"a"`},
		{"coalesce", `[{"?": ""}, "a"]`, `?(parameter name has no default)`},
		{"null", `[]`, `null`},

		{"if", `[true, "yes", {"?": ""}]`, `"yes"`},
		{"if", `[null, "yes", "no"]`, `"no"`},
		{"if", `[{"?": ""}, "same", "same"]`, `"same"`},
		{"if", `[{"?": ""}, "yes", "no"]`, `?(parameter name has no default)`},
		{"if", `[{"?": ""}, {"a": 1, "b": {"x": 1, "y": 2}}, {"A": 1, "b": {"x": 1, "y": 3}, "c": 4}]`, `{a:1,b:{x:1,y:?(parameter name has no default)},c:?(parameter name has no default)}`},
		{"and", `[true, {"?": ""}, false]`, `false`},
		{"and", `[true, {"?": ""}]`, `?(parameter name has no default)`},
		{"or", `[{"?": ""}, true]`, `true`},
		{"not", `[false]`, `true`},
		{"bool", `["TRUE"]`, `true`},
		{"equals", `[{"a": [1]}, {"A": [1]}]`, `true`},
		{"equals", `["a", "A"]`, `false`},
		{"equals", `[[1, {"?": ""}], [2, 3]]`, `false`},
		{"equals", `[[1, {"?": ""}], [1, 3]]`, `?(parameter name has no default)`},
		{"less", `["abc", "abd"]`, `true`},
		{"greaterOrEquals", `[1, 2]`, `false`},
		{"less", `[1, "a"]`, `?(less() compares a number with a string)`},

		{"add", `[5, 3]`, `8`},
		{"div", `[8, 3]`, `2`},
		{"div", `[8, 0]`, `?(div() has no result that is a whole number of a usual size)`},
		{"mod", `[7, 3]`, `1`},
		{"mod", `[7, 0]`, `?(mod() has no result that is a whole number of a usual size)`},
		{"mul", `[9007199254740991, 9007199254740991]`, `?(mul() has no result that is a whole number of a usual size)`},
		{"int", `["4"]`, `4`},
		{"int", `["4.5"]`, `?(int() is not given a whole number)`},
		{"max", `[[0, 3, 2]]`, `3`},
		{"min", `[0, {"?": ""}]`, `?(parameter name has no default)`},
		{"min", `[3, 1, 2]`, `1`},

		{"dateTimeAdd", `["2020-04-07T14:53:14Z", "P3Y", "yyyy-MM-dd"]`, `"2023-04-07"`},
		{"dateTimeAdd", `["2020-04-07 14:53:14Z", "-P9D", "u"]`, `"2020-03-29 14:53:14Z"`},
		{"dateTimeAdd", `["20200407T145314Z", "PT1H", "yyyyMMddTHHmmssZ"]`, `"20200407T155314Z"`},
		{"dateTimeAdd", `["2020-04-07T14:53:14Z", "1Y"]`, `?(dateTimeAdd() takes a point in time and an ISO 8601 duration)`},
		{"dateTimeToEpoch", `["2020-01-01T00:00:00Z"]`, `1577836800`},
		{"dateTimeFromEpoch", `[1577836800]`, `"2020-01-01T00:00:00Z"`},

		{"parseCidr", `["10.144.0.0/20"]`, `{network:"10.144.0.0",netmask:"255.255.240.0",broadcast:"10.144.15.255",firstUsable:"10.144.0.1",lastUsable:"10.144.15.254",cidr:20}`},
		{"parseCidr", `["fdad:3236:5555::/48"]`, `{network:"fdad:3236:5555::",netmask:"ffff:ffff:ffff::",firstUsable:"fdad:3236:5555::",lastUsable:"fdad:3236:5555:ffff:ffff:ffff:ffff:ffff",cidr:48}`},
		{"cidrSubnet", `["10.144.0.0/20", 24, 3]`, `"10.144.3.0/24"`},
		{"cidrSubnet", `["10.144.0.0/20", 24, 16]`, `?(cidrSubnet() reaches past the end of its range of addresses)`},
		{"cidrSubnet", `["fdad:3236:5555::/48", 52, 4]`, `"fdad:3236:5555:4000::/52"`},
		{"cidrHost", `["10.144.3.0/24", 0]`, `"10.144.3.1"`},
		{"cidrHost", `["10.144.3.0/33", 0]`, `?(cidrHost() takes a range of addresses and an index)`},

		{"resourceId", `["Microsoft.Storage/storageAccounts", "lake"]`, `?(the subscription and the resource group are known only at deployment) /subscriptions/?/resourceGroups/?/providers/Microsoft.Storage/storageAccounts/lake`},
		{"resourceId", `["rg", "Microsoft.Storage/storageAccounts/blobServices", {"?": "lake?"}, "default"]`, `?(parameter name has no default) /subscriptions/?/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/lake?/blobServices/default`},
		{"resourceId", `["0000", "rg", "Microsoft.Storage/storageAccounts", "lake"]`, `"/subscriptions/0000/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/lake"`},
		{"resourceId", `["Microsoft.Storage/storageAccounts", "lake", "extra"]`, `?(resourceId() has a type of 1 names and is given 2)`},
		{"resourceId", `["Microsoft.Storage/storageAccounts/blobServices", "lake/default"]`, `?(the subscription and the resource group are known only at deployment) /subscriptions/?/resourceGroups/?/providers/Microsoft.Storage/storageAccounts/lake/blobServices/default`},
		{"resourceId", `[{"?": ""}, "x"]`, `?(parameter name has no default)`},
		{"subscriptionResourceId", `["Microsoft.Authorization/roleDefinitions", "abc"]`, `?(the subscription is known only at deployment) /subscriptions/?/providers/Microsoft.Authorization/roleDefinitions/abc`},
		{"tenantResourceId", `["Microsoft.Authorization/roleDefinitions", "abc"]`, `"/providers/Microsoft.Authorization/roleDefinitions/abc"`},
		{"managementGroupResourceId", `["Microsoft.Authorization/policyDefinitions", "abc"]`, `?(the management group is known only at deployment) /providers/Microsoft.Management/managementGroups/?/providers/Microsoft.Authorization/policyDefinitions/abc`},
		{"extensionResourceId", `["/subscriptions/1/resourceGroups/rg", "Microsoft.Authorization/locks", "keep"]`, `"/subscriptions/1/resourceGroups/rg/providers/Microsoft.Authorization/locks/keep"`},

		{"resourceGroup", `[]`, `?(resourceGroup() is known only at deployment)`},
		{"listKeys", `["id", "2021-01-01"]`, `?(listKeys() is known only at deployment)`},
		{"utcNow", `["yyyy"]`, `?(utcNow() is known only at deployment)`},
		{"reference", `[]`, `?(reference() has too few or too many arguments)`},
		{"frobnicate", `[1]`, `?(frobnicate() is not a function that drlint knows)`},
	}
	for _, test := range tests {
		t.Run(test.name+test.args, func(t *testing.T) {
			got := Call(test.name, Context{At: site}, given(t, test.args))
			if diff := cmp.Diff(test.want, shown(got)); diff != "" {
				t.Error(diff)
			}
			if got.At != site {
				t.Errorf("placed at %v", got.At)
			}
		})
	}
}

func TestScopes(t *testing.T) {
	args := []resource.Value{resource.StringAt(site, "Microsoft.Resources/resourceGroups"), resource.StringAt(site, "rg")}
	tests := map[Scope]string{
		ResourceGroup:   "?(the subscription and the resource group are known only at deployment) /subscriptions/?/resourceGroups/?/providers/Microsoft.Resources/resourceGroups/rg",
		Subscription:    "?(the subscription is known only at deployment) /subscriptions/?/providers/Microsoft.Resources/resourceGroups/rg",
		ManagementGroup: "?(the management group is known only at deployment) /providers/Microsoft.Management/managementGroups/?/providers/Microsoft.Resources/resourceGroups/rg",
		Tenant:          `"/providers/Microsoft.Resources/resourceGroups/rg"`,
	}
	for scope, want := range tests {
		if got := shown(Call("resourceId", Context{At: site, Scope: scope}, args)); got != want {
			t.Errorf("%d: got %s", scope, got)
		}
	}
}

func TestProvenance(t *testing.T) {
	known := resource.StringAt(site, "lake")
	known.Refs = []resource.Ref{{ID: "main.json#lake", Attr: "name"}}
	known.Origin = []source.Range{{File: "prod.json", Start: 3, End: 4}}
	unknown := some("")
	unknown.Refs = []resource.Ref{{ID: "main.json#vault", Attr: "id"}}
	got := Call("concat", Context{At: site}, []resource.Value{known, unknown, known})
	want := resource.Value{
		State: resource.Unknown, At: site, Why: "parameter name has no default", Hint: "lake" + hole + "lake",
		Refs: []resource.Ref{{ID: "main.json#lake", Attr: "name"}, {ID: "main.json#vault", Attr: "id"}}, Origin: known.Origin,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	chosen := Call("if", Context{At: site}, []resource.Value{{State: resource.Known, Kind: resource.Bool, Truth: true, Refs: unknown.Refs, Origin: known.Origin}, resource.StringAt(site, "a"), known})
	if len(chosen.Refs) != 0 || len(chosen.Origin) != 1 {
		t.Errorf("a choice hands on where it was set but not what it refers to: %+v", chosen)
	}
}

func TestReasons(t *testing.T) {
	reason := func(why string) resource.Value { return resource.UnknownAt(site, why) }
	tests := []struct {
		args []resource.Value
		want string
	}{
		{[]resource.Value{reason("a"), reason("a"), reason("b")}, "a and b"},
		{[]resource.Value{reason("a and b"), reason("b")}, "a and b"},
		{[]resource.Value{reason("a"), reason("b"), reason("c"), reason("d")}, "a and b and c and more"},
		{[]resource.Value{reason("a and b and c and more"), reason("e")}, "a and b and c and e and more"},
		{[]resource.Value{reason(strings.Repeat("x", 200)), reason(strings.Repeat("y", 200))}, strings.Repeat("x", 200) + " and more"},
	}
	for _, test := range tests {
		if got := Call("concat", Context{At: site}, test.args); got.Why != test.want {
			t.Errorf("got %q, want %q", got.Why, test.want)
		}
	}
}

func TestLambdas(t *testing.T) {
	name := func(args []resource.Value) resource.Value { return args[0].Get("name") }
	size := func(args []resource.Value) resource.Value { return args[0].Get("size") }
	large := func(args []resource.Value) resource.Value {
		return Call("greater", Context{At: site}, []resource.Value{args[0].Get("size"), resource.NumberAt(site, 1)})
	}
	smaller := func(args []resource.Value) resource.Value {
		return Call("less", Context{At: site}, []resource.Value{args[0].Get("size"), args[1].Get("size")})
	}
	sum := func(args []resource.Value) resource.Value {
		return Call("add", Context{At: site}, []resource.Value{args[0], args[1].Get("size")})
	}
	const list = `[[{"name": "b", "size": 3}, {"name": "a", "size": 1}, {"name": "c", "size": 2}]`
	tests := []struct {
		name, args string
		lambdas    []Lambda
		want       string
	}{
		{"map", list + "]", []Lambda{name}, `["b","a","c"]`},
		{"filter", list + "]", []Lambda{large}, `[{name:"b",size:3},{name:"c",size:2}]`},
		{"filter", `[[{"size": {"?": ""}}]]`, []Lambda{large}, `?(parameter name has no default)`},
		{"reduce", list + ", 10]", []Lambda{sum}, `16`},
		{"sort", list + "]", []Lambda{smaller}, `[{name:"a",size:1},{name:"c",size:2},{name:"b",size:3}]`},
		{"sort", `[[{"size": {"?": ""}}, {"size": 1}]]`, []Lambda{smaller}, `?(parameter name has no default)`},
		{"toObject", list + "]", []Lambda{name, size}, `{b:3,a:1,c:2}`},
		{"toObject", `[[{"name": {"?": ""}}]]`, []Lambda{name}, `?(parameter name has no default)`},
		{"groupBy", `[[{"name": "a"}, {"name": "b"}, {"name": "a"}]]`, []Lambda{name}, `{a:[{name:"a"},{name:"a"}],b:[{name:"b"}]}`},
		{"mapValues", `[{"x": {"name": "a"}}]`, []Lambda{name}, `{x:"a"}`},
		{"map", `[{"?": ""}]`, []Lambda{name}, `?(parameter name has no default)`},
		{"map", `["text"]`, []Lambda{name}, `?(map() is given a string)`},
		{"map", `[[1]]`, nil, `?(map() has too few or too many arguments)`},
	}
	for _, test := range tests {
		got := Call(test.name, Context{At: site, Lambdas: test.lambdas}, given(t, test.args))
		if diff := cmp.Diff(test.want, shown(got)); diff != "" {
			t.Errorf("%s: %s", test.name, diff)
		}
	}
}

// What shares members may be far larger than its memory.
func TestBudget(t *testing.T) {
	v := resource.StringAt(site, "x")
	budget := NewBudget(1_000_000)
	call := Context{At: site, Budget: budget}
	for range 60 {
		v = Call("createArray", call, []resource.Value{v, v})
	}
	for _, name := range []string{"string", "base64", "length", "empty"} {
		if got := Call(name, call, []resource.Value{v}); name == "string" && got.Why == "" {
			t.Errorf("%s yields %s", name, shown(got))
		}
	}
	if got := Call("equals", Context{At: site}, []resource.Value{v, v}); !got.IsUnknown() {
		t.Error("two values of 2^60 members are compared")
	}
	text := resource.StringAt(site, strings.Repeat("x", 1000))
	for range 30 {
		text = Call("concat", Context{At: site}, []resource.Value{text, text})
	}
	if text.Why != OverBudget {
		t.Errorf("a text of %d bytes is built", len(text.Text))
	}
	if got := Call("padLeft", Context{At: site}, []resource.Value{resource.StringAt(site, "x"), resource.NumberAt(site, 1e9)}); got.Why != OverBudget {
		t.Error(shown(got))
	}
}

// FuzzCall looks for panics of any function with any arguments.
func FuzzCall(f *testing.F) {
	f.Add("concat", `["a", {"?": "b?"}]`)
	f.Add("resourceId", `["A.B/c/d", "x/y"]`)
	f.Add("format", `["{0:X8}{1,9}", 255]`)
	f.Add("cidrSubnet", `["::/0", 128, 2147483647]`)
	f.Add("dateTimeAdd", `["2020-01-01", "P1Y2M3DT4H", "yyyy"]`)
	f.Fuzz(func(t *testing.T, name, text string) {
		args, problems := jsonc.Parse("given", []byte(text), jsonc.Options{})
		if len(problems) > 0 || args.Kind != resource.List {
			return
		}
		items := opened(args).Items
		echo := func(args []resource.Value) resource.Value { return args[0] }
		for _, lambdas := range [][]Lambda{nil, {echo}, {echo, echo}} {
			v := Call(name, Context{At: site, Lambdas: lambdas}, items)
			if v.At != site || v.IsUnknown() && v.Why == "" || v.State == resource.Absent {
				t.Errorf("%s%s yields %+v", name, text, v)
			}
		}
	})
}

// FuzzEvery calls every function with the same arguments.
func FuzzEvery(f *testing.F) {
	f.Add(`["a", 1, [true], {"a": null}, {"?": "x?"}]`)
	f.Add(`["10.0.0.0/8", 33, -1]`)
	f.Fuzz(func(t *testing.T, text string) {
		args, problems := jsonc.Parse("given", []byte(text), jsonc.Options{})
		if len(problems) > 0 || args.Kind != resource.List {
			return
		}
		items := opened(args).Items
		first := func(args []resource.Value) resource.Value { return args[0] }
		for name, f := range table {
			for count := range min(len(items), 4) + 1 {
				call := Context{At: site}
				if f.lambdas > 0 {
					call.Lambdas = []Lambda{first}
				}
				v := Call(name, call, items[:count])
				if v.At != site || v.IsUnknown() && v.Why == "" || v.State == resource.Absent {
					t.Errorf("%s%s yields %+v", name, text, v)
				}
			}
		}
	})
}
