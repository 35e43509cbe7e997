package azure

import (
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// fileShareBackups maps backups of Azure file shares. They cover shares, never
// blobs, so on the account they are a part.
func fileShareBackups() draft.Mapper {
	return draft.Mapper{
		Service: recoveryService,
		Types:   inAllForms(armProtectedItem, "azurerm_backup_protected_file_share"),
		Attach:  managed(attachFileShareBackup),
	}
}

// protectedShare is a file share that a Recovery Services vault backs up.
type protectedShare struct {
	account, share, vault, policy attr
}

func readProtectedShare(r *resource.Resource) (protectedShare, bool) {
	if r.Type == "azurerm_backup_protected_file_share" {
		return protectedShare{
			account: attrOf(r, "source_storage_account_id"), share: attrOf(r, "source_file_share_name"),
			vault: attrOf(r, "recovery_vault_name"), policy: attrOf(r, "backup_policy_id"),
		}, true
	}
	arm, ok := armOf(r, armProtectedItem)
	return protectedShare{
		account: arm.at("properties.sourceResourceId"), share: itemName(arm.name), vault: arm.parent, policy: arm.at("properties.policyId"),
	}, ok && strings.EqualFold(arm.at("properties.protectedItemType").text(), "AzureFileShareProtectedItem")
}

// itemName takes the name of a share out of that of a protected item,
// "AzureFileShare;landing".
func itemName(name attr) attr {
	if kind, share, found := strings.Cut(name.text(), ";"); found && strings.EqualFold(kind, "AzureFileShare") {
		name.Text = share
	}
	if kind, share, found := strings.Cut(name.Hint, ";"); found && strings.EqualFold(kind, "AzureFileShare") {
		name.Hint = strings.TrimSuffix(share, string(resource.Hole))
		if name.Hint != "" {
			name.Hint = share
		}
	}
	return name
}

func attachFileShareBackup(d *draft.Draft, r *resource.Resource) {
	item, ok := readProtectedShare(r)
	if !ok {
		return
	}
	account := findAccount(d, r, item.account)
	if account.asset == nil {
		doubt(d, r, account, []model.Kind{model.FileShare}, []string{model.Backup})
		return
	}
	tier := readFilePolicy(d, item.policy)
	f := feature{state: model.On, at: tier.at, days: tier.days}
	if tier.vaulted == model.No {
		f.why = "the snapshots of the shares stay in the account"
	}
	means := inPlace(account.asset, r, "azure.backup_file_share", f)
	means.Interval, means.Scope = tier.interval, model.Partial
	if tier.vaulted != model.No {
		means = inVault(d, means, findVaultOf(d, r, item.vault), account.asset)
	}
	if tier.vaulted == model.Maybe {
		means.State, means.Why = model.Undecided, tier.why
	}
	protect(d, account.asset, r, model.Backup, means)
	protectShare(d, r, account.asset, item.share, means)
	if means.Target != "" {
		d.Relate(account.asset, "backed_up_by", d.Asset(means.Target), item.vault.At)
	}
}

// protectShare states the same backup, as a whole, on the share that it names.
func protectShare(d *draft.Draft, r *resource.Resource, account *model.Asset, named attr, means model.Means) {
	members := membersOf(d, resource.ListAt(means.At, named.Value))
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

// readFilePolicy reads the policy that an item names.
func readFilePolicy(d *draft.Draft, policy attr) fileTier {
	found := d.Resources.Referents(policy.Value, "azurerm_backup_policy_file_share", armRecoveryPolicy, azapiResource)
	if len(found) != 1 || found[0].Mode != resource.Managed {
		return fileTier{pointSet: openPoints(policy), vaulted: model.Maybe}
	}
	if found[0].Type == "azurerm_backup_policy_file_share" {
		return terraformFilePolicy(found[0], policy.At)
	}
	arm, ok := armOf(found[0], armRecoveryPolicy)
	if !ok {
		return fileTier{pointSet: openPoints(policy), vaulted: model.Maybe}
	}
	return armFilePolicy(arm, policy.At)
}

// terraformFilePolicy reads azurerm_backup_policy_file_share (azurerm
// documentation: backup_tier is snapshot by default).
func terraformFilePolicy(r *resource.Resource, at source.Range) fileTier {
	tier := attrOf(r, "backup_tier")
	read := fileTier{
		pointSet: pointSet{
			state: model.On, days: draft.Number(attrOf(r, "retention_daily.count").Value),
			interval: machineInterval(attrOf(r, "backup.frequency"), attrOf(r, "backup.hourly.interval")), at: at,
		},
		vaulted: model.No,
	}
	switch {
	case tier.text() == "vault-standard":
		read.vaulted = model.Yes
	case tier.IsUnknown():
		read.vaulted, read.why = model.Maybe, tier.Why
	}
	return read
}

// armFilePolicy reads a policy for Azure Files, which has a retention of the
// vault instead of its own where copies leave the account (ARM reference,
// vaults/backupPolicies, AzureFileShareProtectionPolicy).
func armFilePolicy(arm armResource, at source.Range) fileTier {
	read := fileTier{pointSet: pointSet{state: model.On, interval: scheduledInterval(arm), at: at}, vaulted: model.No}
	vaulted := arm.at("properties.vaultRetentionPolicy")
	switch {
	case vaulted.IsUnknown():
		read.vaulted, read.why, read.days = model.Maybe, vaulted.Why, model.UnknownFact(vaulted.Why, vaulted.At)
	case vaulted.IsAbsent():
		read.days = scheduledDays(arm, "properties.retentionPolicy")
	default:
		read.vaulted, read.days = model.Yes, scheduledDays(arm, "properties.vaultRetentionPolicy.vaultRetention")
	}
	return read
}
