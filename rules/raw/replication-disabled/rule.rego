# METADATA
# title: The configured replication of raw data is switched on
# description: >-
#   A replication rule that is disabled, a transfer job that is paused, or replication
#   without what the service needs for it copies nothing. It stands in the code, so
#   reviews and audits take it for a copy in another region, and the gap shows only
#   after the region is lost.
# related_resources:
# - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-requirements.html
#   description: Requirements and considerations for replication
# - ref: https://learn.microsoft.com/azure/storage/blobs/object-replication-overview
#   description: Prerequisites and limits of object replication
# - ref: https://cloud.google.com/storage-transfer/docs/manage-transfers
#   description: Managing transfer jobs
# custom:
#   severity: high
#   profile: minimal
#   kinds: [object_store, container]
#   stages: [raw]
#   guide: [22]
#   fix:
#     all: >-
#       Enable what the message names. Or remove the replication if another copy is
#       meant to take its place.
#     azure: >-
#       Enable what the message names: versioning_enabled = true on both accounts,
#       change_feed_enabled = true on the source, in blob_properties. Or remove the
#       replication if another copy is meant to take its place.
#     aws: >-
#       Enable what the message names: status = "Enabled" in the rule of
#       aws_s3_bucket_replication_configuration, and versioning on both buckets. Or
#       remove the replication if another copy is meant to take its place.
#     google: >-
#       Set status = "ENABLED" on google_storage_transfer_job. Or remove the
#       replication if another copy is meant to take its place.
#   tags: [disaster-recovery, replication]
package rules.raw.replication_disabled

import data.rules.lib.copies
import data.rules.lib.restore
import data.rules.lib.stores

deny contains {"asset": a.id, "at": replica.at, "message": message} if {
	some a in judged
	count(copies.doubts(a)) == 0
	some replica in copies.idle(a)
	message := sprintf("Raw store %s has no copy in another region although %s is written: %s", [a.address, replica.means.by, replica.means.why])
}

unknown contains {"asset": a.id, "at": doubt.at, "message": message} if {
	some a in judged
	doubt := copies.doubts(a)[0]
	message := sprintf("Whether the replication of raw store %s is in effect is unknown because %s", [a.address, doubt.why])
}

exempt contains {"asset": a.id, "message": stores.excuses[a.id]} if some a in idle

exempt contains {"asset": a.id, "at": "protections.versioning", "message": message} if {
	some a in idle
	not stores.excuses[a.id]
	unversioned(a)
	message := sprintf("The replication of %s needs versions, and %s judges those", [a.address, restore.speakers[a.id]])
}

idle := [a |
	some a in input.assets
	copies.speakers[a.id] == "raw/replication-disabled"
]

judged := [a | some a in idle; not stores.excuses[a.id]; not unversioned(a)]

# unversioned holds when the store keeps no versions, which replication needs, and
# another rule says so because nothing else restores its data either.
unversioned(a) if {
	a.protections.versioning.state in {"off", "unknown"}
	not restore.restorable(a)
	every replica in copies.idle(a) {
		replica.means.mechanism != "gcs.transfer"
	}
}
