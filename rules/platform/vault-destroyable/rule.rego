# METADATA
# title: Destroying the code of a vault does not delete its backups
# description: >-
#   A vault that holds recovery points refuses to be deleted, which is what keeps them
#   when an environment is torn down or a plan replaces the vault. force_destroy and the
#   provider's purge switch take that refusal away: one terraform destroy then deletes
#   every backup of every store in it.
# related_resources:
# - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/backup_vault
#   description: aws_backup_vault, force_destroy
# - ref: https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/guides/features-block
#   description: The features block of azurerm
# custom:
#   severity: medium
#   kinds: [backup_vault]
#   guide: [21, 32]
#   fix:
#     azure: >-
#       Remove purge_protected_items_from_vault_on_destroy = true from the
#       recovery_service block of the provider's features. Delete recovery points by
#       hand when a vault has to go.
#     aws: >-
#       Remove force_destroy = true from aws_backup_vault (false is the default).
#       Delete recovery points by hand when a vault has to go.
#   remedies: [keep-contents]
#   tags: [backup, guard]
package rules.platform.vault_destroyable

import data.rules.lib.vaults

deny contains {"asset": a.id, "at": sprintf("settings.%s", [name]), "message": message} if {
	some a in judged
	some name, says in switches
	a.settings[name].value == true
	message := sprintf("Destroying vault %s deletes %s too, because %s", [a.address, vaults.contents(a), says])
}

unknown contains {"asset": a.id, "at": sprintf("settings.%s", [name]), "message": message} if {
	some a in judged
	some name, _ in switches
	a.settings[name].state == "unknown"
	message := sprintf("Whether destroying vault %s deletes %s too is unknown because %s", [a.address, vaults.contents(a), a.settings[name].why])
}

exempt contains {"asset": a.id, "message": vaults.excuses[a.id]} if some a in destroyable

destroyable := [a |
	some a in input.assets
	some name, _ in switches
	open(a.settings[name])
	a.protections.destroy_guard.state != "on"
]

judged := [a | some a in destroyable; not vaults.excuses[a.id]]

open(fact) if fact.value == true

open(fact) if fact.state == "unknown"

switches := {
	"force_destroy": "force_destroy is true",
	"purged_on_destroy": "the provider's features purge protected items from a vault that is destroyed",
}
