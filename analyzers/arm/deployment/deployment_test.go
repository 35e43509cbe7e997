package deployment

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/drlint/drlint/analyzers/arm/functions"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

var at = source.Range{File: "main.json", Start: 10, End: 30}

func hinted(hint string) resource.Value {
	v := resource.UnknownAt(at, "parameter account has no default")
	v.Hint = strings.ReplaceAll(hint, "?", hole)
	v.Refs = []resource.Ref{{ID: "main.json#lake", Attr: "name"}}
	return v
}

func shown(v resource.Value) string {
	if text, ok := v.AsString(); ok {
		return text
	}
	return "?(" + v.Why + ")" + strings.ReplaceAll(v.Hint, hole, "?")
}

func TestSegments(t *testing.T) {
	tests := []struct {
		name   resource.Value
		levels int
		want   []string
	}{
		{resource.StringAt(at, "lake"), 1, []string{"lake"}},
		{resource.StringAt(at, "a/b"), 1, []string{"a/b"}},
		{resource.StringAt(at, "lake/default/raw"), 3, []string{"lake", "default", "raw"}},
		{resource.StringAt(at, "lake/raw"), 3, []string{"?(the name has not as many segments as its type)", "?(the name has not as many segments as its type)", "?(the name has not as many segments as its type)"}},
		{resource.StringAt(at, "/default"), 2, []string{"?(the name is empty)", "default"}},
		{resource.StringAt(at, ""), 1, []string{"?(the name is empty)"}},
		{hinted("?/default/?-raw"), 3, []string{"?(parameter account has no default)", "default", "?(parameter account has no default)?-raw"}},
		{hinted("lake?"), 1, []string{"?(parameter account has no default)lake?"}},
		{hinted("lake?"), 2, []string{"?(parameter account has no default)", "?(parameter account has no default)"}},
	}
	for _, test := range tests {
		var got []string
		for _, segment := range Segments(test.name, test.levels) {
			got = append(got, shown(segment))
			if len(segment.Refs) != len(test.name.Refs) || segment.At != at {
				t.Errorf("%s: the segment %+v lost its origin", shown(test.name), segment)
			}
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s: %s", shown(test.name), diff)
		}
	}
}

func TestIDs(t *testing.T) {
	segments := Segments(hinted("?/default"), 2)
	id := ID(at, functions.ResourceGroup, "Microsoft.Storage/storageAccounts/blobServices", segments)
	if got, want := shown(id), "?(parameter account has no default)/subscriptions/?/resourceGroups/?/providers/Microsoft.Storage/storageAccounts/?/blobServices/default"; got != want {
		t.Errorf("got %s", got)
	}
	lock := ExtensionID(at, id, "Microsoft.Authorization/locks", Segments(resource.StringAt(at, "keep"), 1))
	if got, want := lock.Hint, id.Hint+"/providers/Microsoft.Authorization/locks/keep"; got != want {
		t.Errorf("got %s", got)
	}
	ref := RefersTo(id, "main.json#lake", "name")
	if diff := cmp.Diff([]resource.Ref{{ID: "main.json#lake", Attr: "name"}}, ref.Refs); diff != "" {
		t.Error(diff)
	}
	if got := shown(FullName(at, Segments(resource.StringAt(at, "a/b"), 2))); got != "a/b" {
		t.Errorf("got %s", got)
	}
}

func TestParseID(t *testing.T) {
	tests := []struct {
		id, resourceType string
		names            []string
		ok               bool
	}{
		{"/subscriptions/1/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/lake", "Microsoft.Storage/storageAccounts", []string{"lake"}, true},
		{"Microsoft.Storage/storageAccounts/lake/blobServices/default", "Microsoft.Storage/storageAccounts/blobServices", []string{"lake", "default"}, true},
		{"/x/providers/Microsoft.Storage/storageAccounts/lake/providers/Microsoft.Authorization/locks/keep", "Microsoft.Authorization/locks", []string{"keep"}, true},
		{"/subscriptions/1/resourceGroups/rg", "Microsoft.Resources/resourceGroups", []string{"rg"}, true},
		{"/subscriptions/1", "", nil, false},
		{"lake/default", "", nil, false},
		{"https://lake.dfs/raw", "", nil, false},
		{"", "", nil, false},
	}
	for _, test := range tests {
		resourceType, names, ok := ParseID(test.id)
		if resourceType != test.resourceType || ok != test.ok || !cmp.Equal(names, test.names) {
			t.Errorf("%s: got %s %v %v", test.id, resourceType, names, ok)
		}
	}
}

func TestLevels(t *testing.T) {
	if Levels("A.B/c") != 1 || Levels("A.B/c/d") != 2 || ParentType("A.B/c/d") != "A.B/c" || ParentType("A.B/c") != "" {
		t.Error("levels are counted wrongly")
	}
}

