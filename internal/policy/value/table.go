package value

import (
	"slices"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"
)

// Object is an object whose keys are not known beforehand.
type Object struct {
	ast.Value // nil; see Library
	term      ast.Term
	table
}

// NewObject makes an empty object.
func NewObject() *Object {
	o := &Object{}
	o.term.Value = o
	return o
}

// Term returns the term whose value is the object.
func (o *Object) Term() *ast.Term { return &o.term }

// Put sets the value of a key.
func (o *Object) Put(key, value *ast.Term) { o.put(entry{key, value}) }

// Set is a set.
type Set struct {
	ast.Value // nil; see Library
	term      ast.Term
	table     // every member is its own key
}

// NewSet makes a set.
func NewSet(members ...*ast.Term) *Set {
	s := &Set{}
	s.term.Value = s
	for _, member := range members {
		s.Add(member)
	}
	return s
}

// Term returns the term whose value is the set.
func (s *Set) Term() *ast.Term { return &s.term }

// Add adds a member unless it is there.
func (s *Set) Add(member *ast.Term) {
	if s.get(member) == nil {
		s.put(entry{member, member})
	}
}

// Each calls a function for the members, in the order in which they were added or
// in theirs.
func (s *Set) Each(do func(member *ast.Term)) {
	for _, e := range s.entries {
		do(e.key)
	}
}

type entry struct{ key, value *ast.Term }

// table finds entries by key. It is filled before anybody else sees it. A small
// one is kept in order, which is faster than to hash.
type table struct {
	entries []entry
	index   *index // nil while it is small
}

// index finds the entries of a large table.
type index struct {
	// heads are the latest entries by the hash of their keys, older the ones
	// before with the same hash, plus one.
	heads map[uint64]int32
	older []int32
	// order are the numbers of the entries by key, made when somebody asks for it.
	order []int32
	once  sync.Once
}

// most is how many entries a small table has at most.
const most = 8

func (t *table) get(key *ast.Term) *ast.Term {
	if i, found := t.find(key); found {
		return t.entries[i].value
	}
	return nil
}

// find returns the place of an entry, or where in a small table it would be.
func (t *table) find(key *ast.Term) (i int, found bool) {
	if t.index == nil {
		for i := range t.entries {
			if order := Compare(t.entries[i].key, key); order >= 0 {
				return i, order == 0
			}
		}
		return len(t.entries), false
	}
	at := t.index.heads[hash(key)] - 1
	for at >= 0 && !Equal(t.entries[at].key, key) {
		at = t.index.older[at] - 1
	}
	return int(at), at >= 0
}

func (t *table) put(e entry) {
	i, found := t.find(e.key)
	switch {
	case found:
		t.entries[i].value = e.value
	case t.index == nil && len(t.entries) < most:
		t.entries = slices.Insert(t.entries, i, e)
	default:
		if t.index == nil {
			t.index = &index{heads: make(map[uint64]int32, 2*most)}
			for _, known := range t.entries {
				t.index.add(known.key)
			}
		}
		t.entries = append(t.entries, e)
		t.index.add(e.key)
	}
}

func (x *index) add(key *ast.Term) {
	id := hash(key)
	x.older = append(x.older, x.heads[id])
	x.heads[id] = int32(len(x.older)) //nolint:gosec // no memory holds more entries
}

func (t *table) until(stop func(key, value *ast.Term) bool) {
	if t.index == nil {
		for _, e := range t.entries {
			if stop(e.key, e.value) {
				return
			}
		}
		return
	}
	for _, i := range t.sorted() {
		if e := t.entries[i]; stop(e.key, e.value) {
			return
		}
	}
}

func (t *table) sorted() []int32 {
	t.index.once.Do(func() {
		t.index.order = make([]int32, len(t.entries))
		for i := range t.index.order {
			t.index.order[i] = int32(i) //nolint:gosec // no memory holds more entries
		}
		slices.SortFunc(t.index.order, func(a, b int32) int { return Compare(t.entries[a].key, t.entries[b].key) })
	})
	return t.index.order
}

// entriesOf lists the entries of a set or an object in order.
func entriesOf(v ast.Value) (entries []entry) {
	switch of := v.(type) {
	case *Object:
		entries = of.small()
	case *Set:
		entries = of.small()
	}
	if entries != nil {
		return entries
	}
	Until(&ast.Term{Value: v}, func(key, value *ast.Term) bool {
		entries = append(entries, entry{key, value})
		return false
	})
	return entries
}

// small returns the entries of a small table, which are in order.
func (t *table) small() []entry {
	if t.index != nil {
		return nil
	}
	return t.entries
}
