// Package deployment holds what Bicep files and ARM templates share when an
// evaluated body becomes a resource: names and their segments, parents, ids,
// references and places.
package deployment

import (
	"strings"

	"github.com/drlint/drlint/analyzers/arm/functions"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// Levels is the number of names that a resource of a type has: 1 for
// "Microsoft.Storage/storageAccounts", 2 for its blobServices.
func Levels(resourceType string) int { return strings.Count(resourceType, "/") }

// ParentType drops the last level of a type; "" for a type that has no parent.
func ParentType(resourceType string) string {
	if Levels(resourceType) < 2 {
		return ""
	}
	return resourceType[:strings.LastIndexByte(resourceType, '/')]
}

// Segments splits the full name of a resource, "lake/default/raw", into one
// value a level of its type. Segments of a name that is not known are unknown;
// those that can be read in its Hint are known, since Azure wants as many
// segments as levels. A segment that is empty is unknown: it is set elsewhere.
// Every segment refers to what the name refers to.
func Segments(fullName resource.Value, levels int) []resource.Value {
	text, ok := fullName.AsString()
	if !ok {
		text = fullName.Hint
	}
	parts := []string{text}
	if levels > 1 {
		parts = strings.Split(text, "/")
	}
	segments := make([]resource.Value, levels)
	for i := range segments {
		segments[i] = segment(fullName, ok, parts, i, levels)
	}
	return segments
}

func segment(fullName resource.Value, known bool, parts []string, place, levels int) resource.Value {
	v := fullName
	switch {
	case known && len(parts) != levels:
		return like(fullName, resource.UnknownAt(fullName.At, "the name has not as many segments as its type"))
	case len(parts) != levels:
		v.Hint = ""
	case known && parts[place] == "":
		return like(fullName, resource.UnknownAt(fullName.At, "the name is empty"))
	case levels > 1 && parts[place] != "" && !strings.Contains(parts[place], hole):
		return like(fullName, resource.StringAt(fullName.At, parts[place]))
	default:
		v.Hint = readable(parts[place])
	}
	return v
}

// like gives a value the provenance of another.
func like(of, v resource.Value) resource.Value {
	v.Refs, v.Origin = of.Refs, of.Origin
	return v
}

// readable is a hint, or nothing when nothing of it can be read.
func readable(hint string) string {
	if strings.Trim(hint, hole) == "" {
		return ""
	}
	return hint
}

const hole = string(resource.Hole)

// FullName joins segments by slashes.
func FullName(at source.Range, segments []resource.Value) resource.Value {
	if len(segments) == 1 {
		return segments[0]
	}
	var parts []resource.Value
	for i, segment := range segments {
		if i > 0 {
			parts = append(parts, resource.StringAt(at, "/"))
		}
		parts = append(parts, segment)
	}
	return functions.Call("concat", functions.Context{At: at}, parts)
}

// ID is the id of a resource that is deployed to a scope. Because the
// subscription is not known it is an unknown text, whose Hint shows the names.
func ID(at source.Range, scope functions.Scope, resourceType string, segments []resource.Value) resource.Value {
	call := functions.Context{At: at, Scope: scope}
	return functions.Call("resourceId", call, append([]resource.Value{resource.StringAt(at, resourceType)}, segments...))
}

// ExtensionID is the id of a resource that is attached to another one, whose id
// is given.
func ExtensionID(at source.Range, target resource.Value, resourceType string, segments []resource.Value) resource.Value {
	args := append([]resource.Value{target, resource.StringAt(at, resourceType)}, segments...)
	return functions.Call("extensionResourceId", functions.Context{At: at}, args)
}

// RefersTo adds a reference to the front of a value's.
func RefersTo(v resource.Value, id, attribute string) resource.Value {
	ref := resource.Ref{ID: id, Attr: attribute}
	refs := []resource.Ref{ref}
	for _, other := range v.Refs {
		if other != ref {
			refs = append(refs, other)
		}
	}
	v.Refs = refs
	return v
}

// ParseID reads the last resource that an id names: its type and the names of
// its levels. It takes whole ids ("/subscriptions/…/providers/A.B/cs/d") and
// relative ones ("A.B/cs/d"), with holes for names that are not known. The id
// of a resource group has the type Microsoft.Resources/resourceGroups.
func ParseID(id string) (resourceType string, names []string, ok bool) {
	relative := strings.TrimPrefix(id, "/")
	if at := strings.LastIndex(strings.ToLower(id), "/providers/"); at >= 0 {
		relative = id[at+len("/providers/"):]
	} else if parts := strings.Split(relative, "/"); len(parts) == 4 && strings.EqualFold(parts[0], "subscriptions") {
		return "Microsoft.Resources/resourceGroups", parts[3:], strings.EqualFold(parts[2], "resourceGroups")
	}
	parts := strings.Split(strings.TrimSuffix(relative, "/"), "/")
	if len(parts) < 3 || len(parts)%2 == 0 || !strings.Contains(parts[0], ".") {
		return "", nil, false
	}
	types := []string{parts[0]}
	for i := 1; i < len(parts); i += 2 {
		types, names = append(types, parts[i]), append(names, parts[i+1])
	}
	return strings.Join(types, "/"), names, true
}
