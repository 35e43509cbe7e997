package arm

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/drlint/drlint/analyzers/analyzertest"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

const head = `"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0"`

// inTemplate puts sections into a template.
func inTemplate(sections string) string { return "{" + head + ", " + sections + "}" }

const oneResource = `"resources": [ { "type": "Microsoft.Storage/storageAccounts", "apiVersion": "1", "name": "lake", "properties": %s } ]`

func analyzeFiles(files map[string]string) resource.Result {
	in := fstest.MapFS{}
	for name, text := range files {
		in[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return analyze(analyzertest.Tree(in))
}

// Nothing that a file holds may crash, hang or eat memory. What is cut off is
// unknown or reported.
func TestHostile(t *testing.T) {
	t.Parallel()
	nested := func(depth int, inner string) string {
		return strings.Repeat(`{"a":`, depth) + inner + strings.Repeat("}", depth)
	}
	deployments := func(depth int) string {
		text := inTemplate(`"resources": []`)
		for range depth {
			text = inTemplate(`"resources": [ { "type": "Microsoft.Resources/deployments", "apiVersion": "1", "name": "n", "properties": { "template": ` + text + ` } } ]`)
		}
		return text
	}
	chain := func(length int, start, link string) string {
		var text strings.Builder
		text.WriteString(`"variables": { "v0": ` + start)
		for i := range length {
			fmt.Fprintf(&text, `, "v%d": %s`, i+1, strings.ReplaceAll(link, "?", fmt.Sprintf("variables('v%d')", i)))
		}
		return text.String() + "}, " + fmt.Sprintf(oneResource, fmt.Sprintf(`{ "x": "[variables('v%d')]", "y": "[length(string(variables('v%d')))]" }`, length, length))
	}
	tests := map[string]string{
		"deep JSON":               inTemplate(fmt.Sprintf(oneResource, nested(240, "1"))),
		"deeper JSON":             inTemplate(fmt.Sprintf(oneResource, nested(100_000, "1"))),
		"deep expression":         inTemplate(fmt.Sprintf(oneResource, `"[`+strings.Repeat("not(", 50_000)+`true()]"`)),
		"long chain":              inTemplate(chain(5_000, `"x"`, `"[concat(?, 'x')]"`)),
		"doubled texts":           inTemplate(chain(100, `"xxxxxxxx"`, `"[concat(?, ?)]"`)),
		"doubled arrays":          inTemplate(chain(100, `[1, 2]`, `"[createArray(?, ?)]"`)),
		"doubled objects":         inTemplate(chain(100, `{"a": 1}`, `"[createObject('a', ?, 'b', ?)]"`)),
		"merged objects":          inTemplate(chain(200, `{"a": 1}`, `"[union(?, createObject('x', ?))]"`)),
		"variables in a circle":   inTemplate(`"variables": {"a": "[variables('b')]", "b": "[variables('a')]"}, ` + fmt.Sprintf(oneResource, `"[variables('a')]"`)),
		"parameters in a circle":  inTemplate(`"parameters": {"a": {"defaultValue": "[parameters('b')]"}, "b": {"defaultValue": "[parameters('a')]"}}, ` + fmt.Sprintf(oneResource, `"[parameters('a')]"`)),
		"names in a circle":       inTemplate(`"variables": {"a": "[concat(variables('b'), 'x')]", "b": "[concat(variables('a'), 'x')]"}, "resources": [{"type": "A.B/c", "name": "[variables('a')]"}]`),
		"resources in a circle":   inTemplate(`"resources": [ {"type": "A.B/c", "name": "x", "properties": {"p": "[reference('y').p]"}}, {"type": "A.B/c", "name": "y", "properties": {"p": "[reference('x').p]"}} ]`),
		"a resource of itself":    inTemplate(`"resources": [ {"type": "A.B/c", "name": "[reference('x').p]", "properties": {"p": "[reference(resourceId('A.B/c', reference('x').p)).p]"}} ]`),
		"copies":                  inTemplate(`"resources": [ {"type": "A.B/c", "name": "[concat('x', copyIndex())]", "copy": {"name": "c", "count": 800}, "properties": {"copy": [{"name": "l", "count": 10000, "input": {"copy": [{"name": "m", "count": 10000, "input": 1}]}}]}} ]`),
		"nested copies":           inTemplate(`"resources": [ {"type": "Microsoft.Resources/deployments", "name": "[concat('x', copyIndex())]", "copy": {"name": "c", "count": 800}, "properties": {"template": ` + inTemplate(`"resources": [ {"type": "Microsoft.Resources/deployments", "name": "[concat('y', copyIndex('d'))]", "copy": {"name": "d", "count": 800}, "properties": {"template": `+inTemplate(`"resources": [{"type": "A.B/c", "name": "x"}]`)+`}} ]`) + `}} ]`),
		"maps of maps":            inTemplate(fmt.Sprintf(oneResource, `"[map(range(0, 10000), lambda('a', map(range(0, 10000), lambda('b', map(range(0, 10000), lambda('c', 1))))))]"`)),
		"nested deployments":      deployments(40),
		"no objects":              inTemplate(`"resources": [1, "x", null, [[]], {}], "parameters": 1, "variables": "x", "outputs": [], "functions": {}`),
		"odd resources":           inTemplate(`"resources": [ {"type": 1, "name": {}, "copy": 1, "condition": [], "resources": 1, "scope": {}}, {"type": "", "name": ""}, {"type": "/", "name": "/"}, {"type": "a/providers/b", "name": "x/y"}, {"type": "A.B/providers/c", "name": "x/y"}, {"type": "A.B/c/providers/d", "name": "x//"}, {"type": "Microsoft.Resources/deployments", "name": "x"}, {"type": "Microsoft.Resources/deployments", "name": "x", "properties": {"template": "[x()]", "parameters": "[y()]"}} ]`),
		"odd symbols":             inTemplate(`"languageVersion": "2.0", "resources": {"": {"type": "A.B/c", "name": "x", "resources": {"a::b": {"type": "d", "name": "y"}}}, "x[0]": {"type": "A.B/c", "name": "z", "dependsOn": ["", "x", "x[0]", 1]}}`),
		"thousands of resources":  inTemplate(`"resources": [` + strings.Repeat(`{"type": "A.B/c", "name": "same"},`, 20_000) + `{"type": "A.B/c", "name": "same"}]`),
		"a long name":             inTemplate(`"resources": [ {"type": "` + strings.Repeat("a/", 50_000) + `b", "name": "` + strings.Repeat("x/", 50_000) + `"} ]`),
		"endless functions":       inTemplate(`"functions": [{"namespace": "n", "members": {"f": {"output": {"value": "[concat(n.f(), n.f())]"}}}}], ` + fmt.Sprintf(oneResource, `"[n.f()]"`)),
		"parameters that explode": inTemplate(`"variables": {"v": "[range(0, 10000)]"}, "resources": [ {"type": "Microsoft.Resources/deployments", "name": "[concat('x', copyIndex())]", "copy": {"name": "c", "count": 800}, "properties": {"expressionEvaluationOptions": {"scope": "inner"}, "parameters": {"p": {"value": "[map(variables('v'), lambda('x', variables('v')))]"}}, "template": ` + inTemplate(`"parameters": {"p": {}}, "resources": [{"type": "A.B/c", "name": "x", "properties": "[parameters('p')]"}]`) + `}} ]`),
		"names that reach far":    inTemplate(`"parameters": {"x": {"type": "string"}}, ` + strings.TrimSuffix(chain(60, `"[parameters('x')]"`, `"[concat(?, ?)]"`), "]") + `, {"type": "A.B/c", "name": "[variables('v60')]", "scope": "[variables('v60')]", "dependsOn": ["[variables('v60')]"]}]`),
	}
	for name, text := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			result := analyzeFiles(map[string]string{"main.json": text})
			check(t, map[string]string{"main.json": text}, result)
			if len(result.Resources) == 0 && len(result.Diagnostics) == 0 && !strings.Contains(name, "no objects") {
				t.Error("nothing is read and nothing is said")
			}
		})
	}
}

