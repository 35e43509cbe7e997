package value

import (
	"slices"
	"testing"

	"github.com/open-policy-agent/opa/v1/ast"
)

// samples are values of all kinds as the rule language writes them, large ones too.
var samples = []string{
	`null`, `false`, `true`, `-1`, `0`, `1`, `1.0`, `1.5`, `1e2`, `100`, `9007199254740993`, `""`, `"a"`, `"b"`, `"1"`,
	`[]`, `[1]`, `[1, 2]`, `[2]`, `["a", null]`, `[[1], {"a": 1}]`, `[[1], {"a": 2}]`,
	`{}`, `{"a": 1}`, `{"a": 1.0}`, `{"a": 2}`, `{"a": 1, "b": 2}`, `{"b": 1}`, `{1: "a", null: "b"}`, `{["x"]: {"y"}}`,
	`set()`, `{1}`, `{1, 2}`, `{2}`, `{"b", "a"}`, `{{"a": [1]}, {"a": [2]}}`,
	`{9, 1, 8, 2, 7, 3, 6, 4, 5, 10, 0}`, `{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10}`, `{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11}`,
	`{[9], [1], [8], [2], [7], [3], [6], [4], [5], [10], [0]}`,
	`{"i": 9, "h": 8, "g": 7, "f": 6, "e": 5, "d": 4, "c": 3, "b": 2, "a": 1}`,
	`{"a": 1, "b": 2, "c": 3, "d": 4, "e": 5, "f": 6, "g": 7, "h": 8, "i": 10}`,
}

func TestValuesAreOrderedLikeThoseOfTheLibrary(t *testing.T) {
	for _, first := range samples {
		for _, second := range samples {
			a, b := ast.MustParseTerm(first), ast.MustParseTerm(second)
			want := sign(a.Value.Compare(b.Value))
			if got := sign(Compare(Own(a), Own(b))); got != want {
				t.Errorf("%s and %s: %d, want %d", first, second, got, want)
			}
			if got := Equal(Own(a), Own(b)); got != (want == 0) {
				t.Errorf("%s equals %s: %v", first, second, got)
			}
			if want == 0 && hash(Own(a)) != hash(Own(b)) {
				t.Errorf("%s and %s have different hashes", first, second)
			}
		}
	}
}

func sign(order int) int { return max(-1, min(order, 1)) }

func TestValuesComeBackFromTheLibrary(t *testing.T) {
	for _, text := range samples {
		if want := ast.MustParseTerm(text); !Library(Own(want)).Equal(want) {
			t.Errorf("%s became %s", want, Library(Own(want)))
		}
	}
}

// What the library finds behind a key is found here, in the same order.
func TestKeysAreFoundAsInTheLibrary(t *testing.T) {
	for _, text := range samples {
		for _, key := range samples {
			of, k := ast.MustParseTerm(text), ast.MustParseTerm(key)
			var want *ast.Term
			switch of.Value.(type) {
			case ast.Object, ast.Set, *ast.Array:
				want = of.Get(k)
			}
			got := Get(Own(of), Own(k))
			if (got == nil) != (want == nil) || got != nil && !Library(got).Equal(want) {
				t.Errorf("%s behind %s of %s, want %s", got, key, text, want)
			}
		}
	}
}

func TestARecordIsAnObject(t *testing.T) {
	v := NewVocabulary()
	v.Shape("other", "name")
	shape := v.Shape("name", "id", "why", "age")
	text := ast.StringTerm
	r := NewRecord(shape, []*ast.Term{text("n"), text("i"), nil, ast.InternedTerm(3)}).Term()
	want := ast.MustParseTerm(`{"age": 3, "id": "i", "name": "n"}`)
	if !Library(r).Equal(want) || !Equal(r, Own(want)) || hash(r) != hash(Own(want)) || !IsObject(r.Value) {
		t.Errorf("%s", Library(r))
	}
	var keys []string
	Until(r, func(key, _ *ast.Term) bool {
		keys = append(keys, string(key.Value.(ast.String)))
		return len(keys) == 2
	})
	if !slices.Equal(keys, []string{"age", "id"}) {
		t.Errorf("keys %v", keys)
	}
	record := r.Value.(*Record)
	for name, there := range map[string]bool{"name": true, "id": true, "why": false, "other": false, "nothing": false} {
		if (record.At(v.Number(name)) != nil) != there || (Get(r, text(name)) != nil) != there {
			t.Errorf("%s: want %v", name, there)
		}
	}
	if size, _ := Len(r); size != 3 || !Has(r, text("i")) || Has(r, text("id")) || Get(r, ast.InternedTerm(1)) != nil {
		t.Errorf("%d entries", size)
	}
}

func TestATableKeepsTheLatestValue(t *testing.T) {
	o := NewObject()
	for round := range 2 {
		for i := range 3 * most {
			o.Put(ast.InternedTerm(i*7%(3*most)), ast.InternedTerm(round))
		}
	}
	next := 0
	Until(o.Term(), func(key, value *ast.Term) bool {
		if !Equal(key, ast.InternedTerm(next)) || !Equal(value, ast.InternedTerm(1)) {
			t.Errorf("entry %d is %s: %s", next, key, value)
		}
		next++
		return false
	})
	if next != 3*most {
		t.Errorf("%d entries", next)
	}
}
