package azure

import (
	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

const (
	armRecoveryGuardProxy = "microsoft.recoveryservices/vaults/backupresourceguardproxies"
	armBackupGuardProxy   = "microsoft.dataprotection/backupvaults/backupresourceguardproxies"
)

// stateSharedGroup records whether a vault is in the resource group of something
// that it protects, so that one deletion of the group means both. One thing in the
// same group is enough; at is where the vault is named.
func stateSharedGroup(d *draft.Draft, vault, subject *model.Asset, at source.Range) {
	own, theirs := resourceOf(d, vault), resourceOf(d, subject)
	if own == nil || theirs == nil || vault.Settings[settingSharesGroup].Tri() == model.Yes {
		return
	}
	place, other := groupOf(d, own), groupOf(d, theirs)
	switch before := vault.Settings[settingSharesGroup]; place.same(other) {
	case model.Yes:
		d.Set(vault, settingSharesGroup, model.KnownFact(true, vault.At))
	case model.Maybe:
		d.Set(vault, settingSharesGroup, model.UnknownFact(firstText(place.open, other.open, "the resource groups cannot be compared"), at))
	default:
		if before.State != model.Unknown {
			d.Set(vault, settingSharesGroup, model.KnownFact(false, vault.At))
		}
	}
}

// resourceGuards maps the association of a vault with a resource guard.
func resourceGuards() draft.Mapper {
	return draft.Mapper{
		Service: recoveryService,
		Types:   inAllForms(armRecoveryGuardProxy, armBackupGuardProxy, "azurerm_recovery_services_vault_resource_guard_association"),
		Attach:  managed(attachResourceGuard),
	}
}

// attachResourceGuard states that backups are deleted only with the consent of
// whoever owns the guard, and a vault that holds backups cannot be deleted
// (Microsoft Learn, Multi-user authorization using Resource Guard; Delete an Azure
// Backup Recovery Services vault).
func attachResourceGuard(d *draft.Draft, r *resource.Resource) {
	named := attrOf(r, "vault_id")
	arm, ok := armOf(r, armRecoveryGuardProxy, armBackupGuardProxy)
	if ok {
		named = arm.parent
	} else if isARM(r) || carriesARM(r) {
		return
	}
	vault := findVaultOf(d, r, named)
	if vault.asset == nil {
		vault = findVault(d, r, named)
	}
	if vault.asset == nil {
		doubt(d, r, vault, []model.Kind{model.BackupVault}, []string{model.DeleteGuard})
		return
	}
	f := feature{state: model.On, at: named.At, days: model.AbsentFact(named.At), why: "its backups are deleted only with the consent of the guard's owner"}
	protect(d, vault.asset, r, model.DeleteGuard, inPlace(vault.asset, r, "guard.resource_guard", f))
}
