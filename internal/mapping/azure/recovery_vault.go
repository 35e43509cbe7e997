package azure

import (
	"slices"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/resource"
)

const (
	recoveryService  = "recovery_services"
	armStorageConfig = "microsoft.recoveryservices/vaults/backupstorageconfig"
	armVaultConfig   = "microsoft.recoveryservices/vaults/backupconfig"
)

func recoveryVaults() draft.Mapper {
	return draft.Mapper{
		Service: recoveryService,
		Types:   inAllForms(armRecoveryVault, "azurerm_recovery_services_vault"),
		Declare: managed(func(d *draft.Draft, r *resource.Resource) {
			declareVault(d, r, func(r *resource.Resource) (vault, bool) {
				v, ok := readRecoveryVault(r)
				return configured(d, r, v), ok
			})
		}),
	}
}

// configured completes a vault by the resources in which older templates write
// its redundancy and its soft delete. They have no effect beside the vault's own
// properties (ARM reference, vaults/backupstorageconfig and vaults/backupconfig).
func configured(d *draft.Draft, r *resource.Resource, v vault) vault {
	for _, other := range d.Resources.OfRoot(r.Root) {
		arm, ok := armOf(other, armStorageConfig, armVaultConfig)
		if !ok || other.Mode != resource.Managed || !slices.Contains(d.Resources.Referents(arm.parent.Value), r) {
			continue
		}
		v.redundancy = v.redundancy.orElse(arm.at("properties.storageModelType")).orElse(arm.at("properties.storageType"))
		v.crossRegion = v.crossRegion.orElse(arm.at("properties.crossRegionRestoreFlag"))
		v.softDelete = v.softDelete.orElse(arm.at("properties.softDeleteFeatureState"))
	}
	return v
}

// readRecoveryVault reads a Recovery Services vault. Default: azurerm
// documentation, recovery_services_vault (storage_mode_type GeoRedundant). Since
// azurerm 5 soft_delete_enabled is gone, because the service keeps it on.
func readRecoveryVault(r *resource.Resource) (vault, bool) {
	if r.Type == "azurerm_recovery_services_vault" {
		at := func(path string) attr { return attrOf(r, path) }
		return vault{
			service: recoveryService, name: at("name"), location: at("location"), tags: at("tags"),
			redundancy: at("storage_mode_type"), redundancyDefault: "GeoRedundant",
			softDelete: at("soft_delete_enabled"), immutability: at("immutability"),
			crossRegion: at("cross_region_restore_enabled"), identity: at("identity.type"),
		}, true
	}
	arm, ok := armOf(r, armRecoveryVault)
	security := "properties.securitySettings."
	return vault{
		service: recoveryService, name: arm.name, location: arm.location, tags: arm.tags,
		redundancy: arm.at("properties.redundancySettings.standardTierStorageRedundancy"), redundancyDefault: "GeoRedundant",
		softDelete:     arm.at(security + "softDeleteSettings.softDeleteState"),
		softDeleteDays: arm.at(security + "softDeleteSettings.softDeleteRetentionPeriodInDays"),
		immutability:   arm.at(security + "immutabilitySettings.state"),
		crossRegion:    enabledWord(arm.at("properties.redundancySettings.crossRegionRestore")),
		identity:       identityType(arm.identity),
	}, ok && !arm.update
}