// check holds what is true of every result: unknown values have a reason, places
// lie within files, IDs are unique.
func check(t *testing.T, files map[string]string, result resource.Result) {
	t.Helper()
	steps := 200_000
	inside := func(at source.Range, what string) {
		if text, ok := files[at.File]; !ok || at.Start < 0 || at.Start > at.End || at.End > len(text) {
			t.Errorf("%s lies at %+v", what, at)
		}
	}
	var walk func(path string, v resource.Value)
	walk = func(path string, v resource.Value) {
		if steps--; steps < 0 || t.Failed() {
			return
		}
		inside(v.At, path)
		if v.IsUnknown() && v.Why == "" || v.State == resource.Known && v.Why != "" || v.State == resource.Absent {
			t.Errorf("%s is %+v", path, v)
		}
		for _, origin := range v.Origin {
			inside(origin, path)
		}
		for i, item := range v.Items {
			walk(fmt.Sprint(path, "[", i, "]"), item)
		}
		for _, field := range v.Fields {
			inside(field.At, path)
			walk(path+"."+field.Name, field.Value)
		}
	}
	ids := map[string]bool{}
	for _, r := range result.Resources {
		if ids[r.ID] {
			t.Errorf("two resources are %s", r.ID)
		}
		ids[r.ID] = true
		inside(r.At, r.ID)
		inside(r.Body, r.ID)
		for _, field := range r.Attrs.Fields {
			walk(r.ID+"."+field.Name, field.Value)
		}
	}
	for _, d := range result.Diagnostics {
		if d.At.End > 0 {
			inside(d.At, d.Code)
		}
		if strings.Contains(d.Code, "internal-error") {
			t.Errorf("%+v", d)
		}
	}
}

