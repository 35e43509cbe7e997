package azure

import (
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

// Settings of a vault, which the backups that lie in it take over.
const (
	settingRedundancy   = "redundancy"
	settingCrossRegion  = "cross_region_restore"
	settingImmutability = "immutability"
	settingIdentity     = "system_assigned_identity"
	// settingSharesGroup says whether something that the vault protects is in its
	// resource group.
	settingSharesGroup = "shares_group"
)

// vault is a Backup vault or a Recovery Services vault in neutral terms.
type vault struct {
	service              string
	name, location, tags attr
	// redundancy is GeoRedundant, ZoneRedundant or LocallyRedundant.
	redundancy attr
	// redundancyDefault applies when nothing is written; empty when there is none.
	redundancyDefault string
	// softDelete is Off, On or AlwaysOn.
	softDelete, softDeleteDays attr
	// immutability is Disabled, Unlocked or Locked.
	immutability          attr
	crossRegion, identity attr
}

func backupVaults() draft.Mapper {
	return draft.Mapper{
		Service: "data_protection",
		Types:   inAllForms(armBackupVault, "azurerm_data_protection_backup_vault"),
		Declare: managed(func(d *draft.Draft, r *resource.Resource) { declareVault(d, r, readBackupVault) }),
	}
}

func readBackupVault(r *resource.Resource) (vault, bool) {
	if r.Type == "azurerm_data_protection_backup_vault" {
		at := func(path string) attr { return attrOf(r, path) }
		return vault{
			service: "data_protection", name: at("name"), location: at("location"), tags: at("tags"),
			redundancy: at("redundancy"), softDelete: at("soft_delete"), softDeleteDays: at("retention_duration_in_days"),
			immutability: at("immutability"), crossRegion: at("cross_region_restore_enabled"), identity: at("identity.type"),
		}, true
	}
	arm, ok := armOf(r, armBackupVault)
	security := "properties.securitySettings."
	return vault{
		service: "data_protection", name: arm.name, location: arm.location, tags: arm.tags,
		redundancy: arm.at("properties.storageSettings.type"),
		softDelete: arm.at(security + "softDeleteSettings.state"), softDeleteDays: arm.at(security + "softDeleteSettings.retentionDurationInDays"),
		immutability: arm.at(security + "immutabilitySettings.state"),
		crossRegion:  enabledWord(arm.at("properties.featureSettings.crossRegionRestoreSettings.state")),
		identity:     identityType(arm.identity),
	}, ok && !arm.update
}

// identityType reads the type of an identity block or object.
func identityType(identity attr) attr {
	return attr{Value: identity.Path("type"), name: "identity.type"}
}

// enabledWord turns ARM's "Enabled" and "Disabled" into a boolean.
func enabledWord(word attr) attr {
	switch text := word.text(); {
	case strings.EqualFold(text, "Enabled"):
		word.Value = resource.BoolAt(word.At, true)
	case strings.EqualFold(text, "Disabled"):
		word.Value = resource.BoolAt(word.At, false)
	}
	return word
}

func declareVault(d *draft.Draft, r *resource.Resource, read func(*resource.Resource) (vault, bool)) {
	v, ok := read(r)
	if !ok {
		return
	}
	a := d.Declare(r, model.BackupVault, provider, v.service, v.name.Value)
	a.Region = draft.Text(v.location.Value)
	d.Tag(a, v.tags.Value)
	stateVaultCopies(d, a, r, v)
	stateVaultSoftDelete(d, a, r, v)
	stateVaultImmutability(d, a, r, v)
	stateDestroyGuard(d, a, r)
	// azurerm documentation, data_protection_backup_vault and
	// recovery_services_vault: cross_region_restore_enabled is false by default.
	d.Set(a, settingCrossRegion, flag(v.crossRegion, false).fact())
	d.Set(a, settingIdentity, systemAssigned(v.identity))
	if v.service == recoveryService {
		stateProviderPurge(d, a, r, "features.recovery_service.purge_protected_items_from_vault_on_destroy", false)
	}
}

// systemAssigned says whether a vault has the identity that backups of storage
// accounts need.
func systemAssigned(identity attr) model.Fact {
	text, known := identity.AsString()
	switch {
	case identity.IsAbsent():
		return model.DefaultFact(false, identity.At)
	case !known:
		return model.UnknownFact(unresolved(identity), identity.At)
	default:
		return model.KnownFact(strings.Contains(strings.ToLower(text), "systemassigned"), identity.At)
	}
}

// stateVaultCopies states where the vault keeps its copies.
func stateVaultCopies(d *draft.Draft, a *model.Asset, r *resource.Resource, v vault) {
	decides, defaulted := v.redundancy, false
	if decides.IsAbsent() && v.redundancyDefault != "" {
		decides.Value, defaulted = resource.StringAt(decides.At, v.redundancyDefault), true
	}
	fact := draft.Text(decides.Value)
	fact.Defaulted = defaulted
	switch decides.text() {
	case "GeoRedundant":
		stateCopies(d, a, r, decides, copies{geo: true, defaulted: defaulted})
	case "ZoneRedundant":
		stateCopies(d, a, r, decides, copies{zones: true, defaulted: defaulted})
	case "LocallyRedundant":
		stateCopies(d, a, r, decides, copies{defaulted: defaulted})
	default:
		fact = model.UnknownFact(openText(decides, "a redundancy of vaults"), decides.At)
		stateOpenCopies(d, a, r, decides, fact.Why)
	}
	d.Set(a, settingRedundancy, fact)
}

// stateVaultSoftDelete states how long deleted backups can be undeleted.
// Defaults: azurerm documentation, data_protection_backup_vault (soft_delete On,
// retention_duration_in_days 14); Microsoft Learn, Soft delete for Azure Backup
// for Recovery Services vaults. AlwaysOn cannot be switched off again.
func stateVaultSoftDelete(d *draft.Draft, a *model.Asset, r *resource.Resource, v vault) {
	f := feature{state: model.On, at: v.softDelete.At, days: draft.Or(draft.Number(v.softDeleteDays.Value), 14.0)}
	locked := model.No
	switch word := strings.ToLower(v.softDelete.text()); {
	case v.softDelete.IsAbsent():
		f.defaulted = true
	case word == "on", word == "enabled", word == "true":
	case word == "alwayson":
		locked = model.Yes
	case word == "off", word == "disabled", word == "false":
		f.state, f.why, f.days = model.Off, v.softDelete.says(), model.AbsentFact(f.at)
	default:
		f, locked = f.undecided(unresolved(v.softDelete)), model.Maybe
	}
	if f.state == model.Off {
		provide(d, a, r, model.SoftDelete, "azure.vault_soft_delete", f)
		return
	}
	means := inPlace(a, r, "azure.vault_soft_delete", f)
	means.Locked = locked
	protect(d, a, r, model.SoftDelete, means)
}

// stateVaultImmutability states whether recovery points can be deleted early.
// Nothing written means Disabled (azurerm documentation,
// data_protection_backup_vault; azurerm provider, read of recovery_services_vault).
func stateVaultImmutability(d *draft.Draft, a *model.Asset, r *resource.Resource, v vault) {
	f := feature{state: model.On, at: v.immutability.At, days: model.AbsentFact(v.immutability.At)}
	fact, locked := draft.Or(draft.Text(v.immutability.Value), "Disabled"), model.No
	switch fact.Text() {
	case "Locked":
		locked = model.Yes
	case "Unlocked":
	case "Disabled":
		f.state, f.defaulted, f.why = model.Off, fact.Defaulted, "immutability is Disabled"
		if fact.Defaulted {
			f.why = v.immutability.name + " is not set"
		}
	default:
		fact = model.UnknownFact(unresolved(v.immutability), v.immutability.At)
		f, locked = f.undecided(fact.Why), model.Maybe
	}
	d.Set(a, settingImmutability, fact)
	if f.state == model.Off {
		provide(d, a, r, model.Immutability, "azure.vault_immutability", f)
		return
	}
	means := inPlace(a, r, "azure.vault_immutability", f)
	means.Locked = locked
	protect(d, a, r, model.Immutability, means)
}
