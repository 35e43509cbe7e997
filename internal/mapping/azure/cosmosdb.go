package azure

import (
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

const (
	cosmosService = "cosmosdb"
	armCosmos     = "microsoft.documentdb/databaseaccounts"

	settingAutomaticFailover = "automatic_failover"
	settingMultipleWrites    = "multiple_write_locations"
	settingConsistency       = "consistency"
	settingAPI               = "api"
)

// cosmosAccount is a Cosmos DB account in neutral terms.
type cosmosAccount struct {
	name, location, tags        attr
	kind, consistency           attr
	createMode                  attr
	automaticFailover, multiple attr
	// capabilities is a list of objects with a name.
	capabilities attr
	// locations is the list of regions as it is written.
	locations attr
	backup    cosmosBackup
}

// cosmosLocation is one region of an account.
type cosmosLocation struct{ name, priority, zones attr }

// cosmosBackup is the backup policy of an account.
type cosmosBackup struct {
	block, kind attr
	// tier is Continuous7Days or Continuous30Days.
	tier attr
	// minutes, hours and redundancy belong to periodic backups.
	minutes, hours, redundancy attr
}

func cosmosAccounts() draft.Mapper {
	return draft.Mapper{
		Service: cosmosService,
		Types:   inAllForms(armCosmos, "azurerm_cosmosdb_account"),
		Declare: managed(declareCosmos),
	}
}

func readCosmos(r *resource.Resource) (cosmosAccount, bool) {
	if r.Type == "azurerm_cosmosdb_account" {
		return terraformCosmos(r), true
	}
	arm, ok := armOf(r, armCosmos)
	if !ok || arm.update {
		return cosmosAccount{}, false
	}
	at, policy := arm.at, "properties.backupPolicy."
	return cosmosAccount{
		name: arm.name, location: arm.location, tags: arm.tags, kind: at("kind"),
		consistency: at("properties.consistencyPolicy.defaultConsistencyLevel"), createMode: at("properties.createMode"),
		automaticFailover: at("properties.enableAutomaticFailover"), multiple: at("properties.enableMultipleWriteLocations"),
		capabilities: at("properties.capabilities"), locations: at("properties.locations"),
		backup: cosmosBackup{
			block: at("properties.backupPolicy"), kind: at(policy + "type"), tier: at(policy + "continuousModeProperties.tier"),
			minutes: at(policy + "periodicModeProperties.backupIntervalInMinutes"), hours: at(policy + "periodicModeProperties.backupRetentionIntervalInHours"),
			redundancy: at(policy + "periodicModeProperties.backupStorageRedundancy"),
		},
	}, true
}

// terraformCosmos reads azurerm_cosmosdb_account; version 4 renamed the two
// switches that began with enable (azurerm 4.0 upgrade guide).
func terraformCosmos(r *resource.Resource) cosmosAccount {
	at := func(path string) attr { return attrOf(r, path) }
	return cosmosAccount{
		name: at("name"), location: at("location"), tags: at("tags"), kind: at("kind"),
		consistency: at("consistency_policy.consistency_level"), createMode: at("create_mode"),
		automaticFailover: at("automatic_failover_enabled").orElse(at("enable_automatic_failover")),
		multiple:          at("multiple_write_locations_enabled").orElse(at("enable_multiple_write_locations")),
		capabilities:      at("capabilities"), locations: at("geo_location"),
		backup: cosmosBackup{
			block: blockOf(r, "backup"), kind: at("backup.type"), tier: at("backup.tier"),
			minutes: at("backup.interval_in_minutes"), hours: at("backup.retention_in_hours"), redundancy: at("backup.storage_redundancy"),
		},
	}
}

// regions reads the locations, the one that takes writes first; open is why they
// are not fully known.
func (c cosmosAccount) regions() (regions []cosmosLocation, open string) {
	if c.locations.IsUnknown() {
		return nil, c.locations.Why
	}
	for _, block := range c.locations.Blocks() {
		if block.IsUnknown() {
			return nil, block.Why
		}
		regions = append(regions, cosmosLocation{
			name:     inner(block, "location").orElse(inner(block, "locationName")),
			priority: inner(block, "failover_priority").orElse(inner(block, "failoverPriority")),
			zones:    inner(block, "zone_redundant").orElse(inner(block, "isZoneRedundant")),
		})
	}
	slices.SortStableFunc(regions, func(a, b cosmosLocation) int {
		first, _ := a.priority.AsNumber()
		second, _ := b.priority.AsNumber()
		return int(first - second)
	})
	return regions, ""
}

// declareCosmos states what an account protects all of its databases with.
// Defaults: azurerm documentation, cosmosdb_account (both switches false, kind
// GlobalDocumentDB).
func declareCosmos(d *draft.Draft, r *resource.Resource) {
	account, ok := readCosmos(r)
	if !ok {
		return
	}
	a := d.Declare(r, model.Database, provider, cosmosService, account.name.Value)
	a.Region = draft.Text(account.location.Value)
	d.Tag(a, account.tags.Value)
	regions, open := account.regions()
	if len(regions) > 0 {
		// The account itself is only a name: its data is where it is written.
		a.Region = draft.Text(regions[0].name.Value)
	}
	d.Set(a, settingAPI, draft.Or(draft.Text(account.kind.Value), "GlobalDocumentDB"))
	setKnown(d, a, settingConsistency, draft.Text(account.consistency.Value))
	d.Set(a, settingCreateMode, draft.Or(draft.Text(account.createMode.Value), createDefault))
	d.Set(a, settingAutomaticFailover, flag(account.automaticFailover, false).fact())
	d.Set(a, settingMultipleWrites, flag(account.multiple, false).fact())
	d.Set(a, settingServerless, account.serverless())
	stateCosmosZones(d, a, r, account, regions, open)
	second := stateCosmosRegions(d, a, r, account, regions, open)
	stateCosmosBackups(d, a, r, account.backup, second)
	stateDestroyGuard(d, a, r)
}

// serverless says whether the account has the capability EnableServerless.
func (c cosmosAccount) serverless() model.Fact {
	if c.capabilities.IsUnknown() {
		return model.UnknownFact(c.capabilities.Why, c.capabilities.At)
	}
	for _, capability := range c.capabilities.Blocks() {
		if name := inner(capability, "name"); strings.EqualFold(name.text(), "EnableServerless") {
			return model.KnownFact(true, name.At)
		}
	}
	return model.DefaultFact(false, c.capabilities.At)
}

// stateCosmosZones states whether the region that takes writes keeps its copies
// in several zones. It does not unless that is written (azurerm documentation,
// cosmosdb_account: geo_location.zone_redundant).
func stateCosmosZones(d *draft.Draft, a *model.Asset, r *resource.Resource, account cosmosAccount, regions []cosmosLocation, open string) {
	if len(regions) == 0 {
		f := openCosmos(account, open)
		protect(d, a, r, model.ZoneRedundancy, following(inPlace(a, r, "cosmosdb.zone_redundant", f)))
		return
	}
	f := flag(regions[0].zones, false)
	if f.state == model.Off {
		provide(d, a, r, model.ZoneRedundancy, "cosmosdb.zone_redundant", f)
		return
	}
	protect(d, a, r, model.ZoneRedundancy, following(inPlace(a, r, "cosmosdb.zone_redundant", f)))
}

// openCosmos is a feature that rests on locations which cannot be read.
func openCosmos(account cosmosAccount, open string) feature {
	f := feature{at: account.locations.At, days: model.AbsentFact(account.locations.At)}
	if open == "" {
		open = account.locations.name + " is not written"
	}
	return f.undecided(open)
}

// stateCosmosRegions states the copies in other regions and returns where the
// first of them is: absent where there is none.
func stateCosmosRegions(d *draft.Draft, a *model.Asset, r *resource.Resource, account cosmosAccount, regions []cosmosLocation, open string) model.Fact {
	f := feature{state: model.On, at: account.locations.At, days: model.AbsentFact(account.locations.At)}
	var second model.Fact
	switch {
	case len(regions) == 0:
		f = openCosmos(account, open)
		second = model.UnknownFact(f.why, f.at)
	case len(regions) == 1:
		why := account.locations.name + " names one region"
		d.Lacks(a, model.GeoReplication, why, regions[0].name.At, false)
		return model.AbsentFact(regions[0].name.At)
	default:
		f.at = regions[1].name.At
		second = draft.Text(regions[1].name.Value)
	}
	mechanism := "cosmosdb.multi_region"
	if account.consistency.text() == "Strong" {
		mechanism = "cosmosdb.multi_region_strong"
	}
	means := following(inPlace(a, r, mechanism, f))
	// Azure refuses one region twice, so a second one is another one.
	means.Region, means.OtherRegion = second, model.Yes
	protect(d, a, r, model.GeoReplication, means)
	return second
}
