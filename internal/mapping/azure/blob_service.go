package azure

import (
	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// blobService holds the data protection switches of an account's blob service.
type blobService struct {
	softDelete, containerSoftDelete, restore feature
	versioning, changeFeed, permanentDelete  feature
}

// blobServices maps the blob service where it is a resource of its own. In
// azurerm it is always a block of the account.
func blobServices() draft.Mapper {
	return draft.Mapper{
		Service: storageService,
		Types:   inAllForms(armBlobService),
		Attach:  managed(attachBlobService),
	}
}

func attachBlobService(d *draft.Draft, r *resource.Resource) {
	arm, ok := armOf(r, armBlobService)
	if !ok {
		return
	}
	found := findAccount(d, r, arm.parent, arm.scope)
	if found.asset == nil {
		doubt(d, r, found, accountKinds(), []string{model.SoftDelete, model.ContainerSoftDelete, model.Versioning, model.PointInTimeRestore})
		return
	}
	stateBlobService(d, found.asset, r, armBlobSwitches(arm), attr{})
}

// terraformBlobService reads azurerm's blob_properties block. Without the block
// the provider leaves the service alone. With it, everything that the block
// does not name is switched off explicitly (azurerm provider, expansion of
// blob_properties: a missing delete_retention_policy disables soft delete).
func terraformBlobService(block attr) *blobService {
	if block.IsAbsent() {
		return nil
	}
	within := func(name string) attr {
		return attr{Value: block.Path(name), name: block.name + "." + name}
	}
	return &blobService{
		softDelete:          terraformRetention(block, "delete_retention_policy"),
		containerSoftDelete: terraformRetention(block, "container_delete_retention_policy"),
		restore:             terraformRestore(block),
		versioning:          flag(within("versioning_enabled"), false),
		changeFeed:          flag(within("change_feed_enabled"), false),
		permanentDelete:     flag(within("delete_retention_policy.permanent_delete_enabled"), false),
	}
}

// terraformRetention reads a block whose presence switches a feature on. An
// empty block is on with the schema's default of 7 days.
func terraformRetention(parent attr, name string) feature {
	block := parent.Path(name).Block()
	path := parent.name + "." + name
	switch {
	case parent.IsAbsent():
		return feature{state: model.Off, defaulted: true, why: parent.name + " is not set", at: parent.At, days: model.AbsentFact(parent.At)}
	case block.IsAbsent():
		why := parent.name + " is written without " + name + ", which switches it off"
		return feature{state: model.Off, defaulted: true, why: why, at: parent.At, days: model.AbsentFact(parent.At)}
	case block.IsUnknown():
		return feature{state: model.Undecided, why: block.Why, at: block.At, days: model.UnknownFact(block.Why, block.At)}
	}
	days := inner(parent.Value, name+".days")
	f := feature{state: model.On, at: days.At, days: draft.Or(draft.Number(days.Value), 7.0)}
	if count, known := f.days.Number(); known && count <= 0 {
		f = f.off(path + ".days is " + days.text())
	}
	return f
}

// terraformRestore reads restore_policy, which is simply not asked for when it
// is missing and whose days have no default.
func terraformRestore(parent attr) feature {
	const name = "restore_policy"
	f := terraformRetention(parent, name)
	switch {
	case parent.Path(name).Block().IsAbsent():
		f.why = parent.name + "." + name + " is not set"
	case f.days.Defaulted:
		f.days = model.UnknownFact(name+".days is not written", f.at)
	}
	return f
}

// armBlobSwitches reads Microsoft.Storage/storageAccounts/blobServices, where
// every feature has an enabled property that is false when it is missing.
func armBlobSwitches(arm armResource) blobService {
	return blobService{
		softDelete:          armRetention(arm, "properties.deleteRetentionPolicy"),
		containerSoftDelete: armRetention(arm, "properties.containerDeleteRetentionPolicy"),
		restore:             armRetention(arm, "properties.restorePolicy"),
		versioning:          flag(arm.at("properties.isVersioningEnabled"), false),
		changeFeed:          flag(arm.at("properties.changeFeed.enabled"), false),
		permanentDelete:     flag(arm.at("properties.deleteRetentionPolicy.allowPermanentDelete"), false),
	}
}

func armRetention(arm armResource, path string) feature {
	f := flag(arm.at(path+".enabled"), false)
	if f.state == model.Off {
		return f
	}
	days := arm.at(path + ".days")
	f.days = draft.Number(days.Value)
	if days.IsAbsent() {
		f.days = model.UnknownFact(days.name+" is not written", f.at)
	} else if f.state == model.On {
		f.at = days.At
	}
	return f
}

// stateNewBlobService states the service's own defaults for an account whose
// blob service nobody configures: soft delete is on only in the portal
// (Microsoft Learn, Enable soft delete for blobs).
func stateNewBlobService(d *draft.Draft, a *model.Asset, r *resource.Resource) {
	off := func(what string) feature {
		return feature{state: model.Off, defaulted: true, why: "a new storage account starts without " + what + ", and nothing switches it on", at: a.At}
	}
	stateBlobService(d, a, r, blobService{
		softDelete: off("blob soft delete"), containerSoftDelete: off("container soft delete"), restore: off("point-in-time restore"),
		versioning: off("versioning"), changeFeed: off("a change feed"), permanentDelete: off("permanent deletion"),
	}, attr{})
}

// stateBlobService states what the switches mean on this account.
func stateBlobService(d *draft.Draft, a *model.Asset, r *resource.Resource, blobs blobService, dnsEndpoint attr) {
	d.Set(a, settingPermanent, blobs.permanentDelete.fact())
	d.Set(a, settingChangeFeed, blobs.changeFeed.fact())
	stateSoftDelete(d, a, r, blobs.softDelete)
	provide(d, a, r, model.ContainerSoftDelete, "azure.container_soft_delete", blobs.containerSoftDelete)
	hns := a.Settings[settingHNS]
	if hns.Tri() == model.Yes {
		excludedByHNS(d, a, model.Versioning, blobs.versioning, "does not keep versions", hns.At)
		excludedByHNS(d, a, model.PointInTimeRestore, blobs.restore, "cannot be restored to a point in time", hns.At)
		return
	}
	versioning := needsFlat(blobs.versioning, a, "versioning")
	if versioning.state != model.Off {
		versioning.days = model.KnownFact(model.Forever, versioning.at)
	}
	provide(d, a, r, model.Versioning, "azure.blob_versioning", versioning)
	provide(d, a, r, model.PointInTimeRestore, "azure.blob_pitr", restoreOf(a, blobs, dnsEndpoint))
}

// excludedByHNS states that a hierarchical namespace rules a protection out
// (Microsoft Learn, Blob Storage feature support; azurerm rejects versioning
// there). A switch that asks for it all the same is named.
func excludedByHNS(d *draft.Draft, a *model.Asset, protection string, asked feature, verb string, at source.Range) {
	why := "an account with a hierarchical namespace " + verb
	if asked.state == model.On {
		why, at = why+", although the configuration asks for it", asked.at
	}
	d.Inapplicable(a, protection, why, at)
}

// stateSoftDelete states blob soft delete. On a flat account it also keeps what
// an overwrite replaces; with a hierarchical namespace it keeps deleted files
// only (Microsoft Learn, Soft delete for blobs).
func stateSoftDelete(d *draft.Draft, a *model.Asset, r *resource.Resource, f feature) {
	hns := a.Settings[settingHNS]
	if f.state == model.On && hns.Tri() == model.Yes {
		f.why = "with a hierarchical namespace soft delete keeps deleted files, not overwritten ones"
	}
	provide(d, a, r, model.SoftDelete, "azure.blob_soft_delete", f)
	switch {
	case f.state == model.Off:
	case hns.Tri() == model.Maybe:
		d.Set(a, settingKeepOverwrites, model.UnknownFact(hns.Why, hns.At))
	default:
		d.Set(a, settingKeepOverwrites, model.KnownFact(hns.Tri() == model.No, hns.At))
	}
}

// restoreOf checks what point-in-time restore needs: versions, a change feed, a
// longer soft delete and the standard DNS endpoint (Microsoft Learn,
// Point-in-time restore for block blobs).
func restoreOf(a *model.Asset, blobs blobService, dnsEndpoint attr) feature {
	f := needsFlat(blobs.restore, a, "point-in-time restore")
	if f.state != model.On {
		return f
	}
	if dnsEndpoint.text() == "AzureDnsZone" {
		return f.off("point-in-time restore is set, but " + dnsEndpoint.says() + ", which excludes it")
	}
	needs := []struct {
		name string
		feature
	}{{"versioning", blobs.versioning}, {"a change feed", blobs.changeFeed}, {"blob soft delete", blobs.softDelete}}
	for _, need := range needs {
		switch need.state {
		case model.Off:
			return f.off("point-in-time restore is set, but it needs " + need.name + ", which is off")
		case model.Undecided:
			f = f.undecided(need.why)
		}
	}
	kept, okKept := blobs.softDelete.days.Number()
	restorable, okRestorable := f.days.Number()
	if okKept && okRestorable && restorable >= kept {
		return f.off("point-in-time restore is set, but its days are not below those of blob soft delete, as it needs")
	}
	return f
}
