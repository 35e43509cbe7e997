package azure

import (
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

func recoveryVaults() draft.Mapper {
	return draft.Mapper{
		Service: "recovery_services",
		Types:   inAllForms(armRecoveryVault, "azurerm_recovery_services_vault"),
		Declare: managed(func(d *draft.Draft, r *resource.Resource) { declareVault(d, r, readRecoveryVault) }),
	}
}

// readRecoveryVault reads a Recovery Services vault. Default: azurerm
// documentation, recovery_services_vault (storage_mode_type GeoRedundant). Since
// azurerm 5 soft_delete_enabled is gone, because the service keeps it on.
func readRecoveryVault(r *resource.Resource) (vault, bool) {
	if r.Type == "azurerm_recovery_services_vault" {
		at := func(path string) attr { return attrOf(r, path) }
		return vault{
			service: "recovery_services", name: at("name"), location: at("location"), tags: at("tags"),
			redundancy: at("storage_mode_type"), redundancyDefault: "GeoRedundant",
			softDelete: at("soft_delete_enabled"), immutability: at("immutability"),
			crossRegion: at("cross_region_restore_enabled"), identity: at("identity.type"),
		}, true
	}
	arm, ok := armOf(r, armRecoveryVault)
	security := "properties.securitySettings."
	return vault{
		service: "recovery_services", name: arm.name, location: arm.location, tags: arm.tags,
		redundancy: arm.at("properties.redundancySettings.standardTierStorageRedundancy"), redundancyDefault: "GeoRedundant",
		softDelete:     arm.at(security + "softDeleteSettings.softDeleteState"),
		softDeleteDays: arm.at(security + "softDeleteSettings.softDeleteRetentionPeriodInDays"),
		immutability:   arm.at(security + "immutabilitySettings.state"),
		crossRegion:    enabledWord(arm.at("properties.redundancySettings.crossRegionRestore")),
		identity:       identityType(arm.identity),
	}, ok && !arm.update
}

// fileShareBackups maps backups of Azure file shares. They cover shares, never
// blobs, so on the account they are a part.
func fileShareBackups() draft.Mapper {
	return draft.Mapper{
		Service: "recovery_services",
		Types:   []string{"azurerm_backup_protected_file_share"},
		Attach:  managed(attachFileShareBackup),
	}
}

func attachFileShareBackup(d *draft.Draft, r *resource.Resource) {
	source := attrOf(r, "source_storage_account_id")
	account := findAccount(d, r, source)
	if account.asset == nil {
		return
	}
	tier := readFilePolicy(d, attrOf(r, "backup_policy_id"))
	f := feature{state: model.On, at: tier.at, days: tier.days}
	if tier.vaulted == model.No {
		f.why = "the snapshots of the shares stay in the account"
	}
	means := inPlace(account.asset, r, "azure.backup_file_share", f)
	means.Interval, means.Scope = tier.interval, model.Partial
	if tier.vaulted != model.No {
		means = inVault(d, means, findVault(d, r, attrOf(r, "recovery_vault_name")), account.asset)
	}
	if tier.vaulted == model.Maybe {
		means.State, means.Why = model.Undecided, tier.why
	}
	protect(d, account.asset, r, model.Backup, means)
	protectShare(d, r, account.asset, means)
	if name := attrOf(r, "recovery_vault_name"); means.Target != "" {
		d.Relate(account.asset, "backed_up_by", d.Asset(means.Target), name.At)
	}
}

// protectShare states the same backup, as a whole, on the share that it names.
func protectShare(d *draft.Draft, r *resource.Resource, account *model.Asset, means model.Means) {
	members := membersOf(d, resource.ListAt(means.At, attrOf(r, "source_file_share_name").Value))
	means.Scope = model.Whole
	for _, share := range d.OfKindIn(account.Root, model.FileShare) {
		if share.Within != account.ID {
			continue
		}
		switch held, why := members.holds(share); held {
		case model.Yes:
			protect(d, share, r, model.Backup, means)
		case model.Maybe:
			open := means
			open.State, open.Why = model.Undecided, why
			protect(d, share, r, model.Backup, open)
		}
	}
}

// fileTier is what a policy for file shares keeps and where.
type fileTier struct {
	pointSet
	// vaulted is No for snapshots, which stay in the account.
	vaulted model.Tri
}

// readFilePolicy reads azurerm_backup_policy_file_share (azurerm documentation:
// backup_tier is snapshot by default).
func readFilePolicy(d *draft.Draft, policy attr) fileTier {
	found := d.Resources.Referents(policy.Value, "azurerm_backup_policy_file_share")
	if len(found) != 1 || found[0].Mode != resource.Managed {
		return fileTier{pointSet: openPoints(policy), vaulted: model.Maybe}
	}
	r := found[0]
	tier := attrOf(r, "backup_tier")
	days := attrOf(r, "retention_daily.count")
	read := fileTier{
		pointSet: pointSet{state: model.On, days: draft.Number(days.Value), interval: fileInterval(r), at: policy.At},
		vaulted:  model.No,
	}
	switch {
	case tier.text() == "vault-standard":
		read.vaulted = model.Yes
	case tier.IsUnknown():
		read.vaulted, read.why = model.Maybe, tier.Why
	}
	return read
}

func fileInterval(r *resource.Resource) model.Fact {
	frequency := attrOf(r, "backup.frequency")
	switch {
	case strings.EqualFold(frequency.text(), "Daily"):
		return model.KnownFact(24.0, frequency.At)
	case strings.EqualFold(frequency.text(), "Hourly"):
		return draft.Number(attrOf(r, "backup.hourly.interval").Value)
	default:
		return model.UnknownFact(unresolved(frequency), frequency.At)
	}
}
