# METADATA
# title: Deleted backups can be brought back
# description: >-
#   Backups are what an attacker deletes first, and what a clean-up script deletes by
#   mistake. With soft delete a vault keeps deleted recovery points for two weeks or more
#   at no cost; without it the platform's last copy goes with one call.
# related_resources:
# - ref: https://learn.microsoft.com/azure/backup/secure-by-default
#   description: Secure by default with Azure Backup, soft delete
# - ref: https://learn.microsoft.com/azure/backup/backup-azure-enhanced-soft-delete-about
#   description: About enhanced soft delete
# custom:
#   severity: high
#   kinds: [backup_vault]
#   guide: [21, 32, 44]
#   fix: >-
#     Set soft_delete = "On", or "AlwaysOn" so that nobody can switch it off again, on
#     azurerm_data_protection_backup_vault; leave soft_delete_enabled true on
#     azurerm_recovery_services_vault; write softDeleteSettings with state On in Bicep
#     and ARM.
#   remedies: [soft-delete-backups]
#   tags: [backup, ransomware]
package rules.platform.vault_soft_delete_off

import data.rules.lib.restore
import data.rules.lib.vaults

deny contains {"asset": a.id, "at": "protections.soft_delete", "message": message} if {
	some a in judged
	a.protections.soft_delete.state == "off"
	message := sprintf("Whoever deletes %s from vault %s deletes them for good: %s", [vaults.contents(a), a.address, a.protections.soft_delete.why])
}

unknown contains {"asset": a.id, "at": at, "message": message} if {
	some a in judged
	a.protections.soft_delete.state == "unknown"
	at := restore.place("soft_delete", a.protections.soft_delete)
	message := sprintf("Whether vault %s keeps deleted backups is unknown because %s", [a.address, a.protections.soft_delete.why])
}

exempt contains {"asset": a.id, "message": vaults.excuses[a.id]} if some a in purging

purging := [a |
	some a in input.assets
	a.protections.soft_delete.state in {"off", "unknown"}
]

judged := [a | some a in purging; not vaults.excuses[a.id]]
