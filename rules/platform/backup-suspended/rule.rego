# METADATA
# title: Configured backups are switched on and accepted by the service
# description: >-
#   A backup that is paused, that the service refuses or that its own policy switches
#   off looks the same in code and in the list of backups as one that runs. Somebody
#   decided on this backup, for its schedule, its retention or its place. Other
#   protections may still restore the data today, so nobody notices that no new recovery
#   points are made until somebody needs one that only this backup would have had.
# related_resources:
# - ref: https://learn.microsoft.com/azure/backup/backup-azure-manage-vms#stop-protecting-a-vm
#   description: Stop protecting a VM
# - ref: https://docs.aws.amazon.com/aws-backup/latest/devguide/s3-backups.html
#   description: Amazon S3 backups, prerequisites
# - ref: https://learn.microsoft.com/azure/backup/blob-backup-support-matrix
#   description: Support matrix for Azure Blob backup
# custom:
#   severity: high
#   profile: minimal
#   kinds: [object_store, container, file_share, database, database_server, table, virtual_machine]
#   guide: [29, 32, 44, 48, 57]
#   fix:
#     all: >-
#       Give the backup what the message names, or remove it when something else is
#       meant to take its place.
#     azure: >-
#       Take up the protection again (protection_state = "Protected" on
#       azurerm_backup_protected_vm), give the backup what the message names, or
#       remove it when something else is meant to take its place.
#   tags: [backup]
package rules.platform.backup_suspended

import data.rules.lib.paused
import data.rules.lib.products

deny contains {"asset": a.id, "at": backup.at, "message": message} if {
	some a in judged
	backup := paused.written[a.id][0]
	count(open(a)) == 0
	message := sprintf("The backup of %s%s is written and not in effect: %s", [a.address, writer(a, backup), backup.why])
}

unknown contains {"asset": a.id, "at": backup.at, "message": message} if {
	some a in judged
	backup := open(a)[0]
	message := sprintf("Whether the backup of %s%s is in effect is unknown because %s", [a.address, writer(a, backup), backup.why])
}

exempt contains {"asset": a.id, "message": products.excuses[a.id]} if some a in idle

idle := [a |
	some a in input.assets
	paused.written[a.id]
]

judged := [a | some a in idle; not products.excuses[a.id]]

open(a) := [backup | some backup in paused.written[a.id]; backup.state == "unknown"]

writer(a, backup) := sprintf(" by %s", [backup.by]) if backup.by != a.address

writer(a, backup) := "" if backup.by == a.address
