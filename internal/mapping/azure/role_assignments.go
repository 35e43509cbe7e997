package azure

import (
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

const armRoleAssignment = "microsoft.authorization/roleassignments"

// settingPeopleDelete says whether people, and not only processes, may delete
// data. It is set only where a scanned file grants something.
const settingPeopleDelete = "people_may_delete"

// deletingRoles are the built-in roles that may delete blobs, by name and by
// the identifier that templates use. Owner and Contributor may read the account's
// keys, which bypass every other permission (Microsoft Learn, Azure built-in roles).
var deletingRoles = []string{
	"Storage Blob Data Contributor", "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
	"Storage Blob Data Owner", "b7e6dc6d-f1e8-4753-8033-0f276bb0955b",
	"Storage Account Contributor", "17d1049b-9a84-46fb-8f53-869881c3d3ab",
	"Contributor", "b24988ac-6180-42a0-ab88-20f7382dd24c",
	"Owner", "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
}

// grant gives a role to somebody.
type grant struct {
	scope, role, principalType attr
}

func roleAssignments() draft.Mapper {
	return draft.Mapper{
		Service: "authorization",
		Types:   inAllForms(armRoleAssignment, "azurerm_role_assignment"),
		Attach:  managed(attachGrant),
	}
}

func readGrant(r *resource.Resource) (grant, bool) {
	if r.Type == "azurerm_role_assignment" {
		return grant{
			scope: attrOf(r, "scope"), role: attrOf(r, "role_definition_name").orElse(attrOf(r, "role_definition_id")),
			principalType: attrOf(r, "principal_type"),
		}, true
	}
	arm, ok := armOf(r, armRoleAssignment)
	return grant{
		scope: arm.scope.orElse(arm.parent), role: arm.at("properties.roleDefinitionId"), principalType: arm.at("properties.principalType"),
	}, ok
}

func attachGrant(d *draft.Draft, r *resource.Resource) {
	granted, ok := readGrant(r)
	if !ok || granted.scope.IsAbsent() {
		return
	}
	a := lockedAsset(d, r, granted.scope)
	if a == nil || a.Kind != model.ObjectStore && a.Kind != model.Container {
		return
	}
	if deletes := mayDelete(granted.role); deletes != model.No {
		grantDeletion(d, a, peopleDelete(granted, deletes))
	}
}

// mayDelete says whether a role may delete data.
func mayDelete(role attr) model.Tri {
	text := role.text()
	if role.IsUnknown() {
		text = role.Hint
	}
	last := text[strings.LastIndexByte(text, '/')+1:]
	switch {
	case slices.ContainsFunc(deletingRoles, func(known string) bool { return strings.EqualFold(known, last) }):
		return model.Yes
	case role.IsUnknown() && (last == "" || strings.ContainsRune(last, resource.Hole)):
		return model.Maybe
	default:
		return model.No
	}
}

// peopleDelete weighs who gets a role that deletes.
func peopleDelete(granted grant, deletes model.Tri) model.Fact {
	at := granted.role.At
	switch who := granted.principalType.text(); {
	case who == "ServicePrincipal" || who == "MSI":
		return model.KnownFact(false, at)
	case deletes == model.Maybe:
		return model.UnknownFact(unresolved(granted.role), at)
	case who == "User" || who == "Group" || who == "ForeignGroup":
		return model.KnownFact(true, at)
	case granted.principalType.IsAbsent():
		return model.UnknownFact("principal_type is not written, so who gets the role is not known", at)
	default:
		return model.UnknownFact(unresolved(granted.principalType), at)
	}
}

// grantDeletion keeps the gravest of several grants.
func grantDeletion(d *draft.Draft, a *model.Asset, fact model.Fact) {
	known, ok := a.Settings[settingPeopleDelete]
	if !ok || known.Tri() == model.No || known.State == model.Unknown && fact.Tri() == model.Yes {
		d.Set(a, settingPeopleDelete, fact)
	}
}

// fileSystemACLs maps the access control lists of Data Lake Storage.
func fileSystemACLs() draft.Mapper {
	return draft.Mapper{
		Service: storageService,
		Types:   []string{"azurerm_storage_data_lake_gen2_filesystem", "azurerm_storage_data_lake_gen2_path"},
		Attach:  managed(attachACL),
	}
}

// attachACL reads entries that may write: who may write and search a directory
// may delete what is in it (Microsoft Learn, Access control lists in Azure Data
// Lake Storage). An entry names a person and a process in the same way.
func attachACL(d *draft.Draft, r *resource.Resource) {
	a := d.Asset(r.ID)
	if r.Type == "azurerm_storage_data_lake_gen2_path" {
		a = find(d, r, "containers", model.Container, attrOf(r, "filesystem_name")).asset
	}
	if a == nil {
		return
	}
	for _, entry := range attrOf(r, "ace").Blocks() {
		permissions, kind := inner(entry, "permissions"), inner(entry, "type")
		if !strings.Contains(permissions.text(), "w") || !strings.HasSuffix(permissions.text(), "x") {
			continue
		}
		grantDeletion(d, a, entryFact(kind, inner(entry, "id"), permissions.At))
	}
}

func entryFact(kind, id attr, at source.Range) model.Fact {
	switch {
	case kind.text() == "other":
		return model.KnownFact(true, at)
	case kind.text() == "mask" || id.IsAbsent():
		return model.KnownFact(false, at) // the owner's own entry, or a limit
	default:
		return model.UnknownFact("an access control list does not say whether an entry is a person or a process", at)
	}
}
