# METADATA
# title: Backups of systems of record outlive the system
# description: >-
#   Automated backups of a database belong to the instance or the server and are deleted
#   with it, unless something else is written. A wrong plan or a click then takes the
#   system of record and every way back to it at once, and the platform can only return
#   what it once copied from it.
# related_resources:
# - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.Retaining.html
#   description: Retaining automated backups
# - ref: https://cloud.google.com/sql/docs/mysql/backup-recovery/backups
#   description: About Cloud SQL backups
# - ref: https://learn.microsoft.com/azure/azure-sql/database/long-term-retention-overview
#   description: Long-term retention in Azure SQL Database
# custom:
#   severity: medium
#   kinds: [object_store, container, database, database_server]
#   stages: [source]
#   guide: [3, 4]
#   fix:
#     all: >-
#       Let a backup plan keep copies in a vault.
#     azure: >-
#       On Azure SQL add long_term_retention_policy; back a PostgreSQL or MySQL
#       server up into a vault.
#     aws: >-
#       On RDS and Aurora set final_snapshot_identifier and leave
#       skip_final_snapshot false, or set delete_automated_backups = false. Or add
#       the database to a backup plan (aws_backup_selection).
#     google: >-
#       On google_sql_database_instance set retain_backups_on_delete = true or a
#       final backup.
#   remedies: [keep-backups-after-deletion, take-final-snapshot]
#   tags: [backup]
package rules.source.destroyed_with_backups

import data.rules.lib.fate
import data.rules.lib.products
import data.rules.lib.restore

deny contains {"asset": a.id, "at": backup.at, "message": message} if {
	some a in judged
	count(fate.undecided(a)) == 0
	backup := fate.going(a)[0]
	message := sprintf("The backups of system of record %s can be deleted together with it: %s", [a.address, fate.reason(a, backup.means)])
}

unknown contains {"asset": a.id, "at": doubt.at, "message": message} if {
	some a in judged
	doubt := fate.undecided(a)[0]
	message := sprintf("Whether a backup of system of record %s outlives it is unknown because %s", [a.address, doubt.why])
}

exempt contains {"asset": a.id, "message": products.excuses[a.id]} if some a in bound

bound := [a |
	some a in input.assets
	fate.goes(a)
	restore.restorable(a)
]

judged := [a | some a in bound; not products.excuses[a.id]]
