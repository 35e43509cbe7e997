package deployment

import (
	"strconv"
	"strings"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// Declaration is one evaluated declaration of an Azure resource.
type Declaration struct {
	Format, Root, Environment string
	// Address is unique in Root; Label is the block's own name, a Bicep symbol.
	Address, Label string
	// Type is the full type without an API version.
	Type string
	Mode resource.Mode
	// Segments are the names of the type's levels, outermost first. They are
	// empty for what has no ARM name (a module that is not followed).
	Segments []resource.Value
	// APIVersion, ParentID and ScopeID may be absent. ParentID is the id of
	// the resource that contains this one, ScopeID of what it is attached to;
	// both refer to the resource when it is part of the deployment.
	APIVersion, ParentID, ScopeID resource.Value
	// Destination is what the resource is deployed to.
	Destination Destination
	// Body is the evaluated object. Of its members, those that say how it is
	// deployed are left out: type, apiVersion, name, scope, parent, condition,
	// copy, resources, existing. The parameters of what is not followed all stay.
	Body resource.Value
	// At is the header, Whole the whole declaration.
	At, Whole source.Range
	Via       []resource.Call
	Maybe     string
}

// Resource builds the resource: its attributes are name (the last segment),
// full_name, parent_id, scope_id, apiVersion and the members of the body.
func (d Declaration) Resource() resource.Resource {
	attrs := resource.ObjectAt(d.At)
	add := func(name string, v resource.Value) {
		if v.State != resource.Absent {
			attrs.Fields = append(attrs.Fields, resource.Field{Name: name, At: v.At, Value: v})
		}
	}
	if last := len(d.Segments) - 1; last >= 0 {
		add("name", d.Segments[last])
		add("full_name", FullName(d.Segments[last].At, d.Segments))
	}
	add("parent_id", d.ParentID)
	add("scope_id", d.ScopeID)
	add("apiVersion", d.APIVersion)
	for _, field := range d.Body.Fields {
		if d.Mode == resource.NotFollowed || !IsEnvelope(field.Name) {
			attrs.Fields = append(attrs.Fields, canonical(field))
		}
	}
	return resource.Resource{
		ID: ResourceID(d.Root, d.Address), Format: d.Format, Type: d.Type, Mode: d.Mode, Name: d.Label, Address: d.Address,
		Root: d.Root, Attrs: attrs, At: d.At, Body: d.Whole, Via: d.Via, Maybe: d.Maybe, Environment: d.Environment,
		Provider: d.Destination.provider(d.At),
	}
}

// IsEnvelope reports whether a member of a body says how a resource is deployed
// rather than what it is.
func IsEnvelope(name string) bool {
	switch strings.ToLower(name) {
	case "type", "apiversion", "name", "scope", "parent", "condition", "copy", "resources", "existing", "comments":
		return true
	default:
		return false
	}
}

// canonical writes the members that every resource may have as the
// documentation does: Azure ignores the case of names, mappings do not.
func canonical(field resource.Field) resource.Field {
	for _, name := range [...]string{"location", "sku", "kind", "tags", "identity", "zones", "properties", "dependsOn", "plan", "managedBy"} {
		if strings.EqualFold(field.Name, name) {
			field.Name = name
		}
	}
	return field
}

// RootOf names an evaluation of a file for an environment, "" for the default.
func RootOf(file, environment string) string {
	if environment == "" {
		return file
	}
	return file + "@" + environment
}

// ResourceID is resource.Resource.ID of an address in a root.
func ResourceID(root, address string) string { return root + "#" + address }

// Addresses hands out addresses, each once in a root.
type Addresses struct{ taken map[string]int }

// Take returns the address, with a number when it is taken.
func (a *Addresses) Take(address string) string {
	if a.taken == nil {
		a.taken = map[string]int{}
	}
	a.taken[address]++
	if count := a.taken[address]; count > 1 {
		return a.Take(address + " (" + strconv.Itoa(count) + ")")
	}
	return address
}
