# METADATA
# title: Modelled data can be restored or loaded again
# description: >-
#   Features, trained models and prepared results hold work that raw data does not: weeks
#   of compute, and decisions that somebody made. They go straight into what is consumed.
#   If every run writes a complete set of its own, any earlier set is the backup. If runs
#   replace what the last one wrote, versions, a backup or the history of the tables has
#   to keep what was there before.
# related_resources:
# - ref: https://docs.databricks.com/delta/history.html
#   description: Table history of Delta Lake
# - ref: https://mlflow.org/docs/latest/self-hosting/architecture/artifact-store/
#   description: Artifact stores of MLflow
# - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html
#   description: Retaining multiple versions of objects
# custom:
#   severity: high
#   profile: minimal
#   kinds: [object_store, container, file_share, database, database_server, table]
#   stages: [modeled]
#   guide: [44, 45, 46, 47]
#   fix:
#     all: >-
#       Write every run to a folder of its own, with the date or the ID of the run
#       in its path, or keep versions of the data or a backup of it in a vault. Give
#       a database a window for point-in-time restore.
#     azure: >-
#       Write every run to a folder of its own, with the date or the ID of the run
#       in its path, or set versioning_enabled = true in blob_properties of
#       azurerm_storage_account (isVersioningEnabled: true of blobServices in Bicep
#       and ARM), or back the containers up into a vault
#       (azurerm_data_protection_backup_instance_blob_storage;
#       Microsoft.DataProtection/backupVaults/backupInstances in Bicep and ARM). An
#       account with a hierarchical namespace keeps no versions: back its containers
#       up with azurerm_data_protection_backup_instance_data_lake_storage. Give a
#       database a window for point-in-time restore: retention_days in
#       short_term_retention_policy of Azure SQL, backup_retention_days of
#       PostgreSQL and MySQL.
#     aws: >-
#       Write every run to a folder of its own, with the date or the ID of the run
#       in its path, or add aws_s3_bucket_versioning with status = "Enabled", or
#       select the bucket in a backup plan (aws_backup_selection). Give a database a
#       window for point-in-time restore: backup_retention_period = 7 or more on RDS
#       and Aurora, point_in_time_recovery { enabled = true } on DynamoDB.
#     google: >-
#       Write every run to a folder of its own, with the date or the ID of the run
#       in its path, or set versioning { enabled = true } on google_storage_bucket.
#       Give a database a window for point-in-time restore: backup_configuration {
#       enabled = true } on Cloud SQL.
#   remedies: [keep-versions, back-up-automatically]
#   tags: [backup]
package rules.modeled.not_backed_up

import data.rules.lib.loads
import data.rules.lib.products
import data.rules.lib.restore

deny contains {"asset": a.id, "at": products.place_of_unkept(a), "message": message} if {
	some a in judged
	count(restore.doubts(a)) == 0
	not loads.perhaps_dated(a)
	message := sprintf("Modelled data in %s cannot be restored once it is %s: %s", [a.address, replace(restore.lost(a), " and ", " or "), products.unkept(a)])
}

unknown contains {"asset": a.id, "at": doubt.at, "message": message} if {
	some a in judged
	doubt := doubts(a)[0]
	message := sprintf("Whether modelled data in %s can be restored is unknown because %s", [a.address, doubt.why])
}

exempt contains {"asset": a.id, "message": products.excuses[a.id]} if some a in unrestorable

exempt contains {"asset": a.id, "message": message} if {
	some a in unexcused
	loads.dated(a)
	message := sprintf("Every run writes a complete set of its own to %s, and an earlier one can be loaded again", [a.address])
}

exempt contains {"asset": a.id, "message": message} if {
	some a in unexcused
	loads.overwriting(a)[0]
	message := sprintf("modeled/overwrites-in-place judges what keeps earlier data of %s", [a.address])
}

exempt contains {"asset": a.id, "message": message} if {
	some a in unexcused
	not loads.dated(a)
	by_run(a)
	message := sprintf("MLflow writes every run to a folder of its own in %s, and what is deleted from it can be undeleted", [a.address])
}

# by_run holds for the artifacts of MLflow, whose server gives every run a folder
# that is named after it, where a deletion can be undone.
by_run(a) if {
	some fact in a.stage_facts
	contains(fact.basis, "\"mlflow\"")
	a.recovery.delete.survives == "yes"
	not loads.overwriting(a)[0]
}

# Where a declared time to notice is all that is too long,
# platform/window-shorter-than-detection speaks.
unrestorable := [a |
	some a in input.assets
	not restore.restorable(a)
	not restore.unseen(a)
]

unexcused := [a | some a in unrestorable; not products.excuses[a.id]]

judged := [a |
	some a in unexcused
	not loads.dated(a)
	not by_run(a)
	not loads.overwriting(a)[0]
]

doubts(a) := array.concat(restore.doubts(a), [{"at": "", "why": why} |
	loads.perhaps_dated(a)
	why := loads.undated(a)[0]
])
