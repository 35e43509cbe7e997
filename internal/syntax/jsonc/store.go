package jsonc

import (
	"slices"

	"github.com/drlint/drlint/internal/resource"
)

// slabs hands out the final slices of collections from larger allocations:
// most collections are small, and there are many of them.
type slabs struct {
	fieldSlab []resource.Field
	itemSlab  []resource.Value
}

const (
	firstSlab = 32
	lastSlab  = 1024
)

func (s *slabs) fields(from []resource.Field) []resource.Field {
	return carve(&s.fieldSlab, from)
}

func (s *slabs) items(from []resource.Value) []resource.Value {
	return carve(&s.itemSlab, from)
}

// carve copies from into the slab, whose capacity is what is left of it. A
// slice that would take much of a slab gets memory of its own.
func carve[T any](slab *[]T, from []T) []T {
	if len(from) == 0 {
		return nil
	}
	if len(from) > lastSlab/4 {
		return slices.Clone(from)
	}
	if cap(*slab)-len(*slab) < len(from) {
		*slab = make([]T, 0, max(min(2*cap(*slab), lastSlab), firstSlab, len(from)))
	}
	start := len(*slab)
	*slab = append(*slab, from...)
	return (*slab)[start:len(*slab):len(*slab)]
}

// few is the number of members up to which a search needs no index.
const few = 16

// index finds members by name, by search while they are few.
type index struct{ places map[string]int }

func (x *index) find(fields []resource.Field, name string) int {
	if x.places != nil {
		if place, exists := x.places[name]; exists {
			return place
		}
		return -1
	}
	for i := range fields {
		if fields[i].Name == name {
			return i
		}
	}
	return -1
}

// added takes note of the last of the fields.
func (x *index) added(fields []resource.Field) {
	switch last := len(fields) - 1; {
	case x.places != nil:
		x.places[fields[last].Name] = last
	case last == few:
		x.places = make(map[string]int, 2*few)
		for i := range fields {
			x.places[fields[i].Name] = i
		}
	}
}
