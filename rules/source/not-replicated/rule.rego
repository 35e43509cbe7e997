# METADATA
# title: Systems of record have a copy in another region
# description: >-
#   A platform that comes back in another region has nothing to load if its sources do
#   not. Where a source recovers, and whether it does, belongs to the plan of the platform,
#   and a source that is deployed beside it can be given a copy elsewhere in the same code.
# related_resources:
# - ref: https://learn.microsoft.com/azure/azure-sql/database/business-continuity-high-availability-disaster-recover-hadr-overview
#   description: Business continuity in Azure SQL Database
# - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReplicateBackups.html
#   description: Replicating automated backups of RDS to another region
# custom:
#   severity: medium
#   profile: minimal
#   kinds: [object_store, container, file_share, database, database_server, table]
#   stages: [source]
#   guide: [5, 6]
#   fix:
#     all: >-
#       Keep a replica or the backups in another region.
#     azure: >-
#       Keep backups geo-redundant (storage_account_type = "Geo" on
#       azurerm_mssql_database, geo_redundant_backup_enabled = true on PostgreSQL
#       and MySQL), or add a failover group or a replica in the region in which the
#       platform recovers.
#     aws: >-
#       Add aws_db_instance_automated_backups_replication or a read replica in
#       another region, best the one in which the platform recovers.
#     google: >-
#       Add a replica in another region (google_sql_database_instance with
#       master_instance_name), best the one in which the platform recovers.
#   remedies: [geo-redundant-backups]
#   tags: [disaster-recovery, replication]
package rules.source.not_replicated

import data.rules.lib.copies
import data.rules.lib.products

deny contains {"asset": a.id, "at": products.place_of_uncopied(a), "message": message} if {
	some a in judged
	count(copies.doubts(a)) == 0
	message := sprintf("System of record %s has no copy in another region: %s", [a.address, products.uncopied(a)])
}

unknown contains {"asset": a.id, "at": doubt.at, "message": message} if {
	some a in judged
	doubt := copies.doubts(a)[0]
	message := sprintf("Whether system of record %s has a copy in another region is unknown because %s", [a.address, doubt.why])
}

exempt contains {"asset": a.id, "message": products.excuses[a.id]} if some a in uncopied

uncopied := [a | some a in input.assets; not copies.certain(a); not copies.alone[a.id]]

judged := [a | some a in uncopied; not products.excuses[a.id]]
