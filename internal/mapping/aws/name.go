package aws

import (
	"github.com/drlint/drlint/internal/resource"
)

// nameOf returns the value that names a resource at the provider. Most
// resources take a name, a prefix that the provider completes, or neither.
func nameOf(r *resource.Resource, argument, prefixArgument string) resource.Value {
	name := r.Attrs.Get(argument)
	if !name.IsAbsent() {
		return name
	}
	prefix := r.Attrs.Get(prefixArgument)
	if prefix.IsAbsent() {
		return resource.UnknownAt(r.At, argument+" is not set, so the provider makes a name up")
	}
	completed := resource.UnknownAt(prefix.At, "the provider completes "+prefixArgument)
	completed.Hint = prefix.Hint
	if text, ok := prefix.AsString(); ok {
		completed.Hint = text
	}
	completed.Hint += string(resource.Hole)
	return completed
}
