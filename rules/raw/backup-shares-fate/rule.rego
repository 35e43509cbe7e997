# METADATA
# title: Backups of raw data outlive their store
# description: >-
#   Some backups are a part of what they back up: operational backups of blobs stay in
#   the storage account, automated backups of a database are deleted with the instance.
#   They undo a bad load, and they are gone after the one mistake that a backup is kept
#   for most of all, the deletion of the store. A copy in a vault, a final snapshot or
#   backups that are retained survive it.
# related_resources:
# - ref: https://learn.microsoft.com/azure/backup/blob-backup-overview
#   description: Operational and vaulted backup for blobs
# - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.Retaining.html
#   description: Retaining automated backups
# - ref: https://cloud.google.com/sql/docs/mysql/backup-recovery/backups
#   description: About Cloud SQL backups
# custom:
#   severity: medium
#   kinds: [object_store, container, database]
#   stages: [raw]
#   guide: [21]
#   fix:
#     all: >-
#       Keep a backup that does not belong to the store.
#     azure: >-
#       Give the backup policy of an account a vault tier
#       (vault_default_retention_duration), add long_term_retention_policy on Azure
#       SQL, or back a PostgreSQL or MySQL server up into a vault.
#     aws: >-
#       Leave skip_final_snapshot false or set delete_automated_backups = false on
#       RDS, or add the store to a backup plan (aws_backup_selection).
#     google: >-
#       Set retain_backups_on_delete = true or a final backup on
#       google_sql_database_instance.
#   tags: [backup]
package rules.raw.backup_shares_fate

import data.rules.lib.fate
import data.rules.lib.restore
import data.rules.lib.stores

deny contains {"asset": a.id, "at": backup.at, "message": message} if {
	some a in judged
	count(fate.undecided(a)) == 0
	backup := fate.going(a)[0]
	message := sprintf("The backups of raw store %s are deleted together with it: %s", [a.address, fate.reason(a, backup.means)])
}

unknown contains {"asset": a.id, "at": doubt.at, "message": message} if {
	some a in judged
	doubt := fate.undecided(a)[0]
	message := sprintf("Whether a backup of raw store %s outlives it is unknown because %s", [a.address, doubt.why])
}

exempt contains {"asset": a.id, "message": stores.excuses[a.id]} if some a in bound

bound := [a |
	some a in input.assets
	fate.goes(a)
	restore.restorable(a)
]

judged := [a | some a in bound; not stores.excuses[a.id]]
