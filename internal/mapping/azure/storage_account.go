package azure

import (
	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

const storageService = "storage"

// Names of the settings that rules and other mappers read.
const (
	settingHNS            = "hierarchical_namespace"
	settingSharedKey      = "shared_key_access"
	settingKind           = "account_kind"
	settingNFS            = "nfs"
	settingSFTP           = "sftp"
	settingPermanent      = "permanent_delete"
	settingChangeFeed     = "change_feed"
	settingKeepOverwrites = "soft_delete_keeps_overwrites"
	settingReplicated     = "object_replication"
	settingPurpose        = "purpose"
)

// storageAccount is a storage account in neutral terms.
type storageAccount struct {
	name, location, tags, kind attr
	sku                        sku
	hns, sharedKey, nfs, sftp  attr
	dnsEndpoint                attr
	immutability               accountImmutability
	// blobs is the account's blob service where the dialect writes it inline.
	blobs *blobService
	// shares is soft delete of file shares, for accounts that hold nothing else.
	shares *feature
}

// accountImmutability is the default retention of new versions.
type accountImmutability struct {
	block, state, days attr
}

func storageAccounts() draft.Mapper {
	return draft.Mapper{
		Service: storageService,
		Types:   inAllForms(armAccount, "azurerm_storage_account"),
		Declare: managed(declareAccount),
		Attach:  managed(attachAccount),
	}
}

func readAccount(r *resource.Resource) (storageAccount, bool) {
	if r.Type == "azurerm_storage_account" {
		return terraformAccount(r), true
	}
	if arm, ok := armOf(r, armAccount); ok && !arm.update {
		return armStorageAccount(arm), true
	}
	return storageAccount{}, false
}

// terraformAccount reads azurerm_storage_account as versions 3 to 5 write it.
func terraformAccount(r *resource.Resource) storageAccount {
	at := func(path string) attr { return attrOf(r, path) }
	shares := terraformRetention(blockOf(r, "share_properties"), "retention_policy")
	return storageAccount{
		name: at("name"), location: at("location"), tags: at("tags"), kind: at("account_kind"),
		sku: terraformSKU(at("account_tier"), at("provisioned_billing_model_version"), at("account_replication_type")),
		hns: at("is_hns_enabled"), sharedKey: at("shared_access_key_enabled"),
		nfs: at("nfsv3_enabled"), sftp: at("sftp_enabled"), dnsEndpoint: at("dns_endpoint_type"),
		immutability: accountImmutability{
			block: blockOf(r, "immutability_policy"), state: at("immutability_policy.state"),
			days: at("immutability_policy.period_since_creation_in_days"),
		},
		blobs:  terraformBlobService(blockOf(r, "blob_properties")),
		shares: &shares,
	}
}

// armStorageAccount reads Microsoft.Storage/storageAccounts.
func armStorageAccount(arm armResource) storageAccount {
	immutable := "properties.immutableStorageWithVersioning"
	return storageAccount{
		name: arm.name, location: arm.location, tags: arm.tags, kind: arm.at("kind"),
		sku: armSKU(arm.at("sku.name")),
		hns: arm.at("properties.isHnsEnabled"), sharedKey: arm.at("properties.allowSharedKeyAccess"),
		nfs: arm.at("properties.isNfsV3Enabled"), sftp: arm.at("properties.isSftpEnabled"),
		dnsEndpoint: arm.at("properties.dnsEndpointType"),
		immutability: accountImmutability{
			block: arm.at(immutable + ".immutabilityPolicy"), state: arm.at(immutable + ".immutabilityPolicy.state"),
			days: arm.at(immutable + ".immutabilityPolicy.immutabilityPeriodSinceCreationInDays"),
		},
	}
}

// declareAccount states what the account itself decides.
func declareAccount(d *draft.Draft, r *resource.Resource) {
	account, ok := readAccount(r)
	if !ok {
		return
	}
	a := d.Declare(r, model.ObjectStore, provider, storageService, account.name.Value)
	a.Region = draft.Text(account.location.Value)
	d.Tag(a, account.tags.Value)
	// Defaults: azurerm documentation, storage_account (is_hns_enabled and
	// nfsv3_enabled and sftp_enabled false, shared_access_key_enabled true,
	// account_kind StorageV2); the ARM reference states the same.
	d.Set(a, settingHNS, flag(account.hns, false).fact())
	d.Set(a, settingSharedKey, flag(account.sharedKey, true).fact())
	d.Set(a, settingNFS, flag(account.nfs, false).fact())
	d.Set(a, settingSFTP, flag(account.sftp, false).fact())
	d.Set(a, settingKind, draft.Or(draft.Text(account.kind.Value), "StorageV2"))
	stateRedundancy(d, a, r, account.sku)
	stateDestroyGuard(d, a, r)
}

// attachAccount states what the account's blob service adds.
func attachAccount(d *draft.Draft, r *resource.Resource) {
	account, ok := readAccount(r)
	a := d.Asset(r.ID)
	if !ok || a == nil {
		return
	}
	if account.kind.text() == "FileStorage" {
		stateFilesOnly(d, a, r, account)
		return
	}
	if account.blobs != nil {
		stateBlobService(d, a, r, *account.blobs, account.dnsEndpoint)
	} else {
		stateNewBlobService(d, a, r)
	}
	stateAccountImmutability(d, a, r, account)
}

// stateFilesOnly states that an account for file shares has none of the
// protections of blobs. Soft delete keeps its deleted shares, as it keeps deleted
// containers elsewhere, never single files (Microsoft Learn, Soft delete for
// Azure file shares).
func stateFilesOnly(d *draft.Draft, a *model.Asset, r *resource.Resource, account storageAccount) {
	for _, protection := range []string{model.Versioning, model.SoftDelete, model.PointInTimeRestore, model.Immutability} {
		d.Inapplicable(a, protection, account.kind.says()+", which holds no blobs", account.kind.At)
	}
	if account.shares != nil {
		provide(d, a, r, model.ContainerSoftDelete, "azure.share_soft_delete", *account.shares)
	}
}

// stateAccountImmutability states the retention that every new version gets.
// The policy can be locked, and it needs versions, which an account with a
// hierarchical namespace does not keep.
func stateAccountImmutability(d *draft.Draft, a *model.Asset, r *resource.Resource, account storageAccount) {
	policy := account.immutability
	if policy.block.IsAbsent() {
		return
	}
	f := feature{state: model.On, at: policy.state.At, days: draft.Number(policy.days.Value)}
	switch {
	case policy.state.IsUnknown():
		f = f.undecided(policy.state.Why)
	case policy.state.text() == "Disabled":
		f = f.off(policy.state.says())
	case policy.state.text() != "Locked" && policy.state.text() != "Unlocked":
		f = f.undecided(unresolved(policy.state))
	}
	if f.state != model.Off {
		f = needsFlat(f, a, policy.block.name)
	}
	means := inPlace(a, r, "azure.immutability", f)
	means.Locked = model.TriOf(policy.state.text() == "Locked")
	if policy.state.IsUnknown() {
		means.Locked = model.Maybe
	}
	protect(d, a, r, model.Immutability, means)
}

// needsFlat turns a feature off that a hierarchical namespace excludes
// (Microsoft Learn, Blob Storage feature support by account type).
func needsFlat(f feature, a *model.Asset, name string) feature {
	hns := a.Settings[settingHNS]
	switch {
	case f.state == model.Off || hns.Tri() == model.No:
		return f
	case hns.Tri() == model.Yes:
		return f.off(name + " is set, but an account with a hierarchical namespace does not support it")
	default:
		return f.undecided(hns.Why)
	}
}

// stateDestroyGuard states Terraform's own guard. Templates and Bicep files have
// none: what keeps a resource there is a lock.
func stateDestroyGuard(d *draft.Draft, a *model.Asset, r *resource.Resource) {
	if isARM(r) {
		d.Inapplicable(a, model.DestroyGuard, "a deployment has no guard of its own; a lock keeps the resource", r.At)
		return
	}
	guard := attr{Value: r.Lifecycle.Path("prevent_destroy"), name: "lifecycle.prevent_destroy"}
	if guard.IsAbsent() {
		guard.At = r.At
	}
	f := flag(guard, false)
	if f.state == model.Off {
		f.why += ", so Terraform may destroy it"
	}
	provide(d, a, r, model.DestroyGuard, "guard.prevent_destroy", f)
}
