package datafactory

import (
	"regexp"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/resource"
)

// placeholder matches what deployment tools put values in place of:
// "__NAME__", "#{NAME}#", "{{ name }}", "${NAME}", "$(NAME)", "%%NAME%%" and
// "<name>".
var placeholder = regexp.MustCompile(`__[A-Za-z][A-Za-z0-9_]*?__|#\{[^{}#]+\}#?|\{\{\s*[A-Za-z_][\w.-]*\s*\}\}|\$\{[A-Za-z_][\w.]*\}|\$\([A-Za-z_][\w.]*\)|%%[A-Za-z_]\w*%%|<[A-Za-z_][\w-]*>`)

// code are the members whose texts are code of another language, in which the
// same characters mean something else.
var code = []string{
	"script", "scriptLines", "content", "text", "sqlReaderQuery", "query", "oracleReaderQuery", "preCopyScript",
	"body", "description", "annotations", "condition", "expression", "pattern",
}

// filled replaces texts with a placeholder by unknown values, in a copy.
func filled(v resource.Value) resource.Value {
	if v.State != resource.Known {
		return v
	}
	switch v.Kind {
	case resource.String:
		return fillText(v)
	case resource.List:
		v.Items = slices.Clone(v.Items)
		for i := range v.Items {
			v.Items[i] = filled(v.Items[i])
		}
	case resource.Object:
		v.Fields = slices.Clone(v.Fields)
		for i, field := range v.Fields {
			if !slices.Contains(code, field.Name) {
				v.Fields[i].Value = filled(field.Value)
			}
		}
	}
	return v
}

func fillText(v resource.Value) resource.Value {
	if !strings.ContainsAny(v.Text, "_#{$%<") {
		return v
	}
	found := placeholder.FindString(v.Text)
	if found == "" {
		return v
	}
	open := resource.UnknownAt(v.At, found+" is a placeholder that the deployment fills in")
	open.Hint = placeholder.ReplaceAllString(v.Text, string(resource.Hole))
	return open
}
