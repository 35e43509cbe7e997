# METADATA
# title: Increments are kept after they are loaded
# description: >-
#   A product that loads increments is repaired by loading some of them again: the partition
#   of a bad day, or everything since the last backup. If each run writes its increment over
#   the last one, only the newest is left when the fault is found, and the source no longer
#   tells which rows were new on that day. Increments belong into folders of their own, by
#   the date or the window of the run, or at least into a store that keeps versions.
# related_resources:
# - ref: https://learn.microsoft.com/azure/data-factory/how-to-create-tumbling-window-trigger
#   description: Tumbling window trigger of Azure Data Factory
# - ref: https://learn.microsoft.com/azure/storage/blobs/versioning-overview
#   description: Blob versioning
# custom:
#   severity: high
#   kinds: [object_store, container]
#   guide: [56]
#   fix:
#     all: >-
#       Put the window of the run into the path of the sink, or turn versioning on
#       for the store.
#     azure: >-
#       Put the window of the run into the path of the sink, in Data Factory a
#       folderPath with formatDateTime(pipeline().parameters.windowStart,
#       'yyyy/MM/dd/HH'), or set versioning_enabled = true in blob_properties of
#       azurerm_storage_account (isVersioningEnabled: true of blobServices in Bicep
#       and ARM).
#     aws: >-
#       Put the window of the run into the path of the sink, or add
#       aws_s3_bucket_versioning with status = "Enabled".
#     google: >-
#       Put the window of the run into the path of the sink, or set versioning {
#       enabled = true } on google_storage_bucket.
#   tags: [backup]
package rules.model.increments_overwritten

import data.rules.lib.feeds
import data.rules.lib.loads
import data.rules.lib.restore

deny contains {"asset": a.id, "at": sprintf("flows.%s.write", [flow.id]), "message": message} if {
	some a in judged
	count(restore.doubts(a)) == 0
	flow := overwriting(a)[0]
	message := sprintf("%s replaces the increments in %s, which %s loads, and no version of them is kept", [flow.address, a.address, loads.names(loads.feeding[a.id])])
}

unknown contains {"asset": a.id, "at": doubt.at, "message": message} if {
	some a in judged
	doubt := restore.doubts(a)[0]
	message := sprintf("%s replaces the increments in %s, and whether versions of them are kept is unknown because %s", [overwriting(a)[0].address, a.address, doubt.why])
}

exempt contains {"asset": a.id, "message": feeds.elsewhere(a, feeds.backed)} if some a in replaced

replaced := [a |
	some a in input.assets
	loads.feeding[a.id]
	overwriting(a)[0]
	feeds.unrestorable(a)
]

judged := [a | some a in replaced; not feeds.stage_of(a, feeds.backed)]

overwriting(a) := [flow | some flow in loads.overwriting(a); flow.mode.value == "incremental"]
