package githubactions

import (
	"strings"

	"github.com/drlint/drlint/analyzers/githubactions/expression"
	"github.com/drlint/drlint/internal/resource"
)

// candidates turns a matrix into an object of lists: what each name can be in
// one of the combinations. Excluded combinations are not taken out. A name that
// some combinations do not have gets a null as well.
func candidates(matrix resource.Value) resource.Value {
	if !isObject(matrix) {
		return matrix
	}
	include := matrix.Get("include")
	if include.IsUnknown() {
		return include
	}
	out := &resource.Builder{At: matrix.At}
	for _, f := range matrix.Fields {
		if f.Name != "include" && f.Name != "exclude" {
			out.Fields = append(out.Fields, f)
		}
	}
	base := len(out.Fields)
	for _, combination := range include.Blocks() {
		for _, f := range combination.Fields {
			addCandidate(out, f)
		}
	}
	for i := base; i < len(out.Fields); i++ {
		list := &out.Fields[i].Value
		if base > 0 || len(list.Items) < len(include.Blocks()) {
			list.Items = append(list.Items, resource.NullAt(list.At))
		}
	}
	return out.Value()
}

// addCandidate adds a value of an included combination to those of its name.
func addCandidate(out *resource.Builder, f resource.Field) {
	for i := range out.Fields {
		list := &out.Fields[i].Value
		if out.Fields[i].Name != f.Name {
			continue
		}
		if isList(*list) {
			list.Items = append(list.Items[:len(list.Items):len(list.Items)], f.Value)
		}
		return
	}
	f.Value = resource.ListAt(f.Value.At, f.Value)
	out.Fields = append(out.Fields, f)
}

// lookupMatrix returns a value that all combinations share.
func (s *scope) lookupMatrix(path []string, name string) resource.Value {
	if len(path) < 2 || !isObject(s.matrix) {
		if s.matrix.IsUnknown() {
			return s.matrix
		}
		return unknown(name + " is set by the matrix")
	}
	values := expression.Member(s.matrix, path[1])
	if values.IsUnknown() {
		return values
	}
	var candidates []resource.Value
	for _, v := range values.Items {
		for _, key := range path[2:] {
			v = expression.Member(v, key)
		}
		candidates = append(candidates, v)
	}
	return oneOf(name, candidates)
}

// oneOf returns the only candidate, or an unknown value that lists them.
func oneOf(name string, candidates []resource.Value) resource.Value {
	var texts []string
	for _, v := range candidates {
		text, ok := v.AsString()
		if !ok {
			return unknown(name + " is set by the matrix")
		}
		texts = append(texts, text)
	}
	if len(candidates) == 1 {
		return from(candidates[0])
	}
	v := unknown(name + " is one of " + strings.Join(texts[:min(len(texts), 10)], ", "))
	for i := range min(len(candidates), maxOrigins) {
		v.Origin = append(v.Origin, candidates[i].At)
	}
	if len(texts) == 0 {
		v.Why = name + " is not in the matrix"
	} else if len(texts) > 10 {
		v.Why += " and others"
	}
	return v
}
