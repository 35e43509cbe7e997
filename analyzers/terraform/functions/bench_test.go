package functions_test

import (
	"testing"

	"github.com/zclconf/go-cty/cty"

	"github.com/drlint/drlint/analyzers/terraform/functions"
)

func BenchmarkTable(b *testing.B) {
	s := scope()
	for b.Loop() {
		functions.Table(s)
	}
}

// BenchmarkCall is one call of each of the functions that configurations use
// most, each with small arguments.
func BenchmarkCall(b *testing.B) {
	small := cty.TupleVal(texts("a", "b", "c"))
	tags := cty.ObjectVal(map[string]cty.Value{"env": cty.StringVal("prod"), "tier": cty.StringVal("raw")})
	table := functions.Table(functions.Scope{Budget: functions.NewBudget(functions.Limit{Work: 1 << 60})})
	for name, args := range map[string][]cty.Value{
		"format":     texts("%s-%s", "rg", "data"),
		"join":       {cty.StringVal("-"), small},
		"length":     {small},
		"lookup":     {tags, cty.StringVal("env"), cty.StringVal("dev")},
		"merge":      {tags, tags},
		"regexall":   texts("[a-z]+", "westeurope-01"),
		"replace":    texts("a-b-c", "-", ""),
		"toset":      {small},
		"tostring":   {cty.NumberIntVal(35)},
		"yamlencode": {tags},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := table[name].Call(args); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
