# METADATA
# title: Curated data can be rolled back
# description: >-
#   Before the curated stage files are added; here they are changed. Runs merge rows into
#   tables, correct yesterday's figures and rewrite partitions, and one that does it wrong
#   leaves nothing of what was right. Running everything before it again may take days,
#   and gives the same result only while all raw data is still there. A version or a
#   backup of the files puts it right within the hour. No backup is asked for where every
#   run writes a complete set of its own, or where runs only add files and deleted ones
#   can be undeleted.
# related_resources:
# - ref: https://learn.microsoft.com/azure/backup/azure-data-lake-storage-backup-overview
#   description: Overview of Azure Data Lake Storage vaulted backup
# - ref: https://learn.microsoft.com/azure/storage/blobs/storage-feature-support-in-storage-accounts
#   description: Blob Storage feature support, versioning and hierarchical namespace
# - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html
#   description: Retaining multiple versions of objects
# custom:
#   severity: high
#   profile: minimal
#   kinds: [object_store, container, file_share, table]
#   stages: [curated]
#   guide: [29]
#   fix:
#     all: >-
#       Keep versions of the data, back it up into a vault, or write every run to a
#       folder with its date.
#     azure: >-
#       Set versioning_enabled = true in blob_properties of azurerm_storage_account
#       (isVersioningEnabled: true of blobServices in Bicep and ARM), or back the
#       containers up into a vault
#       (azurerm_data_protection_backup_instance_blob_storage;
#       Microsoft.DataProtection/backupVaults/backupInstances in Bicep and ARM).
#       With a hierarchical namespace there are no versions, and soft delete keeps
#       no overwritten file: use
#       azurerm_data_protection_backup_instance_data_lake_storage and name the
#       container. Or write every run to a folder with its date.
#     aws: >-
#       Add aws_s3_bucket_versioning with status = "Enabled", or back the bucket up:
#       select it in a backup plan (aws_backup_selection). Or write every run to a
#       folder with its date.
#     google: >-
#       Set versioning { enabled = true } on google_storage_bucket. Or write every
#       run to a folder with its date.
#   remedies: [keep-versions]
#   tags: [backup]
package rules.curated.not_backed_up

import data.rules.lib.lake
import data.rules.lib.loads
import data.rules.lib.products
import data.rules.lib.restore

deny contains {"asset": a.id, "at": products.place_of_unkept(a), "message": message} if {
	some a in judged
	count(restore.doubts(a)) == 0
	not loads.perhaps_dated(a)
	not perhaps_growing(a)
	message := sprintf("Curated data in %s cannot be restored once it is %s%s: %s", [a.address, replace(restore.lost(a), " and ", " or "), changed(a), products.unkept(a)])
}

unknown contains {"asset": a.id, "at": doubt.at, "message": message} if {
	some a in judged
	doubt := doubts(a)[0]
	message := sprintf("Whether curated data in %s can be restored is unknown because %s", [a.address, doubt.why])
}

exempt contains {"asset": a.id, "message": lake.excuses.curated[a.id]} if some a in unrestorable

exempt contains {"asset": a.id, "message": lake.unversioned[a.id]} if some a in unrestorable

exempt contains {"asset": a.id, "message": message} if {
	some a in unrestorable
	loads.dated(a)
	message := sprintf("Every run writes a complete set of its own to %s, and an earlier one can be loaded again", [a.address])
}

exempt contains {"asset": a.id, "message": message} if {
	some a in unrestorable
	not loads.dated(a)
	growing(a)
	message := sprintf("Runs only add to %s, and what is deleted from it can be undeleted", [a.address])
}

# Where a declared time to notice is all that is too long,
# platform/window-shorter-than-detection speaks.
unrestorable := [a |
	some a in input.assets
	not restore.restorable(a)
	not restore.unseen(a)
]

judged := [a |
	some a in unrestorable
	not lake.excuses.curated[a.id]
	not lake.unversioned[a.id]
	not loads.dated(a)
	not growing(a)
]

# growing holds when every run only adds to what is there, so that nothing but a
# deletion takes anything away.
growing(a) if {
	a.recovery.delete.survives == "yes"
	loads.adds(a)
}

perhaps_growing(a) if {
	a.recovery.delete.survives == "yes"
	loads.perhaps_adds(a)
}

doubts(a) := array.flatten([
	restore.doubts(a),
	[{"at": "", "why": why} |
		loads.perhaps_dated(a)
		why := loads.undated(a)[0]
	],
	[{"at": sprintf("flows.%s.write", [flow.id]), "why": sprintf("%s: %s", [flow.address, flow.write.why])} |
		perhaps_growing(a)
		some flow in loads.into[a.id]
		flow.write.state == "unknown"
	],
])

changed(a) := sprintf(", and %s changes it in place", [loads.changing(a)[0].address]) if {
	count(loads.changing(a)) > 0
} else := ""
