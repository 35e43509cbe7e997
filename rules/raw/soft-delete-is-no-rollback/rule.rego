# METADATA
# title: Raw data in folders has more than soft delete
# description: >-
#   In an Azure account with a hierarchical namespace, soft delete keeps files that are
#   deleted. A file that is overwritten is gone: neither soft delete nor versions keep
#   its old content there. A pipeline that writes bad data over good data is the more
#   common accident, and after it nothing can be taken back.
# related_resources:
# - ref: https://learn.microsoft.com/azure/storage/blobs/soft-delete-blob-overview
#   description: Soft delete for blobs, hierarchical namespace
# - ref: https://learn.microsoft.com/azure/storage/blobs/storage-feature-support-in-storage-accounts
#   description: Blob Storage feature support
# - ref: https://learn.microsoft.com/azure/backup/azure-data-lake-storage-backup-overview
#   description: Overview of Azure Data Lake Storage vaulted backup
# custom:
#   severity: high
#   profile: minimal
#   kinds: [object_store, container]
#   stages: [raw]
#   guide: [18, 21]
#   fix: >-
#     Back the containers up with azurerm_data_protection_backup_instance_data_lake_storage
#     (Microsoft.DataProtection/backupVaults/backupInstances in Bicep and ARM), or keep raw files from changing with an immutability policy on the container. An
#     account that needs no folders can be flat and keep versions.
#   tags: [backup]
package rules.raw.soft_delete_is_no_rollback

import data.rules.lib.restore
import data.rules.lib.stores

deny contains {"asset": a.id, "at": "protections.soft_delete", "message": message} if {
	some a in judged
	count(restore.doubts(a)) == 0
	message := sprintf("Soft delete is all that protects raw store %s, and with a hierarchical namespace it keeps deleted files, not overwritten ones", [a.address])
}

unknown contains {"asset": a.id, "at": doubt.at, "message": message} if {
	some a in judged
	doubt := restore.doubts(a)[0]
	message := sprintf("Whether soft delete keeps overwritten data of raw store %s is unknown because %s", [a.address, doubt.why])
}

exempt contains {"asset": a.id, "message": stores.excuses[a.id]} if some a in softly

softly := [a |
	some a in input.assets
	restore.speakers[a.id] == "raw/soft-delete-is-no-rollback"
]

judged := [a | some a in softly; not stores.excuses[a.id]]
