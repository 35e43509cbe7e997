package machine

import (
	"reflect"
	"testing"

	"github.com/open-policy-agent/opa/v1/ir"

	"github.com/drlint/drlint/internal/policy/value"
)

// every holds a statement of each kind, filled with what it can hold.
func every() (*ir.Func, *ir.Static) {
	static := &ir.Static{Strings: []*ir.StringConst{{Value: "one"}, {Value: "2.5"}}, Files: []*ir.StringConst{{Value: "a.rego"}}}
	inner := &ir.Block{Stmts: []ir.Stmt{&ir.BreakStmt{Index: 1}}}
	block := &ir.Block{}
	for _, kind := range kinds {
		s := kind()
		for _, field := range fields(s) {
			switch field := field.(type) {
			case *ir.Local:
				*field = 7
			case *ir.Operand:
				*field = ir.Operand{Value: ir.StringIndex(0)}
			case *[]ir.Operand:
				*field = []ir.Operand{{Value: ir.Local(300)}, {Value: ir.Bool(true)}, {Value: ir.Bool(false)}}
			case **ir.Block:
				*field = inner
			case *[]*ir.Block:
				*field = []*ir.Block{inner, {Stmts: []ir.Stmt{}}}
			case *string:
				*field = "g0.data.lib.f"
			case *int64:
				*field = -3
			case *int:
				*field = 1
			case *ir.Location:
				field.Row, field.Col = 12, 4
			}
		}
		block.Stmts = append(block.Stmts, s)
	}
	return &ir.Func{Name: "f", Params: []ir.Local{0, 1, 2}, Return: 3, Blocks: []*ir.Block{block}}, static
}

func TestEveryKindOfStatementIsKept(t *testing.T) {
	fn, static := every()
	data, err := Encode([]*ir.Func{fn}, static)
	if err != nil {
		t.Fatal(err)
	}
	plan, err := Decode(data)
	if err != nil {
		t.Fatal(err)
	}
	have, _, err := plan.function("f")
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range fn.Blocks[0].Stmts {
		if len(fields(want)) == 0 {
			t.Errorf("%T has no fields", want)
		}
		if got := reflect.TypeOf(have.Blocks[0].Stmts[i]); got != reflect.TypeOf(want) {
			t.Errorf("statement %d is a %s, want %T", i, got, want)
		}
	}
	again, err := Encode([]*ir.Func{have}, plan.static)
	if err != nil || string(again) != string(data) {
		t.Errorf("encoding what was decoded gives something else (%v)", err)
	}
}

func TestCorruptPlansAreRefused(t *testing.T) {
	fn, static := every()
	data, err := Encode([]*ir.Func{fn}, static)
	if err != nil {
		t.Fatal(err)
	}
	for size := range data {
		if _, err := Decode(data[:size]); err == nil {
			t.Errorf("%d of %d bytes are accepted", size, len(data))
		}
	}
	for i := range data {
		changed := append([]byte{}, data...)
		changed[i] ^= 0x55
		plan, err := Decode(changed)
		if err != nil {
			continue
		}
		for name := range plan.functions {
			if fn, _, err := plan.function(name); err == nil && fn == nil {
				t.Errorf("byte %d: neither a function nor an error", i)
			}
		}
	}
}

func TestWhatRulesDoNotNeedIsRefused(t *testing.T) {
	fn := &ir.Func{Name: "f", Params: []ir.Local{0, 1}, Blocks: []*ir.Block{{Stmts: []ir.Stmt{&ir.WithStmt{}}}}}
	if _, err := Encode([]*ir.Func{fn}, &ir.Static{}); err == nil {
		t.Error("with is accepted")
	}
	call := &ir.Func{Name: "f", Params: []ir.Local{0, 1}, Blocks: []*ir.Block{{Stmts: []ir.Stmt{&ir.CallStmt{Func: "walk"}}}}}
	data, err := Encode([]*ir.Func{call}, &ir.Static{Files: []*ir.StringConst{{Value: "a.rego"}}})
	if err != nil {
		t.Fatal(err)
	}
	plan, err := Decode(data)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"f", "missing"} {
		if _, err := Link([]*Plan{plan}, []string{name}, Options{Vocabulary: value.NewVocabulary()}); err == nil {
			t.Errorf("%s is linked", name)
		}
	}
}
