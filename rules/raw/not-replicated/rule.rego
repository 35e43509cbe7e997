# METADATA
# title: Raw data has a copy in another region
# description: >-
#   Raw data is copied from its source without changes, and from then on the source
#   no longer has to keep it: the lake may hold the only copy. When the region of the
#   lake is lost, a copy in another region is all that is left to rebuild every later
#   stage from. Copies in several zones of one region are lost together, and a rule
#   that copies a part of the store leaves the rest behind.
# related_resources:
# - ref: https://learn.microsoft.com/azure/storage/common/storage-redundancy
#   description: Azure Storage redundancy
# - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication.html
#   description: Replicating objects within and across Regions
# - ref: https://cloud.google.com/storage/docs/locations
#   description: Bucket locations
# custom:
#   severity: high
#   profile: minimal
#   kinds: [object_store, container, database, table]
#   stages: [raw]
#   guide: [22]
#   fix:
#     all: >-
#       Keep a copy of the data in another region. A backup that is copied to
#       another region counts as well.
#     azure: >-
#       Set account_replication_type = "GRS" or "GZRS" on azurerm_storage_account
#       (sku.name Standard_GRS or Standard_GZRS in Bicep and ARM). A backup that is
#       copied to another region counts as well.
#     aws: >-
#       Replicate the bucket into another region:
#       aws_s3_bucket_replication_configuration without a filter, whose destination
#       bucket belongs to a provider of that region. A backup that is copied to
#       another region counts as well.
#     google: >-
#       Give google_storage_bucket a dual-region or multi-region location, for
#       instance "EUR4" or "EU". A BigQuery dataset stays in one region whatever its
#       location: copy it into a dataset elsewhere with
#       google_bigquery_data_transfer_config (cross_region_copy). A backup that is
#       copied to another region counts as well.
#   remedies: [replicate-to-paired-region]
#   tags: [disaster-recovery, replication]
package rules.raw.not_replicated

import data.rules.lib.copies
import data.rules.lib.stores

deny contains {"asset": a.id, "at": "protections.geo_replication", "message": message} if {
	some a in judged
	count(copies.doubts(a)) == 0
	message := sprintf("Raw store %s has no copy in another region: %s", [a.address, reason(a.protections.geo_replication.why)])
}

unknown contains {"asset": a.id, "at": doubt.at, "message": message} if {
	some a in judged
	doubt := copies.doubts(a)[0]
	message := sprintf("Whether raw store %s has a copy in another region is unknown because %s", [a.address, doubt.why])
}

exempt contains {"asset": a.id, "message": stores.excuses[a.id]} if some a in uncopied

exempt contains {"asset": a.id, "message": copies.elsewhere(a)} if {
	some a in unexcused
	copies.speakers[a.id] != "raw/not-replicated"
}

uncopied := [a | some a in input.assets; copies.speakers[a.id]]

unexcused := [a | some a in uncopied; not stores.excuses[a.id]]

judged := [a | some a in unexcused; copies.speakers[a.id] == "raw/not-replicated"]

reason("nothing provides it") := "neither replication nor a backup in another region covers it"

reason(why) := why if why != "nothing provides it"
