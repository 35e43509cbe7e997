package terraform

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/drlint/drlint/internal/source"
)

// evaluateText evaluates a single file with a part of the budget of a root.
func evaluateText(text string, part int) *evaluation {
	files := fstest.MapFS{"main.tf": &fstest.MapFile{Data: []byte(text)}}
	l := newLoader(source.Tree{FS: files})
	l.load(context.Background(), []string{"main.tf"})
	share := newBudget(1)
	for _, left := range []*int{&share.steps, &share.iterations, &share.values, &share.modules, &share.calls, &share.resources} {
		*left /= part
	}
	return evaluateRoot(context.Background(), l, task{dir: "."}, share)
}

// TestHostile evaluates configurations that stand for far more work than they
// have text. Each has to end soon and to say that something stayed unknown. A
// tenth of the budget shows that as well as all of it; BenchmarkHostile spends
// all.
func TestHostile(t *testing.T) {
	t.Parallel()
	const part = 10
	for name, text := range hostileTexts() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ev := evaluateText(text, part)
			if len(ev.resources) == 0 {
				t.Fatalf("no resources; diagnostics %v", ev.diagnostics)
			}
			for _, d := range ev.diagnostics {
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
			for b.Loop() {
				evaluateText(text, 1)
			}
		})
	}
}

func hostileTexts() map[string]string {
	doubling := func(first, step string) string {
		var text strings.Builder
		fmt.Fprintf(&text, "locals {\n  l0 = %s\n", first)
		for i := range 60 {
			fmt.Fprintf(&text, "  l%d = %s\n", i+1, strings.ReplaceAll(step, "X", fmt.Sprintf("local.l%d", i)))
		}
		return text.String() + "}\nresource \"r\" \"s\" {\n  x = local.l60\n}\n"
	}
	list := "[" + strings.Repeat("1,", 2000) + "]"
	mixed := "[" + strings.Repeat(`"a",1,{a=1},[1],`, 10_000) + "]"
	loop := "resource \"r\" \"s\" {\n  x = %s\n}\nlocals {\n  l = " + list + "\n}\n"
	return map[string]string{
		"million iterations":  fmt.Sprintf(loop, "[for a in local.l : [for b in local.l : a + b]]"),
		"three loops":         fmt.Sprintf(loop, "[for a in local.l : [for b in local.l : [for c in local.l : 1]]]"),
		"loop in a key":       fmt.Sprintf(loop, `{ for a in local.l : join("", [for b in local.l : b]) => a... }`),
		"splat in loop":       fmt.Sprintf(loop, "[for a in local.l : local.l[*]]"),
		"flattened loops":     fmt.Sprintf(loop, "flatten([for a in local.l : [for b in local.l : [a, b]]])"),
		"set product":         fmt.Sprintf(loop, "setproduct(local.l, local.l, local.l)"),
		"doubled text":        doubling(`"0123456789"`, `"${X}${X}"`),
		"doubled list":        doubling(`["x"]`, "concat(X, X)"),
		"shared structure":    doubling(`"x"`, "[X, X]"),
		"shared objects":      doubling(`"x"`, "{ a = X, b = X }"),
		"compared structure":  doubling(`"x"`, "[X == X, X, X]"),
		"grown number":        doubling("10", "X * X * X * X"),
		"joined loops":        doubling(`"x"`, `join("", [for i in [1, 2, 3] : X])`),
		"templates":           doubling(`"x"`, `"%{for i in [1, 2, 3]}${X}%{endfor}"`),
		"long chain":          chain(20_000),
		"typed mixture":       "variable \"v\" {\n  type = list(any)\n  default = " + mixed + "\n}\nresource \"r\" \"s\" {\n  x = var.v\n}\n",
		"converted mixture":   "resource \"r\" \"s\" {\n  x = tolist(" + mixed + ")\n}\n",
		"many instances":      "resource \"r\" \"s\" {\n  count = 1000000000000\n}\n",
		"many dynamic blocks": fmt.Sprintf("resource \"r\" \"s\" {\n  dynamic \"a\" {\n    for_each = %s\n    content {\n      dynamic \"b\" {\n        for_each = %s\n        content {\n          x = 1\n        }\n      }\n    }\n  }\n}\n", list, list),
		"many resources":      manyResources(100),
		"many references":     manyResources(2) + "resource \"r\" \"s\" {\n  x = [for i in range(1000) : [for j in range(100) : \"${join(\",\", r.s0[*].id)}-${j}\"]]\n}\n",
		"big text in a loop":  fmt.Sprintf(loop, `[for i in local.l : [for j in local.l : "${join("", [for k in range(1000) : "0123456789012345678901234567890123456789"])}x"]]`),
		"big unknown keys":    fmt.Sprintf(loop, "{ for a in local.l : r.s.id => [for b in local.l : local.l] }"),
		"big unknown choice":  fmt.Sprintf(loop, "[for a in local.l : [for b in local.l : r.s.id == 1 ? local.l : local.l]]"),
		"expanded calls":      fmt.Sprintf(loop, "[for a in local.l : [for b in local.l : max(local.l...)]]"),
		"merged in a loop":    fmt.Sprintf(loop, "[for a in local.l : [for b in local.l : concat(local.l, local.l)]]"),
		"failing calls":       fmt.Sprintf(loop, "[for a in local.l : [for b in local.l : try(merge(local.l, r.s), 1)]]"),
		"type with a loop":    "variable \"v\" {\n  type = object({ a = optional(list(number), [for a in [1, 2, 3] : [for b in [1, 2] : b]]) })\n  default = {}\n}\nresource \"r\" \"s\" {\n  x = var.v.a\n}\n",
		"big range":           fmt.Sprintf(loop, "[for i in range(1000000) : i]"),
		"huge exponent":       fmt.Sprintf(loop, "1e1000000000 * 1e1000000000"),
		"long numeral":        fmt.Sprintf(loop, `"`+strings.Repeat("9", 500_000)+`" + 1`),
	}
}

func chain(length int) string {
	var text strings.Builder
	text.WriteString("locals {\n  l0 = 1\n")
	for i := range length {
		fmt.Fprintf(&text, "  l%d = local.l%d\n", i+1, i)
	}
	return text.String() + fmt.Sprintf("}\nresource \"r\" \"s\" {\n  x = local.l%d\n}\n", length)
}

func manyResources(blocks int) string {
	var text strings.Builder
	for i := range blocks {
		fmt.Fprintf(&text, "resource \"r\" \"s%d\" {\n  count = 1000\n  x = \"a-${count.index}\"\n}\n", i)
	}
	return text.String()
}

// TestModuleFanOut calls modules that call modules: 4^10 instances.
func TestModuleFanOut(t *testing.T) {
	t.Parallel()
	files := fstest.MapFS{}
	var names []string
	for i := range 10 {
		name := fmt.Sprintf("m%d/main.tf", i)
		text := "resource \"r\" \"s\" {}\n"
		if i < 9 {
			text += fmt.Sprintf("module \"next\" {\n  source = \"../m%d\"\n  count = 4\n}\n", i+1)
		}
		files[name] = &fstest.MapFile{Data: []byte(text)}
		names = append(names, name)
	}
	result := analyze(source.Tree{FS: files, Files: names})
	if len(result.Diagnostics) == 0 || result.Diagnostics[0].Code != "terraform/budget" {
		t.Errorf("diagnostics %v, want terraform/budget", result.Diagnostics)
	}
	if len(result.Resources) > 10_000 {
		t.Errorf("%d resources", len(result.Resources))
	}
}
