package functions_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"

	"github.com/drlint/drlint/analyzers/terraform/functions"
)

// example is an expression and what show says of its value, or "error: " and a
// part of the message.
type example struct{ expr, want string }

func scope() functions.Scope {
	text := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	return functions.Scope{
		RootDir: "infra/prod", ModuleDir: "infra/modules/vault",
		FS: fstest.MapFS{
			"README.md":                       text("# top\n"),
			"infra/prod/config.yaml":          text("retention: 35\n"),
			"infra/prod/abc.txt":              text("abc"),
			"infra/prod/binary.dat":           text("\xff\xfe\x00"),
			"infra/prod/greet.tftpl":          text("Hello ${name}%{ for p in ports } :${p}%{ endfor }"),
			"infra/prod/nested.tftpl":         text(`${templatefile("greet.tftpl", {name = "x", ports = []})}`),
			"infra/prod/only.tftpl":           text("${list}"),
			"infra/prod/broken.tftpl":         text("${"),
			"infra/prod/deep.tftpl":           text("${" + strings.Repeat("(", 400) + "1" + strings.Repeat(")", 400) + "}"),
			"infra/prod/.terraform/x.yaml":    text(""),
			"infra/prod/sets/a.yaml":          text(""),
			"infra/prod/sets/b.yml":           text(""),
			"infra/prod/sets/deep/c.yaml":     text(""),
			"infra/modules/vault/policy.json": text(`{"days": 7}`),
		},
	}
}

func variables() map[string]cty.Value {
	anyText := cty.UnknownVal(cty.String)
	return map[string]cty.Value{
		"unk":     cty.DynamicVal,
		"unktext": anyText,
		"partial": anyText.Refine().StringPrefix("prod-west-").NewValue(),
		"secret":  cty.StringVal("s3cret").Mark(functions.Sensitive),
		"passing": cty.StringVal("token").Mark(functions.Ephemeral),
		"mixed":   cty.ObjectVal(map[string]cty.Value{"known": cty.StringVal("k"), "open": anyText}),
		"nothing": cty.NullVal(cty.String),
	}
}

func evaluate(t testing.TB, table map[string]function.Function, expr string) (cty.Value, error) {
	t.Helper()
	return evaluateWith(t, table, expr, variables())
}

func evaluateWith(t testing.TB, table map[string]function.Function, expr string, variables map[string]cty.Value) (cty.Value, error) {
	t.Helper()
	parsed, diags := hclsyntax.ParseExpression([]byte(expr), "test", hcl.InitialPos)
	if diags.HasErrors() {
		t.Fatalf("%s: %s", expr, diags)
	}
	v, diags := parsed.Value(&hcl.EvalContext{Functions: table, Variables: variables})
	if diags.HasErrors() {
		return v, diags
	}
	return v, nil
}

// show writes a value with its kind: list["a"], set[1], ["a", 1] for a tuple,
// map{a = 1}, {a = 1} for an object.
func show(v cty.Value) string {
	plain, marks := v.Unmark()
	var prefix string
	for _, mark := range []any{functions.Sensitive, functions.Ephemeral} {
		if _, ok := marks[mark]; ok {
			prefix += fmt.Sprint(mark) + " "
		}
	}
	switch ty := plain.Type(); {
	case plain.IsNull():
		return prefix + "null"
	case !plain.IsKnown():
		_, whys := functions.Reasons(v)
		return strings.TrimSpace(prefix + "unknown " + ty.FriendlyName() + " " + strings.Join(whys, "; "))
	case ty == cty.String:
		text, _ := json.Marshal(plain.AsString())
		return prefix + string(text)
	case ty == cty.Number:
		return prefix + plain.AsBigFloat().Text('f', -1)
	case ty == cty.Bool:
		return prefix + fmt.Sprint(plain.True())
	default:
		return prefix + showElements(plain)
	}
}

