package expression

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// contexts are what the expressions of the tests can see.
func contexts(path []string) resource.Value {
	values := map[string]resource.Value{
		"parameters.env":     resource.StringAt(source.Range{}, "Prod"),
		"parameters.on":      resource.BoolAt(source.Range{}, true),
		"parameters.off":     resource.StringAt(source.Range{}, "false"),
		"parameters.none":    resource.NullAt(source.Range{}),
		"parameters.count":   resource.NumberAt(source.Range{}, 3),
		"parameters.list":    resource.ListAt(source.Range{}, resource.StringAt(source.Range{}, "a"), resource.StringAt(source.Range{}, "b")),
		"parameters.object":  object("name", "x", "region", "y"),
		"parameters.objects": resource.ListAt(source.Range{}, object("name", "x"), object("name", "y")),
	}
	if len(path) < 2 {
		return resource.UnknownAt(source.Range{}, "it depends on the run")
	}
	v, ok := values[path[0]+"."+path[1]]
	if !ok {
		return resource.UnknownAt(source.Range{}, "it depends on the run")
	}
	for _, key := range path[2:] {
		v = Member(v, key)
	}
	return v
}

func object(pairs ...string) resource.Value {
	v := resource.ObjectAt(source.Range{})
	for i := 0; i < len(pairs); i += 2 {
		v.Fields = append(v.Fields, resource.Field{Name: pairs[i], Value: resource.StringAt(source.Range{}, pairs[i+1])})
	}
	return v
}

func show(v resource.Value) string {
	switch {
	case v.IsUnknown():
		return "unknown " + strings.ReplaceAll(v.Hint, string(resource.Hole), "…")
	case v.IsAbsent():
		return "null"
	case v.Kind == resource.List:
		var items []string
		for _, item := range v.Items {
			items = append(items, show(item))
		}
		return "[" + strings.Join(items, " ") + "]"
	case v.Kind == resource.Object:
		return "object"
	}
	return Text(v)
}

