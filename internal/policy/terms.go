package policy

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/drlint/drlint/internal/policy/value"
)

// schema is a JSON schema in the decoded form that the compiler takes.
type schema = map[string]any

var (
	textType    = schema{"type": "string"}
	numberType  = schema{"type": "number"}
	booleanType = schema{"type": "boolean"}
	anyType     = schema{}
)

func listType(items schema) schema { return schema{"type": "array", "items": items} }

// openType is an object whose keys only users know.
func openType(values schema) schema {
	return schema{"type": "object", "additionalProperties": values}
}

// vocabulary numbers the keys of all shapes.
var vocabulary = value.NewVocabulary()

// shape lists the keys of an object that rules see, and for each its schema and
// how it is made from a T. Input and schema come from the same list, so they
// cannot differ.
type shape[T any] struct {
	fields []field[T]
	record *value.Shape
}

type field[T any] struct {
	name   string
	schema schema
	// term may return nil: the object then has no such key.
	term func(*builder, T) *ast.Term
}

func key[T any](name string, of schema, term func(*builder, T) *ast.Term) field[T] {
	return field[T]{name, of, term}
}

func newShape[T any](fields ...field[T]) shape[T] {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.name
	}
	return shape[T]{fields, vocabulary.Shape(names...)}
}

func (s shape[T]) term(b *builder, of T) *ast.Term {
	if len(s.fields) <= len(tuple{}.terms) {
		return s.shared(b, of)
	}
	return s.own(b, of).Term()
}

// own returns a record of its own for a value.
func (s shape[T]) own(b *builder, of T) *value.Record {
	terms := make([]*ast.Term, len(s.fields))
	for i := range s.fields {
		terms[i] = s.fields[i].term(b, of)
	}
	return value.NewRecord(s.record, terms)
}

// shared returns the record that was made of the same terms before, if any.
func (s shape[T]) shared(b *builder, of T) *ast.Term {
	id := tuple{of: s.record}
	for i := range s.fields {
		id.terms[i] = s.fields[i].term(b, of)
	}
	term, ok := b.objects[id]
	if !ok {
		term = value.NewRecord(s.record, slices.Clone(id.terms[:len(s.fields)])).Term()
		b.objects[id] = term
	}
	return term
}

// tuple identifies an object or a list by the terms in it. They are shared
// themselves, so what is equal has, as a rule, equal tuples.
type tuple struct {
	of    *value.Shape // nil for a list
	terms [14]*ast.Term
}

func (s shape[T]) schema() schema {
	properties := schema{}
	for _, f := range s.fields {
		properties[f.name] = f.schema
	}
	return schema{"type": "object", "properties": properties, "additionalProperties": false}
}

// builder makes terms for one goroutine and shares the ones that repeat: names
// of mechanisms, regions, equal facts, and objects that are made of equal terms.
// Most of what is said about an asset is said about others too, so this saves
// most of the time and memory that the input of the rules takes.
type builder struct {
	texts   map[string]*ast.Term
	facts   map[factKey]*ast.Term
	objects map[tuple]*ast.Term
}

func newBuilder() *builder {
	return &builder{texts: map[string]*ast.Term{}, facts: map[factKey]*ast.Term{}, objects: map[tuple]*ast.Term{}}
}

// text makes a string that is unlikely to repeat.
func text(value string) *ast.Term {
	if value == "" {
		return ast.InternedEmptyString
	}
	return ast.StringTerm(value)
}

// word makes a string out of a small vocabulary.
func (b *builder) word(value string) *ast.Term {
	term, ok := b.texts[value]
	if !ok {
		term = text(value)
		b.texts[value] = term
	}
	return term
}

func boolean(value bool) *ast.Term { return ast.InternedTerm(value) }

// number writes whole numbers without a fraction, so that 7.0 is shown as 7.
func number(value float64) *ast.Term {
	return ast.NumberTerm(json.Number(strconv.FormatFloat(value, 'f', -1, 64)))
}

// scalar makes a fact's value: string, float64 or bool.
func (b *builder) scalar(value any) *ast.Term {
	switch value := value.(type) {
	case string:
		return text(value)
	case float64:
		return number(value)
	case bool:
		return boolean(value)
	default:
		return nil
	}
}

// list makes an array and shares it if it is short.
func list[T any](b *builder, items []T, term func(T) *ast.Term) *ast.Term {
	if len(items) == 0 {
		return emptyList
	}
	terms := make([]*ast.Term, len(items))
	for i, item := range items {
		terms[i] = term(item)
	}
	id := tuple{}
	if copy(id.terms[:], terms) < len(terms) {
		return value.NewList(terms...).Term()
	}
	made, ok := b.objects[id]
	if !ok {
		made = value.NewList(terms...).Term()
		b.objects[id] = made
	}
	return made
}

var emptyList, emptyObject = value.NewList().Term(), value.NewObject().Term()

func (b *builder) words(items []string) *ast.Term { return list(b, items, b.word) }

// mapping makes an object out of a Go map, in a fixed order.
func mapping[V any](b *builder, entries map[string]V, term func(V) *ast.Term) *ast.Term {
	if len(entries) == 0 {
		return emptyObject
	}
	made := value.NewObject()
	for _, name := range slices.Sorted(maps.Keys(entries)) {
		made.Put(b.word(name), term(entries[name]))
	}
	return made.Term()
}
