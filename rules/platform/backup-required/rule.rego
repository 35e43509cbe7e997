# METADATA
# title: Data that cannot be created again has a backup
# description: >-
#   Between the raw data and what people ask, stages are created by processes, so the usual
#   repair is to correct the process and run it again. That ends where a stage cannot be
#   created again: the input is gone, somebody corrected rows by hand, a model from outside
#   was asked once. Whoever declares that has declared that a deletion or a bad run is
#   final, unless a backup or earlier versions are kept.
# related_resources:
# - ref: https://learn.microsoft.com/azure/storage/blobs/data-protection-overview
#   description: Data protection in Azure Storage
# - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html
#   description: Versioning of S3 buckets
# custom:
#   severity: high
#   profile: minimal
#   kinds: [object_store, container, file_share, database, database_server, table]
#   stages: [enriched, curated, sandbox]
#   guide: [19a]
#   fix:
#     all: >-
#       Keep versions of the data, or a backup of it in a vault. If the data can be
#       created again after all, declare recreatable: true.
#     azure: >-
#       Set versioning_enabled = true in blob_properties of azurerm_storage_account
#       (isVersioningEnabled: true of blobServices in Bicep and ARM), or back the
#       containers up into a vault
#       (azurerm_data_protection_backup_instance_blob_storage;
#       Microsoft.DataProtection/backupVaults/backupInstances in Bicep and ARM). An
#       account with a hierarchical namespace keeps no versions: back its containers
#       up with azurerm_data_protection_backup_instance_data_lake_storage. For a
#       database set retention_days in short_term_retention_policy of Azure SQL, or
#       backup_retention_days of PostgreSQL and MySQL. If the data can be created
#       again after all, declare recreatable: true.
#     aws: >-
#       Add aws_s3_bucket_versioning with status = "Enabled", or back the bucket up:
#       select it in a backup plan (aws_backup_selection). For a database set
#       backup_retention_period = 7 or more on RDS and Aurora, or
#       point_in_time_recovery { enabled = true } on DynamoDB. If the data can be
#       created again after all, declare recreatable: true.
#     google: >-
#       Set versioning { enabled = true } on google_storage_bucket. For Cloud SQL
#       set backup_configuration { enabled = true }. If the data can be created
#       again after all, declare recreatable: true.
#   remedies: [keep-versions]
#   tags: [backup, objectives]
package rules.platform.backup_required

import data.rules.lib.objectives
import data.rules.lib.products
import data.rules.lib.restore

deny contains {"asset": a.id, "at": "declared.recreatable", "message": message} if {
	some a in judged
	a.declared.recreatable.value == false
	count(restore.doubts(a)) == 0
	message := sprintf("%s cannot be created again, and %s data cannot be restored: %s", [a.address, restore.lost(a), products.unkept(a)])
}

unknown contains {"asset": a.id, "at": doubt.at, "message": message} if {
	some a in judged
	a.declared.recreatable.value == false
	doubt := restore.doubts(a)[0]
	message := sprintf("%s cannot be created again, and whether its data can be restored is unknown because %s", [a.address, doubt.why])
}

unknown contains {"asset": a.id, "at": "declared.recreatable", "message": message} if {
	some a in judged
	a.declared.recreatable.state == "unknown"
	message := sprintf("Whether %s needs a backup is unknown because %s", [a.address, a.declared.recreatable.why])
}

exempt contains {"asset": a.id, "message": products.excuses[a.id]} if {
	some a in input.assets
	a.declared.recreatable.value == false
}

judged := [a |
	some a in input.assets
	a.declared.recreatable
	objectives.need[a.id] == "platform/backup-required"
]
