# METADATA
# title: Enriched data has a copy in another region
# description: >-
#   Enriched data can be made again from raw data, and that takes the compute of every
#   load since the beginning: joins, conversions, years of history, in a region where
#   everybody else asks for compute at the same time. A second copy of the files costs
#   little beside it. So enriched data is copied to another region rather than backed
#   up, and a lake that comes back there goes on where it stopped. If people declare how
#   long it takes to make the data again, and that is soon enough, no copy is asked for.
# related_resources:
# - ref: https://learn.microsoft.com/azure/storage/common/storage-redundancy
#   description: Azure Storage redundancy
# - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication.html
#   description: Replicating objects within and across Regions
# - ref: https://cloud.google.com/storage/docs/locations
#   description: Bucket locations
# custom:
#   severity: medium
#   kinds: [object_store, container, file_share, database, table]
#   stages: [enriched]
#   guide: [27, 28]
#   fix:
#     all: >-
#       Keep a copy of the store in another region. Where making the data again is
#       fast enough, declare recreate and rto for the store in .drlint.yaml.
#     azure: >-
#       Set account_replication_type = "GRS" or "GZRS" on azurerm_storage_account
#       (sku.name Standard_GRS or Standard_GZRS in Bicep and ARM). Where making the
#       data again is fast enough, declare recreate and rto for the store in
#       .drlint.yaml.
#     aws: >-
#       Replicate the bucket into another region:
#       aws_s3_bucket_replication_configuration with status = "Enabled", whose
#       destination bucket belongs to a provider of that region. Where making the
#       data again is fast enough, declare recreate and rto for the store in
#       .drlint.yaml.
#     google: >-
#       Give google_storage_bucket a dual-region or multi-region location, for
#       instance "EUR4" or "EU". Where making the data again is fast enough, declare
#       recreate and rto for the store in .drlint.yaml.
#   remedies: [replicate-to-paired-region]
#   tags: [disaster-recovery, replication]
package rules.enriched.not_replicated

import data.rules.lib.copies
import data.rules.lib.lake

deny contains {"asset": a.id, "at": uncopied.at, "message": message} if {
	some a in judged
	count(copies.doubts(a)) == 0
	uncopied := copies.uncopied(a)
	message := sprintf("Enriched store %s has no copy in another region: %s", [a.address, uncopied.why])
}

unknown contains {"asset": a.id, "at": doubt.at, "message": message} if {
	some a in judged
	doubt := copies.doubts(a)[0]
	message := sprintf("Whether enriched store %s has a copy in another region is unknown because %s", [a.address, doubt.why])
}

exempt contains {"asset": a.id, "message": excuses[a.id]} if some a in uncertain

excuses := object.union_n([lake.told.enriched, lake.remade, lake.excuses.enriched])

uncertain := [a | some a in input.assets; not copies.certain(a); not copies.alone[a.id]]

judged := [a | some a in uncertain; not excuses[a.id]]
