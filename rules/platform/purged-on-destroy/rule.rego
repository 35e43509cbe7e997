# METADATA
# title: Destroying a vault does not purge what soft delete keeps
# description: >-
#   Azure keeps a deleted key vault or configuration store, with every connection string
#   and credential that the platform's pipelines read, for up to 90 days. The azurerm
#   provider purges it in the same run unless its features say otherwise, so that a wrong
#   destroy, or a plan that replaces the vault, leaves nothing to bring back.
# related_resources:
# - ref: https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/guides/features-block
#   description: The features block of azurerm
# - ref: https://learn.microsoft.com/azure/key-vault/general/key-vault-recovery
#   description: Azure Key Vault recovery management
# custom:
#   severity: medium
#   kinds: [key_vault, configuration_store]
#   guide: [8, 49]
#   profile: strict
#   fix: >-
#     Set purge_soft_delete_on_destroy = false in the key_vault and app_configuration blocks
#     of the provider's features, or purge_protection_enabled = true on the vault.
#   remedies: [protect-from-purging]
#   tags: [guard]
package rules.platform.purged_on_destroy

import data.rules.lib.keys

deny contains {"asset": a.id, "at": "settings.purged_on_destroy", "message": message} if {
	some a in judged
	count(doubts(a)) == 0
	message := sprintf("Destroying %s purges it, so that nothing in it can be brought back: %s", [a.address, reason(a.settings.purged_on_destroy)])
}

unknown contains {"asset": a.id, "at": doubt.at, "message": message} if {
	some a in judged
	doubt := doubts(a)[0]
	message := sprintf("Whether destroying %s purges it is unknown because %s", [a.address, doubt.why])
}

exempt contains {"asset": a.id, "message": "this is not the repository of a data platform"} if {
	some a in purging
	not input.platform.data_platform
}

exempt contains {"asset": a.id, "message": message} if {
	some a in purging
	input.platform.data_platform
	spoken(a)
	message := sprintf("platform/key-not-purge-protected judges %s", [a.address])
}

purging := [a |
	some a in input.assets
	purges(a.settings.purged_on_destroy)
	a.protections.purge_protection.state in {"off", "unknown"}
	a.protections.destroy_guard.state != "on"
]

judged := [a |
	some a in purging
	input.platform.data_platform
	not spoken(a)
]

# spoken holds for a vault whose keys encrypt a store.
spoken(a) if keys.encrypted[a.id]

purges(fact) if fact.value == true

purges(fact) if fact.state == "unknown"

reason(fact) := "the provider does so unless its features say otherwise" if fact.defaulted

reason(fact) := "purge_soft_delete_on_destroy is true in the provider's features" if not fact.defaulted

doubts(a) := array.concat(
	[{"at": "settings.purged_on_destroy", "why": a.settings.purged_on_destroy.why} |
		a.settings.purged_on_destroy.state == "unknown"
	],
	[{"at": "protections.purge_protection", "why": a.protections.purge_protection.why} |
		a.protections.purge_protection.state == "unknown"
	],
)
