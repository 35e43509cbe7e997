# METADATA
# title: The backup of an account takes every raw container
# description: >-
#   A vaulted backup of a storage account takes the containers that its instance names.
#   Containers that are created later are not added by themselves, so the account shows
#   up as backed up while the newest raw data has no backup at all.
# related_resources:
# - ref: https://learn.microsoft.com/azure/backup/azure-data-lake-storage-backup-overview
#   description: Overview of Azure Data Lake Storage vaulted backup
# - ref: https://learn.microsoft.com/azure/backup/blob-backup-overview
#   description: Overview of Azure Blob backup
# custom:
#   severity: high
#   profile: minimal
#   kinds: [object_store, container]
#   stages: [raw]
#   guide: [18, 21]
#   fix: >-
#     Add the container to storage_container_names (storage_account_container_names for
#     blobs) of the backup instance, by reference to its resource, so that it follows
#     when the container is renamed.
#   tags: [backup]
package rules.raw.backup_misses_container

import data.rules.lib.restore
import data.rules.lib.stores

deny contains {"asset": a.id, "at": backup.at, "message": message} if {
	some a in judged
	a.kind == "container"
	count(restore.doubts(a)) == 0
	some backup in restore.missed(a)
	message := sprintf("Raw store %s is left out of the backup of its account: %s", [a.address, backup.why])
}

deny contains {"asset": a.id, "at": backup.at, "message": message} if {
	some a in judged
	a.kind == "object_store"
	some backup in restore.missed(a)
	count(backup.left_out) > 0
	message := sprintf("The backup of raw store %s leaves out %s: %s does not name it", [a.address, concat(" and ", sort(backup.left_out)), backup.by])
}

unknown contains {"asset": a.id, "at": doubt.at, "message": message} if {
	some a in judged
	a.kind == "container"
	doubt := restore.doubts(a)[0]
	message := sprintf("Whether the backup of its account takes raw store %s is unknown because %s", [a.address, doubt.why])
}

unknown contains {"asset": a.id, "at": backup.at, "message": message} if {
	some a in judged
	a.kind == "object_store"
	count(a.contains) == 0
	backup := restore.missed(a)[0]
	message := sprintf("Whether the backup takes all of raw store %s is unknown because %s", [a.address, backup.why])
}

exempt contains {"asset": a.id, "message": stores.excuses[a.id]} if some a in missed

missed := [a |
	some a in input.assets
	restore.speakers[a.id] == "raw/backup-misses-container"
]

judged := [a | some a in missed; not stores.excuses[a.id]]
