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
#   fix: >-
#     Turn versioning on (aws_s3_bucket_versioning with status = "Enabled",
#     versioning_enabled in blob_properties of azurerm_storage_account,
#     isVersioningEnabled of blobServices in Bicep and ARM, versioning.enabled on
#     google_storage_bucket), or back it up into a vault
#     (azurerm_data_protection_backup_instance_data_lake_storage or _blob_storage,
#     Microsoft.DataProtection/backupVaults/backupInstances in Bicep and ARM,
#     aws_backup_selection). If the data can be created again after all, declare
#     recreatable true.
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
