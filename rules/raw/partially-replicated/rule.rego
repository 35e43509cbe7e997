# METADATA
# title: The copy of raw data in another region is complete
# description: >-
#   A replication rule with a filter, or one that names some containers of an account,
#   copies what somebody thought of when it was written. Folders and containers that
#   were added later are not in the copy, and nobody notices until the region is lost
#   and a part of the sources cannot be reloaded. Raw data is what every later stage is
#   rebuilt from, so what is missing in its copy is missing everywhere.
# related_resources:
# - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-add-config.html
#   description: Elements of a replication configuration
# - ref: https://learn.microsoft.com/azure/storage/blobs/object-replication-overview
#   description: Object replication for block blobs
# - ref: https://cloud.google.com/storage-transfer/docs/filtering-objects-from-transfers
#   description: Filtering objects in Storage Transfer Service
# custom:
#   severity: high
#   profile: minimal
#   kinds: [object_store, container, database, table]
#   stages: [raw]
#   guide: [22]
#   fix:
#     all: >-
#       Let the copy take the whole store. If only a part of the store is raw data,
#       give that part a store of its own.
#     azure: >-
#       Leave filter_out_blobs_with_prefix out of the rules of
#       azurerm_storage_object_replication, or add a rule for each container that is
#       left out, with copy_blobs_created_after = "Everything". If only a part of
#       the store is raw data, give that part a store of its own.
#     aws: >-
#       Leave the filter of the rule in aws_s3_bucket_replication_configuration
#       empty. If only a part of the store is raw data, give that part a store of
#       its own.
#     google: >-
#       Leave object_conditions and the path of gcs_data_source out of
#       google_storage_transfer_job. If only a part of the store is raw data, give
#       that part a store of its own.
#   tags: [disaster-recovery, replication]
package rules.raw.partially_replicated

import data.rules.lib.copies
import data.rules.lib.stores

deny contains {"asset": a.id, "at": part.at, "message": message} if {
	some a in judged
	count(copies.doubts(a)) == 0
	some part in copies.partial(a)
	message := sprintf("Only a part of raw store %s has a copy in another region: %s leaves out the rest", [a.address, part.means.by])
}

deny contains {"asset": a.id, "at": "protections.geo_replication", "message": message} if {
	some a in judged
	copies.left_out(a)
	message := sprintf("Raw store %s has no copy in another region: the replication of its account copies other containers and leaves it out", [a.address])
}

unknown contains {"asset": a.id, "at": doubt.at, "message": message} if {
	some a in judged
	count(copies.partial(a)) > 0
	doubt := copies.doubts(a)[0]
	message := sprintf("Whether all of raw store %s has a copy in another region is unknown because %s", [a.address, doubt.why])
}

exempt contains {"asset": a.id, "message": stores.excuses[a.id]} if some a in incomplete

incomplete := [a |
	some a in input.assets
	copies.speakers[a.id] == "raw/partially-replicated"
]

judged := [a | some a in incomplete; not stores.excuses[a.id]]
