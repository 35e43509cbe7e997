package aws

import (
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

// filter is the part of a bucket that a lifecycle or replication rule covers.
type filter struct {
	scope model.Scope
	// prefixes limit the rule to object names; empty for limits by tag or size.
	prefixes []string
	// written is set when the rule has a filter block, even an empty one.
	written bool
	// why tells what leaves the scope open.
	why string
}

// readFilter reads the filter block of a rule, or the older prefix argument
// beside it. Nothing, or an empty prefix, means the whole bucket.
func readFilter(rule resource.Value) filter {
	block := rule.Get("filter")
	f := filter{scope: model.Whole, written: !block.IsAbsent() && !isEmptyList(block)}
	if block.IsUnknown() {
		f.scope, f.why = model.UnknownScope, block.Why
		return f
	}
	block = block.Block()
	and := block.Get("and").Block()
	f.limit(rule.Get("prefix"), true)
	f.limit(block.Get("prefix"), true)
	f.limit(and.Get("prefix"), true)
	for _, limit := range []resource.Value{
		block.Get("tag"), block.Get("tags"), and.Get("tags"),
		block.Get("object_size_greater_than"), block.Get("object_size_less_than"),
		and.Get("object_size_greater_than"), and.Get("object_size_less_than"),
	} {
		f.limit(limit, false)
	}
	return f
}

// readInlineFilter reads the prefix and tags of a legacy lifecycle rule.
func readInlineFilter(rule resource.Value) filter {
	f := filter{scope: model.Whole}
	f.limit(rule.Get("prefix"), true)
	f.limit(rule.Get("tags"), false)
	return f
}

func (f *filter) limit(v resource.Value, isPrefix bool) {
	text, known := v.AsString()
	switch {
	case v.IsAbsent() || known && text == "" || v.IsKnown() && isEmpty(v):
	case v.IsUnknown() && f.scope == model.Whole:
		f.scope, f.why = model.UnknownScope, v.Why
	case v.IsUnknown():
	default:
		f.scope, f.why = model.Partial, ""
		if isPrefix && known {
			f.prefixes = append(f.prefixes, text)
		}
	}
}

func isEmpty(v resource.Value) bool {
	switch v.Kind {
	case resource.List:
		return len(v.Items) == 0
	case resource.Object:
		return len(v.Fields) == 0
	default:
		return false
	}
}

func isEmptyList(v resource.Value) bool {
	return v.IsKnown() && v.Kind == resource.List && len(v.Items) == 0
}
