# METADATA
# title: Data that takes too long to create again has a backup
# description: >-
#   Running a process again is the cheapest repair there is, as long as people can wait for
#   it. A stage that takes two days to compute is, after a deletion or a bad run, away for
#   two days and the time that somebody takes to notice the alarm. If that is longer than
#   it may be away, a backup or earlier versions bring it back in time; a replica does not,
#   because it repeats the deletion.
# related_resources:
# - ref: https://learn.microsoft.com/azure/well-architected/reliability/disaster-recovery
#   description: Recovery objectives in Azure architectures
# - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html
#   description: Versioning of S3 buckets
# custom:
#   severity: high
#   profile: minimal
#   kinds: [object_store, container, file_share, database, database_server, table]
#   stages: [enriched, curated, sandbox]
#   guide: [19d]
#   fix:
#     all: >-
#       Keep versions of the data, or a backup of it in a vault. Restoring then
#       replaces recreating. Or make the run faster, for instance by partitions, so
#       that only what is broken runs again, and declare the new time.
#     azure: >-
#       Set versioning_enabled = true in blob_properties of azurerm_storage_account
#       (isVersioningEnabled: true of blobServices in Bicep and ARM), or back the
#       containers up into a vault
#       (azurerm_data_protection_backup_instance_blob_storage;
#       Microsoft.DataProtection/backupVaults/backupInstances in Bicep and ARM). An
#       account with a hierarchical namespace keeps no versions: back its containers
#       up with azurerm_data_protection_backup_instance_data_lake_storage. For a
#       database set retention_days in short_term_retention_policy of Azure SQL, or
#       backup_retention_days of PostgreSQL and MySQL. Restoring then replaces
#       recreating. Or make the run faster, for instance by partitions, so that only
#       what is broken runs again, and declare the new time.
#     aws: >-
#       Add aws_s3_bucket_versioning with status = "Enabled", or back the bucket up:
#       select it in a backup plan (aws_backup_selection). For a database set
#       backup_retention_period = 7 or more on RDS and Aurora, or
#       point_in_time_recovery { enabled = true } on DynamoDB. Restoring then
#       replaces recreating. Or make the run faster, for instance by partitions, so
#       that only what is broken runs again, and declare the new time.
#     google: >-
#       Set versioning { enabled = true } on google_storage_bucket. For Cloud SQL
#       set backup_configuration { enabled = true }. Restoring then replaces
#       recreating. Or make the run faster, for instance by partitions, so that only
#       what is broken runs again, and declare the new time.
#   remedies: [keep-versions]
#   tags: [backup, objectives]
package rules.platform.recreation_exceeds_rto

import data.rules.lib.objectives
import data.rules.lib.products
import data.rules.lib.restore
import data.rules.lib.words

deny contains {"asset": a.id, "at": "declared.recreate_hours", "message": message} if {
	some a in judged
	count(doubts(a)) == 0
	message := sprintf("Creating %s again takes %s%s, it may be away for %s, and %s data cannot be restored: %s", [a.address, words.hours(a.declared.recreate_hours.value), reacting(a), words.hours(a.declared.rto_hours.value), restore.lost(a), products.unkept(a)])
}

unknown contains {"asset": a.id, "at": doubt.at, "message": message} if {
	some a in judged
	doubt := doubts(a)[0]
	message := sprintf("Whether %s can be created again within %s is unknown because %s", [a.address, words.hours(a.declared.rto_hours.value), doubt.why])
}

exempt contains {"asset": a.id, "message": products.excuses[a.id]} if {
	some a in input.assets
	a.declared.recreate_hours
	a.declared.rto_hours
}

judged := [a |
	some a in input.assets
	a.declared.recreate_hours
	a.declared.rto_hours.value
	objectives.need[a.id] == "platform/recreation-exceeds-rto"
	not in_time(a)
]

in_time(a) if objectives.back(a) <= a.declared.rto_hours.value

doubts(a) := array.flatten([
	[{"at": "declared.recreate_hours", "why": a.declared.recreate_hours.why} | a.declared.recreate_hours.state == "unknown"],
	[{"at": "declared.recreate_hours", "why": why} |
		a.declared.recreate_hours.value <= a.declared.rto_hours.value
		why := objectives.unsaid(a)
	],
	restore.doubts(a),
])

reacting(a) := sprintf(" after %s of reacting", [words.hours(a.declared.reaction_hours.value)]) if {
	a.declared.reaction_hours.value > 0
} else := ""
