package recovery

import "github.com/drlint/drlint/internal/model"

// Sources: Azure SQL Database and Managed Instance, automated backups and
// business continuity; Azure Synapse Analytics, backup and restore of dedicated
// SQL pools; Azure Database for PostgreSQL and for MySQL, backup and restore;
// Azure Cosmos DB, backup modes and consistency levels.
//
// Backups that go with their server answer no loss of the resource: whoever
// deletes the stack deletes the server too.
var azureDatabaseMechanisms = []Mechanism{
	{
		ID: "azuresql.automated_backup", RTO: "hours", RPOHours: 10 * minute, Basis: Typical, Windowed: true, Source: "Azure SQL automated backups: a log backup about every 10 minutes; a deleted server takes them along",
		Covers: cells{model.DeleteFault: Always, model.OverwriteFault: Always},
	},
	{
		ID: "azuresql.geo_restore", RTO: "hours", RPOHours: 1, Basis: Typical, Source: "Azure SQL geo-restore: up to an hour, the last point only",
		Covers: cells{model.ZoneFault: Always, model.RegionFault: IfOtherRegion},
	},
	{
		ID: "azuresql.long_term_retention", RTO: "hours", Basis: Configured, Windowed: true, Source: "Azure SQL long-term retention: full backups outlive their server",
		Covers: cells{model.DeleteFault: Always, model.OverwriteFault: Always, model.DestroyFault: Always, model.ZoneFault: IfOtherRegion, model.RegionFault: IfOtherRegion, model.CompromiseFault: IfLocked},
	},
	{
		ID: "azuresql.failover_group", RTO: "hours", RPOHours: 5.0 / 3600, Basis: Typical, Source: "Azure SQL failover groups: 5 seconds, an hour to fail over by itself",
		Covers: cells{model.DestroyFault: Always, model.ZoneFault: IfOtherRegion, model.RegionFault: IfOtherRegion},
	},
	{
		ID: "azuresql.geo_replica", RTO: "minutes", RPOHours: 5.0 / 3600, Basis: Typical, Source: "Azure SQL active geo-replication: 5 seconds, failed over by hand",
		Covers: cells{model.DestroyFault: Always, model.ZoneFault: IfOtherRegion, model.RegionFault: IfOtherRegion},
	},
	{
		ID: "azuresql.zone_redundant", RTO: "instant", Basis: SLA, Source: "Azure SQL zone redundancy: synchronous copies in several zones",
		Covers: cells{model.ZoneFault: Always},
	},
	{
		ID: "azure.zone_redundant_backup", RTO: "hours", Basis: Configured, Source: "backups in zone-redundant storage outlive a zone",
		Covers: cells{model.ZoneFault: Always},
	},
	{
		ID: "synapse.restore_points", RTO: "hours", RPOHours: 8, Basis: Typical, Windowed: true, Source: "Synapse dedicated SQL pools: restore points every 8 hours for 7 days, none while paused",
		Covers: cells{model.DeleteFault: Always, model.OverwriteFault: Always},
	},
	{
		ID: "synapse.geo_backup", RTO: "hours", RPOHours: 24, Basis: Typical, Source: "Synapse dedicated SQL pools: geo-backup once a day, the last one only",
		Covers: cells{model.ZoneFault: Always, model.RegionFault: IfOtherRegion},
	},
	{
		ID: "azuredb.automated_backup", RTO: "hours", RPOHours: 5 * minute, Basis: Typical, Windowed: true, Source: "Azure Database for PostgreSQL and MySQL: logs every 5 minutes; a deleted server for 5 days, best effort",
		Covers: cells{model.DeleteFault: Always, model.OverwriteFault: Always, model.ZoneFault: IfZoneRedundant},
	},
	{
		ID: "azuredb.geo_backup", RTO: "hours", RPOHours: 1, Basis: Typical, Source: "Azure Database for PostgreSQL and MySQL: geo-redundant backups up to an hour behind, the last point only",
		Covers: cells{model.ZoneFault: Always, model.RegionFault: IfOtherRegion},
	},
	{
		ID: "azuredb.zone_redundant", RTO: "minutes", Basis: SLA, Source: "Azure Database for PostgreSQL and MySQL: synchronous standby in another zone",
		Covers: cells{model.ZoneFault: Always},
	},
	{
		ID: "azuredb.read_replica", RTO: "minutes", Basis: NoBound, Source: "Azure Database for PostgreSQL and MySQL, read replicas: asynchronous",
		Covers: cells{model.DestroyFault: Always, model.ZoneFault: IfOtherRegion, model.RegionFault: IfOtherRegion},
	},
	{
		ID: "azure.backup_database", RTO: "hours", Basis: Configured, Windowed: true, Source: "Azure Backup for PostgreSQL, MySQL and Cosmos DB: copies in a Backup vault",
		Covers: cells{model.DeleteFault: Always, model.OverwriteFault: Always, model.DestroyFault: Always, model.ZoneFault: IfCopySpansZones, model.RegionFault: IfOtherRegion, model.CompromiseFault: IfLocked},
	},
	{
		ID: "cosmosdb.periodic_backup", RTO: "support", Basis: Configured, Windowed: true, Source: "Azure Cosmos DB periodic backup: restored by support",
		Covers: cells{model.DeleteFault: Always, model.OverwriteFault: Always, model.DestroyFault: Always, model.ZoneFault: IfOtherRegion, model.RegionFault: IfOtherRegion},
	},
	{
		ID: "cosmosdb.continuous_backup", RTO: "hours", RPOHours: 100.0 / 3600, Basis: Typical, Windowed: true, Source: "Azure Cosmos DB continuous backup: within 100 seconds, in the regions of the account",
		Covers: cells{model.DeleteFault: Always, model.OverwriteFault: Always, model.DestroyFault: Always, model.ZoneFault: IfOtherRegion, model.RegionFault: IfOtherRegion},
	},
	{
		ID: "cosmosdb.multi_region", RTO: "minutes", RPOHours: 15 * minute, Basis: Typical, Source: "Azure Cosmos DB consistency levels: under 15 minutes unless consistency is strong",
		Covers: cells{model.ZoneFault: Always, model.RegionFault: IfOtherRegion},
	},
	{
		ID: "cosmosdb.multi_region_strong", RTO: "minutes", Basis: SLA, Source: "Azure Cosmos DB consistency levels: nothing is lost with strong consistency",
		Covers: cells{model.ZoneFault: Always, model.RegionFault: IfOtherRegion},
	},
	{
		ID: "cosmosdb.zone_redundant", RTO: "instant", Basis: SLA, Source: "Azure Cosmos DB availability zones: copies of a region in several zones",
		Covers: cells{model.ZoneFault: Always},
	},
}
