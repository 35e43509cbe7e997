package value

import (
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// Vocabulary numbers the keys of records, so that a key that is known beforehand
// needs no search.
type Vocabulary struct{ numbers map[string]int }

// NewVocabulary makes an empty vocabulary. It grows as shapes are made, and must
// not do so while it is used.
func NewVocabulary() *Vocabulary { return &Vocabulary{numbers: map[string]int{}} }

// Number returns the number of a key; -1 if no record has it.
func (v *Vocabulary) Number(key string) int {
	if number, ok := v.numbers[key]; ok {
		return number
	}
	return -1
}

// Shape is what records of one kind have in common: their keys.
type Shape struct {
	vocabulary *Vocabulary
	names      []*ast.Term // of the slots
	order      []int       // of the slots by name
	slots      []int       // by the number of a key, plus one
}

// Shape makes a shape with keys of these names.
func (v *Vocabulary) Shape(names ...string) *Shape {
	s := &Shape{vocabulary: v}
	for slot, name := range names {
		if _, known := v.numbers[name]; !known {
			v.numbers[name] = len(v.numbers)
		}
		number := v.numbers[name]
		for len(s.slots) <= number {
			s.slots = append(s.slots, 0)
		}
		s.slots[number] = slot + 1
		s.names, s.order = append(s.names, ast.StringTerm(name)), append(s.order, slot)
	}
	slices.SortFunc(s.order, func(a, b int) int { return strings.Compare(names[a], names[b]) })
	return s
}

// Record is an object whose possible keys are known beforehand.
type Record struct {
	ast.Value // nil; see Library
	term      ast.Term
	shape     *Shape
	values    []*ast.Term
	// ID is for whoever keeps something about the record; none is 0.
	ID int
}

// NewRecord makes a record of the values of a shape's keys, in the order in which
// they were given; nil where it has no such key. The values are its own from now
// on.
func NewRecord(shape *Shape, values []*ast.Term) *Record {
	r := &Record{shape: shape, values: values}
	r.term.Value = r
	return r
}

// Term returns the term whose value is the record.
func (r *Record) Term() *ast.Term { return &r.term }

// At returns the value of the key with a number; nil if there is none.
func (r *Record) At(number int) *ast.Term {
	if uint(number) < uint(len(r.shape.slots)) { //nolint:gosec // -1 is a large number
		if slot := r.shape.slots[number]; slot > 0 {
			return r.values[slot-1]
		}
	}
	return nil
}

func (r *Record) get(key *ast.Term) *ast.Term {
	name, _ := key.Value.(ast.String)
	return r.At(r.shape.vocabulary.Number(string(name)))
}

func (r *Record) len() (size int) {
	for _, value := range r.values {
		if value != nil {
			size++
		}
	}
	return size
}

func (r *Record) until(stop func(key, value *ast.Term) bool) {
	for _, slot := range r.shape.order {
		if value := r.values[slot]; value != nil && stop(r.shape.names[slot], value) {
			return
		}
	}
}