func showElements(v cty.Value) string {
	var parts []string
	keyed := v.Type().IsObjectType() || v.Type().IsMapType()
	for it := v.ElementIterator(); it.Next(); {
		key, element := it.Element()
		if keyed {
			parts = append(parts, key.AsString()+" = "+show(element))
		} else {
			parts = append(parts, show(element))
		}
	}
	inside := strings.Join(parts, ", ")
	switch ty := v.Type(); {
	case ty.IsListType():
		return "list[" + inside + "]"
	case ty.IsSetType():
		return "set[" + inside + "]"
	case ty.IsMapType():
		return "map{" + inside + "}"
	case ty.IsObjectType():
		return "{" + inside + "}"
	default:
		return "[" + inside + "]"
	}
}

func examples() []example {
	return slices.Concat(
		collectionExamples, setExamples, lookupExamples, stringExamples, regexExamples,
		numberExamples, timeExamples, networkExamples, hashExamples, encodingExamples,
		yamlExamples, conversionExamples, fileExamples, templateExamples, impureExamples,
	)
}

func TestExamples(t *testing.T) {
	for _, e := range examples() {
		t.Run(e.expr, func(t *testing.T) {
			got, err := evaluate(t, functions.Table(scope()), e.expr)
			if want, isError := strings.CutPrefix(e.want, "error: "); isError {
				if err == nil {
					t.Fatalf("got %s, want an error", show(got))
				}
				if !strings.Contains(err.Error(), want) {
					t.Fatalf("error %q does not speak of %q", err, want)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if shown := show(got); shown != e.want {
				t.Errorf("got  %s\nwant %s", shown, e.want)
			}
		})
	}
}

// TestEveryFunctionHasExamples wants a result and a failure, or an unknown
// result, for each function, as far as it can fail.
func TestEveryFunctionHasExamples(t *testing.T) {
	results, others := map[string]bool{}, map[string]bool{}
	for _, e := range examples() {
		name, _, _ := strings.Cut(e.expr, "(")
		if strings.HasPrefix(e.want, "error: ") || strings.Contains(e.want, "unknown") {
			others[name] = true
		} else {
			results[name] = true
		}
	}
	for name := range functions.Table(scope()) {
		if plain, isCore := strings.CutPrefix(name, "core::"); isCore {
			if _, ok := functions.Table(scope())[plain]; !ok {
				t.Errorf("%s has no plain name", name)
			}
			continue
		}
		_, impure := functions.Unknown(name)
		never := impure || name == "list" || name == "map"
		if !results[name] && !never {
			t.Errorf("no example of what %s() gives", name)
		}
		if !others[name] {
			t.Errorf("no example of %s() failing or not knowing", name)
		}
	}
}

// call is one example that gives a known result, with its arguments evaluated.
type call struct {
	expr string
	name string
	args []cty.Value
	want cty.Value
}

func calls(t *testing.T) []call {
	table := functions.Table(scope())
	var all []call
	for _, e := range examples() {
		parsed, _ := hclsyntax.ParseExpression([]byte(e.expr), "test", hcl.InitialPos)
		fn, ok := parsed.(*hclsyntax.FunctionCallExpr)
		if !ok || fn.ExpandFinal || strings.HasPrefix(e.want, "error: ") || fn.Name == "try" || fn.Name == "can" || fn.Name == "convert" {
			continue
		}
		c := call{expr: e.expr, name: fn.Name}
		for _, arg := range fn.Args {
			v, diags := arg.Value(&hcl.EvalContext{Functions: table, Variables: variables()})
			if diags.HasErrors() {
				t.Fatal(diags)
			}
			c.args = append(c.args, v)
		}
		c.want, _ = table[fn.Name].Call(c.args)
		all = append(all, c)
	}
	return all
}

// TestUnknownArguments replaces each argument of each example by a value that is
// not known: the result may stay what it was, but must not become another.
func TestUnknownArguments(t *testing.T) {
	for _, c := range calls(t) {
		for i := range c.args {
			for _, hidden := range []cty.Value{cty.DynamicVal, cty.UnknownVal(c.args[i].Type())} {
				args := slices.Clone(c.args)
				args[i] = hidden
				got, err := functions.Table(scope())[c.name].Call(args)
				if c.name == "assumenotnull" && hidden == cty.DynamicVal {
					continue // wants the type to be known
				}
				if err != nil {
					t.Errorf("%s fails when argument %d is not known: %s", c.expr, i+1, err)
					continue
				}
				if got.IsWhollyKnown() && !got.RawEquals(c.want) {
					t.Errorf("%s is %s when argument %d is not known", c.expr, show(got), i+1)
				}
			}
		}
	}
}

// TestMarksSpread marks each argument of each example: the result must carry
// the mark, and be the same apart from it.
func TestMarksSpread(t *testing.T) {
	type mark string
	const tracked = mark("tracked")
	// What these give does not come from that argument.
	free := map[string]bool{"coalesce 2": true, "issensitive 0": true, "lookup 2": true}
	for _, c := range calls(t) {
		for i := range c.args {
			args := slices.Clone(c.args)
			args[i] = args[i].Mark(tracked)
			got, err := functions.Table(scope())[c.name].Call(args)
			if err != nil {
				t.Errorf("%s fails when argument %d is marked: %s", c.expr, i+1, err)
				continue
			}
			plain, marks := got.UnmarkDeep()
			if _, ok := marks[tracked]; !ok && !free[fmt.Sprint(c.name, " ", i)] {
				t.Errorf("%s loses the mark of argument %d", c.expr, i+1)
			}
			if want, _ := c.want.UnmarkDeep(); !plain.RawEquals(want) {
				t.Errorf("%s is %s when argument %d is marked", c.expr, show(got), i+1)
			}
		}
	}
}

func TestTablesAreIndependent(t *testing.T) {
	first, second := functions.Table(scope()), functions.Table(scope())
	names := slices.Sorted(maps.Keys(first))
	clear(first)
	if !slices.Equal(names, slices.Sorted(maps.Keys(second))) {
		t.Error("clearing one table changed another")
	}
}

func TestUnknown(t *testing.T) {
	for name, want := range map[string]string{
		"timestamp":     "timestamp() is computed when Terraform runs",
		"plantimestamp": "plantimestamp() is computed when Terraform runs",
		"uuid":          "uuid() gives another result each time Terraform runs",
		"bcrypt":        "bcrypt() gives another result each time Terraform runs",
		"rsadecrypt":    "rsadecrypt() needs a private key, which drlint does not use",
	} {
		if why, ok := functions.Unknown(name); why != want || !ok {
			t.Errorf("Unknown(%q) = %q, %v", name, why, ok)
		}
	}
	if why, ok := functions.Unknown("upper"); ok {
		t.Errorf("upper() is unknown because %s", why)
	}
}

func TestReasons(t *testing.T) {
	v := cty.TupleVal([]cty.Value{
		cty.DynamicVal.Mark(functions.Why("b")),
		cty.StringVal("x").Mark(functions.Why("a")).Mark(functions.Sensitive),
		cty.DynamicVal.Mark(functions.Why("b")),
	})
	plain, whys := functions.Reasons(v)
	if !slices.Equal(whys, []string{"a", "b"}) || plain.ContainsMarked() {
		t.Errorf("Reasons = %#v, %q", plain, whys)
	}
}

var impureExamples = []example{
	{`timestamp()`, "unknown string timestamp() is computed when Terraform runs"},
	{`plantimestamp()`, "unknown string plantimestamp() is computed when Terraform runs"},
	{`core::uuid()`, "unknown string uuid() gives another result each time Terraform runs"},
	{`uuid()`, "unknown string uuid() gives another result each time Terraform runs"},
	{`bcrypt("x", 12)`, "unknown string bcrypt() gives another result each time Terraform runs"},
	{`rsadecrypt("x", "y")`, "unknown string rsadecrypt() needs a private key, which drlint does not use"},
	{`upper("run-${timestamp()}")`, "unknown string timestamp() is computed when Terraform runs"},
	{`bcrypt()`, "error: Not enough function arguments"},
}
