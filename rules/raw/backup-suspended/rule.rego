# METADATA
# title: The configured backup of raw data is switched on and accepted by the service
# description: >-
#   A backup can be written and yet back nothing up: the service refuses a bucket
#   without versions, a vault without an identity may not read the account, an instance
#   names no container, a point in time needs features that are off. The code and the
#   list of backups look complete, and the gap shows on the day of the restore.
# related_resources:
# - ref: https://docs.aws.amazon.com/aws-backup/latest/devguide/s3-backups.html
#   description: Amazon S3 backups, prerequisites
# - ref: https://learn.microsoft.com/azure/backup/azure-data-lake-storage-backup-support-matrix
#   description: Support matrix for Azure Data Lake Storage backup
# - ref: https://learn.microsoft.com/azure/backup/blob-backup-support-matrix
#   description: Support matrix for Azure Blob backup
# custom:
#   severity: high
#   profile: minimal
#   kinds: [object_store, container, database, table]
#   stages: [raw]
#   guide: [18, 21]
#   fix:
#     all: >-
#       Give the backup what the message names.
#     azure: >-
#       Give the backup what the message names: a system-assigned identity on the
#       vault, the containers to take, the solution that suits the account's
#       namespace.
#     aws: >-
#       Give the backup what the message names: AWS Backup takes a bucket only with
#       versioning, so add aws_s3_bucket_versioning with status = "Enabled".
#   tags: [backup]
package rules.raw.backup_suspended

import data.rules.lib.restore
import data.rules.lib.stores

deny contains {"asset": a.id, "at": backup.at, "message": message} if {
	some a in judged
	count(restore.doubts(a)) == 0
	backup := restore.idle(a)[0]
	message := sprintf("Raw store %s is not backed up%s: %s", [a.address, although(a, backup), backup.why])
}

unknown contains {"asset": a.id, "at": doubt.at, "message": message} if {
	some a in judged
	doubt := restore.doubts(a)[0]
	message := sprintf("Whether the backup of raw store %s is in effect is unknown because %s", [a.address, doubt.why])
}

exempt contains {"asset": a.id, "message": stores.excuses[a.id]} if some a in idle

idle := [a |
	some a in input.assets
	restore.speakers[a.id] == "raw/backup-suspended"
]

judged := [a | some a in idle; not stores.excuses[a.id]]

although(a, backup) := sprintf(" although %s is written", [backup.by]) if backup.by != a.address

although(a, backup) := "" if backup.by == a.address
