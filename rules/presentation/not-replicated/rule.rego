# METADATA
# title: Presentation data has a copy in another region
# description: >-
#   When a region is lost, people ask for their reports first. A warehouse whose only
#   copies and backups are in that region has to be created and filled again from the
#   lake, if the lake has a copy elsewhere at all, and that takes as long as all the
#   loads since it was built. A replica, or backups that are also kept in another region,
#   make it a restore. Zones do not help: they are in the region that is lost.
# related_resources:
# - ref: https://learn.microsoft.com/azure/azure-sql/database/business-continuity-high-availability-disaster-recover-hadr-overview
#   description: Business continuity in Azure SQL Database
# - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReplicateBackups.html
#   description: Replicating automated backups of RDS to another region
# - ref: https://cloud.google.com/bigquery/docs/data-replication
#   description: Cross-region dataset replication in BigQuery
# - ref: https://docs.aws.amazon.com/redshift/latest/mgmt/cross-region-snapshot-copy.html
#   description: Copying Redshift snapshots to another region
# custom:
#   severity: high
#   profile: minimal
#   kinds: [object_store, container, file_share, database, database_server, table]
#   stages: [presentation]
#   guide: [33]
#   fix:
#     all: >-
#       Keep the backups, a replica or a second product loaded with the same data in
#       another region.
#     azure: >-
#       Keep the backups geo-redundant: storage_account_type = "Geo" on
#       azurerm_mssql_database (requestedBackupStorageRedundancy in Bicep and ARM),
#       GRS on a dedicated SQL pool, geo_redundant_backup_enabled = true on
#       PostgreSQL and MySQL. Add a failover group or a replica in another region
#       where a restore takes too long. Data Explorer copies nothing: load the same
#       data into a cluster in another region. Make the account of a lake
#       geo-redundant (account_replication_type = "GRS").
#     aws: >-
#       For RDS add aws_db_instance_automated_backups_replication or a read replica
#       in another region. Add aws_redshift_snapshot_copy to a Redshift cluster.
#       Replicate a bucket into another region with
#       aws_s3_bucket_replication_configuration.
#     google: >-
#       On Cloud SQL leave backup_configuration.location to the multi-region, or add
#       a replica in another region (master_instance_name). A BigQuery dataset stays
#       in one region even where its location is a multi-region: copy it into a
#       dataset elsewhere with google_bigquery_data_transfer_config
#       (cross_region_copy). Give a bucket a dual-region or multi-region location,
#       for instance "EUR4" or "EU".
#   remedies: [replicate-to-paired-region, geo-redundant-backups]
#   tags: [disaster-recovery, replication]
package rules.presentation.not_replicated

import data.rules.lib.copies
import data.rules.lib.products

deny contains {"asset": a.id, "at": products.place_of_uncopied(a), "message": message} if {
	some a in judged
	count(copies.doubts(a)) == 0
	message := sprintf("Presentation store %s has no copy in another region: %s", [a.address, products.uncopied(a)])
}

unknown contains {"asset": a.id, "at": doubt.at, "message": message} if {
	some a in judged
	doubt := copies.doubts(a)[0]
	message := sprintf("Whether presentation store %s has a copy in another region is unknown because %s", [a.address, doubt.why])
}

exempt contains {"asset": a.id, "message": products.excuses[a.id]} if some a in uncopied

exempt contains {"asset": a.id, "message": message} if {
	some a in unexcused
	products.copying[a.id] != "presentation/not-replicated"
	message := sprintf("%s judges the copy of %s in another region", [products.copying[a.id], a.address])
}

exempt contains {"asset": a.id, "message": products.reloadable[a.id]} if {
	some a in uncopied
	not products.excuses[a.id]
}

uncopied := [a | some a in input.assets; not copies.certain(a)]

unexcused := [a | some a in uncopied; not products.excuses[a.id]; not products.reloadable[a.id]]

judged := [a | some a in unexcused; products.copying[a.id] == "presentation/not-replicated"]