func TestPlaced(t *testing.T) {
	inside := source.Range{File: "main.json", Start: 12, End: 14}
	outside := source.Range{File: "main.json", Start: 50, End: 60}
	given := source.Range{File: "prod.json", Start: 1, End: 2}
	elsewhere := resource.StringAt(outside, "variable")
	parameter := FromInput(resource.StringAt(given, "parameter"), functions.NewBudget(10))
	v := resource.ObjectAt(outside,
		resource.Field{Name: "a", At: outside, Value: elsewhere}, resource.Field{Name: "b", At: inside, Value: resource.StringAt(inside, "here")},
		resource.Field{Name: "c", At: inside, Value: parameter})
	got := Placed(v, at, functions.NewBudget(10))
	want := resource.ObjectAt(at,
		resource.Field{Name: "a", At: at, Value: resource.Value{State: resource.Known, Kind: resource.String, Text: "variable", At: at, Origin: []source.Range{outside}}},
		resource.Field{Name: "b", At: inside, Value: resource.StringAt(inside, "here")},
		resource.Field{Name: "c", At: inside, Value: resource.Value{State: resource.Known, Kind: resource.String, Text: "parameter", At: at, Origin: []source.Range{given}}})
	want.Origin = []source.Range{outside}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if v.Fields[0].Value.At != outside {
		t.Error("the value itself was changed")
	}
	if got := Placed(v, at, functions.NewBudget(2)); got.Why != functions.OverBudget {
		t.Errorf("got %+v", got)
	}
}

func TestResource(t *testing.T) {
	body := resource.ObjectAt(at,
		resource.Field{Name: "Type", Value: resource.StringAt(at, "x")},
		resource.Field{Name: "SKU", At: at, Value: resource.StringAt(at, "s")},
		resource.Field{Name: "properties", At: at, Value: resource.ObjectAt(at)})
	r := Declaration{
		Format: "arm", Root: "main.json@prod", Environment: "prod", Address: "lake", Type: "A.B/c/d", Mode: resource.Managed,
		Segments: Segments(resource.StringAt(at, "x/y"), 2), ParentID: resource.StringAt(at, "parent"), Body: body, At: at, Whole: at,
	}.Resource()
	if r.ID != "main.json@prod#lake" {
		t.Errorf("got %s", r.ID)
	}
	var names []string
	for _, field := range r.Attrs.Fields {
		names = append(names, field.Name)
	}
	if diff := cmp.Diff([]string{"name", "full_name", "parent_id", "sku", "properties"}, names); diff != "" {
		t.Error(diff)
	}
	if shown(r.Attrs.Get("name")) != "y" || shown(r.Attrs.Get("full_name")) != "x/y" {
		t.Error("the names are wrong")
	}
}

func TestDestination(t *testing.T) {
	if provider := (Destination{}).provider(at); provider.State != resource.Absent {
		t.Errorf("nothing is written, but got %+v", provider)
	}
	scopes := map[functions.Scope]string{functions.Subscription: "subscription", functions.ManagementGroup: "managementGroup", functions.Tenant: "tenant"}
	for scope, want := range scopes {
		if got := shown((Destination{Scope: scope}).provider(at).Get("target_scope")); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	written := source.Range{File: "main.json", Start: 40, End: 44}
	provider := Destination{ResourceGroup: resource.StringAt(written, "rg"), Subscription: hinted("?")}.provider(at)
	if group := provider.Get("resource_group"); shown(group) != "rg" || group.At != written || len(provider.Fields) != 2 {
		t.Errorf("got %+v", provider)
	}
}

func TestAddresses(t *testing.T) {
	var addresses Addresses
	var got []string
	for _, address := range []string{"a", "a", "b", "a", "a (2)"} {
		got = append(got, addresses.Take(address))
	}
	if diff := cmp.Diff([]string{"a", "a (2)", "b", "a (3)", "a (2) (2)"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestReadParameters(t *testing.T) {
	files := fstest.MapFS{
		"p.json": {Data: []byte("{\"$schema\": \"x\", // comment\n\"parameters\": {\"a\": {\"value\": 1}, \"b\": {\"reference\": {\"keyVault\": {}}}, \"c\": {}, \"d\": 4}}")},
		"q.json": {Data: []byte(`{"a": {"value": "x"}}`)},
		"r.json": {Data: []byte(`[1`)},
	}
	tests := map[string][]string{"p.json": {"a=1", "b=?(parameter b comes from a Key Vault)"}, "q.json": {"a=x"}, "r.json": nil}
	for file, want := range tests {
		list, problems := ReadParameters(files, file)
		var got []string
		for _, p := range list {
			got = append(got, p.Name+"="+shown(p.Value))
		}
		if diff := cmp.Diff(want, got); diff != "" || (len(problems) > 0) != (file == "r.json") {
			t.Errorf("%s: %s %v", file, diff, problems)
		}
	}
	if _, problems := ReadParameters(files, "none.json"); len(problems) != 1 {
		t.Error("a file that does not exist is not reported")
	}
}
