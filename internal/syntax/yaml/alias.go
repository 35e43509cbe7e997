package yaml

import (
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// maxAliased bounds the values that aliases add to one file. The tree shares
// them, but whoever walks it visits them again.
const maxAliased = 200_000

// anchored is a node that aliases may name.
type anchored struct {
	value resource.Value
	size  int  // values in it
	ready bool // false while the node is being converted: an alias is a cycle
}

// define registers an anchored node; the function it returns completes it.
func (r *reader) define(n *node) func(resource.Value) {
	if n.Anchor == "" {
		return func(resource.Value) {}
	}
	anchor := &anchored{}
	r.anchors[n] = anchor
	before := r.count
	return func(value resource.Value) {
		*anchor = anchored{value: value, size: r.count - before + 1, ready: true}
	}
}

// alias returns the value that an alias stands for, with the place of the value.
func (r *reader) alias(n *node) (resource.Value, span) {
	start := r.of(n)
	extent := span{start, min(start+len("*")+len(n.Value), len(r.text))}
	anchor := r.anchors[n.Alias]
	r.count++
	if anchor == nil || !anchor.ready {
		r.add(source.Error, "yaml/alias-cycle", r.base+extent.start, r.base+extent.end,
			"the alias *"+n.Value+" is part of what it stands for", "Write the value out.")
		return resource.UnknownAt(r.at(extent), "the alias *"+n.Value+" is part of what it stands for"), extent
	}
	if anchor.size > *r.aliased {
		r.add(source.Error, "yaml/too-many-aliases", r.base+extent.start, r.base+extent.end,
			"the aliases of the file stand for more than 200,000 values; this one is not followed", "Split the file, or write the values out.")
		return resource.UnknownAt(r.at(extent), "the alias *"+n.Value+" would make the document too large"), extent
	}
	*r.aliased -= anchor.size
	r.count += anchor.size - 1
	return anchor.value, extent
}
