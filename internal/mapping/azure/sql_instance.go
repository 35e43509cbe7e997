package azure

import (
	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

const (
	sqlInstanceService  = "sql_managed_instance"
	armSQLInstance      = "microsoft.sql/managedinstances"
	armInstanceDatabase = "microsoft.sql/managedinstances/databases"
	armInstanceGroup    = "microsoft.sql/locations/instancefailovergroups"
	instanceSegment     = "managedInstances"
)

// sqlInstance is a SQL managed instance in neutral terms.
type sqlInstance struct {
	name, location, tags attr
	sku, tier            attr
	storage, zones       attr
}

// instanceDatabase is a database of a managed instance.
type instanceDatabase struct {
	name, instance, tags attr
	retention            sqlRetention
}

func sqlInstances() draft.Mapper {
	return draft.Mapper{
		Service: sqlInstanceService,
		// azurerm_sql_managed_instance until azurerm 3.
		Types:   inAllForms(armSQLInstance, "azurerm_mssql_managed_instance", "azurerm_sql_managed_instance"),
		Declare: managed(declareInstance),
		Attach:  managed(attachInstance),
	}
}

func readInstanceServer(r *resource.Resource) (sqlInstance, bool) {
	at := func(path string) attr { return attrOf(r, path) }
	switch r.Type {
	case "azurerm_mssql_managed_instance", "azurerm_sql_managed_instance":
		return sqlInstance{
			name: at("name"), location: at("location"), tags: at("tags"), sku: at("sku_name"),
			storage: at("storage_account_type"), zones: at("zone_redundant_enabled"),
		}, true
	}
	arm, ok := armOf(r, armSQLInstance)
	return sqlInstance{
		name: arm.name, location: arm.location, tags: arm.tags, sku: arm.at("sku.name"), tier: arm.at("sku.tier"),
		storage: arm.at("properties.requestedBackupStorageRedundancy").orElse(arm.at("properties.storageAccountType")),
		zones:   arm.at("properties.zoneRedundant"),
	}, ok && !arm.update
}

// declareInstance states what an instance decides for all of its databases.
// Default: azurerm documentation, mssql_managed_instance (zone_redundant_enabled
// false).
func declareInstance(d *draft.Draft, r *resource.Resource) {
	instance, ok := readInstanceServer(r)
	if !ok {
		return
	}
	a := d.Declare(r, model.DatabaseServer, provider, sqlInstanceService, instance.name.Value)
	a.Region = draft.Text(instance.location.Value)
	d.Tag(a, instance.tags.Value)
	setKnown(d, a, settingSKU, sizeName(instance.sku))
	setKnown(d, a, settingTier, sqlTier(instance.tier, instance.sku))
	zones := flag(instance.zones, false)
	if zones.state == model.Off {
		provide(d, a, r, model.ZoneRedundancy, "azuresql.zone_redundant", zones)
	} else {
		protect(d, a, r, model.ZoneRedundancy, following(inPlace(a, r, "azuresql.zone_redundant", zones)))
	}
	stateBackupCopies(d, a, r, readBackupStorage(instance.storage))
	stateDestroyGuard(d, a, r)
}

// attachInstance states the backups of the databases that no file declares:
// somebody creates them in the instance, and the service backs them up. What a
// declared database keeps is its own.
func attachInstance(d *draft.Draft, r *resource.Resource) {
	a := d.Asset(r.ID)
	if _, ok := readInstanceServer(r); !ok || a == nil || instancesWithDatabases(d)[a.ID] {
		return
	}
	stateAutomaticBackups(d, a, r, attr{Value: resource.Value{At: a.At}, name: "the retention"}, a.Settings[settingTier])
}

type instancesKey struct{}

// instancesWithDatabases says which instances have declared databases.
func instancesWithDatabases(d *draft.Draft) map[string]bool {
	return draft.Once(d, instancesKey{}, func() map[string]bool {
		found := map[string]bool{}
		for _, r := range d.Resources.OfType(instanceDatabaseTypes()...) {
			if database, ok := readInstanceDatabase(r, nil); ok && r.Mode == resource.Managed {
				if instance := findInstance(d, r, database.instance).asset; instance != nil {
					found[instance.ID] = true
				}
			}
		}
		return found
	})
}

func findInstance(d *draft.Draft, r *resource.Resource, written ...attr) target {
	return findServer(d, r, sqlInstanceService, instanceSegment, written...)
}

func instanceDatabaseTypes() []string {
	// azurerm_sql_managed_database until azurerm 3.
	return inAllForms(armInstanceDatabase, "azurerm_mssql_managed_database", "azurerm_sql_managed_database")
}

func instanceDatabases() draft.Mapper {
	return draft.Mapper{
		Service: sqlInstanceService,
		Types:   instanceDatabaseTypes(),
		Declare: managed(declareInstanceDatabase),
		Attach:  managed(attachInstanceDatabase),
	}
}

func readInstanceDatabase(r *resource.Resource, written policies) (instanceDatabase, bool) {
	at := func(path string) attr { return attrOf(r, path) }
	longTerm := "long_term_retention_policy."
	switch r.Type {
	case "azurerm_mssql_managed_database":
		return instanceDatabase{
			name: at("name"), instance: at("managed_instance_id"), tags: at("tags"),
			retention: sqlRetention{
				days:   at("short_term_retention_days"),
				weekly: at(longTerm + "weekly_retention"), monthly: at(longTerm + "monthly_retention"), yearly: at(longTerm + "yearly_retention"),
				immutable: at(longTerm + "immutable_backups_enabled"),
			},
		}, true
	case "azurerm_sql_managed_database":
		return instanceDatabase{name: at("name"), instance: at("sql_managed_instance_id"), tags: at("tags"), retention: sqlRetention{days: at("short_term_retention_days")}}, true
	}
	arm, ok := armOf(r, armInstanceDatabase)
	header := attr{Value: resource.Value{At: arm.header}}
	kept := func(path string) attr { return written.at(armInstanceLongTerm, path, header) }
	return instanceDatabase{
		name: arm.name, instance: arm.parent, tags: arm.tags,
		retention: sqlRetention{
			days:   written.at(armInstanceShortTerm, "retentionDays", header),
			weekly: kept("weeklyRetention"), monthly: kept("monthlyRetention"), yearly: kept("yearlyRetention"),
			immutable: kept("timeBasedImmutability"), mode: kept("timeBasedImmutabilityMode"),
		},
	}, ok && !arm.update
}

func declareInstanceDatabase(d *draft.Draft, r *resource.Resource) {
	if database, ok := readInstanceDatabase(r, nil); ok {
		a := d.Declare(r, model.Database, provider, sqlInstanceService, database.name.Value)
		d.Tag(a, database.tags.Value)
		stateDestroyGuard(d, a, r)
	}
}

// attachInstanceDatabase states the backups of one database. Where they are kept
// is decided by the instance.
func attachInstanceDatabase(d *draft.Draft, r *resource.Resource) {
	a := d.Asset(r.ID)
	if a == nil {
		return
	}
	database, ok := readInstanceDatabase(r, policiesOf(d, a))
	if !ok {
		return
	}
	instance := findInstance(d, r, database.instance)
	a.Region = model.AbsentFact(a.At)
	placeIn(a, instance)
	storage := backupStorage{decides: database.instance, why: instance.why}
	if instance.asset == nil {
		stateOpenServer(d, a, instance, openMechanism{model.ZoneRedundancy, "azuresql.zone_redundant"}, openMechanism{model.GeoReplication, "azuresql.failover_group"})
	} else if server, ok := readInstanceServer(resourceOf(d, instance.asset)); ok {
		storage = readBackupStorage(server.storage)
	}
	stateAutomaticBackups(d, a, r, database.retention.days, model.AbsentFact(a.At))
	stateLongTerm(d, a, r, database.retention, storage)
}

// instanceGroup copies all databases of one instance to another.
type instanceGroup struct{ primary, partner attr }

func instanceFailoverGroups() draft.Mapper {
	return draft.Mapper{
		Service: sqlInstanceService,
		// azurerm_sql_managed_instance_failover_group until azurerm 3.
		Types:  inAllForms(armInstanceGroup, "azurerm_mssql_managed_instance_failover_group", "azurerm_sql_managed_instance_failover_group"),
		Attach: managed(attachInstanceGroup),
	}
}

func readInstanceGroup(r *resource.Resource) (instanceGroup, bool) {
	switch r.Type {
	case "azurerm_mssql_managed_instance_failover_group":
		return instanceGroup{primary: attrOf(r, "managed_instance_id"), partner: attrOf(r, "partner_managed_instance_id")}, true
	case "azurerm_sql_managed_instance_failover_group":
		return instanceGroup{primary: attrOf(r, "managed_instance_name"), partner: attrOf(r, "partner_managed_instance_id")}, true
	}
	arm, ok := armOf(r, armInstanceGroup)
	pair := "properties.managedInstancePairs."
	return instanceGroup{primary: arm.at(pair + "primaryManagedInstanceId"), partner: arm.at(pair + "partnerManagedInstanceId")}, ok
}

// attachInstanceGroup states the copy of a whole instance: a group of instances
// takes every database (Microsoft Learn, Failover groups for Azure SQL Managed
// Instance).
func attachInstanceGroup(d *draft.Draft, r *resource.Resource) {
	group, ok := readInstanceGroup(r)
	if !ok {
		return
	}
	primary, partner := findInstance(d, r, group.primary), findInstance(d, r, group.partner)
	if primary.asset == nil {
		doubt(d, r, primary, databaseKinds(), []string{model.GeoReplication})
		return
	}
	f := feature{state: model.On, at: group.partner.At, days: model.AbsentFact(group.partner.At)}
	protect(d, primary.asset, r, model.GeoReplication, keptByPartner(d, primary.asset, r, f, partner))
	if partner.asset == nil || partner.asset == primary.asset {
		return
	}
	d.Relate(primary.asset, "replicates_to", partner.asset, group.partner.At)
}
