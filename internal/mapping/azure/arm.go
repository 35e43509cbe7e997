package azure

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// ARM types, in the spelling in which they are compared.
const (
	armAccount          = "microsoft.storage/storageaccounts"
	armBlobService      = "microsoft.storage/storageaccounts/blobservices"
	armContainer        = "microsoft.storage/storageaccounts/blobservices/containers"
	armContainerPolicy  = "microsoft.storage/storageaccounts/blobservices/containers/immutabilitypolicies"
	armManagementPolicy = "microsoft.storage/storageaccounts/managementpolicies"
	armBackupVault      = "microsoft.dataprotection/backupvaults"
	armBackupPolicy     = "microsoft.dataprotection/backupvaults/backuppolicies"
	armBackupInstance   = "microsoft.dataprotection/backupvaults/backupinstances"
	armRecoveryVault    = "microsoft.recoveryservices/vaults"
	armLock             = "microsoft.authorization/locks"
	armGroup            = "microsoft.resources/resourcegroups"
)

// The Terraform resources that carry an ARM resource: one creates it, the other
// changes what something else created.
const (
	azapiResource = "azapi_resource"
	azapiUpdate   = "azapi_update_resource"
)

// inAllForms completes ARM types and the names that azurerm gives them by the
// Terraform resources that may carry any ARM type. Bicep files and ARM
// templates have the ARM types themselves.
func inAllForms(types ...string) []string { return append(types, azapiResource, azapiUpdate) }

// armResource is a resource in the ARM shape, whatever format carries it.
type armResource struct {
	name, location, tags attr
	// parent is the resource that contains it: the account of a blob service.
	parent attr
	// scope is the whole ARM resource that an update changes or that an
	// extension resource (a lock) is attached to.
	scope attr
	// update is set when something else creates the resource.
	update   bool
	identity attr
	body     resource.Value
	header   source.Range
}

// at reads below the ARM body: "sku.name", "properties.isHnsEnabled".
func (a armResource) at(path string) attr {
	v := a.body.Path(path)
	if v.State == resource.Absent {
		v = foldedPath(a.body, path)
	}
	// What is not written is placed at the header: "properties" is where every
	// body begins, and its own inputs decide nothing about what it lacks.
	if v.State == resource.Absent && (v.At.IsZero() || v.At == a.body.Get("properties").At) {
		v.At = a.header
	}
	// "properties" is an envelope that says nothing to a reader.
	return attr{Value: v, name: strings.TrimPrefix(path, "properties.")}
}

// foldedPath descends as resource.Value.Path does, without regard to case, as
// Azure reads the names of properties.
func foldedPath(v resource.Value, path string) resource.Value {
	for name := range strings.SplitSeq(path, ".") {
		block := v.Block()
		i := slices.IndexFunc(block.Fields, func(f resource.Field) bool { return strings.EqualFold(f.Name, name) })
		if i < 0 {
			return block.Get(name)
		}
		v = block.Fields[i].Value
	}
	return v
}

// armOf reads a resource of one of the ARM types: a resource of a Bicep file or
// an ARM template, or a Terraform resource that carries one (azapi
// documentation, azapi_resource: type is "<resource type>@<API version>").
func armOf(r *resource.Resource, types ...string) (armResource, bool) {
	if !slices.Contains(types, armTypeOf(r)) {
		return armResource{}, false
	}
	if !carriesARM(r) {
		return nativeARM(r), true
	}
	body := armBody(attrOf(r, "body").Value)
	outer := func(name string) attr { return attrOf(r, name).orElse(inner(body, name)) }
	return armResource{
		name: outer("name"), location: written(outer("location")), tags: outer("tags"), identity: outer("identity"),
		parent: attrOf(r, "parent_id"), scope: attrOf(r, "resource_id"), update: r.Type == azapiUpdate, body: body, header: r.At,
	}, true
}

// nativeARM reads a resource that is written in the ARM shape itself.
func nativeARM(r *resource.Resource) armResource {
	at := func(path string) attr { return attrOf(r, path) }
	return armResource{
		name: at("name"), location: written(at("location")), tags: at("tags"), identity: at("identity"),
		parent: at("parent_id"), scope: at("scope_id"), body: r.Attrs, header: r.At,
	}
}

// written makes an empty text unknown: parameter files leave values empty that
// a script fills in before it deploys.
func written(location attr) attr {
	if text, ok := location.AsString(); ok && text == "" {
		location.Value = resource.UnknownAt(location.At, "the location is empty")
	}
	return location
}

// carriesARM reports whether a resource is Terraform's envelope of an ARM resource.
func carriesARM(r *resource.Resource) bool { return r.Type == azapiResource || r.Type == azapiUpdate }

// isARM reports whether a resource is written in the ARM shape itself.
func isARM(r *resource.Resource) bool { return strings.Contains(r.Type, "/") }

// armTypeOf returns the ARM type of a resource in the spelling in which types
// are compared, "" for one that has none.
func armTypeOf(r *resource.Resource) string {
	switch {
	case isARM(r):
		return strings.ToLower(r.Type)
	case carriesARM(r):
		text, _ := r.Attrs.Get("type").AsString()
		name, _, _ := strings.Cut(strings.ToLower(text), "@")
		return name
	default:
		return ""
	}
}

// armBody accepts both generations: an object (azapi 2) and a JSON string
// (azapi 1). Positions inside a string are those of the whole string.
func armBody(body resource.Value) resource.Value {
	if body.IsKnown() && body.Kind == resource.String {
		var decoded any
		if err := json.Unmarshal([]byte(body.Text), &decoded); err != nil {
			return resource.UnknownAt(body.At, "body is not valid JSON")
		}
		body = jsonValue(decoded, body.At)
	}
	if body.IsKnown() && body.Kind != resource.Object {
		return resource.UnknownAt(body.At, "body is not an object")
	}
	return body
}

func jsonValue(decoded any, at source.Range) resource.Value {
	switch decoded := decoded.(type) {
	case bool:
		return resource.BoolAt(at, decoded)
	case float64:
		return resource.NumberAt(at, decoded)
	case string:
		return resource.StringAt(at, decoded)
	case []any:
		items := make([]resource.Value, len(decoded))
		for i, item := range decoded {
			items[i] = jsonValue(item, at)
		}
		return resource.ListAt(at, items...)
	case map[string]any:
		return jsonObject(decoded, at)
	default:
		return resource.NullAt(at)
	}
}

// jsonObject orders the members by name: Go's decoder does not keep the order
// in which they are written, and nothing here depends on it.
func jsonObject(members map[string]any, at source.Range) resource.Value {
	object := resource.ObjectAt(at)
	for _, name := range slices.Sorted(maps.Keys(members)) {
		object.Fields = append(object.Fields, resource.Field{Name: name, At: at, Value: jsonValue(members[name], at)})
	}
	return object
}
