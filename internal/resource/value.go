// Package resource holds what every format is reduced to: resources with an
// evaluated, positioned value tree. It knows no format and no cloud.
package resource

import "github.com/drlint/drlint/internal/source"

// State says whether a value can be judged.
type State uint8

const (
	// Absent means that nothing is written. The provider's default applies, and only the
	// mapping of that resource type knows it.
	Absent State = iota
	// Known means that Kind and the matching field hold the value.
	Known
	// Unknown means that something is written which cannot be resolved; Why says
	// what would settle it.
	Unknown
)

// Kind is the shape of a known value.
type Kind uint8

// The kinds of known values. List also stands for sets and tuples, Object for maps.
const (
	Null Kind = iota
	Bool
	Number
	String
	List
	Object
)

// Hole stands in Value.Hint for a part of a string that is not known.
const Hole = '\uFFFC'

// Value is one evaluated value and where it was written.
type Value struct {
	State State
	Kind  Kind
	Text  string  // String
	Num   float64 // Number
	Truth bool    // Bool
	Items []Value // List
	// Fields are an object's members in written order, each name once.
	Fields []Field

	// At is the expression that was written, not the name before it. An absent
	// value has the place where it would have to be written: its parent's.
	At source.Range
	// Why completes the sentence "unknown because …": "var.replication has no default".
	Why string
	// Refs are the resources that the expression names, in order of appearance.
	// They are kept for known values too.
	Refs []Ref
	// Origin lists where inputs that decide the value were set, nearest first:
	// a module argument, a variable's default, a line of a variable file.
	Origin []source.Range
	// Hint is the readable part of an unknown string, with Hole for each part
	// that is not known ("\uFFFC-raw"). It may support an inference of names,
	// never a verdict.
	Hint string
}

// Field is one member of an object.
type Field struct {
	Name  string
	At    source.Range // the name as written
	Value Value
}

// Ref names a resource (Resource.ID) or all instances of one block (the same
// without an instance key), and the attribute that was asked for ("" for the
// whole resource).
type Ref struct {
	ID   string
	Attr string
}

// UnknownAt returns an unknown value.
func UnknownAt(at source.Range, why string) Value {
	return Value{State: Unknown, At: at, Why: why}
}

// StringAt returns a known string.
func StringAt(at source.Range, text string) Value {
	return Value{State: Known, Kind: String, At: at, Text: text}
}

// BoolAt returns a known boolean.
func BoolAt(at source.Range, truth bool) Value {
	return Value{State: Known, Kind: Bool, At: at, Truth: truth}
}

// NumberAt returns a known number.
func NumberAt(at source.Range, number float64) Value {
	return Value{State: Known, Kind: Number, At: at, Num: number}
}

// ListAt returns a known list.
func ListAt(at source.Range, items ...Value) Value {
	return Value{State: Known, Kind: List, At: at, Items: items}
}

// ObjectAt returns a known object.
func ObjectAt(at source.Range, fields ...Field) Value {
	return Value{State: Known, Kind: Object, At: at, Fields: fields}
}

// NullAt returns an explicit null.
func NullAt(at source.Range) Value { return Value{State: Known, Kind: Null, At: at} }