func TestEvaluate(t *testing.T) {
	tests := map[string]string{
		// Literals and contexts.
		"'it''s'":                     "it's",
		"TRUE":                        "True",
		"null":                        "null",
		"1.50":                        "1.5",
		"1.2.3":                       "1.2.3",
		"parameters.env":              "Prod",
		"parameters['env']":           "Prod",
		"parameters.list[1]":          "b",
		"parameters.object.Name":      "x",
		"parameters.object['region']": "y",
		"parameters.objects.*.name":   "[x y]",
		"parameters.unset":            "unknown ",
		"variables[parameters.unset]": "unknown ",
		// The right operand takes the type of the left one, and texts ignore case.
		"eq(parameters.env, 'PROD')":                "True",
		"eq(parameters.on, 'yes')":                  "True",
		"eq('True', true)":                          "True",
		"eq(parameters.off, false)":                 "True",
		"eq(3, '3.0')":                              "True",
		"eq(parameters.none, '')":                   "True",
		"eq('', null)":                              "True",
		"eq(parameters.object, 'x')":                "False",
		"ne(parameters.env, 'dev')":                 "True",
		"gt(parameters.count, '2')":                 "True",
		"le('b', 'A')":                              "False",
		"ge('1.10.0', '1.9.0')":                     "True",
		"lt(1, 'x')":                                "False",
		"in('a', 'b', 'A')":                         "True",
		"notIn('a', 'b')":                           "True",
		"in('a', variables.x, 'A')":                 "True",
		"in('a', variables.x, 'b')":                 "unknown ",
		"and(true, 'x', 1)":                         "True",
		"and(variables.x, false)":                   "False",
		"and(variables.x, true)":                    "unknown ",
		"or(variables.x, true)":                     "True",
		"or('', 0, null)":                           "False",
		"not('')":                                   "True",
		"not(variables.x)":                          "unknown ",
		"xor(true, false)":                          "True",
		"contains('Production', 'PROD')":            "True",
		"startsWith('refs/heads/x', 'refs/heads/')": "True",
		"endsWith(variables.x, 'a')":                "unknown ",
		"containsValue(parameters.list, 'B')":       "True",
		"containsValue(parameters.object, 'z')":     "False",
		// Texts.
		"lower('AbC')":                             "abc",
		"upper(trim('  a '))":                      "A",
		"replace('a-b-c', '-', '')":                "abc",
		"replace('a', '', 'b')":                    "a",
		"split('a,b', ',')[1]":                     "b",
		"join('-', parameters.list)":               "a-b",
		"join('-', 'x')":                           "x",
		"length(parameters.list)":                  "2",
		"length('äb')":                             "2",
		"coalesce(parameters.none, '', 'x')":       "x",
		"coalesce(variables.x, 'x')":               "unknown ",
		"iif(eq(1, 2), 'a', 'b')":                  "b",
		"format('{0}-{1}{{}}', parameters.env, 1)": "Prod-1{}",
		"format('a-{0}-b', variables.x)":           "unknown a-…-b",
		"format('{0:yyyy}', 'x')":                  "unknown …",
		"format('{9}', 'x')":                       "unknown ",
		"counter('a', 1)":                          "unknown ",
		"convertToJson(parameters.object)":         "{\n  \"name\": \"x\",\n  \"region\": \"y\"\n}",
		"convertToJson(parameters.list)":           "[\n  \"a\",\n  \"b\"\n]",
		// The status functions answer for a run that goes well.
		"and(succeeded(), not(failed('a')), not(canceled()))": "True",
		"or(always(), variables.x)":                           "True",
		"succeededOrFailed()":                                 "True",
	}
	for text, want := range tests {
		v, err := Evaluate(text, source.Range{File: "f", End: 1}, contexts)
		if err != nil {
			t.Errorf("%s: %v", text, err)
		} else if got := show(v); got != want {
			t.Errorf("%s = %s, want %s", text, got, want)
		} else if v.At.File != "f" {
			t.Errorf("%s has no place", text)
		} else if v.IsUnknown() && v.Why == "" {
			t.Errorf("%s is unknown without a reason", text)
		}
	}
}

func TestWrong(t *testing.T) {
	for _, text := range []string{
		"", "eq(1", "eq(1)", "nope(1)", "a b", "'x", "a.", "a[1", ")", "a == b", "1..2", "eq(1,,2)", "&",
		strings.Repeat("not(", 60) + "true" + strings.Repeat(")", 60), strings.Repeat("x", 30_000),
	} {
		if v, err := Evaluate(text, source.Range{}, contexts); err == nil {
			t.Errorf("%.40s = %s, want an error", text, show(v))
		}
	}
}

func TestPath(t *testing.T) {
	tests := map[string][]string{
		"parameters.a":      {"parameters", "a"},
		" parameters['a'] ": {"parameters", "a"},
		"eq(a, b)":          nil,
		"lower(a).b":        nil,
		"true":              nil,
		"'a'":               nil,
		"a b":               nil,
	}
	for text, want := range tests {
		if diff := cmp.Diff(want, Path(text)); diff != "" {
			t.Errorf("Path(%q) (-want +got):\n%s", text, diff)
		}
	}
}

func TestSplit(t *testing.T) {
	got := Split("a ${{ b }}${{ '}}' }} ${{ c")
	want := []Part{
		{Start: 0, End: 2, Text: "a "},
		{Start: 2, End: 10, Expression: true, Text: " b "},
		{Start: 10, End: 21, Expression: true, Text: " '}}' "},
		{Start: 21, End: 27, Text: " ${{ c"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func FuzzEvaluate(f *testing.F) {
	for _, text := range []string{"and(eq(a.b, 'c'), not(d['e'][0]))", "format('{0}', split('a', ','))", "convertToJson(x.*)", "1.2.3"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		v, err := Evaluate(text, source.Range{}, contexts)
		if err == nil && v.IsUnknown() && v.Why == "" {
			t.Errorf("%q is unknown without a reason", text)
		}
		Split(text)
		Path(text)
	})
}
