package resource

import (
	"math"
	"strconv"
	"strings"
)

// IsKnown reports whether there is a value to judge. An explicit null counts as
// absent, as it does for every provider.
func (v Value) IsKnown() bool { return v.State == Known && v.Kind != Null }

// IsUnknown reports whether something is written that cannot be resolved.
func (v Value) IsUnknown() bool { return v.State == Unknown }

// IsAbsent reports whether nothing, or an explicit null, is written.
func (v Value) IsAbsent() bool { return v.State == Absent || v.State == Known && v.Kind == Null }

// Get returns a member of an object. A member of an unknown value is unknown
// for the same reason; a missing one is absent and placed at v.
func (v Value) Get(name string) Value {
	if v.State == Unknown {
		return v
	}
	for i := range v.Fields {
		if v.Fields[i].Name == name {
			return v.Fields[i].Value
		}
	}
	return Value{At: v.At}
}

// Path descends through members and blocks: "lifecycle.prevent_destroy". At
// each step a list stands for its first item, because Terraform writes nested
// blocks that may occur once as lists of one.
func (v Value) Path(path string) Value {
	for name := range strings.SplitSeq(path, ".") {
		v = v.Block().Get(name)
	}
	return v
}

// Block returns the object in a block that may occur once: the value itself, or
// a list's first item. An empty list is absent.
func (v Value) Block() Value {
	if v.State != Known || v.Kind != List {
		return v
	}
	if len(v.Items) == 0 {
		return Value{At: v.At}
	}
	return v.Items[0]
}

// Blocks returns the objects of a block that may repeat: a list's items, or an
// object by itself. An unknown value yields itself, so that what depends on it
// becomes unknown; an absent one yields nothing.
func (v Value) Blocks() []Value {
	switch {
	case v.IsAbsent():
		return nil
	case v.State == Known && v.Kind == List:
		return v.Items
	default:
		return []Value{v}
	}
}

// AsString returns a known string, or a known number or boolean as written.
func (v Value) AsString() (string, bool) {
	if v.State != Known {
		return "", false
	}
	switch v.Kind {
	case String:
		return v.Text, true
	case Number:
		return strconv.FormatFloat(v.Num, 'f', -1, 64), true
	case Bool:
		return strconv.FormatBool(v.Truth), true
	default:
		return "", false
	}
}

// AsBool returns a known boolean; the strings "true" and "false" convert as
// Terraform and ARM convert them.
func (v Value) AsBool() (value, ok bool) {
	if v.State != Known {
		return false, false
	}
	switch v.Kind {
	case Bool:
		return v.Truth, true
	case String:
		switch strings.ToLower(v.Text) {
		case "true":
			return true, true
		case "false":
			return false, true
		}
	}
	return false, false
}

// AsNumber returns a known number; numeric strings convert.
func (v Value) AsNumber() (float64, bool) {
	if v.State != Known {
		return 0, false
	}
	switch v.Kind {
	case Number:
		return v.Num, true
	case String:
		if number, err := strconv.ParseFloat(strings.TrimSpace(v.Text), 64); err == nil && !math.IsNaN(number) {
			return number, true
		}
	}
	return 0, false
}

// Strings returns the known strings of a list (a single string counts as a
// list of one) and whether that was all of it.
func (v Value) Strings() (texts []string, complete bool) {
	if v.IsAbsent() {
		return nil, true
	}
	complete = v.State == Known
	for _, item := range v.Blocks() {
		if text, ok := item.AsString(); ok {
			texts = append(texts, text)
		} else {
			complete = false
		}
	}
	return texts, complete
}
