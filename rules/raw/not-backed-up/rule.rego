# METADATA
# title: Deleted and overwritten raw data can be restored
# description: >-
#   Once raw data is in the lake, its source may drop it. A pipeline that overwrites a
#   folder or a script that deletes too much then destroys what nobody can deliver
#   again, and it is often noticed days later. Replication does not help: it repeats
#   the deletion and the bad version. What helps are earlier versions, a backup, a
#   point in time, or a lock, as long as they reach back further than it takes to notice.
# related_resources:
# - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html
#   description: Retaining multiple versions of objects
# - ref: https://learn.microsoft.com/azure/storage/blobs/data-protection-overview
#   description: Data protection overview for blobs
# - ref: https://cloud.google.com/storage/docs/soft-delete
#   description: Soft delete in Cloud Storage
# custom:
#   severity: high
#   profile: minimal
#   kinds: [object_store, container, database, table, opaque_module]
#   stages: [raw]
#   guide: [18, 21]
#   fix:
#     all: >-
#       Keep versions of the data, or a backup of it in a vault.
#     azure: >-
#       Set versioning_enabled = true in blob_properties of azurerm_storage_account
#       (isVersioningEnabled: true of blobServices in Bicep and ARM), or back the
#       containers up into a vault. An account with a hierarchical namespace keeps
#       no versions, and its soft delete keeps no overwritten content: back it up
#       with azurerm_data_protection_backup_instance_data_lake_storage, or
#       Microsoft.DataProtection/backupVaults/backupInstances in Bicep and ARM.
#     aws: >-
#       Add aws_s3_bucket_versioning with status = "Enabled", or back the store up:
#       select it in a backup plan (aws_backup_selection).
#     google: >-
#       Set versioning { enabled = true } on google_storage_bucket.
#   remedies: [keep-versions, point-in-time-recovery]
#   tags: [backup]
package rules.raw.not_backed_up

import data.rules.lib.restore
import data.rules.lib.stores

deny contains {"asset": a.id, "at": sprintf("protections.%s", [teller(a)]), "message": message} if {
	some a in judged
	count(restore.doubts(a)) == 0
	message := sprintf("Raw store %s has no backup of %s data: %s", [a.address, restore.lost(a), reason(a)])
}

unknown contains {"asset": a.id, "at": doubt.at, "message": message} if {
	some a in judged
	doubt := restore.doubts(a)[0]
	message := sprintf("Whether deleted and overwritten data of raw store %s can be restored is unknown because %s", [a.address, doubt.why])
}

# One report is enough of a module whose stores nobody can see.
unknown contains {"asset": a.id, "message": message} if {
	some a in input.assets
	a.kind == "opaque_module"
	message := sprintf("Whether deleted and overwritten data of raw store %s can be restored is unknown because the module comes from %s, which was not read", [a.address, a.settings.source.value])
}

exempt contains {"asset": a.id, "message": stores.excuses[a.id]} if some a in exposed

exempt contains {"asset": a.id, "message": restore.elsewhere(a)} if {
	some a in unexcused
	restore.speakers[a.id] != "raw/not-backed-up"
}

exposed := [a | some a in input.assets; a.kind != "opaque_module"; restore.speakers[a.id]]

unexcused := [a | some a in exposed; not stores.excuses[a.id]]

judged := [a | some a in unexcused; restore.speakers[a.id] == "raw/not-backed-up"]

# teller is the protection that explains best: what is written and does not help,
# else what would have to be turned on.
teller(a) := "backup" if {
	count(a.protections.backup.means) > 0
} else := "versioning" if {
	a.protections.versioning.state == "off"
} else := "backup" if {
	a.protections.backup.state == "off"
	a.protections.backup.why != "nothing provides it"
} else := "point_in_time_restore" if {
	a.protections.point_in_time_restore.state == "off"
} else := "backup"

reason(a) := "neither versions nor a backup are kept" if {
	a.protections[teller(a)].why == "nothing provides it"
} else := "neither versions nor a backup are kept" if {
	a.protections[teller(a)].state != "off"
} else := a.protections[teller(a)].why
