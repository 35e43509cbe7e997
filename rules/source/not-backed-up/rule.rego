# METADATA
# title: Systems of record can be restored
# description: >-
#   The platform reads from systems in which people and applications work every day, and
#   live systems are where mistakes happen. Their data can be created by nobody else. When
#   such a database is deployed together with the platform, its backups are decided here
#   too. The lake does not replace them: it holds what was loaded last, in another form.
# related_resources:
# - ref: https://learn.microsoft.com/azure/azure-sql/database/automated-backups-overview
#   description: Automated backups in Azure SQL Database
# - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.html
#   description: Automated backups of RDS
# - ref: https://cloud.google.com/sql/docs/mysql/backup-recovery/backups
#   description: About Cloud SQL backups
# custom:
#   severity: high
#   profile: minimal
#   kinds: [object_store, container, file_share, database, database_server, table]
#   stages: [source]
#   guide: [3, 4]
#   fix:
#     all: >-
#       Turn automated backups on, or back the system up into a vault.
#     azure: >-
#       Set retention_days in short_term_retention_policy of Azure SQL,
#       backup_retention_days on PostgreSQL and MySQL.
#     aws: >-
#       Set backup_retention_period = 7 or more on RDS and Aurora,
#       point_in_time_recovery { enabled = true } on DynamoDB.
#     google: >-
#       Set backup_configuration { enabled = true } in the settings of
#       google_sql_database_instance.
#   remedies: [keep-backups, back-up-automatically, point-in-time-recovery]
#   tags: [backup]
package rules.source.not_backed_up

import data.rules.lib.products
import data.rules.lib.restore

deny contains {"asset": a.id, "at": products.place_of_unkept(a), "message": message} if {
	some a in judged
	count(restore.doubts(a)) == 0
	message := sprintf("System of record %s has no backup of %s data that reaches back a week: %s", [a.address, restore.lost(a), products.unkept(a)])
}

unknown contains {"asset": a.id, "at": doubt.at, "message": message} if {
	some a in judged
	doubt := restore.doubts(a)[0]
	message := sprintf("Whether deleted and overwritten data of system of record %s can be restored is unknown because %s", [a.address, doubt.why])
}

exempt contains {"asset": a.id, "message": products.excuses[a.id]} if some a in unrestorable

# Where only the length of a window is missing, source/restore-window-too-short speaks.
unrestorable := [a |
	some a in input.assets
	not restore.restorable(a)
	not products.short_lived(a)
]

judged := [a | some a in unrestorable; not products.excuses[a.id]]
