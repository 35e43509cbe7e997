package expression

import (
	"encoding/json"
	"strings"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// toJSON follows texts, numbers and booleans; objects and lists keep the order
// and form that GitHub gives them, which no policy needs.
func toJSON(args []resource.Value) resource.Value {
	v := args[0]
	switch {
	case v.IsUnknown():
		return resource.Value{State: resource.Unknown, Why: v.Why, Origin: v.Origin}
	case v.IsAbsent():
		return resource.StringAt(source.Range{}, "null")
	case v.Kind == resource.Bool || v.Kind == resource.Number:
		return resource.StringAt(source.Range{}, Text(v))
	case v.Kind == resource.String:
		encoded, err := json.Marshal(v.Text)
		if err == nil {
			return resource.StringAt(source.Range{}, string(encoded))
		}
	}
	return resource.UnknownAt(source.Range{}, "toJSON of an object or list is not followed")
}

// maxJSON bounds the text that fromJSON reads, and with it the nesting.
const maxJSON = 8 << 10

func fromJSON(args []resource.Value) resource.Value {
	text, ok := args[0].AsString()
	switch {
	case args[0].IsUnknown():
		return resource.Value{State: resource.Unknown, Why: args[0].Why, Origin: args[0].Origin}
	case !ok || len(text) > maxJSON:
		return resource.UnknownAt(source.Range{}, "fromJSON gets no text that can be read")
	}
	decoder := json.NewDecoder(strings.NewReader(text))
	v, err := decode(decoder, 0)
	if err != nil || decoder.More() {
		return resource.UnknownAt(source.Range{}, "fromJSON gets no valid JSON")
	}
	return v
}

// decode keeps the order of members, which a map would lose.
func decode(decoder *json.Decoder, depth int) (resource.Value, error) {
	if depth > maxDepth {
		return resource.Value{}, errorf("the JSON nests deeper than %d levels", maxDepth)
	}
	t, err := decoder.Token()
	if err != nil {
		return resource.Value{}, err
	}
	switch t := t.(type) {
	case bool:
		return boolean(t), nil
	case float64:
		return resource.NumberAt(source.Range{}, t), nil
	case string:
		return resource.StringAt(source.Range{}, t), nil
	case json.Delim:
		if t == '[' {
			return decodeList(decoder, depth)
		}
		return decodeObject(decoder, depth)
	}
	return resource.NullAt(source.Range{}), nil
}

func decodeList(decoder *json.Decoder, depth int) (resource.Value, error) {
	v := resource.ListAt(source.Range{})
	for decoder.More() {
		item, err := decode(decoder, depth+1)
		if err != nil {
			return v, err
		}
		v.Items = append(v.Items, item)
	}
	_, err := decoder.Token()
	return v, err
}

func decodeObject(decoder *json.Decoder, depth int) (resource.Value, error) {
	v := resource.ObjectAt(source.Range{})
	for decoder.More() {
		key, err := decoder.Token()
		if err != nil {
			return v, err
		}
		member, err := decode(decoder, depth+1)
		if err != nil {
			return v, err
		}
		if name, ok := key.(string); ok && v.Get(name).State == resource.Absent {
			v.Fields = append(v.Fields, resource.Field{Name: name, Value: member})
		}
	}
	_, err := decoder.Token()
	return v, err
}
