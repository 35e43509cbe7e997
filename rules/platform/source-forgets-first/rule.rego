# METADATA
# title: Data outlives its sources with a backup of its own
# description: >-
#   Creating data again needs what it was created from. When the sources keep a month and
#   the platform keeps years, all but the last month exists once, whoever calls it derived.
#   From then on the stage is its own system of record, and a deletion or a bad run is
#   repaired from its backup or not at all.
# related_resources:
# - ref: https://learn.microsoft.com/azure/storage/blobs/data-protection-overview
#   description: Data protection in Azure Storage
# - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html
#   description: Versioning of S3 buckets
# custom:
#   severity: medium
#   kinds: [object_store, container, file_share, database, database_server, table]
#   stages: [enriched, curated, sandbox]
#   guide: [19b]
#   fix:
#     all: >-
#       Keep versions of the data, or a backup of it in a vault. If nobody needs the
#       data once the sources have dropped it, delete it by a lifecycle rule of the
#       same age.
#     azure: >-
#       Set versioning_enabled = true in blob_properties of azurerm_storage_account
#       (isVersioningEnabled: true of blobServices in Bicep and ARM), or back the
#       containers up into a vault
#       (azurerm_data_protection_backup_instance_blob_storage;
#       Microsoft.DataProtection/backupVaults/backupInstances in Bicep and ARM). An
#       account with a hierarchical namespace keeps no versions: back its containers
#       up with azurerm_data_protection_backup_instance_data_lake_storage. For a
#       database set retention_days in short_term_retention_policy of Azure SQL, or
#       backup_retention_days of PostgreSQL and MySQL. If nobody needs the data once
#       the sources have dropped it, delete it by a lifecycle rule of the same age.
#     aws: >-
#       Add aws_s3_bucket_versioning with status = "Enabled", or back the bucket up:
#       select it in a backup plan (aws_backup_selection). For a database set
#       backup_retention_period = 7 or more on RDS and Aurora, or
#       point_in_time_recovery { enabled = true } on DynamoDB. If nobody needs the
#       data once the sources have dropped it, delete it by a lifecycle rule of the
#       same age.
#     google: >-
#       Set versioning { enabled = true } on google_storage_bucket. For Cloud SQL
#       set backup_configuration { enabled = true }. If nobody needs the data once
#       the sources have dropped it, delete it by a lifecycle rule of the same age.
#   remedies: [keep-versions]
#   tags: [backup, objectives]
package rules.platform.source_forgets_first

import data.rules.lib.objectives
import data.rules.lib.products
import data.rules.lib.restore
import data.rules.lib.words

deny contains {"asset": a.id, "at": "declared.source_keeps_days", "message": message} if {
	some a in judged
	count(doubts(a)) == 0
	message := sprintf("%s keeps data %s, its sources for %s, and %s data cannot be restored: %s", [a.address, kept(objectives.retention(a)), words.days(a.declared.source_keeps_days.value), restore.lost(a), products.unkept(a)])
}

unknown contains {"asset": a.id, "at": doubt.at, "message": message} if {
	some a in judged
	doubt := doubts(a)[0]
	message := sprintf("Whether the sources of %s forget data that nothing else keeps is unknown because %s", [a.address, doubt.why])
}

exempt contains {"asset": a.id, "message": products.excuses[a.id]} if {
	some a in input.assets
	a.declared.source_keeps_days
}

judged := [a |
	some a in input.assets
	a.declared.source_keeps_days
	objectives.need[a.id] == "platform/source-forgets-first"
]

doubts(a) := array.flatten([
	[{"at": "declared.source_keeps_days", "why": a.declared.source_keeps_days.why} | a.declared.source_keeps_days.state == "unknown"],
	[{"at": sprintf("expiries.%d", [i]), "why": expiry.days.why} |
		some i, expiry in a.expiries
		expiry.target == "current"
		expiry.days.state == "unknown"
	],
	restore.doubts(a),
])

kept(days) := "for ever" if days >= objectives.forever

kept(days) := sprintf("for %s", [words.days(days)]) if days < objectives.forever
