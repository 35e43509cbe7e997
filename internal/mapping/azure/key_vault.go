package azure

import (
	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

const (
	keyVaultService = "key_vault"
	armKeyVault     = "microsoft.keyvault/vaults"
)

// keyVault is a store of keys, secrets and certificates.
type keyVault struct {
	name, location, tags attr
	// softDelete is absent where the dialect cannot switch it off.
	softDelete, days, purgeProtection attr
}

func keyVaults() draft.Mapper {
	return draft.Mapper{
		Service: keyVaultService,
		Types:   inAllForms(armKeyVault, "azurerm_key_vault"),
		Declare: managed(declareKeyVault),
	}
}

func readKeyVault(r *resource.Resource) (keyVault, bool) {
	if r.Type == "azurerm_key_vault" {
		at := func(path string) attr { return attrOf(r, path) }
		return keyVault{
			name: at("name"), location: at("location"), tags: at("tags"),
			// soft_delete_enabled until azurerm 2, when the service began to enforce it.
			softDelete: at("soft_delete_enabled"), days: at("soft_delete_retention_days"), purgeProtection: at("purge_protection_enabled"),
		}, true
	}
	arm, ok := armOf(r, armKeyVault)
	return keyVault{
		name: arm.name, location: arm.location, tags: arm.tags,
		softDelete: arm.at("properties.enableSoftDelete"), days: arm.at("properties.softDeleteRetentionInDays"),
		purgeProtection: arm.at("properties.enablePurgeProtection"),
	}, ok && !arm.update
}

// declareKeyVault states what keeps deleted secrets. Defaults: azurerm
// documentation, key_vault (soft_delete_retention_days 90,
// purge_protection_enabled off); ARM reference, Microsoft.KeyVault/vaults
// (enableSoftDelete true).
func declareKeyVault(d *draft.Draft, r *resource.Resource) {
	vault, ok := readKeyVault(r)
	if !ok {
		return
	}
	a := d.Declare(r, model.KeyVault, provider, keyVaultService, vault.name.Value)
	a.Region = draft.Text(vault.location.Value)
	d.Tag(a, vault.tags.Value)
	softDelete := flag(vault.softDelete, true)
	if softDelete.state != model.Off {
		softDelete.days = draft.Or(draft.Number(vault.days.Value), 90.0)
	}
	provide(d, a, r, model.SoftDelete, "keyvault.soft_delete", softDelete)
	purge := flag(vault.purgeProtection, false)
	means := inPlace(a, r, "keyvault.purge_protection", purge)
	if purge.state == model.Off {
		d.Lacks(a, model.PurgeProtection, purge.why, purge.at, purge.defaulted)
	} else {
		// Nobody can switch purge protection off again (Microsoft Learn, Azure
		// Key Vault soft-delete overview).
		means.Locked = model.TriOf(purge.state == model.On)
		if purge.state == model.Undecided {
			means.Locked = model.Maybe
		}
		protect(d, a, r, model.PurgeProtection, means)
	}
	stateDestroyGuard(d, a, r)
	stateProviderPurge(d, a, r, "features.key_vault.purge_soft_delete_on_destroy", true)
}

// stateProviderPurge records whether destroying the resource with Terraform also
// purges what soft delete keeps. Which of the switches in features azurerm has on
// by default is in its documentation, The Features Block.
func stateProviderPurge(d *draft.Draft, a *model.Asset, r *resource.Resource, path string, byDefault bool) {
	if r.Format != "terraform" || carriesARM(r) {
		return
	}
	purges := attr{Value: r.Provider.Path(path), name: path}
	if purges.IsAbsent() {
		purges.At = r.At
	}
	d.Set(a, "purged_on_destroy", flag(purges, byDefault).fact())
}
