# METADATA
# title: No backup costs more than creating the data again
# description: >-
#   A backup is worth its price when losing the data would cost more. Where a stage can
#   be created again, in time and from sources that still have everything, losing it
#   costs one run of its process. If a year of backups is dearer than such a run, the
#   money does more elsewhere, for instance for raw data. drlint says so only when the
#   costs, the times and what the sources keep are all declared.
# related_resources:
# - ref: https://learn.microsoft.com/azure/backup/azure-backup-pricing
#   description: What Azure Backup costs
# - ref: https://aws.amazon.com/backup/pricing/
#   description: What AWS Backup costs
# custom:
#   severity: info
#   kinds: [object_store, container, file_share, database, database_server, table]
#   stages: [raw, curated, presentation, modeled, sandbox]
#   guide: [1, 19c]
#   fix:
#     all: >-
#       Take the store out of the backup or lower its retention, and keep the
#       process that creates the data in Git. If the costs or the times have
#       changed, correct the declaration.
#     azure: >-
#       Take the store out of the backup (storage_account_container_names of the
#       backup instance, or the instance itself) or lower its retention, and keep
#       the process that creates the data in Git. If the costs or the times have
#       changed, correct the declaration.
#     aws: >-
#       Take the store out of aws_backup_selection or lower its retention, and keep
#       the process that creates the data in Git. If the costs or the times have
#       changed, correct the declaration.
#   tags: [cost, objectives]
#   settings:
#   - name: losses_a_year
#     default: 1
#     description: How often a year the data would have to be created again.
package rules.platform.backup_dearer_than_recreation

import data.rules.lib.objectives
import data.rules.lib.products

deny contains {"asset": a.id, "at": backups(a)[0].at, "message": message} if {
	some a in judged
	backups(a)[0].means.state == "on"
	message := sprintf("The backup of %s costs %v a year, and creating it again, in time and from sources that keep everything, costs %v", [a.address, objectives.yearly(a), losses(a)])
}

unknown contains {"asset": a.id, "at": backups(a)[0].at, "message": message} if {
	some a in judged
	backups(a)[0].means.state == "unknown"
	message := sprintf("Whether %s pays for a backup that costs more than creating it again is unknown because %s", [a.address, backups(a)[0].means.why])
}

exempt contains {"asset": a.id, "message": products.excuses[a.id]} if {
	some a in input.assets
	objectives.dispensable[a.id]
}

judged := [a |
	some a in input.assets
	objectives.dispensable[a.id]
	not products.excuses[a.id]
	objectives.yearly(a) > losses(a)
]

losses(a) := a.declared.recreate_cost.value * input.settings.losses_a_year

# backups lists those of the store, the certain ones first.
backups(a) := array.concat(
	[backup | some backup in written(a); backup.means.state == "on"],
	[backup | some backup in written(a); backup.means.state == "unknown"],
)

written(a) := [{"at": sprintf("protections.backup.means.%d", [i]), "means": means} |
	some i, means in a.protections.backup.means
]
