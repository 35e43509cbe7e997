package config

import (
	"bytes"
	"cmp"
	_ "embed"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/bmatcuk/doublestar/v4"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"
	"golang.org/x/text/language"
	"golang.org/x/text/message"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

//go:embed drlint.schema.json
var schemaText []byte

// compiled is the published schema, compiled at its first use: most runs have
// no configuration.
var compiled = sync.OnceValues(func() (*jsonschema.Schema, error) {
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(schemaText))
	if err != nil {
		return nil, err
	}
	compiler := jsonschema.NewCompiler()
	for name, check := range formats {
		compiler.RegisterFormat(&jsonschema.Format{Name: name, Validate: func(v any) error {
			if _, text := v.(string); !text {
				return nil // its type is wrong, which is reported already
			}
			return check(v)
		}})
	}
	compiler.AssertFormat()
	if err := compiler.AddResource("drlint.schema.json", document); err != nil {
		return nil, err
	}
	return compiler.Compile("drlint.schema.json")
})

func problem(at source.Range, summary, detail string) source.Diagnostic {
	return source.Diagnostic{Code: "config/invalid", Severity: source.Error, Summary: summary, Detail: detail, At: at}
}

// validate checks the document against the schema and its globs against their
// syntax, and places every problem.
func validate(file string, root resource.Value) []source.Diagnostic {
	schema, err := compiled()
	if err != nil {
		return []source.Diagnostic{problem(root.At, "the configuration schema does not compile: "+err.Error(), "")}
	}
	var problems []source.Diagnostic
	var invalid *jsonschema.ValidationError
	if errors.As(schema.Validate(plain(root)), &invalid) {
		for _, leaf := range leaves(invalid) {
			problems = append(problems, explain(root, leaf)...)
		}
	}
	problems = append(problems, checkGlobs(root)...)
	problems = append(problems, checkEnvironments(file, root)...)
	slices.SortStableFunc(problems, func(a, b source.Diagnostic) int { return a.At.Compare(b.At) })
	return problems
}

func leaves(e *jsonschema.ValidationError) []*jsonschema.ValidationError {
	if len(e.Causes) == 0 {
		return []*jsonschema.ValidationError{e}
	}
	if _, oneOfSeveral := e.ErrorKind.(*kind.AnyOf); oneOfSeveral {
		return []*jsonschema.ValidationError{e}
	}
	var found []*jsonschema.ValidationError
	for _, cause := range e.Causes {
		found = append(found, leaves(cause)...)
	}
	return found
}

var english = message.NewPrinter(language.English)

func explain(root resource.Value, e *jsonschema.ValidationError) []source.Diagnostic {
	at, where := locate(root, e.InstanceLocation), strings.Join(e.InstanceLocation, ".")
	switch reason := e.ErrorKind.(type) {
	case *kind.AdditionalProperties:
		var problems []source.Diagnostic
		known := allowed(e.SchemaURL)
		for _, name := range reason.Properties {
			summary := fmt.Sprintf("unknown key %q%s", name, within(where))
			problems = append(problems, problem(keyOf(root, e.InstanceLocation, name), summary, DidYouMean(name, known)))
		}
		return problems
	case *kind.Pattern:
		return []source.Diagnostic{problem(at, fmt.Sprintf("%s cannot be %q: it has no space, @ or #", where, reason.Got), "")}
	case *kind.AnyOf:
		section, names := e.InstanceLocation[0], alternatives(e.SchemaURL)
		last := len(names) - 1
		return []source.Diagnostic{problem(at, fmt.Sprintf("an entry of %s needs at least one of %s and %s", section, strings.Join(names[:last], ", "), names[last]), "")}
	case *kind.Format:
		return []source.Diagnostic{problem(at, fmt.Sprintf("%s cannot be %q: %v", where, reason.Got, reason.Err), "")}
	case *kind.Enum:
		value := fmt.Sprint(reason.Got)
		var want []string
		for _, w := range reason.Want {
			want = append(want, fmt.Sprint(w))
		}
		return []source.Diagnostic{problem(at, fmt.Sprintf("%s cannot be %q; it is one of %s", where, value, strings.Join(want, ", ")), DidYouMean(value, want))}
	case *kind.Type:
		format, _ := schemaAt(e.SchemaURL)["format"].(string)
		if check, ok := formats[format]; ok {
			return []source.Diagnostic{problem(at, fmt.Sprintf("%s is no text: %v", where, check(nil)), "")}
		}
		return []source.Diagnostic{problem(at, subjectOf(where)+": "+e.ErrorKind.LocalizedString(english), "")}
	default:
		return []source.Diagnostic{problem(at, subjectOf(where)+": "+e.ErrorKind.LocalizedString(english), "")}
	}
}

