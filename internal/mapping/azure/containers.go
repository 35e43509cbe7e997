package azure

import (
	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

// storageContainer is a blob container or a file system, which are one thing.
type storageContainer struct {
	name attr
	// accounts are the attributes that may name the account, newest first.
	accounts []attr
}

func containers() draft.Mapper {
	return draft.Mapper{
		Service: storageService,
		Types:   inAllForms(armContainer, "azurerm_storage_container", "azurerm_storage_data_lake_gen2_filesystem"),
		Declare: managed(declareContainer),
		Attach:  managed(placeContainer),
	}
}

func readContainer(r *resource.Resource) (storageContainer, bool) {
	switch r.Type {
	case "azurerm_storage_container", "azurerm_storage_data_lake_gen2_filesystem":
		// storage_account_name until azurerm 4, storage_account_id from 4.9 on
		// and the only one in 5 (azurerm 5.0 upgrade guide).
		return storageContainer{
			name:     attrOf(r, "name"),
			accounts: []attr{attrOf(r, "storage_account_id"), attrOf(r, "storage_account_name")},
		}, true
	}
	arm, ok := armOf(r, armContainer)
	return storageContainer{name: arm.name, accounts: []attr{arm.parent}}, ok && !arm.update
}

func declareContainer(d *draft.Draft, r *resource.Resource) {
	if container, ok := readContainer(r); ok {
		a := d.Declare(r, model.Container, provider, storageService, container.name.Value)
		stateDestroyGuard(d, a, r)
	}
}

// placeContainer puts a container into its account. Without one, everything
// that an account decides for its containers is open.
func placeContainer(d *draft.Draft, r *resource.Resource) {
	container, ok := readContainer(r)
	a := d.Asset(r.ID)
	if !ok || a == nil {
		return
	}
	account := findAccount(d, r, container.accounts...)
	if account.asset != nil {
		a.Within, a.Region = account.asset.ID, account.asset.Region
		return
	}
	stateOutside(d, a, account)
}

// stateOutside states that everything an account would decide is open, by the
// mechanisms that it may have.
func stateOutside(d *draft.Draft, a *model.Asset, account target) {
	a.Region = model.UnknownFact(account.why, account.at)
	for _, open := range []struct{ protection, mechanism string }{
		{model.ZoneRedundancy, "azure.zrs"},
		{model.GeoReplication, "azure.grs"},
		{model.Versioning, "azure.blob_versioning"},
		{model.SoftDelete, "azure.blob_soft_delete"},
		{model.ContainerSoftDelete, "azure.container_soft_delete"},
		{model.PointInTimeRestore, "azure.blob_pitr"},
		{model.Backup, "azure.backup_blob_vaulted"},
		{model.Immutability, "azure.immutability"},
		{model.DeleteGuard, "guard.management_lock"},
	} {
		d.Protect(a, open.protection, openMeans(a, open.mechanism, account))
	}
	for _, setting := range []string{settingHNS, settingSharedKey} {
		d.Set(a, setting, model.UnknownFact(account.why, account.at))
	}
}
