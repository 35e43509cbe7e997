package azure

import (
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

// sqlDatabase is a database of a logical server in neutral terms.
type sqlDatabase struct {
	name, location, tags attr
	// servers are the attributes that may name the server, newest first.
	servers   []attr
	sku, tier attr
	pool      attr
	origin    sqlOrigin
	zones     attr
	storage   attr
	autoPause attr
	retention sqlRetention
	// geoBackup is the switch that only a data warehouse has.
	geoBackup feature
}

// sqlOrigin says what a database was made from.
type sqlOrigin struct {
	mode, source attr
	// secondary is Geo, Named or Standby.
	secondary attr
}

func sqlDatabases() draft.Mapper {
	return draft.Mapper{
		Service: sqlService,
		// azurerm_sql_database until azurerm 3.
		Types:   inAllForms(armSQLDatabase, "azurerm_mssql_database", "azurerm_sql_database"),
		Declare: managed(declareSQLDatabase),
		Attach:  managed(attachSQLDatabase),
	}
}

func readSQLDatabase(r *resource.Resource, written policies) (sqlDatabase, bool) {
	switch r.Type {
	case "azurerm_mssql_database":
		return terraformSQLDatabase(r), true
	case "azurerm_sql_database":
		return oldSQLDatabase(r), true
	}
	arm, ok := armOf(r, armSQLDatabase)
	return armSQLDatabaseOf(arm, written), ok && !arm.update
}

// terraformSQLDatabase reads azurerm_mssql_database as versions 2 to 5 write it.
func terraformSQLDatabase(r *resource.Resource) sqlDatabase {
	at := func(path string) attr { return attrOf(r, path) }
	longTerm := "long_term_retention_policy."
	return sqlDatabase{
		name: at("name"), tags: at("tags"), servers: []attr{at("server_id")},
		// A database is where its server is.
		location: attr{Value: resource.Value{At: r.At}, name: "location"},
		sku:      at("sku_name"), pool: at("elastic_pool_id"),
		origin: sqlOrigin{mode: at("create_mode"), source: at("creation_source_database_id"), secondary: at("secondary_type")},
		zones:  at("zone_redundant"), storage: at("storage_account_type"), autoPause: at("auto_pause_delay_in_minutes"),
		retention: sqlRetention{
			days:   at("short_term_retention_policy.retention_days"),
			weekly: at(longTerm + "weekly_retention"), monthly: at(longTerm + "monthly_retention"), yearly: at(longTerm + "yearly_retention"),
			immutable: at(longTerm + "immutable_backups_enabled"),
		},
		// azurerm documentation, mssql_database: geo_backup_enabled is true by default.
		geoBackup: flag(at("geo_backup_enabled"), true),
	}
}

// oldSQLDatabase reads azurerm_sql_database, which has no arguments for backups.
func oldSQLDatabase(r *resource.Resource) sqlDatabase {
	at := func(path string) attr { return attrOf(r, path) }
	return sqlDatabase{
		name: at("name"), location: at("location"), tags: at("tags"), servers: []attr{at("server_name")},
		sku: at("requested_service_objective_name"), tier: at("edition"), pool: at("elastic_pool_name"),
		origin: sqlOrigin{mode: at("create_mode"), source: at("source_database_id")},
		zones:  at("zone_redundant"), storage: at("storage_account_type"),
		retention: sqlRetention{days: at("short_term_retention_policy.retention_days")},
		geoBackup: flag(at("geo_backup_enabled"), true),
	}
}

// armSQLDatabaseOf reads Microsoft.Sql/servers/databases and the policies beside
// it. Until 2014-04-01 the size was a property, and until 2020 the redundancy
// was called storageAccountType.
func armSQLDatabaseOf(arm armResource, written policies) sqlDatabase {
	header := attr{Value: resource.Value{At: arm.header}}
	longTerm := func(path string) attr { return written.at(armSQLLongTerm, path, header) }
	return sqlDatabase{
		name: arm.name, location: arm.location, tags: arm.tags, servers: []attr{arm.parent},
		sku:  arm.at("sku.name").orElse(arm.at("properties.requestedServiceObjectiveName")),
		tier: arm.at("sku.tier").orElse(arm.at("properties.edition")),
		pool: arm.at("properties.elasticPoolId").orElse(arm.at("properties.elasticPoolName")),
		origin: sqlOrigin{
			mode: arm.at("properties.createMode"), source: arm.at("properties.sourceDatabaseId"), secondary: arm.at("properties.secondaryType"),
		},
		zones:     arm.at("properties.zoneRedundant"),
		storage:   arm.at("properties.requestedBackupStorageRedundancy").orElse(arm.at("properties.storageAccountType")),
		autoPause: arm.at("properties.autoPauseDelay"),
		retention: sqlRetention{
			days:   written.at(armSQLShortTerm, "retentionDays", header),
			weekly: longTerm("weeklyRetention"), monthly: longTerm("monthlyRetention"), yearly: longTerm("yearlyRetention"),
			immutable: longTerm("timeBasedImmutability").orElse(longTerm("makeBackupsImmutable")), mode: longTerm("timeBasedImmutabilityMode"),
		},
		geoBackup: flag(enabledWord(written.at(armSQLGeoBackup, "state", header)), true),
	}
}

func declareSQLDatabase(d *draft.Draft, r *resource.Resource) {
	database, ok := readSQLDatabase(r, nil)
	if !ok {
		return
	}
	a := d.Declare(r, model.Database, provider, sqlService, database.name.Value)
	a.Region = draft.Text(database.location.Value)
	d.Tag(a, database.tags.Value)
	sku := sizeName(database.sku)
	setKnown(d, a, settingSKU, sku)
	setKnown(d, a, settingTier, sqlTier(database.tier, database.sku))
	d.Set(a, settingCreateMode, draft.Or(draft.Text(database.origin.mode.Value), createDefault))
	pauses := serverless(sku)
	setKnown(d, a, settingServerless, pauses)
	if pauses.Tri() == model.Yes {
		// ARM reference, Microsoft.Sql/servers/databases: autoPauseDelay; -1 switches
		// it off, and the service's default is an hour.
		d.Set(a, settingAutoPause, draft.Or(draft.Number(database.autoPause.Value), 60.0))
	}
	stateDestroyGuard(d, a, r)
}

// attachSQLDatabase places a database on its server and states what protects it.
func attachSQLDatabase(d *draft.Draft, r *resource.Resource) {
	a := d.Asset(r.ID)
	if a == nil {
		return
	}
	database, ok := readSQLDatabase(r, policiesOf(d, a))
	if !ok {
		return
	}
	server := findSQLServer(d, r, database.servers...)
	placeIn(a, server)
	if server.asset == nil {
		stateOpenServer(d, a, server, openMechanism{model.GeoReplication, "azuresql.failover_group"})
	}
	if a.Settings[settingTier].Text() == tierDataWarehouse {
		stateDedicatedPool(d, a, r, readBackupStorage(database.storage), database.geoBackup)
		return
	}
	stateSQLZones(d, a, r, database)
	if isSecondaryMode(database.origin.mode) {
		stateReplica(d, a, "a replica of another database ("+database.origin.mode.says()+")", database.origin.mode.At)
		return
	}
	d.Lacks(a, model.GeoReplication, "no failover group lists it and no database is a replica of it", a.At, true)
	storage := readBackupStorage(database.storage)
	stateAutomaticBackups(d, a, r, database.retention.days, a.Settings[settingTier])
	stateBackupCopies(d, a, r, storage)
	stateLongTerm(d, a, r, database.retention, storage)
	openRole(d, a, database.origin.mode, database.origin.source)
}

// isSecondaryMode says whether a database follows another one from its beginning
// (REST API, Databases - Create Or Update: createMode).
func isSecondaryMode(mode attr) bool {
	word := strings.ToLower(mode.text())
	return word == "secondary" || word == "onlinesecondary" || word == "nonreadablesecondary"
}

// stateSQLZones states whether the replicas of a database are in several zones.
// Without a word they are not (Microsoft Learn, Availability through redundancy);
// a database in a pool is where the pool is.
func stateSQLZones(d *draft.Draft, a *model.Asset, r *resource.Resource, database sqlDatabase) {
	zones, tier := database.zones, a.Settings[settingTier]
	if !database.pool.IsAbsent() {
		pool, why := poolOf(d, r, database.pool)
		if why != "" {
			open := feature{state: model.Undecided, why: why, at: database.pool.At, days: model.AbsentFact(database.pool.At)}
			protect(d, a, r, model.ZoneRedundancy, following(inPlace(a, r, "azuresql.zone_redundant", open)))
			return
		}
		zones = pool.zones
		if tier.State != model.Known {
			tier = pool.tier
			setKnown(d, a, settingTier, tier)
		}
	}
	f := flag(zones, false)
	if small := tier.Text(); f.state == model.On && (small == tierBasic || small == tierStandard) {
		// Microsoft Learn, Availability through redundancy: not for Basic and Standard.
		f = f.off(zones.name + " is true, but the tier " + small + " has no zone redundancy")
	}
	if f.state == model.Off {
		provide(d, a, r, model.ZoneRedundancy, "azuresql.zone_redundant", f)
		return
	}
	protect(d, a, r, model.ZoneRedundancy, following(inPlace(a, r, "azuresql.zone_redundant", f)))
}
