package bicep

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/drlint/drlint/analyzers/arm/functions"
	"github.com/drlint/drlint/internal/source"
)

// evaluateText evaluates files with a part of the budget of a root.
func evaluateText(files map[string]string, part int) outcome {
	tree := fstest.MapFS{}
	for name, text := range files {
		tree[name] = &fstest.MapFile{Data: []byte(text)}
	}
	l := newLoader(source.Tree{FS: tree})
	l.load(context.Background(), []string{"main.bicep"})
	share := newBudget(1)
	for _, left := range []*int{&share.steps, &share.values, &share.modules, &share.resources} {
		*left /= part
	}
	share.functions = functions.NewBudget(1_000_000 / part)
	return evaluateTask(context.Background(), l, task{root: "main.bicep"}, nil, share)
}

// TestHostile evaluates files that stand for far more work than they have text.
// Each has to end soon and to show its resource. A tenth of the budget shows that
// as well as all of it; BenchmarkHostile spends all.
func TestHostile(t *testing.T) {
	t.Parallel()
	const part = 10
	for name, text := range hostileTexts() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			result := evaluateText(map[string]string{"main.bicep": text}, part)
			if len(result.resources) == 0 {
				t.Fatalf("no resources; diagnostics %v", result.diagnostics)
			}
			for _, d := range result.diagnostics {
				if d.Code == "guard/internal-error" {
					t.Errorf("defect: %v", d)
				}
			}
		})
	}
}

// BenchmarkHostile shows what each of them costs at most.
func BenchmarkHostile(b *testing.B) {
	for name, text := range hostileTexts() {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				evaluateText(map[string]string{"main.bicep": text}, 1)
			}
		})
	}
}

const hostileResource = "resource r 'Microsoft.Web/sites@2022-03-01' = {\n  name: 'r'\n  properties: {\n    x: %s\n  }\n}\n"

func hostileTexts() map[string]string {
	doubling := func(first, step string) string {
		var text strings.Builder
		fmt.Fprintf(&text, "param unknown bool\nvar v0 = %s\n", first)
		for i := range 60 {
			fmt.Fprintf(&text, "var v%d = %s\n", i+1, strings.ReplaceAll(step, "X", fmt.Sprintf("v%d", i)))
		}
		return text.String() + fmt.Sprintf(hostileResource, "v60")
	}
	loops := func(expression string) string {
		return "var list = range(0, 2000)\n" + fmt.Sprintf(hostileResource, expression)
	}
	texts := map[string]string{
		"nested loops":      loops("[for a in list: map(list, b => a + b)]"),
		"three lambdas":     loops("map(list, a => map(list, b => map(list, c => 1)))"),
		"filters":           loops("filter(list, a => length(filter(list, b => a == b)) == 1)"),
		"sorted":            loops("map(list, a => sort(list, (b, c) => b > c))"),
		"reduced list":      loops("reduce(list, [], (a, b) => concat(a, a, [b]))"),
		"reduced text":      loops("reduce(list, 'x', (a, b) => '${a}${a}')"),
		"reduced object":    loops("reduce(list, {}, (a, b) => { x: a, y: a })"),
		"group":             loops("map(list, x => groupBy(list, a => 'x'))"),
		"objects":           loops("map(list, x => toObject(list, a => string(a)))"),
		"spread in loop":    loops("map(list, a => [...list, ...list])"),
		"joined in loop":    loops("map(list, a => join(map(list, b => string(b)), ''))"),
		"doubled text":      doubling("'0123456789'", "'${X}${X}'"),
		"doubled list":      doubling("['x']", "concat(X, X)"),
		"doubled by spread": doubling("['x']", "[...X, ...X]"),
		"shared structure":  doubling("'x'", "[X, X]"),
		"shared objects":    doubling("'x'", "{ a: X, b: X }"),
		"compared":          doubling("['x']", "[X == X, X, X]"),
		"unknown choice":    doubling("{ a: 'x' }", "unknown ? { a: X, b: X } : { a: X, c: X }"),
		"equal choice":      doubling("{ a: 'x' }", "unknown ? { a: X, b: X } : { a: X, b: X }"),
		"merged objects":    doubling("{ a: {} }", "union(X, { a: X, b: X })"),
		"as text":           doubling("['x']", "[string(X), X, X]"),
		"unknown text":      doubling("'${unknown}x'", "'${X}${X}'"),
		"replaced":          doubling("'aa'", "replace(X, 'a', X)"),
		"padded":            doubling("'a'", "padLeft(X, 100000, 'x')"),
		"grown number":      doubling("10", "X * X * X * X"),
		"long chain":        longChain(20_000),
		"many instances":    "resource r 'Microsoft.Web/sites@2022-03-01' = [for i in range(0, 10000): {\n  name: 'r${i}'\n}]\n",
		"many resources":    manyResources(200),
		"function of itself": "func f(x int) int => f(x) + f(x)\n" +
			fmt.Sprintf(hostileResource, "f(1)"),
		"functions in a tree": "func f0(x int) int => x\n" + functionTree(40) + fmt.Sprintf(hostileResource, "f40(1)"),
		"types in a tree":     typeTree(40) + fmt.Sprintf(hostileResource, "p"),
		"parents in a circle": "resource a 'A.B/c@1' = {\n  parent: b\n  name: 'a'\n}\nresource b 'A.B/c@1' = {\n  parent: a\n  name: 'b'\n  scope: a\n}\n",
		"deep accesses":       "var x = { a: x }\n" + fmt.Sprintf(hostileResource, "x"+strings.Repeat(".a", 200)),
	}
	return texts
}

