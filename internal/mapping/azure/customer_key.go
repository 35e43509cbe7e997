package azure

import (
	"slices"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

const (
	armVaultKey         = armKeyVault + "/keys"
	armKeyPostgreSQL    = "microsoft.dbforpostgresql/flexibleservers"
	armKeyMySQL         = "microsoft.dbformysql/flexibleservers"
	armSQLServerKey     = "microsoft.sql/servers/keys"
	terraformVaultKey   = "azurerm_key_vault_key"
	terraformKeyVault   = "azurerm_key_vault"
	relationEncryptedBy = "encrypted_by"
)

// keyUse is where one resource type names the key that encrypts a store.
type keyUse struct {
	// armType or a Terraform type.
	kind string
	// keys are the paths that may name the key or its vault.
	keys []string
	// subject is the path of the store; empty where the resource is the store.
	subject string
}

// keyUses lists what encrypts stores with keys of their owner (azurerm
// documentation and ARM template reference of each type).
func keyUses() []keyUse {
	own, encryption := []string{"customer_managed_key.key_vault_key_id"}, []string{"properties.dataEncryption.primaryKeyURI"}
	return []keyUse{
		{"azurerm_storage_account", own, ""},
		{"azurerm_storage_account_customer_managed_key", []string{"key_vault_id", "key_vault_uri", "key_vault_key_id"}, "storage_account_id"},
		{"azurerm_cosmosdb_account", []string{"key_vault_key_id"}, ""},
		{"azurerm_mssql_server", []string{"transparent_data_encryption_key_vault_key_id"}, ""},
		{"azurerm_mssql_server_transparent_data_encryption", []string{"key_vault_key_id"}, "server_id"},
		{"azurerm_mssql_database", []string{"transparent_data_encryption_key_vault_key_id"}, ""},
		{"azurerm_postgresql_flexible_server", own, ""},
		{"azurerm_mysql_flexible_server", own, ""},
		{"azurerm_synapse_workspace_key", []string{"customer_managed_key_versionless_id"}, "synapse_workspace_id"},
		{armAccount, []string{"properties.encryption.keyvaultproperties.keyvaulturi", "properties.encryption.keyVaultProperties.keyVaultUri"}, ""},
		{armCosmos, []string{"properties.keyVaultKeyUri"}, ""},
		{armKeyPostgreSQL, encryption, ""},
		{armKeyMySQL, encryption, ""},
		{armSQLServerKey, []string{"properties.uri"}, "parent"},
	}
}

func customerKeys() draft.Mapper {
	var types []string
	for _, use := range keyUses() {
		types = append(types, use.kind)
	}
	return draft.Mapper{Service: keyVaultService, Types: inAllForms(types...), Attach: managed(attachKey)}
}

// attachKey relates a store with the key vault whose key encrypts it: without the
// key the store and every copy of it are unreadable.
func attachKey(d *draft.Draft, r *resource.Resource) {
	for _, use := range keyUses() {
		at, subject, ok := readKeyUse(d, r, use)
		if !ok || subject == nil {
			continue
		}
		for _, path := range use.keys {
			key := at(path)
			if vault := vaultBehind(d, key.Value); vault != nil {
				relateKey(d, subject, vault, key)
				break
			}
		}
	}
}

// readKeyUse reads one use out of a resource of its type, and the store that it
// speaks of.
func readKeyUse(d *draft.Draft, r *resource.Resource, use keyUse) (at func(string) attr, subject *model.Asset, ok bool) {
	at = func(path string) attr { return attrOf(r, path) }
	own := at(use.subject)
	if r.Type != use.kind {
		arm, matches := armOf(r, use.kind)
		if !matches {
			return nil, nil, false
		}
		at, own = arm.at, arm.parent
	}
	if use.subject == "" {
		return at, d.Asset(r.ID), true
	}
	for _, named := range d.Resources.Referents(own.Value) {
		if a := d.Asset(named.ID); a != nil {
			return at, a, true
		}
	}
	return at, nil, true
}

// vaultBehind follows a reference to a key, or to its vault.
func vaultBehind(d *draft.Draft, v resource.Value) *model.Asset {
	for _, r := range d.Resources.Referents(v, terraformVaultKey, terraformKeyVault, armVaultKey, armKeyVault, azapiResource) {
		if a := d.Asset(r.ID); a != nil && a.Kind == model.KeyVault {
			return a
		}
		outer := attrOf(r, "key_vault_id")
		if arm, ok := armOf(r, armVaultKey); ok {
			outer = arm.parent
		}
		for _, vault := range d.Resources.Referents(outer.Value) {
			if a := d.Asset(vault.ID); a != nil && a.Kind == model.KeyVault {
				return a
			}
		}
	}
	return nil
}

func relateKey(d *draft.Draft, subject, vault *model.Asset, key attr) {
	known := slices.ContainsFunc(subject.Relations, func(r model.Relation) bool {
		return r.Type == relationEncryptedBy && r.Target == vault.ID
	})
	if !known {
		d.Relate(subject, relationEncryptedBy, vault, key.At)
	}
}