func subjectOf(where string) string { return cmp.Or(where, "the configuration") }

func within(where string) string {
	if where == "" {
		return ""
	}
	return " in " + where
}

// allowed lists the property names of the schema that rejected a key.
func allowed(url string) (names []string) {
	properties, _ := schemaAt(url)["properties"].(map[string]any)
	for name := range properties {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// alternatives lists the keys of which a schema requires any, in its order.
func alternatives(url string) (names []string) {
	choices, _ := schemaAt(url)["anyOf"].([]any)
	for _, choice := range choices {
		object, _ := choice.(map[string]any)
		required, _ := object["required"].([]any)
		for _, name := range required {
			names = append(names, fmt.Sprint(name))
		}
	}
	return names
}

// schemaAt returns the part of the schema that a URL with a JSON pointer names.
func schemaAt(url string) map[string]any {
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(schemaText))
	if err != nil {
		return nil
	}
	_, pointer, _ := strings.Cut(url, "#")
	for step := range strings.SplitSeq(strings.Trim(pointer, "/"), "/") {
		if step == "" {
			continue
		}
		switch of := document.(type) {
		case map[string]any:
			document = of[strings.NewReplacer("~1", "/", "~0", "~").Replace(step)]
		case []any:
			if index, err := strconv.Atoi(step); err == nil && index < len(of) {
				document = of[index]
			}
		default:
			return nil
		}
	}
	object, _ := document.(map[string]any)
	return object
}

func checkGlobs(root resource.Value) (problems []source.Diagnostic) {
	check := func(v resource.Value) {
		if glob, ok := v.AsString(); ok && !doublestar.ValidatePattern(glob) {
			problems = append(problems, problem(v.At, fmt.Sprintf("%q is not a valid glob", glob), ""))
		}
	}
	for _, list := range []string{"include", "exclude"} {
		for _, item := range root.Get(list).Blocks() {
			check(item)
		}
	}
	lists := []string{"stages", "ignore", "attestations"}
	for _, section := range sections {
		lists = append(lists, section.name)
	}
	for _, list := range lists {
		for _, entry := range root.Get(list).Blocks() {
			for _, name := range []string{"address", "name", "path", "host", "rule"} {
				check(entry.Get(name))
			}
		}
	}
	return problems
}

// locate finds the place of a JSON pointer; a part that does not exist yields
// the place of its parent.
func locate(v resource.Value, pointer []string) source.Range {
	for _, step := range pointer {
		if index, err := strconv.Atoi(step); err == nil && v.Kind == resource.List && index < len(v.Items) {
			v = v.Items[index]
		} else {
			v = v.Get(step)
		}
	}
	return v.At
}

func keyOf(v resource.Value, pointer []string, name string) source.Range {
	for _, step := range pointer {
		if index, err := strconv.Atoi(step); err == nil && v.Kind == resource.List && index < len(v.Items) {
			v = v.Items[index]
		} else {
			v = v.Get(step)
		}
	}
	for _, field := range v.Fields {
		if field.Name == name {
			return field.At
		}
	}
	return v.At
}

// plain converts a value for the schema validator and for rules' settings.
func plain(v resource.Value) any {
	switch v.Kind {
	case resource.Bool:
		return v.Truth
	case resource.Number:
		return v.Num
	case resource.String:
		return v.Text
	case resource.List:
		items := make([]any, 0, len(v.Items))
		for _, item := range v.Items {
			items = append(items, plain(item))
		}
		return items
	case resource.Object:
		fields := make(map[string]any, len(v.Fields))
		for _, field := range v.Fields {
			fields[field.Name] = plain(field.Value)
		}
		return fields
	default:
		return nil
	}
}
