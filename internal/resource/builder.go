package resource

import "github.com/drlint/drlint/internal/source"

// Builder gathers the members of an object, such as the attributes of a resource.
type Builder struct {
	At     source.Range
	Fields []Field
}

// Add sets a member unless its value is absent. The name stands where the value
// does when at is zero.
func (b *Builder) Add(name string, at source.Range, v Value) {
	if v.State == Absent {
		return
	}
	if at.IsZero() {
		at = v.At
	}
	b.Fields = append(b.Fields, Field{Name: name, At: at, Value: v})
}

// Value is the object.
func (b *Builder) Value() Value { return ObjectAt(b.At, b.Fields...) }
