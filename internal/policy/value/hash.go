package value

import (
	"hash/maphash"
	"math"

	"github.com/open-policy-agent/opa/v1/ast"
)

var seed = maphash.MakeSeed()

// hash is the same for equal values. That of a collection takes only its size and
// what is no collection itself, which tells most of them apart.
func hash(term *ast.Term) uint64 {
	if id, ok := scalarHash(term.Value); ok {
		return id
	}
	size, _ := Len(term)
	id := uint64(size) //nolint:gosec // sizes are not negative
	Until(term, func(_, value *ast.Term) bool {
		part, _ := scalarHash(value.Value)
		id = id*31 + part
		return false
	})
	return id
}

func scalarHash(v ast.Value) (id uint64, ok bool) {
	switch v := v.(type) {
	case ast.String:
		return maphash.String(seed, string(v)), true
	case ast.Number:
		f, _ := v.Float64()
		return maphash.Comparable(seed, math.Float64bits(f+0)), true
	case ast.Boolean, ast.Null:
		return uint64(1 + v.Hash()), true //nolint:gosec // any number will do
	}
	return 0, false
}
