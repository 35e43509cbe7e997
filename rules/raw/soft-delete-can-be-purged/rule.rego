# METADATA
# title: Soft delete of raw data cannot be cut short
# description: >-
#   Soft delete is a net for mistakes as long as nobody can empty it. With permanent
#   deletion allowed, versions and snapshots that were deleted can be purged before
#   their retention is over, by whoever has the permission: a cleaning script, or
#   somebody who means harm and knows where the net hangs.
# related_resources:
# - ref: https://learn.microsoft.com/azure/storage/blobs/soft-delete-blob-overview
#   description: Soft delete for blobs
# custom:
#   severity: low
#   kinds: [object_store, container]
#   stages: [raw]
#   guide: [21, 26]
#   fix: >-
#     Remove permanent_delete_enabled (allowPermanentDelete in ARM), which is false by
#     default.
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
