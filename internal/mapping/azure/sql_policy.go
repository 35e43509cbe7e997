package azure

import (
	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

// The policies that ARM keeps beside a database, each a child of its own.
const (
	armSQLShortTerm      = "microsoft.sql/servers/databases/backupshorttermretentionpolicies"
	armSQLLongTerm       = "microsoft.sql/servers/databases/backuplongtermretentionpolicies"
	armSQLGeoBackup      = "microsoft.sql/servers/databases/geobackuppolicies"
	armInstanceShortTerm = "microsoft.sql/managedinstances/databases/backupshorttermretentionpolicies"
	armInstanceLongTerm  = "microsoft.sql/managedinstances/databases/backuplongtermretentionpolicies"
	armPoolGeoBackup     = "microsoft.synapse/workspaces/sqlpools/geobackuppolicies"
)

// policies are the policies of one database by their ARM type.
type policies map[string]policy

// policy is one of them. maybe is set when it may not exist.
type policy struct {
	armResource
	maybe string
}

// at reads a property of the policy of a type. A database that has no such
// policy has the property absent, at its own header.
func (p policies) at(armType, path string, header attr) attr {
	found, ok := p[armType]
	if !ok {
		return attr{Value: resource.Value{At: header.At}, name: path}
	}
	value := found.at("properties." + path)
	if found.maybe != "" && !value.IsAbsent() {
		value.Value = resource.UnknownAt(value.At, found.maybe)
	}
	return value
}

type policiesKey struct{}

// policiesOf returns the policies that ARM resources write for a database.
func policiesOf(d *draft.Draft, database *model.Asset) policies {
	return draft.Once(d, policiesKey{}, func() map[string]policies {
		byDatabase := map[string]policies{}
		types := []string{armSQLShortTerm, armSQLLongTerm, armSQLGeoBackup, armInstanceShortTerm, armInstanceLongTerm, armPoolGeoBackup}
		for _, r := range d.Resources.OfType(inAllForms(types...)...) {
			arm, ok := armOf(r, types...)
			if !ok || r.Mode != resource.Managed {
				continue
			}
			owner := policyOwner(d, r, arm).asset
			if owner == nil {
				continue
			}
			if byDatabase[owner.ID] == nil {
				byDatabase[owner.ID] = policies{}
			}
			maybe := r.Maybe
			if maybe == owner.Maybe {
				maybe = ""
			}
			byDatabase[owner.ID][armTypeOf(r)] = policy{arm, maybe}
		}
		return byDatabase
	})[database.ID]
}

// policyOwner resolves the database that a policy is for: its parent, or the
// beginning of its own ID where azapi changes a policy that exists.
func policyOwner(d *draft.Draft, r *resource.Resource, arm armResource) target {
	named := arm.parent
	if named.IsAbsent() {
		named = arm.scope
	}
	switch armTypeOf(r) {
	case armPoolGeoBackup:
		return findPool(d, r, named)
	case armInstanceShortTerm, armInstanceLongTerm:
		return findDatabase(d, r, instanceSegment, named)
	default:
		return findDatabase(d, r, sqlServerSegment, named)
	}
}
