# METADATA
# title: Geo-redundant backup is asked for only where the storage of backups allows it
# description: >-
#   A switch that asks for a copy of the backups in another region does nothing while
#   their storage keeps everything in one region. Whoever reads the switch believes that
#   the warehouse outlives its region. Terraform refuses some of these pairs when it
#   plans, and templates deploy them.
# related_resources:
# - ref: https://learn.microsoft.com/azure/synapse-analytics/sql-data-warehouse/backup-and-restore
#   description: Backup and restore in Azure Synapse dedicated SQL pool
# custom:
#   severity: high
#   profile: minimal
#   kinds: [database, database_server]
#   stages: [presentation]
#   guide: [33]
#   fix: >-
#     Set storage_account_type to GRS (storageAccountType in Bicep and ARM), or choose a
#     tier that keeps geo-redundant backups. If the copy is not wanted, switch geo-backup
#     off so that nobody counts on it.
#   tags: [disaster-recovery, backup]
package rules.presentation.geo_backup_contradiction

import data.rules.lib.products

deny contains {"asset": a.id, "at": conflict.at, "message": message} if {
	some a in judged
	some conflict in products.contradictions(a)
	conflict.means.state == "off"
	message := sprintf("Presentation store %s has no copy in another region: %s", [a.address, conflict.means.why])
}

unknown contains {"asset": a.id, "at": conflict.at, "message": message} if {
	some a in judged
	some conflict in products.contradictions(a)
	conflict.means.state == "unknown"
	message := sprintf("Whether the geo-backup of presentation store %s keeps a copy in another region is unknown because %s", [a.address, conflict.means.why])
}

exempt contains {"asset": a.id, "message": products.excuses[a.id]} if {
	some a in input.assets
	products.copying[a.id] == "presentation/geo-backup-contradiction"
}

judged := [a |
	some a in input.assets
	products.copying[a.id] == "presentation/geo-backup-contradiction"
	not products.excuses[a.id]
]
