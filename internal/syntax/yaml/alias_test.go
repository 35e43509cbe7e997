package yaml

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/drlint/drlint/internal/resource"
)

func TestAliasesAndMerges(t *testing.T) {
	tests := []struct {
		name, text, want string
		codes            []string
	}{
		{"alias", "a: &x {b: c}\nd: *x\ne: [*x]", "a=b=c d=b=c e=b=c", nil},
		{"alias of a scalar key", "a: &x k\n*x : v", "a=k k=v", nil},
		{"anchor redefined", "a: &x 1\nb: *x\nc: &x 2\nd: *x", "a=1 b=1 c=2 d=2", nil},
		{"merge", "a: &x {b: 1, c: 2}\nd:\n  <<: *x\n  c: 3\n  e: 4", "a=b=1 c=2 d=c=3 e=4 b=1", nil},
		{"merge of a list", "- &x {a: 1, b: 1}\n- &y {b: 2, c: 2}\n- {<<: [*x, *y], d: 3}", "a=1 b=1 b=2 c=2 d=3 a=1 b=1 c=2", nil},
		{"merge of a merge", "- &x {a: 1}\n- &y {<<: *x, b: 2}\n- {<<: *y}", "a=1 b=2 a=1 b=2 a=1", nil},
		{"merge twice", "- &x {a: 1}\n- &y {b: 2}\n- {<<: *x, <<: *y}", "a=1 b=2 a=1 b=2", nil},
		{"a quoted << is a key", "{'<<': {a: 1}}", "<<=a=1", nil},
		{"merge of a scalar", "a: 1\n<<: b", "a=1", []string{"yaml/bad-merge 2:5"}},
		{"merge of nothing", "a: 1\n<<:", "a=1", nil},
		{"merge of a custom tag", "a: 1\n<<: !ref [b]", "unknown", nil},
		{"duplicate", "a: 1\nb: 2\na: 3", "a=3 b=2", []string{"yaml/duplicate-key 3:1"}},
		{"duplicate in flow", "{a: 1, 'a': 2}", "a=2", []string{"yaml/duplicate-key 1:8"}},
		{"complex key", "? [a]\n: b\nc: d\n{e: f}: g", "c=d", []string{"yaml/complex-key 1:3", "yaml/complex-key 4:1"}},
		{"cycle in a list", "a: &x [b, *x]", "a=b unknown", []string{"yaml/alias-cycle 1:11"}},
		{"cycle in a mapping", "a: &x\n  b: *x\n  c: d", "a=b=unknown c=d", []string{"yaml/alias-cycle 2:6"}},
		{"cycle in a merge", "a: &x\n  <<: *x\n  c: d", "a=unknown", []string{"yaml/alias-cycle 2:7"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			documents, problems := Parse("f.yml", []byte(test.text))
			if len(documents) != 1 {
				t.Fatalf("got %d documents, %+v", len(documents), problems)
			}
			if diff := cmp.Diff(test.want, flat(documents[0].Value)); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(test.codes, placed(test.text, problems)); diff != "" {
				t.Errorf("diagnostics: %s", diff)
			}
		})
	}
}

func TestTheLastDuplicateKeepsItsPlaces(t *testing.T) {
	text := "a: 1\na: 22"
	documents, _ := Parse("f.yml", []byte(text))
	field := documents[0].Value.Fields[0]
	if field.At.Start != 5 || field.Value.At.Start != 8 || field.Value.At.End != 10 {
		t.Errorf("got %+v", field)
	}
}

func TestManyKeys(t *testing.T) {
	var text strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&text, "k%d: %d\n", i%900, i)
	}
	documents, problems := Parse("f.yml", []byte(text.String()))
	value := documents[0].Value
	if len(value.Fields) != 900 || value.Get("k0").Num != 900 || value.Get("k899").Num != 899 {
		t.Errorf("got %d members, k0 is %v", len(value.Fields), value.Get("k0").Num)
	}
	if len(problems) != maxProblems+1 {
		t.Errorf("got %d diagnostics", len(problems))
	}
}

func TestAliasBomb(t *testing.T) {
	var text strings.Builder
	text.WriteString("a0: &a0 [x, x, x, x, x, x, x, x, x]\n")
	for i := 1; i < 12; i++ {
		fmt.Fprintf(&text, "a%d: &a%d [%s]\n", i, i, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d, ", i-1), 9), ", "))
	}
	documents, problems := Parse("f.yml", []byte(text.String()))
	if len(problems) == 0 || problems[0].Code != "yaml/too-many-aliases" {
		t.Fatalf("got %+v", problems)
	}
	if size := countValues(documents[0].Value); size > maxAliased+1000 {
		t.Errorf("the tree has %d values", size)
	}
	refused := documents[0].Value.Get("a11")
	for refused.IsKnown() {
		refused = refused.Block()
	}
	if !strings.HasSuffix(refused.Why, "would make the document too large") {
		t.Errorf("got %q", refused.Why)
	}
}

func countValues(v resource.Value) int {
	size := 1
	for _, item := range v.Items {
		size += countValues(item)
	}
	for _, field := range v.Fields {
		size += countValues(field.Value)
	}
	return size
}

func TestCustomTags(t *testing.T) {
	text := "a: !Sub [x, {b: !Ref c}]\nd: !GetAtt e.f\ng: !Cond\n  h: i\nj: !Empty\nk: !!str l"
	document := parseOne(t, text)
	value := document.Value
	want := `{a=unknown(the custom tag !Sub is not resolved)@"[x, {b: !Ref c}]" d=unknown(the custom tag !GetAtt is not resolved)@"e.f" ` +
		`g=unknown(the custom tag !Cond is not resolved)@"h: i" j=unknown(the custom tag !Empty is not resolved)@"" k="l"@"l"}`
	if diff := cmp.Diff(want, show(text, value)); diff != "" {
		t.Error(diff)
	}
	var names []string
	for _, tag := range document.Tags {
		names = append(names, tag.Name)
	}
	if diff := cmp.Diff([]string{"!Sub", "!Ref", "!GetAtt", "!Cond", "!Empty"}, names); diff != "" {
		t.Error(diff)
	}
	tag, ok := document.Tag(value.Get("a"))
	if !ok || tag.Name != "!Sub" || tag.Value.Items[0].Text != "x" {
		t.Errorf("got %+v, %v", tag, ok)
	}
	inner, ok := document.Tag(tag.Value.Items[1].Get("b"))
	if !ok || inner.Name != "!Ref" || inner.Value.Text != "c" {
		t.Errorf("got %+v, %v", inner, ok)
	}
	if _, ok := document.Tag(value.Get("k")); ok {
		t.Error("a standard tag counts as a custom one")
	}
}

func TestDepth(t *testing.T) {
	text := strings.Repeat("[", maxDepth+10) + strings.Repeat("]", maxDepth+10)
	documents, problems := Parse("f.yml", []byte(text))
	if len(documents) != 1 || len(problems) != 1 || problems[0].Code != "yaml/too-deep" || problems[0].At.Start != maxDepth {
		t.Errorf("got %d documents, %+v", len(documents), problems)
	}
}
