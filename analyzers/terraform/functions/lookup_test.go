package functions_test

import (
	"testing"

	"github.com/zclconf/go-cty/cty"

	"github.com/drlint/drlint/analyzers/terraform/functions"
)

// TestPicked wants the short way to be taken where nothing speaks against it,
// and to lead to what the table says.
func TestPicked(t *testing.T) {
	unknown := func(why string) cty.Value { return cty.DynamicVal.Mark(functions.Why(why)) }
	object := cty.ObjectVal(map[string]cty.Value{
		"a": cty.NumberIntVal(35), "null": cty.NullVal(cty.String), "secret": cty.StringVal("s").Mark(functions.Sensitive),
		"unknown": unknown("x"), "nested": cty.ObjectVal(map[string]cty.Value{"unknown": unknown("y")}),
	})
	texts := cty.MapVal(map[string]cty.Value{"a": cty.StringVal("x"), "unknown": cty.UnknownVal(cty.String)})
	maps := []cty.Value{
		object, object.Mark(functions.Why("m")), texts, texts.Mark(functions.Sensitive), cty.EmptyObjectVal, cty.MapValEmpty(cty.Bool),
		cty.NullVal(cty.EmptyObject), cty.UnknownVal(cty.Map(cty.String)), cty.DynamicVal, cty.EmptyTupleVal, cty.StringVal("a"),
	}
	keys := []cty.Value{
		cty.StringVal("a"), cty.StringVal("b"), cty.StringVal("null"), cty.StringVal("secret"), cty.StringVal("unknown"),
		cty.StringVal("nested"), cty.StringVal("a").Mark(functions.Why("k")), cty.UnknownVal(cty.String), cty.NullVal(cty.String), cty.NumberIntVal(1),
	}
	defaults := []cty.Value{
		cty.StringVal("d"), cty.NumberIntVal(7), cty.NullVal(cty.String), cty.NullVal(cty.DynamicPseudoType), unknown("d"),
		cty.UnknownVal(cty.String).Mark(functions.Why("u")), cty.StringVal("d").Mark(functions.Sensitive), cty.EmptyTupleVal,
	}
	call := functions.Table(functions.Scope{})["lookup"].Call
	taken := 0
	for _, from := range maps {
		for _, key := range keys {
			for _, fallback := range defaults {
				args := []cty.Value{from, key, fallback}
				got, ok := functions.Picked(args)
				if !ok {
					continue
				}
				taken++
				if want, err := call(args); err != nil || !got.RawEquals(want) {
					t.Errorf("%#v: %#v, want %#v, %v", args, got, want, err)
				}
			}
		}
	}
	if taken < 150 {
		t.Errorf("taken %d times only", taken)
	}
	for _, args := range [][]cty.Value{nil, {object, cty.StringVal("a")}, {object, cty.StringVal("a"), cty.True, cty.True}} {
		if _, ok := functions.Picked(args); ok {
			t.Errorf("taken for %d arguments", len(args))
		}
	}
}
