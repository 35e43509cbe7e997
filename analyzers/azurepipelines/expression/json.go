package expression

import (
	"encoding/json"
	"strings"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// convertToJSON writes a value as JSON, indented by two spaces.
func convertToJSON(args []resource.Value) resource.Value {
	if v, unknown := firstUnknown(args...); unknown {
		return resource.UnknownAt(source.Range{}, v.Why)
	}
	var b strings.Builder
	writeJSON(&b, args[0], "\n", 0)
	if b.Len() > maxText {
		return resource.UnknownAt(source.Range{}, "the text is longer than is followed")
	}
	return resource.StringAt(source.Range{}, b.String())
}

// writeJSON stops adding once the text is longer than is followed.
func writeJSON(b *strings.Builder, v resource.Value, indent string, depth int) {
	if b.Len() > maxText || depth > maxDepth {
		return
	}
	inner := indent + "  "
	switch {
	case v.IsAbsent():
		b.WriteString("null")
	case v.Kind == resource.List && len(v.Items) == 0:
		b.WriteString("[]")
	case v.Kind == resource.List:
		b.WriteByte('[')
		for i, item := range v.Items {
			separate(b, i, inner)
			writeJSON(b, item, inner, depth+1)
		}
		b.WriteString(indent + "]")
	case v.Kind == resource.Object && len(v.Fields) == 0:
		b.WriteString("{}")
	case v.Kind == resource.Object:
		b.WriteByte('{')
		for i, f := range v.Fields {
			separate(b, i, inner)
			writeText(b, f.Name)
			b.WriteString(": ")
			writeJSON(b, f.Value, inner, depth+1)
		}
		b.WriteString(indent + "}")
	case v.Kind == resource.String:
		writeText(b, v.Text)
	default:
		text, _ := v.AsString()
		b.WriteString(text)
	}
}

func separate(b *strings.Builder, index int, indent string) {
	if index > 0 {
		b.WriteByte(',')
	}
	b.WriteString(indent)
}

func writeText(b *strings.Builder, text string) {
	if encoded, err := json.Marshal(text); err == nil {
		b.Write(encoded)
	}
}
