# METADATA
# title: Keys that encrypt data cannot be purged
# description: >-
#   A store that is encrypted with a key of its own is as recoverable as that key. Replicas
#   and backups are encrypted with it too, so once the key is purged every copy is lost at
#   the same moment, whatever the redundancy says. Soft delete alone does not prevent that,
#   because who may delete a key may usually purge it.
# related_resources:
# - ref: https://learn.microsoft.com/azure/key-vault/general/soft-delete-overview
#   description: Azure Key Vault soft-delete overview, purge protection
# - ref: https://learn.microsoft.com/azure/storage/common/customer-managed-keys-overview
#   description: Customer-managed keys for Azure Storage encryption
# custom:
#   severity: high
#   kinds: [key_vault]
#   guide: [21, 22, 32]
#   fix: >-
#     Set purge_protection_enabled = true on azurerm_key_vault, or enablePurgeProtection:
#     true in Bicep and ARM. It cannot be switched off again.
#   remedies: [protect-from-purging]
#   tags: [backup, ransomware]
package rules.platform.key_not_purge_protected

import data.rules.lib.keys

deny contains {"asset": a.id, "at": "protections.purge_protection", "message": message} if {
	some a in judged
	a.protections.purge_protection.state == "off"
	message := sprintf("Whoever deletes and purges a key of %s makes %s and every copy of it unreadable: %s", [a.address, keys.encrypts(a), a.protections.purge_protection.why])
}

unknown contains {"asset": a.id, "at": "protections.purge_protection", "message": message} if {
	some a in judged
	a.protections.purge_protection.state == "unknown"
	message := sprintf("Whether the keys of %s, which encrypt %s, can be purged is unknown because %s", [a.address, keys.encrypts(a), a.protections.purge_protection.why])
}

judged := [a |
	some a in input.assets
	keys.encrypted[a.id]
	a.protections.purge_protection.state in {"off", "unknown"}
]