// Templates that deploy each other, or themselves under another name.
func TestRecursiveTemplates(t *testing.T) {
	t.Parallel()
	linking := func(file string) string {
		return inTemplate(`"resources": [ {"type": "A.B/c", "name": "x"}, {"type": "Microsoft.Resources/deployments", "name": "n", "properties": {"templateLink": {"relativePath": "` + file + `"}}} ]`)
	}
	files := map[string]string{"a.json": linking("b.json"), "b.json": linking("c.json"), "c.json": linking("a.json"), "d.json": linking("./d.json")}
	result := analyzeFiles(files)
	check(t, files, result)
	var roots []string
	for _, r := range result.Resources {
		roots = append(roots, r.Root)
	}
	if roots = slices.Compact(roots); !slices.Equal(roots, []string{"a.json", "d.json"}) {
		t.Errorf("evaluated %v", roots)
	}
}

// The same input gives the same result, whatever the order of its files.
func TestDeterministic(t *testing.T) {
	t.Parallel()
	archives, _ := os.ReadDir("testdata")
	files := fstest.MapFS{}
	for _, archive := range archives {
		if data, err := os.ReadFile("testdata/" + archive.Name()); err == nil {
			for i, part := range bytes.Split(data, []byte("\n-- ")) {
				_, text, _ := bytes.Cut(part, []byte(" --\n"))
				files[fmt.Sprintf("%s/%d/main.json", archive.Name(), i)] = &fstest.MapFile{Data: text}
			}
		}
	}
	tree := analyzertest.Tree(files)
	first := analyzertest.Dump(files, New().Analyze(context.Background(), tree, tree.Files))
	for range 5 {
		if again := analyzertest.Dump(files, New().Analyze(context.Background(), tree, tree.Files)); again != first {
			t.Fatal("two runs differ")
		}
	}
}

func TestCancelled(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	tree := analyzertest.Tree(fstest.MapFS{"main.json": &fstest.MapFile{Data: []byte(inTemplate(fmt.Sprintf(oneResource, "{}")))}})
	if result := New().Analyze(ctx, tree, tree.Files); len(result.Resources) > 0 {
		t.Error("a cancelled analysis goes on")
	}
}
