package azure

import (
	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

const (
	filesService   = "files"
	armFileService = "microsoft.storage/storageaccounts/fileservices"
	armFileShare   = "microsoft.storage/storageaccounts/fileservices/shares"
)

func fileShares() draft.Mapper {
	return draft.Mapper{
		Service: filesService,
		Types:   inAllForms(armFileShare, "azurerm_storage_share"),
		Declare: managed(declareShare),
		Attach:  managed(placeShare),
	}
}

// fileServices maps the file service where it is a resource of its own. In
// azurerm it is always a block of the account.
func fileServices() draft.Mapper {
	return draft.Mapper{
		Service: filesService,
		Types:   inAllForms(armFileService),
		Attach:  managed(attachFileService),
	}
}

func readShare(r *resource.Resource) (storageContainer, bool) {
	if r.Type == "azurerm_storage_share" {
		return storageContainer{name: attrOf(r, "name"), accounts: []attr{attrOf(r, "storage_account_id"), attrOf(r, "storage_account_name")}}, true
	}
	arm, ok := armOf(r, armFileShare)
	return storageContainer{name: arm.name, accounts: []attr{arm.parent}}, ok && !arm.update
}

func declareShare(d *draft.Draft, r *resource.Resource) {
	if share, ok := readShare(r); ok {
		a := d.Declare(r, model.FileShare, provider, filesService, share.name.Value)
		stateDestroyGuard(d, a, r)
	}
}

// placeShare puts a share into its account, which decides about redundancy and
// about deleted shares.
func placeShare(d *draft.Draft, r *resource.Resource) {
	share, ok := readShare(r)
	a := d.Asset(r.ID)
	if !ok || a == nil {
		return
	}
	account := findAccount(d, r, share.accounts...)
	if account.asset == nil {
		openShare(d, a, account)
		return
	}
	a.Within, a.Region = account.asset.ID, account.asset.Region
	if declared := resourceOf(d, account.asset); declared != nil {
		if read, ok := readAccount(declared); ok && read.shares != nil {
			stateShareSoftDelete(d, a, declared, *read.shares)
			return
		}
	}
	if len(a.Protections[model.SoftDelete].Means) == 0 && a.Protections[model.SoftDelete].State == "" {
		stateShareSoftDelete(d, a, r, feature{state: model.Off, defaulted: true, at: a.At, days: model.AbsentFact(a.At)})
	}
}

// openShare states that everything the account would decide is open.
func openShare(d *draft.Draft, a *model.Asset, account target) {
	a.Region = model.UnknownFact(account.why, account.at)
	for _, open := range []struct{ protection, mechanism string }{
		{model.ZoneRedundancy, "azure.zrs"}, {model.GeoReplication, "azure.grs"},
		{model.SoftDelete, "azure.share_soft_delete"}, {model.Backup, "azure.backup_file_share"}, {model.DeleteGuard, "guard.management_lock"},
	} {
		d.Protect(a, open.protection, openMeans(a, open.mechanism, account))
	}
}

// openMeans is a means that something outside the scan decides.
func openMeans(a *model.Asset, mechanism string, decides target) model.Means {
	open := model.UnknownFact(decides.why, decides.at)
	return model.Means{
		Mechanism: mechanism, State: model.Undecided, Why: decides.why, Scope: model.UnknownScope,
		Window: open, Interval: open, Region: open,
		OtherRegion: model.Maybe, OtherAccount: model.Maybe, Locked: model.Maybe, PropagatesDeletes: model.Maybe,
		By: a.Address, At: decides.at,
	}
}

// stateShareSoftDelete states whether a deleted share can be undeleted; it keeps
// whole shares, never single files (Microsoft Learn, Soft delete for Azure file
// shares). Where nobody writes it, the way in which the account was created
// decides, which no file shows.
func stateShareSoftDelete(d *draft.Draft, a *model.Asset, r *resource.Resource, f feature) {
	if f.state == model.Off && f.defaulted {
		f = f.undecided("nothing sets the soft delete of file shares, and how the account is created decides its default")
		f.days = model.UnknownFact(f.why, f.at)
	}
	provide(d, a, r, model.SoftDelete, "azure.share_soft_delete", f)
}

func attachFileService(d *draft.Draft, r *resource.Resource) {
	arm, ok := armOf(r, armFileService)
	if !ok {
		return
	}
	account := findAccount(d, r, arm.parent, arm.scope)
	if account.asset == nil {
		doubt(d, r, account, []model.Kind{model.FileShare}, []string{model.SoftDelete})
		return
	}
	f := armRetention(arm, "properties.shareDeleteRetentionPolicy")
	if account.asset.Settings[settingKind].Text() == "FileStorage" {
		provide(d, account.asset, r, model.ContainerSoftDelete, "azure.share_soft_delete", f)
	}
	for _, share := range d.OfKindIn(account.asset.Root, model.FileShare) {
		declared := resourceOf(d, share)
		read, ok := readShare(declared)
		if ok && findAccount(d, declared, read.accounts...).asset == account.asset {
			share.Within, share.Region = account.asset.ID, account.asset.Region
			stateShareSoftDelete(d, share, r, f)
		}
	}
}
