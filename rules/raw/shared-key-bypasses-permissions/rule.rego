# METADATA
# title: Access keys cannot get around the permissions of raw data
# description: >-
#   Whoever has an access key of a storage account may read, change and delete
#   everything in it, whatever roles and access lists say. Keys end up in connection
#   strings, scripts and logs. As long as they work, one leaked key or one wrong script
#   is enough to delete raw data, however carefully roles are given. Azure leaves keys
#   on unless the account says otherwise.
# related_resources:
# - ref: https://learn.microsoft.com/azure/storage/common/shared-key-authorization-prevent
#   description: Prevent Shared Key authorization for a storage account
# custom:
#   severity: medium
#   profile: strict
#   kinds: [object_store, container]
#   stages: [raw]
#   guide: [21, 26]
#   fix: >-
#     Set shared_access_key_enabled = false on the account (allowSharedKeyAccess: false
#     in Bicep and ARM), storage_use_azuread = true on the provider, and give pipelines
#     identities with roles.
#   tags: [permissions]
package rules.raw.shared_key_bypasses_permissions

import data.rules.lib.stores

deny contains {"asset": a.id, "at": "settings.shared_key_access", "message": message} if {
	some a in judged
	a.settings.shared_key_access.value == true
	message := sprintf("Whoever holds an access key may delete all of raw store %s, whatever its permissions say: %s", [a.address, reason(a.settings.shared_key_access)])
}

unknown contains {"asset": a.id, "at": "settings.shared_key_access", "message": message} if {
	some a in judged
	a.settings.shared_key_access.state == "unknown"
	message := sprintf("Whether access keys get past the permissions of raw store %s is unknown because %s", [a.address, a.settings.shared_key_access.why])
}

exempt contains {"asset": a.id, "message": stores.asides[a.id]} if some a in keyed

exempt contains {"asset": a.id, "at": "settings.shared_key_access", "message": message} if {
	some a in keyed
	not stores.asides[a.id]
	survives(a)
	message := sprintf("%s has a copy that nobody can delete, so it outlives a stolen key", [a.address])
}

keyed := [a |
	some a in input.assets
	fact := a.settings.shared_key_access
	object.get(fact, "value", true)
]

judged := [a | some a in keyed; not stores.asides[a.id]; not survives(a)]

survives(a) if a.recovery.compromise.survives == "yes"

reason(fact) := "shared key access is on by default" if fact.defaulted

reason(fact) := "shared key access is on" if not fact.defaulted
