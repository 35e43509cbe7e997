# METADATA
# title: Soft delete of raw data cannot be cut short
# description: >-
#   Soft delete keeps what was deleted by mistake for some days. With permanent deletion
#   allowed, deleted versions and snapshots can be purged before these days are over, by
#   anybody with the permission: a clean-up script that means well, or an attacker who
#   wants nothing to be left. Then deleted raw data is gone although soft delete is on.
# related_resources:
# - ref: https://learn.microsoft.com/azure/storage/blobs/soft-delete-blob-overview
#   description: Soft delete for blobs
# custom:
#   severity: low
#   kinds: [object_store, container]
#   stages: [raw]
#   guide: [21, 26]
#   fix: >-
#     Remove permanent_delete_enabled from delete_retention_policy (allowPermanentDelete
#     from deleteRetentionPolicy in Bicep and ARM). It is false by default.
#   remedies: [forbid-permanent-deletion]
#   tags: [guard]
package rules.raw.soft_delete_can_be_purged

import data.rules.lib.stores

deny contains {"asset": a.id, "at": "settings.permanent_delete", "message": message} if {
	some a in judged
	a.settings.permanent_delete.value == true
	message := sprintf("What soft delete keeps of raw store %s can be purged before its time, because permanent deletion is allowed", [a.address])
}

unknown contains {"asset": a.id, "at": "settings.permanent_delete", "message": message} if {
	some a in judged
	a.settings.permanent_delete.state == "unknown"
	message := sprintf("Whether what soft delete keeps of raw store %s can be purged is unknown because %s", [a.address, a.settings.permanent_delete.why])
}

exempt contains {"asset": a.id, "message": stores.excuses[a.id]} if some a in purgeable

exempt contains {"asset": a.id, "at": "settings.permanent_delete", "message": message} if {
	some a in purgeable
	not stores.excuses[a.id]
	survives(a)
	message := sprintf("%s has a copy apart from the account, which purging does not reach", [a.address])
}

purgeable := [a |
	some a in input.assets
	fact := a.settings.permanent_delete
	object.get(fact, "value", true)
	a.protections.soft_delete.state != "off"
]

judged := [a | some a in purgeable; not stores.excuses[a.id]; not survives(a)]

survives(a) if a.recovery.destroy.survives == "yes"
