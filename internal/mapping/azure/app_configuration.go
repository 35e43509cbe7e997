package azure

import (
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

const (
	appConfigurationService = "app_configuration"
	armConfigurationStore   = "microsoft.appconfiguration/configurationstores"
	armConfigurationReplica = "microsoft.appconfiguration/configurationstores/replicas"
)

// configurationStore holds the settings of applications.
type configurationStore struct {
	name, location, tags, sku attr
	days, purgeProtection     attr
	// replicas are written inside the store in azurerm.
	replicas []resource.Value
}

func configurationStores() draft.Mapper {
	return draft.Mapper{
		Service: appConfigurationService,
		Types:   inAllForms(armConfigurationStore, "azurerm_app_configuration"),
		Declare: managed(declareConfigurationStore),
	}
}

// configurationReplicas maps replicas where they are resources of their own.
func configurationReplicas() draft.Mapper {
	return draft.Mapper{
		Service: appConfigurationService,
		Types:   inAllForms(armConfigurationReplica),
		Attach:  managed(attachConfigurationReplica),
	}
}

func readConfigurationStore(r *resource.Resource) (configurationStore, bool) {
	if r.Type == "azurerm_app_configuration" {
		at := func(path string) attr { return attrOf(r, path) }
		return configurationStore{
			name: at("name"), location: at("location"), tags: at("tags"), sku: at("sku"),
			days: at("soft_delete_retention_days"), purgeProtection: at("purge_protection_enabled"), replicas: at("replica").Blocks(),
		}, true
	}
	arm, ok := armOf(r, armConfigurationStore)
	return configurationStore{
		name: arm.name, location: arm.location, tags: arm.tags, sku: arm.at("sku.name"),
		days: arm.at("properties.softDeleteRetentionInDays"), purgeProtection: arm.at("properties.enablePurgeProtection"),
	}, ok && !arm.update
}

// declareConfigurationStore states what keeps a deleted store. Defaults: azurerm
// documentation, app_configuration (sku free, soft_delete_retention_days 7,
// purge_protection_enabled false). The service keeps deleted stores of its
// standard and premium tiers (Microsoft Learn, Soft delete in Azure App
// Configuration).
func declareConfigurationStore(d *draft.Draft, r *resource.Resource) {
	store, ok := readConfigurationStore(r)
	if !ok {
		return
	}
	a := d.Declare(r, model.ConfigurationStore, provider, appConfigurationService, store.name.Value)
	a.Region = draft.Text(store.location.Value)
	d.Tag(a, store.tags.Value)
	sku := draft.Or(draft.Text(store.sku.Value), "free")
	d.Set(a, "sku", sku)
	softDelete := feature{state: model.On, at: store.days.At, days: draft.Or(draft.Number(store.days.Value), 7.0)}
	softDelete.defaulted = softDelete.days.Defaulted
	switch {
	case strings.EqualFold(sku.Text(), "free"), strings.EqualFold(sku.Text(), "developer"):
		softDelete.state, softDelete.why, softDelete.at = model.Off, "the "+strings.ToLower(sku.Text())+" tier keeps no deleted stores", sku.At
		softDelete.days = model.AbsentFact(sku.At)
	case sku.State == model.Unknown:
		softDelete = softDelete.undecided(sku.Why)
	}
	provide(d, a, r, model.SoftDelete, "appconfig.soft_delete", softDelete)
	provide(d, a, r, model.PurgeProtection, "appconfig.purge_protection", flag(store.purgeProtection, false))
	for _, replica := range store.replicas {
		stateConfigurationReplica(d, a, r, inner(replica, "location"))
	}
	stateDestroyGuard(d, a, r)
	stateProviderPurge(d, a, r, "features.app_configuration.purge_soft_delete_on_destroy", true)
}

func attachConfigurationReplica(d *draft.Draft, r *resource.Resource) {
	arm, ok := armOf(r, armConfigurationReplica)
	if !ok {
		return
	}
	store := find(d, r, "configurationStores", model.ConfigurationStore, arm.parent)
	if store.asset == nil {
		doubt(d, r, store, []model.Kind{model.ConfigurationStore}, []string{model.GeoReplication})
		return
	}
	stateConfigurationReplica(d, store.asset, r, arm.location)
}

// stateConfigurationReplica states a replica, which is a copy for reading and writing in
// another region (Microsoft Learn, Geo-replication in App Configuration).
func stateConfigurationReplica(d *draft.Draft, a *model.Asset, r *resource.Resource, location attr) {
	f := feature{state: model.On, at: location.At, days: model.AbsentFact(location.At)}
	region := draft.Text(location.Value)
	switch draft.SameRegion(a.Region, region) {
	case model.Yes:
		f = f.off("the replica is in the store's own region")
	case model.Maybe:
		f = f.undecided(unresolved(location))
	}
	means := following(inPlace(a, r, "appconfig.replica", f))
	means.Region, means.OtherRegion = region, draft.OtherRegion(a.Region, region)
	protect(d, a, r, model.GeoReplication, means)
}
