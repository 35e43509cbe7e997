# METADATA
# title: Models that dated loads bring back are not backed up besides
# description: >-
#   When every load brings everything and leaves a complete set in the lake, those sets are
#   the backup: any of them can be loaded again. Long-term retention, a vault or a longer
#   window of the product's own backups keeps the same days a second time, at the price of
#   a database instead of that of files. What a service keeps anyway costs nothing and may
#   stay.
# related_resources:
# - ref: https://learn.microsoft.com/azure/azure-sql/database/automated-backups-overview
#   description: Automated backups in Azure SQL Database, backup storage costs
# custom:
#   severity: info
#   kinds: [database, database_server, table]
#   stages: [model]
#   guide: [1, 52, 53]
#   fix:
#     all: >-
#       Remove the backup plan, and shorten the window to the default of the
#       service. Keep the sets in the lake for as long as somebody may want to go
#       back.
#     azure: >-
#       Remove long_term_retention_policy or the backup instance, and shorten the
#       window to the default of the service. Keep the sets in the lake for as long
#       as somebody may want to go back.
#   tags: [cost]
#   settings:
#   - name: free_days
#     default: 7
#     description: The days of its own backups that a product may keep without comment.
package rules.model.backup_waste

import data.rules.lib.loads
import data.rules.lib.products
import data.rules.lib.restore

deny contains {"asset": a.id, "at": backup.at, "message": message} if {
	some a in judged
	backup := paid(a)[0]
	backup.means.state == "on"
	message := sprintf("%s pays for backups (%s) although every load leaves a complete set in %s", [a.address, words(a, backup.means), loads.kept_in(a.id)])
}

unknown contains {"asset": a.id, "at": backup.at, "message": message} if {
	some a in judged
	backup := paid(a)[0]
	backup.means.state == "unknown"
	message := sprintf("Whether %s pays for backups although every load leaves a complete set in %s is unknown because %s", [a.address, loads.kept_in(a.id), backup.means.why])
}

judged := [a |
	some a in input.assets
	loads.reloads[a.id].state == "kept"
	not products.excuses[a.id]
]

# paid lists the backups that cost extra, what is certain first.
paid(a) := array.concat(
	[backup | some backup in written(a); backup.means.state == "on"],
	[backup | some backup in written(a); backup.means.state == "unknown"],
)

written(a) := [{"at": restore.at("backup", i), "means": means} |
	some i, means in a.protections.backup.means
	means.defaulted == false
	extra(means)
]

extra(means) if means.mechanism in {"azuresql.long_term_retention", "azure.backup_database", "aws_backup.continuous", "aws_backup.snapshot"}

extra(means) if means.window_days.value > input.settings.free_days

words(a, means) := sprintf("its own, for %v days", [means.window_days.value]) if {
	means.by == a.address
	means.window_days.state == "known"
} else := means.by
