# METADATA
# title: Curated data has a copy in another region
# description: >-
#   Curated data is what consumers and later stages read. When the region of the lake is
#   lost, a copy elsewhere decides between going on and starting over: without it every
#   stage before has to run again, from raw data that first has to be there, before the
#   first query is answered. Zones do not help, they are lost together with the region. If
#   people declare how long it takes to make the data again, and that is soon enough, no
#   copy is asked for.
# related_resources:
# - ref: https://learn.microsoft.com/azure/storage/common/storage-redundancy
#   description: Azure Storage redundancy
# - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication.html
#   description: Replicating objects within and across Regions
# - ref: https://cloud.google.com/storage/docs/locations
#   description: Bucket locations
# custom:
#   severity: medium
#   kinds: [object_store, container, file_share, table]
#   stages: [curated]
#   guide: [30]
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
package rules.curated.not_replicated

import data.rules.lib.copies
import data.rules.lib.lake

deny contains {"asset": a.id, "at": uncopied.at, "message": message} if {
	some a in judged
	count(copies.doubts(a)) == 0
	uncopied := copies.uncopied(a)
	message := sprintf("Curated store %s has no copy in another region: %s", [a.address, uncopied.why])
}

unknown contains {"asset": a.id, "at": doubt.at, "message": message} if {
	some a in judged
	doubt := copies.doubts(a)[0]
	message := sprintf("Whether curated store %s has a copy in another region is unknown because %s", [a.address, doubt.why])
}

exempt contains {"asset": a.id, "message": excuses[a.id]} if some a in uncertain

excuses := object.union_n([lake.told.curated, lake.remade, lake.excuses.curated])

uncertain := [a | some a in input.assets; not copies.certain(a); not copies.alone[a.id]]

judged := [a | some a in uncertain; not excuses[a.id]]
