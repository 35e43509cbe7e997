package azure

import (
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

// backupInstance is one storage account under the protection of a policy.
type backupInstance struct {
	// dataLake says which of the two solutions it is: for accounts with a
	// hierarchical namespace, or for flat ones.
	dataLake                           bool
	vault, account, policy, containers attr
	// all is set when the instance takes every container, later ones included,
	// but those with a name that starts with one of except.
	all    bool
	except []string
}

func backupInstances() draft.Mapper {
	return draft.Mapper{
		Service: "data_protection",
		Types:   inAllForms(armBackupInstance, "azurerm_data_protection_backup_instance_blob_storage", "azurerm_data_protection_backup_instance_data_lake_storage"),
		Attach:  managed(attachBackupInstance),
	}
}

// readInstance reads both solutions; their arguments have different names, which
// also changed while the Data Lake one was young (azurerm documentation).
func readInstance(r *resource.Resource) (backupInstance, bool) {
	at := func(path string) attr { return attrOf(r, path) }
	switch r.Type {
	case "azurerm_data_protection_backup_instance_blob_storage":
		return backupInstance{
			vault: at("vault_id"), account: at("storage_account_id"), policy: at("backup_policy_id"),
			containers: at("storage_account_container_names"),
		}, true
	case "azurerm_data_protection_backup_instance_data_lake_storage":
		return backupInstance{
			dataLake: true, account: at("storage_account_id"),
			vault:      at("data_protection_backup_vault_id").orElse(at("vault_id")),
			policy:     at("backup_policy_data_lake_storage_id").orElse(at("backup_policy_id")),
			containers: at("storage_container_names").orElse(at("storage_account_container_names")),
		}, true
	}
	arm, ok := armOf(r, armBackupInstance)
	return armInstance(arm), ok && isStorageInstance(arm)
}

// isStorageInstance tells storage accounts from the other sources of a vault.
func isStorageInstance(arm armResource) bool {
	kind := strings.ToLower(arm.at("properties.dataSourceInfo.datasourceType").text())
	return strings.HasPrefix(kind, "microsoft.storage/storageaccounts/")
}

func armInstance(arm armResource) backupInstance {
	parameters := "properties.policyInfo.policyParameters.backupDatasourceParametersList"
	instance := backupInstance{
		dataLake: strings.EqualFold(arm.at("properties.dataSourceInfo.datasourceType").text(), "Microsoft.Storage/storageAccounts/adlsBlobServices"),
		vault:    arm.parent, account: arm.at("properties.dataSourceInfo.resourceID"), policy: arm.at("properties.policyInfo.policyId"),
		containers: arm.at(parameters + ".containersList"),
	}
	automatic := arm.at(parameters + ".autoProtectionSettings")
	instance.all, _ = automatic.Path("enabled").AsBool()
	for _, rule := range automatic.Path("rules").Blocks() {
		instance.except = append(instance.except, inner(rule, "pattern").text())
	}
	return instance
}

func attachBackupInstance(d *draft.Draft, r *resource.Resource) {
	instance, ok := readInstance(r)
	if !ok {
		return
	}
	account := findAccount(d, r, instance.account)
	if account.asset == nil {
		doubt(d, r, account, accountKinds(), []string{model.Backup, model.PointInTimeRestore})
		return
	}
	policy := readPolicy(d, instance.policy, instance.dataLake)
	stateOperational(d, r, account.asset, instance, policy)
	if policy.vaulted.state != model.Off {
		stateVaulted(d, r, account.asset, instance, policy.vaulted)
	}
}

// stateOperational states the tier that keeps its points in the account itself:
// a point-in-time restore of the whole account, no copy apart from it.
func stateOperational(d *draft.Draft, r *resource.Resource, account *model.Asset, instance backupInstance, policy backupPolicy) {
	points := policy.operational
	if points.state == model.Off {
		return
	}
	f := feature{state: points.state, why: points.why, at: points.at, days: points.days}
	f = needsFlat(f, account, "operational backup")
	if account.Protections[model.PointInTimeRestore].State != model.Inapplicable {
		protect(d, account, r, model.PointInTimeRestore, inPlace(account, r, "azure.backup_blob_operational", f))
	}
	switch {
	case f.state == model.Off:
		means := inPlace(account, r, "azure.backup_blob_operational", f)
		means.At = instance.account.At
		protect(d, account, r, model.Backup, means)
	case policy.vaulted.state == model.Off:
		d.Lacks(account, model.Backup, policy.address+" keeps operational recovery points only, which stay in the account", points.at, false)
	}
}

// stateVaulted states the tier that copies into the vault, container by
// container.
func stateVaulted(d *draft.Draft, r *resource.Resource, account *model.Asset, instance backupInstance, points pointSet) {
	vault := findVault(d, r, instance.vault)
	f := vaultedState(account, vault.asset, instance, feature{state: points.state, why: points.why, at: instance.containers.At, days: points.days})
	mechanism := "azure.backup_blob_vaulted"
	if instance.dataLake {
		mechanism = "azure.backup_data_lake"
	}
	means := inVault(d, inPlace(account, r, mechanism, f), vault, account)
	means.Interval = points.interval
	if instance.dataLake {
		// It restores into the account's own region only (Microsoft Learn,
		// Support matrix for Azure Data Lake Storage backup).
		means.OtherRegion, means.Region = model.No, account.Region
	}
	if vault.asset != nil {
		d.Relate(account, "backed_up_by", vault.asset, instance.vault.At)
	}
	stateCoverage(d, r, account, instance, means)
}

// vaultedState checks what vaulted backups need (Microsoft Learn, support
// matrices for blob and Data Lake Storage backup).
func vaultedState(account, vault *model.Asset, instance backupInstance, f feature) feature {
	hns := account.Settings[settingHNS]
	switch {
	case !instance.dataLake:
		f = needsFlat(f, account, "vaulted blob backup")
	default:
		f = needs(f, hns, "backup of Data Lake Storage needs a hierarchical namespace, which the account does not have")
	}
	for _, protocol := range []string{settingNFS, settingSFTP} {
		if instance.dataLake && account.Settings[protocol].Tri() == model.Yes {
			f = f.off("backup of Data Lake Storage excludes accounts with " + protocol + " on")
		}
	}
	if f.state == model.Off {
		f.at = instance.account.At
	}
	if vault == nil || f.state == model.Off {
		return f
	}
	identity := vault.Settings[settingIdentity]
	if f.state == model.On && identity.Tri() != model.Yes {
		f.at = identity.At
	}
	f = needs(f, identity, "it needs a vault with a system-assigned identity, which "+vault.Address+" does not have")
	if f.state == model.On && draft.SameRegion(account.Region, vault.Region) == model.No {
		f = f.off("the vault " + vault.Address + " is in another region than the account, which backups of storage accounts exclude")
	}
	return f
}

// inVault completes a means by what its vault decides.
func inVault(d *draft.Draft, means model.Means, vault target, account *model.Asset) model.Means {
	if vault.asset == nil {
		means.Region = model.UnknownFact(vault.why, vault.at)
		means.OtherRegion, means.OtherAccount, means.Locked = model.Maybe, model.Maybe, model.Maybe
		return means
	}
	v := vault.asset
	stateSharedGroup(d, v, account, vault.at)
	means.Target, means.Region = v.ID, v.Region
	means.OtherAccount = otherSubscription(d, account, v)
	if means.OtherRegion = restorableElsewhere(v); means.OtherRegion == model.Yes {
		means.Region = pairedRegion(v.Region.At)
	}
	switch immutability := v.Settings[settingImmutability]; {
	case immutability.Text() == "Locked":
		means.Locked = model.Yes
	case immutability.State == model.Unknown:
		means.Locked = model.Maybe
	}
	return means
}

// restorableElsewhere says whether the copies of a vault can be restored by its
// owner while their region is down: only with both geo-redundancy and
// cross-region restore (Microsoft Learn, Cross Region Restore).
func restorableElsewhere(vault *model.Asset) model.Tri {
	redundancy, crossRegion := vault.Settings[settingRedundancy], vault.Settings[settingCrossRegion].Tri()
	switch {
	case redundancy.State == model.Known && redundancy.Text() != "GeoRedundant", crossRegion == model.No:
		return model.No
	case redundancy.State == model.Known && crossRegion == model.Yes:
		return model.Yes
	default:
		return model.Maybe
	}
}
