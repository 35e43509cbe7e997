# METADATA
# title: Increments have a copy in another region
# description: >-
#   A product that loads increments is the sum of all of them. To build it again in another
#   region takes every increment since its last backup, in the order in which they came, so
#   the store that they are loaded from has to be there too. A replica of the product alone
#   does not help the day after: the next load finds nothing to read.
# related_resources:
# - ref: https://learn.microsoft.com/azure/storage/common/storage-redundancy
#   description: Azure Storage redundancy
# custom:
#   severity: high
#   kinds: [object_store, container]
#   guide: [58]
#   fix:
#     all: >-
#       Keep a copy of the increments in another region.
#     azure: >-
#       Set account_replication_type = "GRS" or "GZRS" on azurerm_storage_account
#       (sku.name Standard_GRS or Standard_GZRS in Bicep and ARM).
#     aws: >-
#       Replicate the bucket into another region:
#       aws_s3_bucket_replication_configuration with status = "Enabled", whose
#       destination bucket belongs to a provider of that region.
#     google: >-
#       Give google_storage_bucket a dual-region or multi-region location, for
#       instance "EUR4" or "EU".
#   remedies: [replicate-to-paired-region]
#   tags: [disaster-recovery, replication]
package rules.model.lake_not_replicated

import data.rules.lib.copies
import data.rules.lib.feeds
import data.rules.lib.loads

deny contains {"asset": a.id, "at": feeds.place_of_uncopied(a), "message": message} if {
	some a in judged
	count(copies.doubts(a)) == 0
	message := sprintf("%s holds the increments that %s loads, and has no copy in another region: %s", [a.address, loads.names(loads.feeding[a.id]), feeds.uncopied(a)])
}

unknown contains {"asset": a.id, "at": doubt.at, "message": message} if {
	some a in judged
	doubt := copies.doubts(a)[0]
	message := sprintf("Whether %s, which holds the increments that %s loads, has a copy in another region is unknown because %s", [a.address, loads.names(loads.feeding[a.id]), doubt.why])
}

exempt contains {"asset": a.id, "message": feeds.elsewhere(a, feeds.copied)} if some a in uncopied

uncopied := [a |
	some a in input.assets
	loads.feeding[a.id]
	not copies.certain(a)
]

judged := [a | some a in uncopied; not feeds.stage_of(a, feeds.copied)]
