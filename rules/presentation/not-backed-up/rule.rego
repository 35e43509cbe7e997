# METADATA
# title: Deleted and overwritten presentation data can be restored
# description: >-
#   Warehouses and data marts are what reports and people ask. A load that goes wrong or
#   a deletion by hand is visible to everybody at once, and a warehouse that is filled
#   step by step cannot be rebuilt before the next morning: the order of loads,
#   corrections and surrogate keys is in no other stage. A backup or a point in time
#   from before the fault puts it right within hours, as long as it reaches back further
#   than the fault went unnoticed.
# related_resources:
# - ref: https://learn.microsoft.com/azure/azure-sql/database/automated-backups-overview
#   description: Automated backups in Azure SQL Database
# - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.html
#   description: Automated backups of RDS
# - ref: https://cloud.google.com/sql/docs/mysql/backup-recovery/backups
#   description: About Cloud SQL backups
# custom:
#   severity: high
#   profile: minimal
#   kinds: [object_store, container, file_share, database, database_server, table]
#   stages: [presentation]
#   guide: [32]
#   fix:
#     all: >-
#       Give a database a window for point-in-time restore; keep versions of a
#       store, or back it up into a vault.
#     azure: >-
#       For an account set versioning_enabled = true in blob_properties of
#       azurerm_storage_account (isVersioningEnabled: true of blobServices in Bicep
#       and ARM), or back the containers up into a vault
#       (azurerm_data_protection_backup_instance_blob_storage;
#       Microsoft.DataProtection/backupVaults/backupInstances in Bicep and ARM). An
#       account with a hierarchical namespace keeps no versions: back its containers
#       up with azurerm_data_protection_backup_instance_data_lake_storage. Set
#       retention_days in short_term_retention_policy of Azure SQL,
#       backup_retention_days of PostgreSQL and MySQL. Azure Data Explorer has no
#       backups: export its tables to storage with versions.
#     aws: >-
#       Set backup_retention_period = 7 or more on RDS and Aurora,
#       automated_snapshot_retention_period on Redshift, point_in_time_recovery {
#       enabled = true } on DynamoDB. For a bucket add aws_s3_bucket_versioning with
#       status = "Enabled", or select it in a backup plan (aws_backup_selection).
#     google: >-
#       Set backup_configuration { enabled = true } on Cloud SQL. For a bucket set
#       versioning { enabled = true } on google_storage_bucket.
#   remedies: [keep-backups, back-up-automatically, point-in-time-recovery]
#   tags: [backup]
package rules.presentation.not_backed_up

import data.rules.lib.products
import data.rules.lib.restore

deny contains {"asset": a.id, "at": products.place_of_unkept(a), "message": message} if {
	some a in judged
	count(restore.doubts(a)) == 0
	message := sprintf("Presentation store %s has no backup of %s data: %s", [a.address, restore.lost(a), products.unkept(a)])
}

unknown contains {"asset": a.id, "at": doubt.at, "message": message} if {
	some a in judged
	doubt := restore.doubts(a)[0]
	message := sprintf("Whether deleted and overwritten data of presentation store %s can be restored is unknown because %s", [a.address, doubt.why])
}

exempt contains {"asset": a.id, "message": products.excuses[a.id]} if some a in exposed

exempt contains {"asset": a.id, "message": products.elsewhere(a)} if {
	some a in unexcused
	products.keeping[a.id] != "presentation/not-backed-up"
}

exposed := [a | some a in input.assets; products.keeping[a.id]]

unexcused := [a | some a in exposed; not products.excuses[a.id]]

judged := [a | some a in unexcused; products.keeping[a.id] == "presentation/not-backed-up"]
