# METADATA
# title: Backup vaults keep a copy in another region
# description: >-
#   A vault is in the region of what it protects, because most services allow nothing
#   else. With local or zone redundancy every recovery point is in that region too: on the
#   day on which the region is down, both the data and the way back to it are. Redundancy
#   can be chosen only until the first backup is taken, so the mistake is cheap today and
#   a migration later.
# related_resources:
# - ref: https://learn.microsoft.com/azure/backup/backup-create-recovery-services-vault
#   description: Create and configure a Recovery Services vault, storage redundancy
# - ref: https://learn.microsoft.com/azure/backup/backup-vault-overview
#   description: Backup vaults overview
# custom:
#   severity: high
#   kinds: [backup_vault]
#   guide: [21, 22, 32, 57]
#   fix: >-
#     Set redundancy = "GeoRedundant" (azurerm_data_protection_backup_vault),
#     storage_mode_type = "GeoRedundant" (azurerm_recovery_services_vault), or
#     storageSettings type GeoRedundant in Bicep and ARM. A vault that already holds
#     backups has to be replaced by a new one.
#   tags: [backup, disaster-recovery]
package rules.platform.vault_not_replicated

import data.rules.lib.restore
import data.rules.lib.vaults

deny contains {"asset": a.id, "at": "protections.geo_replication", "message": message} if {
	some a in judged
	a.protections.geo_replication.state == "off"
	message := sprintf("Vault %s loses %s together with its region: %s", [a.address, vaults.contents(a), a.protections.geo_replication.why])
}

unknown contains {"asset": a.id, "at": at, "message": message} if {
	some a in judged
	a.protections.geo_replication.state == "unknown"
	at := restore.place("geo_replication", a.protections.geo_replication)
	message := sprintf("Whether vault %s keeps %s in another region is unknown because %s", [a.address, vaults.contents(a), a.protections.geo_replication.why])
}

exempt contains {"asset": a.id, "message": vaults.excuses[a.id]} if some a in confined

confined := [a |
	some a in input.assets
	a.protections.geo_replication.state in {"off", "unknown"}
]

judged := [a | some a in confined; not vaults.excuses[a.id]]
