# METADATA
# title: Raw data of batches is not kept for ever
# description: >-
#   In a batch platform the source still has what was loaded, and raw data has done its
#   work once curated data is made of it and backed up. Kept for ever in the hottest
#   class, and replicated as raw data should be, it becomes the largest part of the
#   bill, although nobody would restore from it. A lifecycle rule that deletes it by
#   age, or moves it to a colder class, costs nothing. drlint says so only where flows
#   lead from the raw store to a curated one that is backed up, and never of data from
#   streams: events and readings cannot be asked for a second time.
# related_resources:
# - ref: https://learn.microsoft.com/azure/storage/blobs/lifecycle-management-overview
#   description: Azure Blob Storage lifecycle management
# - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lifecycle-mgmt.html
#   description: Managing the lifecycle of objects
# - ref: https://cloud.google.com/storage/docs/lifecycle
#   description: Object Lifecycle Management
# custom:
#   severity: info
#   kinds: [object_store, container]
#   stages: [raw]
#   guide: [1, 18]
#   fix:
#     azure: >-
#       Add a rule for the raw container to azurerm_storage_management_policy
#       (Microsoft.Storage/storageAccounts/managementPolicies in Bicep and ARM) that
#       moves data to a colder class after some weeks and deletes it when no fault
#       can go unnoticed any longer. If raw data has to be kept, for instance for
#       audits, switch the rule off.
#     aws: >-
#       Add a rule to aws_s3_bucket_lifecycle_configuration that moves data to a
#       colder class after some weeks and deletes it when no fault can go unnoticed
#       any longer. If raw data has to be kept, for instance for audits, switch the
#       rule off.
#     google: >-
#       Add a lifecycle_rule to google_storage_bucket that moves data to a colder
#       class after some weeks and deletes it when no fault can go unnoticed any
#       longer. If raw data has to be kept, for instance for audits, switch the rule
#       off.
#   tags: [cost, lifecycle]
package rules.raw.kept_forever

import data.rules.lib.lake
import data.rules.lib.lineage
import data.rules.lib.loads
import data.rules.lib.restore
import data.rules.lib.stores

deny contains {"asset": a.id, "message": message} if {
	some a in judged
	message := sprintf("Raw data in %s is kept for ever although %s, which is made of it, is backed up", [a.address, lake.secured[a.id]])
}

unknown contains {"asset": a.id, "message": message} if {
	some a in kept
	not lake.secured[a.id]
	not stores.excuses[a.id]
	later := doubtful(a)[0]
	message := sprintf("Whether raw data in %s has to be kept is unknown because %s", [a.address, later.why])
}

exempt contains {"asset": a.id, "message": stores.excuses[a.id]} if {
	some a in kept
	lake.secured[a.id]
}

# kept lists the stores that batches fill and that nothing empties or cools.
kept := [a |
	some a in input.assets
	lineage.later[a.id]
	loads.into[a.id]
	not lineage.streamed(a)
	not leaves(a)
]

judged := [a | some a in kept; lake.secured[a.id]; not stores.excuses[a.id]]

leaves(a) if {
	some expiry in a.expiries
	expiry.target == "current"
}

leaves(a) if object.get(a.settings.colder_class, "value", true)

# doubtful lists why it is open whether a curated store that is made of it is backed up.
doubtful(a) := [doubt |
	some id in lineage.later[a.id]
	store := input.by_id[id]
	some stage in store.stages
	stage in {"curated", "presentation"}
	doubt := restore.doubts(store)[0]
]
