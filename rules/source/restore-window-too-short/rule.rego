# METADATA
# title: Systems of record can be restored for as long as a fault may go unnoticed
# description: >-
#   People correct and import by hand in a system of record, and a wrong import is often
#   noticed by somebody who reads a report days later. A window of a day or of some hours
#   is over by then, and the lake keeps only what was loaded, in another form. Services
#   start with short windows: a day on Aurora, none on RDS, eight hours on Azure Cosmos DB.
# related_resources:
# - ref: https://learn.microsoft.com/azure/azure-sql/database/automated-backups-overview
#   description: Automated backups in Azure SQL Database
# - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.BackupRetention.html
#   description: Backup retention period of RDS
# custom:
#   severity: medium
#   profile: minimal
#   kinds: [object_store, container, file_share, database, database_server, table]
#   stages: [source]
#   guide: [3, 4]
#   fix:
#     all: >-
#       Raise the number of days for which data can be restored.
#     azure: >-
#       Raise the number of days: short_term_retention_policy.retention_days on
#       Azure SQL, backup_retention_days on PostgreSQL and MySQL. On Cosmos DB
#       choose continuous backups or raise retention_in_hours.
#     aws: >-
#       Raise the number of days: backup_retention_period on RDS and Aurora.
#     google: >-
#       Raise the number of days: transaction_log_retention_days in
#       backup_configuration of Cloud SQL.
#   remedies: [keep-backups]
#   tags: [backup]
#   settings:
#   - name: minimum_days
#     default: 7
#     description: The days after which a fault is noticed at the latest, where nobody declares that.
package rules.source.restore_window_too_short

import data.rules.lib.products
import data.rules.lib.restore
import data.rules.lib.words

deny contains {"asset": a.id, "at": place(kept), "message": message} if {
	some a in judged
	count(doubts(a)) == 0
	kept := products.longest(a)
	message := sprintf("System of record %s can be restored for only %s, and a fault may go unnoticed for %s", [a.address, words.span(kept.window.value), words.span(noticed(a))])
}

unknown contains {"asset": a.id, "at": doubt.at, "message": message} if {
	some a in judged
	doubt := doubts(a)[0]
	message := sprintf("Whether system of record %s can be restored for %s is unknown because %s", [a.address, words.span(noticed(a)), doubt.why])
}

exempt contains {"asset": a.id, "message": products.excuses[a.id]} if some a in short

judged := [a | some a in short; not products.excuses[a.id]]

# short lists the systems that nothing certainly keeps for long enough. Where even
# less is certain, source/not-backed-up speaks.
short := [a |
	some a in input.assets
	every kept in restore.keepers[a.id] {
		not lasting(a, kept.window)
	}
	speaks(a)
]

speaks(a) if restore.restorable(a)

speaks(a) if {
	not restore.restorable(a)
	products.short_lived(a)
}

lasting(a, window) if window.value >= noticed(a)

# noticed is how many days a fault may go unnoticed: as declared, else as set.
noticed(a) := a.declared.detection_hours.value / 24

noticed(a) := input.settings.minimum_days if not a.declared.detection_hours.value

place(kept) := sprintf("%s.window_days", [kept.at])

# doubts lists what may be kept longer, and what may be kept besides.
doubts(a) := array.concat(
	[{"at": place(kept), "why": kept.window.why} |
		some kept in restore.keepers[a.id]
		kept.window.state == "unknown"
	],
	[{"at": restore.at(name, i), "why": means.why} |
		some name in restore.protections
		some i, means in a.protections[name].means
		means.state == "unknown"
		means.window_days.state != "absent"
	],
)
