package policy

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"

	"github.com/open-policy-agent/opa/v1/ast"
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

// shape lists the keys of an object that rules see, and for each its schema and
// how it is made from a T. Input and schema come from the same list, so they
// cannot differ.
type shape[T any] []field[T]

type field[T any] struct {
	key    *ast.Term
	schema schema
	// term may return nil: the object then has no such key.
	term func(*builder, T) *ast.Term
}

func key[T any](name string, of schema, term func(*builder, T) *ast.Term) field[T] {
	return field[T]{ast.StringTerm(name), of, term}
}

func (s shape[T]) term(b *builder, value T) *ast.Term {
	if len(s) <= len(tuple{}.terms) {
		return s.shared(b, value)
	}
	items := make([][2]*ast.Term, 0, len(s))
	for i := range s {
		if term := s[i].term(b, value); term != nil {
			items = append(items, [2]*ast.Term{s[i].key, term})
		}
	}
	return ast.ObjectTerm(items...)
}

// shared returns the object that was made of the same terms before, if any.
func (s shape[T]) shared(b *builder, value T) *ast.Term {
	id := tuple{of: &s[0].key}
	for i := range s {
		id.terms[i] = s[i].term(b, value)
	}
	term, ok := b.objects[id]
	if !ok {
		items := make([][2]*ast.Term, 0, len(s))
		for i := range s {
			if id.terms[i] != nil {
				items = append(items, [2]*ast.Term{s[i].key, id.terms[i]})
			}
		}
		term = ast.ObjectTerm(items...)
		b.objects[id] = term
	}
	return term
}

// tuple identifies an object or a list by the terms in it. They are shared
// themselves, so what is equal has, as a rule, equal tuples.
type tuple struct {
	of    **ast.Term // the first field of the shape; nil for a list
	terms [14]*ast.Term
}

func (s shape[T]) schema() schema {
	properties := schema{}
	for _, f := range s {
		properties[string(f.key.Value.(ast.String))] = f.schema
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
		return ast.InternedEmptyArray
	}
	terms := make([]*ast.Term, len(items))
	for i, item := range items {
		terms[i] = term(item)
	}
	id := tuple{}
	if copy(id.terms[:], terms) < len(terms) {
		return ast.ArrayTerm(terms...)
	}
	array, ok := b.objects[id]
	if !ok {
		array = ast.ArrayTerm(terms...)
		b.objects[id] = array
	}
	return array
}

func (b *builder) words(items []string) *ast.Term { return list(b, items, b.word) }

// mapping makes an object out of a Go map, in a fixed order.
func mapping[V any](b *builder, entries map[string]V, term func(V) *ast.Term) *ast.Term {
	if len(entries) == 0 {
		return ast.InternedEmptyObject
	}
	items := make([][2]*ast.Term, 0, len(entries))
	for _, name := range slices.Sorted(maps.Keys(entries)) {
		items = append(items, [2]*ast.Term{b.word(name), term(entries[name])})
	}
	return ast.ObjectTerm(items...)
}
