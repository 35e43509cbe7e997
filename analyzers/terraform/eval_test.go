package terraform

import (
	"context"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/ext/tryfunc"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/drlint/drlint/internal/guard"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// sampleExpressions have the same result here as in the HCL library.
var sampleExpressions = []string{
	`1 + 2 * 3`, `10 % 4 - -3`, `1 / 4`, `"a${1}b${true}"`, `"%{if true}y%{else}n%{endif}"`, `"%{for x in [1, 2]}${x},%{endfor}"`,
	"<<EOT\na\n  b ${local.text}\nEOT\n", "<<-EOT\n    a\n      b\n    EOT\n",
	`[1, "a", null, [true]]`, `{ a = 1, "b c" = 2, (local.text) = 3 }`, `{ a : 1, a : 2 }`,
	`local.list[0]`, `local.list.1`, `local.object.a.b`, `local.object["a"]["b"]`, `local.objects[*].id`, `local.objects.*.id`,
	`local.objects[0][*].id`, `[for x in local.list : upper(x)]`, `[for i, x in local.list : "${i}${x}" if x != "b"]`,
	`{ for k, v in local.object : k => v }`, `{ for x in local.objects : x.id => x.size... }`, `[for k, v in { b = 1, a = 2 } : k]`,
	`true && !false || false`, `1 < 2 && 2 <= 2 && 3 > 2 && 3 >= 4`, `1 == 1.0`, `"1" == 1`, `[1] == [1]`, `null == null`, `local.list != local.list`,
	`true ? "a" : "b"`, `local.none == null ? [] : ["x"]`, `(1 + 2) * 3`, `-local.number`, `!true`,
	`max(local.numbers...)`, `length(local.list)`, `join(",", local.list)`, `merge({ a = 1 }, { b = 2 }, { a = 3 })`,
	`concat([1], ["a"], local.list)`, `flatten([[1], [[2, 3]], []])`, `lookup({ a = 1 }, "b", 5)`, `keys({ b = 1, a = 2 })`,
	`try(local.list[9], "none")`, `try(local.object.nope, local.object.a)`, `can(local.list[9])`, `can(local.list[0])`,
	`toset(["b", "a", "b"])`, `tolist(toset(["b", "a"]))`, `tomap({ a = 1, b = "x" })`, `tonumber("12")`, `tostring(1.50)`,
	`jsonencode({ b = [1, null], a = "x" })`, `jsondecode("{\"a\":[1,2]}").a[1]`, `format("%s-%03d", "a", 7)`, `replace("a-b", "-", "_")`,
	`element(local.list, 4)`, `slice(local.list, 0, 1)`, `zipmap(["a", "b"], [1, 2])`, `coalesce("", "x")`, `coalescelist([], [1])`,
	`null[*]`, `"x"[*]`, `local.none[*]`, `{}`, `[]`, `""`, `[for x in [] : x]`, `{ for x in [] : x => x }`,
	`local.objects[local.number - 3].id`, `"${local.list}"`, `local.nope`, `1 + "a"`, `[1][5]`, `{ (null) = 1 }`, `"${null}"`, `1 / 0`,
	`"\u00e9${"x"}\n"`, `"$${a}%%{b}"`, `[for x in "abc" : x]`, `{ for x in ["a", "a"] : x => 1 }`, `1e3`, `123456789012345678901234567890`,
}

// FuzzExpression compares the evaluator with that of the HCL library, on which
// Terraform rests: where the library has a known result, ours is the same.
func FuzzExpression(f *testing.F) {
	for _, text := range sampleExpressions {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		const affordable = 300 // the library cannot be stopped
		if len(text) > affordable || strings.Count(text, "for") > 2 || guard.Check("x.tf", []byte(text), guard.HCL) != nil {
			t.Skip("the library might not end")
		}
		expr, diags := hclsyntax.ParseExpression([]byte(text), "x.tf", hcl.InitialPos)
		if diags.HasErrors() || !isDeclared(expr) {
			t.Skip("there is nothing to compare")
		}
		compareEvaluations(t, text, expr)
	})
}

// isDeclared reports whether an expression names only locals that exist:
// Terraform rejects all else before it evaluates anything, so it does not
// matter what try makes of it.
func isDeclared(expr hclsyntax.Expression) bool {
	for _, traversal := range expr.Variables() {
		name, _ := stepName(traversal, 1)
		if traversal.RootName() != "local" || !strings.Contains(localsText, "\n  "+name+" ") {
			return false
		}
	}
	return true
}

func compareEvaluations(t *testing.T, text string, expr hclsyntax.Expression) {
	t.Helper()
	ev, en, scope := evaluationWithLocals(t)
	want, diags := expr.Value(scope)
	got := ev.eval(en, expr)
	if diags.HasErrors() || !want.IsWhollyKnown() || strings.Contains(text, "?") {
		return // a condition's branches are not converted to one type here
	}
	plain, _ := got.UnmarkDeep()
	at := source.Range{File: "x.tf"}
	if diff := cmp.Diff(neutral(ev, want, at), neutral(ev, plain, at), cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("%s: want → got:\n%s", text, diff)
	}
}

func neutral(ev *evaluation, value cty.Value, at source.Range) resource.Value {
	return ev.converted(value, at, undecided)
}

const localsText = `locals {
  text    = "t"
  number  = 3
  numbers = [1, 5, 3]
  none    = null
  list    = ["a", "b", "c"]
  object  = { a = { b = 1 } }
  objects = [{ id = "x", size = 1 }, { id = "y", size = 2 }]
}
`

func evaluationWithLocals(t *testing.T) (ev *evaluation, en env, scope *hcl.EvalContext) {
	t.Helper()
	files := fstest.MapFS{"main.tf": &fstest.MapFile{Data: []byte(localsText)}}
	l := newLoader(source.Tree{FS: files})
	l.load(context.Background(), []string{"main.tf"})
	ev = &evaluation{ctx: context.Background(), loader: l, root: ".", budget: newBudget(1), reported: map[source.Diagnostic]bool{}}
	en = env{inst: newInstance(l.module("."))}
	locals := map[string]cty.Value{}
	for name := range l.module(".").locals {
		locals[name] = en.inst.local(ev, name, source.Range{})
	}
	ev.function("upper")
	scope = &hcl.EvalContext{Functions: ev.functions, Variables: map[string]cty.Value{"local": cty.ObjectVal(locals)}}
	scope.Functions["try"], scope.Functions["can"] = tryfunc.TryFunc, tryfunc.CanFunc
	return ev, en, scope
}
