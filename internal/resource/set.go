package resource

import (
	"slices"
	"strings"
)

// Set indexes the resources of a scan, whatever their formats.
type Set struct {
	all    []*Resource
	byType map[string][]*Resource
	byID   map[string][]*Resource
	byRoot map[string][]*Resource
}

// NewSet orders the resources by ID and indexes them.
func NewSet(resources []Resource) *Set {
	set := &Set{byType: map[string][]*Resource{}, byID: map[string][]*Resource{}, byRoot: map[string][]*Resource{}}
	for i := range resources {
		set.all = append(set.all, &resources[i])
	}
	slices.SortStableFunc(set.all, func(a, b *Resource) int { return strings.Compare(a.ID, b.ID) })
	for _, r := range set.all {
		set.byType[folded(r.Type)] = append(set.byType[folded(r.Type)], r)
		set.byRoot[r.Root] = append(set.byRoot[r.Root], r)
		set.byID[r.ID] = append(set.byID[r.ID], r)
		if block := withoutKey(r.ID); block != r.ID {
			set.byID[block] = append(set.byID[block], r)
		}
	}
	return set
}

// All returns every resource, ordered by ID.
func (s *Set) All() []*Resource { return s.all }

// OfType returns the resources of the given types, type by type, ordered by ID.
// ARM types are compared without regard to case.
func (s *Set) OfType(types ...string) []*Resource {
	var found []*Resource
	for _, name := range types {
		found = append(found, s.byType[folded(name)]...)
	}
	return found
}

// OfRoot returns the resources of one root, ordered by ID.
func (s *Set) OfRoot(root string) []*Resource { return s.byRoot[root] }

// Lookup returns the resource with an ID, or all instances of a block when the
// ID has no instance key.
func (s *Set) Lookup(id string) []*Resource { return s.byID[id] }

// Referents returns the resources that v refers to, limited to the given types
// when there are any, each once, in order of appearance.
func (s *Set) Referents(v Value, types ...string) []*Resource {
	var found []*Resource
	for _, ref := range v.Refs {
		for _, r := range s.byID[ref.ID] {
			if (len(types) == 0 || slices.ContainsFunc(types, func(name string) bool { return folded(name) == folded(r.Type) })) && !slices.Contains(found, r) {
				found = append(found, r)
			}
		}
	}
	return found
}

// folded is the spelling in which types are compared. ARM types, which have a
// slash, are written in many cases ("microsoft.storage/storageAccounts").
func folded(name string) string {
	if strings.Contains(name, "/") {
		return strings.ToLower(name)
	}
	return name
}

// withoutKey drops a trailing instance key: `a.b["x"]` and `a.b[0]` become `a.b`.
func withoutKey(id string) string {
	opening := "["
	switch {
	case strings.HasSuffix(id, `"]`):
		opening = `["`
	case !strings.HasSuffix(id, "]"):
		return id
	}
	if open := strings.LastIndex(id, opening); open > 0 {
		return id[:open]
	}
	return id
}
