package deployment

import (
	"io/fs"
	"strings"

	"github.com/drlint/drlint/analyzers/arm/functions"
	"github.com/drlint/drlint/internal/guard"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
	"github.com/drlint/drlint/internal/syntax/jsonc"
)

// Parameter is one value that a parameter file sets.
type Parameter struct {
	Name string
	// At is the name as written.
	At source.Range
	// Value is the value as written, unknown when it comes from a Key Vault.
	// Texts in it may hold the placeholders of deployment tools.
	Value resource.Value
}

// ReadParameters reads a parameter file in JSON. Its diagnostics say what of it
// could not be read.
func ReadParameters(fsys fs.FS, file string) ([]Parameter, []source.Diagnostic) {
	data, problem := guard.Read(fsys, file, guard.JSON)
	if problem != nil {
		return nil, []source.Diagnostic{*problem}
	}
	var list []Parameter
	var diagnostics []source.Diagnostic
	if problem := guard.Barrier(file, func() {
		var root resource.Value
		root, diagnostics = jsonc.Parse(file, data, jsonc.Options{Comments: true, TrailingCommas: true, MultilineStrings: true})
		list = parametersOf(root)
	}); problem != nil {
		diagnostics = append(diagnostics, *problem)
	}
	return list, diagnostics
}

// parametersOf reads the whole file, or the parameters alone, which some tools
// take as well.
func parametersOf(root resource.Value) (list []Parameter) {
	section, ok := functions.Member(root, "parameters")
	if !ok && strings.TrimSpace(textOf(root, "$schema")) == "" {
		section = root
	}
	for _, field := range section.Fields {
		if v, ok := ParameterValue(field.Name, field.Value); ok {
			list = append(list, Parameter{Name: field.Name, At: field.At, Value: v})
		}
	}
	return list
}

// ParameterValue reads {"value": …} or {"reference": {"keyVault": …}}; false
// when it is neither.
func ParameterValue(name string, set resource.Value) (resource.Value, bool) {
	if v, ok := functions.Member(set, "value"); ok {
		return v, true
	}
	if v, ok := functions.Member(set, "reference"); ok {
		return resource.UnknownAt(v.At, "parameter "+name+" comes from a Key Vault"), true
	}
	return resource.Value{}, false
}

func textOf(v resource.Value, name string) string {
	found, _ := functions.Member(v, name)
	text, _ := found.AsString()
	return text
}
