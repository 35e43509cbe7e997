package datafactory

import (
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/syntax/jsonc"
)

const azapiResource = "azapi_resource"

// jsonText reads JSON that a resource carries as a text; an object or a list
// is returned as it is. Everything in it is placed at the text. Holes of a text
// that is partly unknown become unknown values where they stand in strings.
func jsonText(v resource.Value) resource.Value {
	text, ok := v.AsString()
	switch {
	case v.IsUnknown() && v.Hint != "":
		text = v.Hint
	case !ok || v.Kind != resource.String:
		return v
	}
	parsed, problems := jsonc.Parse(v.At.File, []byte(text), jsonc.Options{Comments: true, TrailingCommas: true, MultilineStrings: true})
	if len(problems) > 0 {
		why := "it is not valid JSON"
		if v.Why != "" {
			why = v.Why
		}
		return resource.UnknownAt(v.At, why)
	}
	return relocated(parsed, v)
}

// relocated places a value at the text that it was read from.
func relocated(v, text resource.Value) resource.Value {
	v.At, v.Origin = text.At, text.Origin
	if v.Kind == resource.String && v.State == resource.Known && hasHole(v.Text) {
		open := resource.UnknownAt(text.At, text.Why)
		open.Hint, open.Refs = v.Text, text.Refs
		return open
	}
	for i := range v.Items {
		v.Items[i] = relocated(v.Items[i], text)
	}
	for i := range v.Fields {
		v.Fields[i].At = text.At
		v.Fields[i].Value = relocated(v.Fields[i].Value, text)
	}
	return v
}

func hasHole(text string) bool {
	for _, char := range text {
		if char == resource.Hole {
			return true
		}
	}
	return false
}