func longChain(length int) string {
	var text strings.Builder
	text.WriteString("var v0 = 1\n")
	for i := range length {
		fmt.Fprintf(&text, "var v%d = v%d\n", i+1, i)
	}
	return text.String() + fmt.Sprintf(hostileResource, fmt.Sprintf("v%d", length))
}

func functionTree(depth int) string {
	var text strings.Builder
	for i := range depth {
		fmt.Fprintf(&text, "func f%d(x int) int => f%d(x) + f%d(x)\n", i+1, i, i)
	}
	return text.String()
}

func typeTree(depth int) string {
	var text strings.Builder
	text.WriteString("type t0 = string\n")
	for i := range depth {
		fmt.Fprintf(&text, "type t%d = t%d | t%d\n", i+1, i, i)
	}
	return text.String() + fmt.Sprintf("param p t%d\n", depth)
}

func manyResources(blocks int) string {
	var text strings.Builder
	for i := range blocks {
		fmt.Fprintf(&text, "resource r%d 'Microsoft.Web/sites@2022-03-01' = [for i in range(0, 1000): {\n  name: 'r${i}'\n}]\n", i)
	}
	return text.String()
}

// TestModuleFanOut calls modules that call modules: 4^10 instances.
func TestModuleFanOut(t *testing.T) {
	t.Parallel()
	files := map[string]string{}
	for i := range 10 {
		name := fmt.Sprintf("m%d.bicep", i)
		if i == 0 {
			name = "main.bicep"
		}
		files[name] = "resource r 'A.B/c@1' = {\n  name: 'r'\n}\n"
		if i < 9 {
			files[name] += fmt.Sprintf("module next 'm%d.bicep' = [for i in range(0, 4): {\n  name: 'm${i}'\n}]\n", i+1)
		}
	}
	result := evaluateText(files, 1)
	if len(result.diagnostics) == 0 || result.diagnostics[0].Code != "bicep/budget" {
		t.Errorf("diagnostics %v, want bicep/budget", result.diagnostics)
	}
	if len(result.resources) > 10_000 {
		t.Errorf("%d resources", len(result.resources))
	}
}

// TestModuleDepth calls a chain of modules that is longer than the limit.
func TestModuleDepth(t *testing.T) {
	t.Parallel()
	files := map[string]string{"main.bicep": "module m 'm0.bicep' = {\n  name: 'm'\n}\n"}
	for i := range 2 * moduleDepth {
		files[fmt.Sprintf("m%d.bicep", i)] = fmt.Sprintf("resource r 'A.B/c@1' = {\n  name: 'r'\n}\nmodule m 'm%d.bicep' = {\n  name: 'm'\n}\n", i+1)
	}
	result := evaluateText(files, 1)
	if len(result.resources) != moduleDepth+1 || len(result.diagnostics) != 1 || result.diagnostics[0].Code != "bicep/budget" {
		t.Errorf("%d resources, diagnostics %v", len(result.resources), result.diagnostics)
	}
}

// TestCircularFiles lets files import from and extend each other in circles.
func TestCircularFiles(t *testing.T) {
	t.Parallel()
	files := fstest.MapFS{
		"main.bicep":      &fstest.MapFile{Data: []byte("import { x } from 'other.bicep'\nresource r 'A.B/c@1' = {\n  name: x\n}\n")},
		"other.bicep":     &fstest.MapFile{Data: []byte("import { x } from 'main.bicep'\n@export()\nvar y = x\n")},
		"a.bicepparam":    &fstest.MapFile{Data: []byte("using 'main.bicep'\nextends 'b.bicepparam'\nparam p = base.p\n")},
		"b.bicepparam":    &fstest.MapFile{Data: []byte("using none\nextends 'a.bicepparam'\nparam p = base.p\n")},
		"self.bicep":      &fstest.MapFile{Data: []byte("import * as self from 'self.bicep'\nvar x = self.x\nresource r 'A.B/c@1' = {\n  name: self.x\n}\n")},
		"same.bicepparam": &fstest.MapFile{Data: []byte("using 'main.bicep'\nextends 'same.bicepparam'\n")},
	}
	tree := source.Tree{FS: files, Files: []string{"a.bicepparam", "b.bicepparam", "main.bicep", "other.bicep", "same.bicepparam", "self.bicep"}}
	result := analyze(tree)
	checkResult(t, tree, result)
	if len(result.Resources) != 3 {
		t.Errorf("%d resources, want main twice and self", len(result.Resources))
	}
}
